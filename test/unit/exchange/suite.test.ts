import { describe, expect, it } from 'vitest';
import { derivedId } from '../../../electron/ledger/exchange/derived-id.ts';
import { fingerprintOf, sameFingerprint } from '../../../electron/ledger/exchange/fingerprint.ts';
import { parseSignature, signatureText } from '../../../electron/ledger/exchange/signature.ts';
import { defaultSuite as suite, suiteOf } from '../../../electron/ledger/exchange/suite.ts';
import { isUuidV7 } from '../../../shared/domain/ids.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

describe('[exchange] suite 1', () => {
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

  it('is found by its number; the second one is not here yet', () => {
    expect(suiteOf(1)).toBe(suite);
    expect(suiteOf(2)).toBeUndefined();
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
