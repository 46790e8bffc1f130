import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { type KnownOffice, openBundle, type Reader } from '../../../electron/ledger/exchange/bundle/bundle-read.ts';
import { BundleWriter, type ManifestFacts } from '../../../electron/ledger/exchange/bundle/bundle-write.ts';
import { writeContainer } from '../../../electron/ledger/exchange/bundle/container-write.ts';
import { MANIFEST, README, SIGNATURE, suggestedName } from '../../../electron/ledger/exchange/bundle/layout.ts';
import { type Manifest, sealContext, signedMessage } from '../../../electron/ledger/exchange/bundle/manifest.ts';
import { signatureText } from '../../../electron/ledger/exchange/bundle/signature.ts';
import { digestBytes, defaultSuite as suite } from '../../../electron/ledger/exchange/bundle/suite.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import { parseStamp, parseStreamTag } from '../../../shared/domain/clock.ts';

const STAMP = '0179573ad2000000baoqing00000';
const BUNDLE = '01795733-0000-7000-8000-000000000001';
const county = suite.newKeys();
const city = suite.newKeys();
const COLUMNS = ['voided', 'name', 'note'];

function facts(): ManifestFacts {
  const tag = parseStreamTag('baoqing00000');
  const clock = parseStamp(STAMP);
  if (tag === null || clock === null) throw new Error('shape');
  return {
    format: 'bbsync',
    version: [1, 0],
    requires: ['rows-1'],
    uses: [],
    program: { version: '0.1.0', schema: 1, dictionary: '0'.repeat(64) },
    kind: 'upward',
    bundleId: BUNDLE,
    number: 12,
    period: '2021-05-2',
    office: { id: 'office-baoqing', code: '230523', name: '宝清县', level: 'county' },
    stream: { tag, ledgerId: 'ledger-1', incarnation: 1, openedAt: 0, former: [] },
    wallTime: 1_620_720_000_000,
    clock,
    range: { from: [0, ''], to: [3, 'a'.repeat(64)] },
    endpoints: [[3, 'a'.repeat(64)]],
    relayed: [],
    prerequisite: null,
    acknowledgement: null,
    blobs: [],
    volumes: { index: 1, count: 1 },
    enrolment: null,
  };
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'container-'));
}

async function writeBundle(path: string, rows = 300, signal?: AbortSignal): Promise<void> {
  const writer = new BundleWriter(suite, BUNDLE, signal);
  try {
    for (let index = 0; index < rows; index += 1) {
      const row = {
        id: `row-${index}`,
        stamp: STAMP,
        whole: true,
        columns: COLUMNS,
        values: [0, `项目${index}`, '备注'],
        stamps: null,
        bases: null,
      };
      await writer.add('project', COLUMNS, row);
    }
    const to = {
      addressees: [{ kind: 'office' as const, officeId: 'office-city', keys: city.public }],
      readme: '说明',
      own: county,
    };
    await writer.write(path, facts(), to, signal ? { signal } : {});
  } finally {
    await writer.close();
  }
}

const admitted: KnownOffice = { status: 'admitted', name: '宝清县', keys: county.public, enrolling: false };

function reader(known: KnownOffice | undefined = admitted, officeId = 'office-city', keys = city): Reader {
  return { knownOffice: () => known, ownOfficeId: officeId, opener: { kind: 'office', officeId, keys } };
}

async function readAll(path: string, using: Reader = reader()): Promise<number> {
  const bundle = await openBundle(path, using);
  try {
    await bundle.verify();
    let rows = 0;
    for (let index = 0; index < bundle.manifest.segments.length; index += 1)
      for (const group of (await bundle.segment(index)).groups) rows += group.rows.length;
    return rows;
  } finally {
    await bundle.close();
  }
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
  return 'accepted';
}

async function zip(path: string, entries: readonly (readonly [string, Buffer])[], compress = false): Promise<void> {
  const file = new ZipFile();
  for (const [name, bytes] of entries) file.addBuffer(bytes, name, { compress });
  file.end();
  const chunks: Buffer[] = [];
  for await (const chunk of file.outputStream) chunks.push(chunk as Buffer);
  writeFileSync(path, Buffer.concat(chunks));
}

