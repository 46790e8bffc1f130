import { sm4 } from 'sm-crypto-v2';
import { describe, expect, it } from 'vitest';
import { parseSignature, signatureText } from '../../../electron/ledger/exchange/bundle/signature.ts';
import { digestBytes, suiteOf } from '../../../electron/ledger/exchange/bundle/suite.ts';
import { smSuite } from '../../../electron/ledger/exchange/bundle/suite-sm.ts';
import { standardSuite } from '../../../electron/ledger/exchange/bundle/suite-standard.ts';
import { derivedId } from '../../../electron/ledger/exchange/merge/derived-id.ts';
import { fingerprintOf, sameFingerprint } from '../../../electron/ledger/exchange/offices/fingerprint.ts';
import { isUuidV7 } from '../../../shared/domain/ids.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

describe.each([standardSuite, smSuite])('[exchange] suite $id', (suite) => {
  const city = suite.newKeys();
  const county = suite.newKeys();
  const contentKey = suite.newContentKey();

  it('verifies only what was signed, by whom', () => {
    const signature = suite.sign(city.secret, bytes('清单'));
    expect(suite.verify(city.public, bytes('清单'), signature)).toBe(true);
    expect(suite.verify(city.public, bytes('清单 '), signature)).toBe(false);
    expect(suite.verify(county.public, bytes('清单'), signature)).toBe(false);
    expect(suite.verify({ sign: 'AAAA', box: 'AAAA' }, bytes('清单'), signature)).toBe(false);
    expect(suite.verify(city.public, bytes('清单'), bytes('short'))).toBe(false);
  });

  it('opens a content key only for its receiver and its file', () => {
    const wrapped = suite.wrap(county.public, contentKey, 'bundle 1');
    expect(suite.unwrap(county, wrapped, 'bundle 1')).toEqual(contentKey);
    expect(suite.unwrap(county, wrapped, 'bundle 2')).toBeUndefined();
    expect(suite.unwrap(city, wrapped, 'bundle 1')).toBeUndefined();
    expect(
      suite.unwrap(county, { ...wrapped, ephemeral: Buffer.alloc(32).toString('base64url') }, 'bundle 1'),
    ).toBeUndefined();
    expect(suite.unwrap(county, { ephemeral: 'x', sealed: '' }, 'bundle 1')).toBeUndefined();
  });

  it('opens under the passphrase however its characters were typed', () => {
    const wrap = suite.wrapUnderPassphrase('宝清2021Ab', contentKey, 'bundle 1');
    expect(suite.unwrapUnderPassphrase('宝清２０２１Ａｂ', wrap, 'bundle 1')).toEqual(contentKey);
    expect(suite.unwrapUnderPassphrase('宝清2021ab', wrap, 'bundle 1')).toBeUndefined();
    expect(suite.unwrapUnderPassphrase('宝清2021Ab', { ...wrap, cost: [40, 8, 1] }, 'bundle 1')).toBeUndefined();
  });

  it('opens a segment only in its own place', () => {
    const sealed = suite.seal(contentKey, 3, 'data/004', bytes('内容'));
    expect(Buffer.from(suite.open(contentKey, 3, 'data/004', sealed) ?? []).toString('utf8')).toBe('内容');
    expect(suite.open(contentKey, 4, 'data/004', sealed)).toBeUndefined();
    expect(suite.open(contentKey, 3, 'data/005', sealed)).toBeUndefined();
    const flipped = Uint8Array.from(sealed);
    flipped[0] = (flipped[0] ?? 0) ^ 1;
    expect(suite.open(contentKey, 3, 'data/004', flipped)).toBeUndefined();
    expect(suite.open(contentKey, 3, 'data/004', new Uint8Array(3))).toBeUndefined();
  });

  it('is found by its number', () => {
    expect(suiteOf(suite.id)).toBe(suite);
    expect(suiteOf(3)).toBeUndefined();
  });

  it('has a fingerprint that can be read over the telephone', () => {
    const fingerprint = fingerprintOf(city.public);
    expect(fingerprint).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/u);
    expect(fingerprintOf(county.public)).not.toBe(fingerprint);
    expect(sameFingerprint(fingerprint.replace(/ /gu, '－'), city.public)).toBe(true);
    expect(sameFingerprint(fingerprint, county.public)).toBe(false);
  });
});

describe('[exchange] signature lines', () => {
  const signature = {
    suite: 1,
    officeId: 'a-1',
    keys: { sign: 's'.repeat(43), box: 'b'.repeat(43) },
    signature: bytes('x'.repeat(64)),
  };

  it('come back as written', () => {
    const read = parseSignature(signatureText(signature));
    expect(read).toMatchObject({ suite: 1, officeId: 'a-1', keys: signature.keys });
  });

  it('tell a newer form from none', () => {
    expect(parseSignature(signatureText(signature).replace('signature 1', 'signature 2'))).toBe('newer');
    expect(parseSignature(`${signatureText(signature)}x`)).toBeUndefined();
    expect(parseSignature('')).toBeUndefined();
  });
});

describe('[exchange] derived ids', () => {
  it('are alike everywhere, in the form of a UUIDv7', () => {
    const id = derivedId(1_620_000_000_000, 'conflict', 'project', 'p1');
    expect(isUuidV7(id)).toBe(true);
    expect(derivedId(1_620_000_000_000, 'conflict', 'project', 'p1')).toBe(id);
    expect(derivedId(1_620_000_000_000, 'conflict', 'project', 'p2')).not.toBe(id);
  });
});

describe('[exchange] suite 2 answers as the standards say', () => {
  const hex = (text: string): Uint8Array => Buffer.from(text, 'hex');

  it('SM3 (GM/T 0004-2012, appendix A)', () => {
    expect(digestBytes(smSuite, bytes('abc'))).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(digestBytes(smSuite, bytes('abcd'.repeat(16)))).toBe(
      'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732',
    );
  });

  it('SM4 (GM/T 0002-2012, appendix A)', () => {
    const block = hex('0123456789abcdeffedcba9876543210');
    const once = sm4.encrypt(block, block, { mode: 'ecb', padding: 'none', output: 'array' });
    expect(Buffer.from(once).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246');
  });

  it('SM2 verifies the published example signature (GM/T 0003.5-2012, appendix A)', () => {
    const point =
      '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13';
    const signature =
      'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa';
    const keys = { sign: Buffer.from(point, 'hex').toString('base64url'), box: '' };
    expect(smSuite.verify(keys, bytes('message digest'), hex(signature))).toBe(true);
    expect(smSuite.verify(keys, bytes('message digests'), hex(signature))).toBe(false);
  });
});