/** A file whose manifest says what we like, well signed by the county. */
async function forge(
  path: string,
  change: (manifest: Manifest, segment: Buffer) => { readonly manifest: unknown; readonly segment: Buffer },
): Promise<void> {
  const contentKey = suite.newContentKey();
  const name = 'data/001.ndjson.gz.enc';
  const line = `{"e":"project","f":["voided","name"]}\n["a","${STAMP}",[0,"x"]]\n`;
  const segment = Buffer.from(suite.seal(contentKey, 0, sealContext(BUNDLE, name), gzipSync(line)));
  const readme = Buffer.from('说明', 'utf8');
  const honest: Manifest = {
    ...facts(),
    otherKeys: [],
    readable: [1],
    counts: { project: 1 },
    rows: 1,
    readme: { bytes: readme.length, sha256: digestBytes(suite, readme) },
    segments: [
      { name, bytes: segment.length, sha256: digestBytes(suite, segment), plainBytes: Buffer.byteLength(line) },
    ],
    suite: 1,
    signer: county.public,
    receivers: [
      {
        officeId: 'office-city',
        box: city.public.box,
        ...suite.wrap(city.public, contentKey, sealContext(BUNDLE, 'office-city')),
      },
    ],
    passphrase: null,
  };
  const changed = change(honest, segment);
  const manifest = Buffer.from(JSON.stringify(changed.manifest), 'utf8');
  const signature = signatureText({
    suite: 1,
    officeId: 'office-baoqing',
    keys: county.public,
    signature: suite.sign(county.secret, signedMessage(manifest)),
  });
  await zip(path, [
    [README, readme],
    [MANIFEST, manifest],
    [SIGNATURE, Buffer.from(signature)],
    [name, changed.segment],
  ]);
}

describe('[exchange] container', () => {
  const folder = newFolder();
  const path = join(folder, suggestedName('宝清县', '市项目办', '2021-05-中旬', 12));

  beforeAll(() => writeBundle(path));

  it('has a name that people can read, safe on every stick', () => {
    expect(path.endsWith('宝清县→市项目办_2021-05-中旬_第12号.bbsync')).toBe(true);
    expect(suggestedName('a/b\\c:d', '<x>', null, 1)).toBe('abcd→x_第1号.bbsync');
  });

  it('comes back whole', async () => {
    expect(await readAll(path)).toBe(300);
  });

  it('leaves no temporary file', () => {
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it.each([
    ['an unknown office', 'SYNC_UNKNOWN_SENDER', { ...reader(), knownOffice: () => undefined }],
    ['a revoked office', 'SYNC_REVOKED_SENDER', reader({ status: 'revoked', name: '宝清县' })],
    [
      'other keys than those on record',
      'SYNC_BAD_SIGNATURE',
      reader({ ...admitted, keys: suite.newKeys().public } as KnownOffice),
    ],
    ['another receiver', 'SYNC_OTHER_OFFICE', reader(admitted, 'office-youyi', suite.newKeys())],
    ['our former keys', 'SYNC_NOT_OPENED', reader(admitted, 'office-city', suite.newKeys())],
    ['our own file', 'SYNC_OWN_FILE', reader(admitted, 'office-baoqing', county)],
    [
      'a passphrase where none is',
      'SYNC_WRONG_KIND',
      { ...reader(), opener: { kind: 'passphrase' as const, passphrase: 'x' } },
    ],
  ])('is refused from %s', async (_, code, using) => {
    expect(await codeOf(readAll(path, using))).toBe(code);
  });

  it('is refused when cut anywhere', async () => {
    const bytes = readFileSync(path);
    const cut = join(newFolder(), 'cut.bbsync');
    for (let length = 0; length < bytes.length; length += Math.ceil(bytes.length / 60)) {
      writeFileSync(cut, bytes.subarray(0, length));
      expect(await codeOf(readAll(cut))).toBe('SYNC_CUT');
    }
  });

  it('is refused or means the same when any one bit is flipped', async () => {
    const bytes = readFileSync(path);
    const flipped = join(newFolder(), 'flipped.bbsync');
    const seen = new Map<string, number>();
    for (let position = 0; position < bytes.length; position += 3) {
      const copy = Buffer.from(bytes);
      copy[position] = (copy[position] ?? 0) ^ (1 << (position % 8));
      writeFileSync(flipped, copy);
      const code = await codeOf(readAll(flipped));
      seen.set(code, (seen.get(code) ?? 0) + 1);
    }
    const allowed = [
      'accepted',
      'SYNC_CUT',
      'SYNC_DAMAGED',
      'SYNC_MALFORMED',
      'SYNC_NOT_A_FILE',
      'SYNC_NEEDS_UPGRADE',
      'SYNC_TOO_LARGE',
      'SYNC_BAD_SIGNATURE',
      'SYNC_UNKNOWN_SENDER',
    ];
    for (const code of seen.keys()) expect(allowed).toContain(code);
    // Bits that nothing depends on: times and attributes in the archive's headers.
    expect(seen.get('accepted') ?? 0).toBeLessThan(bytes.length / 3 / 10);
    expect(seen.get('SYNC_DAMAGED') ?? 0).toBeGreaterThan(100);
  });

  it('names the damaged segment', async () => {
    const bytes = readFileSync(path);
    const damaged = join(newFolder(), 'damaged.bbsync');
    const start = bytes.indexOf('data/001.ndjson.gz.enc', bytes.indexOf('manifest.sig')) + 100;
    bytes[start] = (bytes[start] ?? 0) ^ 0x40;
    writeFileSync(damaged, bytes);
    await expect(readAll(damaged)).rejects.toThrow('第 1 段');
    await expect(readAll(damaged)).rejects.toThrow('台账未改动');
  });

  it.each([
    ['a picture', Buffer.from('GIF89a'.repeat(30))],
    ['a text', Buffer.from('这不是交换文件'.repeat(30))],
  ])('is told from %s', async (_, bytes) => {
    const other = join(newFolder(), 'other.bbsync');
    writeFileSync(other, bytes);
    expect(await codeOf(readAll(other))).toBe('SYNC_NOT_A_FILE');
  });

  it('is told from another archive, and a missing file or folder is named', async () => {
    const other = join(newFolder(), 'other.bbsync');
    await zip(other, [['[Content_Types].xml', Buffer.alloc(200, 'x')]]);
    expect(await codeOf(readAll(other))).toBe('SYNC_NOT_A_FILE');
    expect(await codeOf(readAll(join(folder, 'absent.bbsync')))).toBe('FILE_GONE');
    expect(await codeOf(readAll(folder))).toBe('FILE_UNREADABLE');
  });
});

describe('[exchange] hostile files', () => {
  const file = (): string => join(newFolder(), 'hostile.bbsync');

  it('stand once as the honest ones that the others are changed from', async () => {
    const path = file();
    await forge(path, (manifest, segment) => ({ manifest, segment }));
    expect(await readAll(path)).toBe(1);
  });

  it.each<[string, string, (manifest: Manifest, segment: Buffer) => { manifest: unknown; segment: Buffer }]>([
    [
      'a newer major',
      'SYNC_NEEDS_UPGRADE',
      (manifest, segment) => ({ manifest: { ...manifest, version: [2, 0] }, segment }),
    ],
    [
      'an unknown requirement',
      'SYNC_NEEDS_UPGRADE',
      (manifest, segment) => ({ manifest: { ...manifest, requires: ['rows-1', 'rows-9'] }, segment }),
    ],
    [
      'a newer minor with more in it',
      'accepted',
      (manifest, segment) => ({ manifest: { ...manifest, version: [1, 9], future: { deep: [1] } }, segment }),
    ],
    [
      'another office inside than outside',
      'SYNC_BAD_SIGNATURE',
      (manifest, segment) => ({
        manifest: { ...manifest, office: { ...manifest.office, id: 'office-city2' } },
        segment,
      }),
    ],
    [
      'a range upside down',
      'SYNC_MALFORMED',
      (manifest, segment) => ({
        manifest: { ...manifest, range: { from: [9, ''], to: [3, 'a'.repeat(64)] } },
        segment,
      }),
    ],
    [
      'a path for a segment',
      'SYNC_MALFORMED',
      (manifest, segment) => ({
        manifest: { ...manifest, segments: [{ ...manifest.segments[0], name: '../../evil' }] },
        segment,
      }),
    ],
    [
      'a segment too many',
      'SYNC_CUT',
      (manifest, segment) => ({
        manifest: {
          ...manifest,
          segments: [...manifest.segments, { ...manifest.segments[0], name: 'data/002.ndjson.gz.enc' }],
        },
        segment,
      }),
    ],
    [
      'a huge unpacked length',
      'SYNC_MALFORMED',
      (manifest, segment) => ({
        manifest: { ...manifest, segments: [{ ...manifest.segments[0], plainBytes: 9_000_000_000 }] },
        segment,
      }),
    ],
    [
      'a wrong unpacked length',
      'SYNC_MALFORMED',
      (manifest, segment) => ({
        manifest: { ...manifest, segments: [{ ...manifest.segments[0], plainBytes: 20 }] },
        segment,
      }),
    ],
    [
      'a segment of another key',
      'SYNC_NOT_OPENED',
      (manifest) => {
        const other = Buffer.from(suite.seal(suite.newContentKey(), 0, 'x', gzipSync('x')));
        return {
          manifest: {
            ...manifest,
            segments: [{ ...manifest.segments[0], bytes: other.length, sha256: digestBytes(suite, other) }],
          },
          segment: other,
        };
      },
    ],
    ['a hostile count', 'SYNC_MALFORMED', (manifest, segment) => ({ manifest: { ...manifest, rows: 1e300 }, segment })],
    ['no manifest at all', 'SYNC_MALFORMED', (_, segment) => ({ manifest: 'x', segment })],
  ])('with %s: %s', async (_, code, change) => {
    const path = file();
    await forge(path, change);
    expect(await codeOf(readAll(path))).toBe(code);
  });

  it('that unpack without end stop at what the manifest said', async () => {
    const path = file();
    const contentKey = suite.newContentKey();
    const bomb = Buffer.from(
      suite.seal(contentKey, 0, sealContext(BUNDLE, 'data/001.ndjson.gz.enc'), gzipSync(Buffer.alloc(200_000_000))),
    );
    await forge(path, (manifest) => ({
      manifest: {
        ...manifest,
        segments: [
          { name: 'data/001.ndjson.gz.enc', bytes: bomb.length, sha256: digestBytes(suite, bomb), plainBytes: 1000 },
        ],
        receivers: [
          {
            officeId: 'office-city',
            box: city.public.box,
            ...suite.wrap(city.public, contentKey, sealContext(BUNDLE, 'office-city')),
          },
        ],
      },
      segment: bomb,
    }));
    const before = process.memoryUsage().rss;
    expect(await codeOf(readAll(path))).toBe('SYNC_MALFORMED');
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  });

  it.each([
    ['a way out of the folder', '../../evil.txt'],
    ['an absolute path', '/etc/evil'],
    ['a name not of ours', 'data/run.exe'],
  ])('with %s are refused', async (_, name) => {
    const path = file();
    await zip(path, [[README, Buffer.alloc(60, 'x')]]);
    // Same length as the honest name, so that only the name differs.
    const honest = 'data/001.ndjson.gz.enc';
    const evil = name.padEnd(honest.length, 'x');
    await zip(path, [
      [README, Buffer.from('x')],
      [MANIFEST, Buffer.from('{}')],
      [SIGNATURE, Buffer.from('x')],
      [honest, Buffer.from('x')],
    ]);
    const bytes = readFileSync(path).toString('latin1').replaceAll(honest, evil);
    writeFileSync(path, Buffer.from(bytes, 'latin1'));
    expect(await codeOf(readAll(path))).toBe('SYNC_MALFORMED');
  });

  it('with packed entries are refused', async () => {
    const path = file();
    await zip(
      path,
      [
        [README, Buffer.alloc(5000, 'x')],
        [MANIFEST, Buffer.from('{}')],
        [SIGNATURE, Buffer.from('x')],
      ],
      true,
    );
    expect(await codeOf(readAll(path))).toBe('SYNC_MALFORMED');
  });
});

describe('[exchange] writing to a stick', () => {
  it('stops on cancel and leaves nothing', async () => {
    const folder = newFolder();
    const abort = new AbortController();
    abort.abort();
    expect(await codeOf(writeBundle(join(folder, 'a.bbsync'), 300, abort.signal))).toBe('CANCELLED');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('stops in the middle on cancel and leaves nothing', async () => {
    const folder = newFolder();
    const abort = new AbortController();
    const part = {
      name: 'data/001.ndjson.gz.enc',
      bytes: 3,
      read: async () => {
        abort.abort();
        return Buffer.from('abc');
      },
    };
    const content = {
      readme: Buffer.from('x'),
      manifest: Buffer.from('{}'),
      signature: Buffer.from('x'),
      parts: [part],
      at: 0,
    };
    expect(await codeOf(writeContainer(join(folder, 'a.bbsync'), content, { signal: abort.signal }))).toBe('CANCELLED');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('names a folder that is gone', async () => {
    expect(await codeOf(writeBundle(join(newFolder(), 'absent', 'a.bbsync')))).toBe('FILE_GONE');
  });

  it('fails without a trace when a part cannot be read', async () => {
    const folder = newFolder();
    const part = {
      name: 'data/001.ndjson.gz.enc',
      bytes: 3,
      read: () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' })),
    };
    const content = {
      readme: Buffer.from('x'),
      manifest: Buffer.from('{}'),
      signature: Buffer.from('x'),
      parts: [part],
      at: 0,
    };
    expect(await codeOf(writeContainer(join(folder, 'a.bbsync'), content))).toBe('FILE_GONE');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('spills many segments to disk and reads them back', async () => {
    const folder = newFolder();
    const writer = new BundleWriter(suite, BUNDLE);
    const noise = (index: number): string => digestBytes(suite, Buffer.from(String(index))).repeat(8);
    const rows = 120_000;
    for (let index = 0; index < rows; index += 1) {
      const row = {
        id: `row-${index}`,
        stamp: STAMP,
        whole: true,
        columns: COLUMNS,
        values: [0, noise(index), null],
        stamps: null,
        bases: null,
      };
      await writer.add('project', COLUMNS, row);
    }
    const path = join(folder, 'a.bbsync');
    const to = {
      addressees: [{ kind: 'office' as const, officeId: 'office-city', keys: city.public }],
      readme: '说明',
      own: county,
    };
    const written = await writer.write(path, facts(), to);
    await writer.close();
    expect(written.manifest.segments.length).toBeGreaterThan(10);
    expect(await readAll(path)).toBe(rows);
  });
});
