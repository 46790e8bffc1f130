import { setImmediate as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { blobIndexes, openBlob } from './blob-seal.ts';
import { type Container, openContainer } from './container-read.ts';
import { MANIFEST, partLabel, README, SIGNATURE } from './layout.ts';
import { LIMITS } from './limits.ts';
import { type Manifest, type ManifestSegment, parseManifest, sealContext, signedMessage } from './manifest.ts';
import type { ReceivedText, WireGroup } from './record.ts';
import { faultOf, throwIfCancelled } from './refuse.ts';
import { decodeSegment } from './segment-read.ts';
import { parseSignature, type Signature } from './signature.ts';
import { defaultSuite, digestBytes, type KeyPair, type PublicKeys, type Suite, suiteOf } from './suite.ts';

const unpack = promisify(gunzip);
/** What this ledger knows of the office that claims to have signed a file. */
export type KnownOffice =
  | {
      readonly status: 'admitted';
      readonly name: string;
      readonly keys: PublicKeys;
      /** Keys of suites other than the first. */
      readonly others?: ReadonlyMap<number, PublicKeys>;
      /** A new enrolment file is out: another set of keys may ask for admission (new PC). */
      readonly enrolling: boolean;
    }
  | { readonly status: 'revoked'; readonly name: string }
  /** Enrolment file sent, keys not on record yet: its proof decides whether it may be shown for admission. */
  | { readonly status: 'invited'; readonly name: string };

/** How the reader opens what is sealed. */
export type Opener =
  | {
      readonly kind: 'office';
      readonly officeId: string;
      readonly keys: KeyPair;
      readonly others?: ReadonlyMap<number, KeyPair>;
    }
  | { readonly kind: 'passphrase'; readonly passphrase: string };

export interface Reader {
  /** Undefined for an office that this ledger has never heard of. */
  knownOffice(officeId: string): KnownOffice | undefined;
  /** The file's own stream and office, to refuse what this very ledger wrote. */
  readonly ownOfficeId: string | null;
  readonly opener: Opener;
}

/** One segment of a file, with the lines it came in. */
export interface Segment extends ReceivedText {
  readonly groups: Iterable<WireGroup>;
}

export interface Bundle {
  readonly path: string;
  readonly size: number;
  readonly manifest: Manifest;
  /** Digest of the signed manifest: identity of the content. */
  readonly digest: string;
  /** 'admitted': keys on record. 'candidate': signed by the keys inside, which nobody has confirmed yet. */
  readonly trust: 'admitted' | 'candidate';
  /** Checks length and digest of every part before any of them is opened. */
  verify(signal?: AbortSignal, onProgress?: (share: number) => void): Promise<void>;
  /** Opens and unpacks one segment; its rows are decoded as they are asked for. */
  segment(index: number): Promise<Segment>;
  /** The content of a picture of this volume, opened piece by piece; its digest is to be checked by who takes it. */
  blob(blob: Manifest['blobs'][number]): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

function readSignature(bytes: Buffer, path: string): Signature {
  const signature = parseSignature(bytes.toString('latin1'));
  if (signature === 'newer') throw faultOf('SYNC_NEEDS_UPGRADE', path);
  if (signature === undefined) throw faultOf('SYNC_DAMAGED', path, '签名区');
  return signature;
}

/** Keys of a suite among those of an office. */
function ofSuite<K>(
  holder: { readonly keys: K; readonly others?: ReadonlyMap<number, K> },
  suite: number,
): K | undefined {
  return suite === defaultSuite.id ? holder.keys : holder.others?.get(suite);
}

/** The keys that the signature must fit, or a refusal. */
function expectedKeys(
  signature: Signature,
  reader: Reader,
  path: string,
): { readonly keys: PublicKeys; readonly trust: Bundle['trust'] } {
  if (reader.opener.kind === 'passphrase') return { keys: signature.keys, trust: 'candidate' };
  if (signature.officeId === reader.ownOfficeId) throw faultOf('SYNC_OWN_FILE', path);
  const office = reader.knownOffice(signature.officeId);
  if (!office) throw faultOf('SYNC_UNKNOWN_SENDER', path);
  switch (office.status) {
    case 'revoked':
      throw faultOf('SYNC_REVOKED_SENDER', path, office.name);
    case 'invited':
      return { keys: signature.keys, trust: 'candidate' };
    case 'admitted': {
      const keys = ofSuite(office, signature.suite);
      if (office.enrolling && signature.keys.sign !== keys?.sign) return { keys: signature.keys, trust: 'candidate' };
      if (!keys) throw faultOf('SYNC_BAD_SIGNATURE', path, '对方这种密码套件的密钥还没有登记');
      return { keys, trust: 'admitted' };
    }
  }
}

function requireSignature(
  container: Container,
  manifest: Buffer,
  signature: Signature,
  keys: PublicKeys,
  suite: Suite,
): void {
  if (suite.verify(keys, signedMessage(manifest), signature.signature)) return;
  // A failing stick breaks the archive's own check sum too; a forger mends it.
  if (!container.soundlyStored(MANIFEST, manifest)) throw faultOf('SYNC_DAMAGED', container.path, '清单');
  if (keys.sign !== signature.keys.sign) throw faultOf('SYNC_BAD_SIGNATURE', container.path, '签名密钥与登记的不同');
  throw faultOf('SYNC_BAD_SIGNATURE', container.path);
}

/** The archive holds what the manifest names, of those lengths, and nothing else. */
function requireParts(container: Container, manifest: Manifest): void {
  const expected = new Map<string, number>([[README, manifest.readme.bytes]]);
  for (const segment of manifest.segments) expected.set(segment.name, segment.bytes);
  for (const blob of manifest.blobs) {
    if (blob.volume === manifest.volumes.index) expected.set(`blobs/${blob.sha256}`, blob.bytes);
  }
  for (const [name, bytes] of expected) {
    const found = container.entries.get(name);
    if (found === undefined) throw faultOf('SYNC_CUT', container.path);
    if (found !== bytes) throw faultOf('SYNC_DAMAGED', container.path, partLabel(name));
  }
  if (container.entries.size !== expected.size + 2)
    throw faultOf('SYNC_MALFORMED', container.path, '含有清单以外的内容');
}

/** A passphrase is slow to try on purpose; a file that one opener has opened opens again at once. */
const opened = new WeakMap<Opener, { readonly sealed: string; readonly key: Uint8Array }>();

function contentKey(manifest: Manifest, suite: Suite, opener: Opener, path: string): Uint8Array {
  if (opener.kind === 'passphrase') {
    const before = opened.get(opener);
    if (before && before.sealed === manifest.passphrase?.sealed) return before.key;
    if (manifest.passphrase === null) throw faultOf('SYNC_WRONG_KIND', path, '不是入网文件');
    const key = suite.unwrapUnderPassphrase(
      opener.passphrase,
      manifest.passphrase,
      sealContext(manifest.bundleId, 'key'),
    );
    if (!key) throw faultOf('SYNC_WRONG_PASSPHRASE', path);
    opened.set(opener, { sealed: manifest.passphrase.sealed, key });
    return key;
  }
  if (manifest.kind === 'enrolment') throw faultOf('SYNC_WRONG_KIND', path, '这是入网文件，请在首页选择“加入”');
  const mine = manifest.receivers.filter((receiver) => receiver.officeId === opener.officeId);
  if (mine.length === 0) throw faultOf('SYNC_OTHER_OFFICE', path);
  const keys = ofSuite(opener, suite.id);
  const receiver = mine.find((candidate) => candidate.box === keys?.public.box);
  if (!keys || !receiver) throw faultOf('SYNC_NOT_OPENED', path, '发送方使用的是本单位从前的密钥');
  const key = suite.unwrap(keys, receiver, sealContext(manifest.bundleId, opener.officeId));
  if (!key) throw faultOf('SYNC_NOT_OPENED', path);
  return key;
}

async function unpackSegment(sealed: Uint8Array, segment: ManifestSegment, path: string): Promise<Buffer> {
  let plain: Buffer;
  try {
    // The limit is what the signed manifest says, itself limited: a bomb ends here, not in memory.
    const most = Math.min(segment.plainBytes, LIMITS.segmentPlainBytes);
    // One buffer for all: by default the work would come back to this thread every 16 kB. One that is filled to its end
    // would be followed by another, empty one.
    plain = await unpack(sealed, { maxOutputLength: most, chunkSize: most + 64 });
  } catch (cause) {
    throw faultOf('SYNC_MALFORMED', path, `${partLabel(segment.name)}无法展开`, cause);
  }
  if (plain.length !== segment.plainBytes) throw faultOf('SYNC_MALFORMED', path, `${partLabel(segment.name)}长度不符`);
  return plain;
}

async function readHead(
  container: Container,
  reader: Reader,
): Promise<
  Omit<Bundle, 'verify' | 'segment' | 'blob' | 'close'> & { readonly suite: Suite; readonly key: Uint8Array }
> {
  const { path } = container;
  const manifestBytes = await container.read(MANIFEST);
  const signature = readSignature(await container.read(SIGNATURE), path);
  const suite = suiteOf(signature.suite);
  if (!suite) throw faultOf('SYNC_NEEDS_UPGRADE', path);
  const { keys, trust } = expectedKeys(signature, reader, path);
  requireSignature(container, manifestBytes, signature, keys, suite);

  const manifest = parseManifest(manifestBytes, path);
  const claims = manifest.office.id === signature.officeId && manifest.suite === signature.suite;
  const sameKeys = manifest.signer.sign === keys.sign && manifest.signer.box === keys.box;
  if (!claims || !sameKeys) throw faultOf('SYNC_BAD_SIGNATURE', path, '签名单位与内容不一致');
  const key = contentKey(manifest, suite, reader.opener, path);
  requireParts(container, manifest);
  return { path, size: container.size, manifest, digest: digestBytes(suite, manifestBytes), trust, suite, key };
}

/** Reads parts as they were signed for. */
class Parts {
  readonly #container: Container;
  readonly #suite: Suite;
  readonly #verified = new Set<string>();

  constructor(container: Container, suite: Suite) {
    this.#container = container;
    this.#suite = suite;
  }

  async read(name: string, sha256: string): Promise<Buffer> {
    const bytes = await this.#container.read(name);
    if (this.#verified.has(name)) return bytes;
    if (digestBytes(this.#suite, bytes) !== sha256)
      throw faultOf('SYNC_DAMAGED', this.#container.path, partLabel(name));
    // The stick is not ours: what is read from it again must be verified again.
    if (this.#container.isHeld) this.#verified.add(name);
    return bytes;
  }
}

/**
 * Opens a sync file as far as its signed manifest: frame, signature and known sender, version and requirements, receiver,
 * list of parts. Nothing is parsed before the signature is verified (exchange design, Import).
 *
 * @throws Fault SYNC_… for each way a file can be wrong; the ledger is not touched
 */
export async function openBundle(path: string, reader: Reader): Promise<Bundle> {
  const container = await openContainer(path);
  try {
    const { suite, key, ...head } = await readHead(container, reader);
    const { manifest } = head;
    const indexes = blobIndexes(manifest.blobs);
    const parts = new Parts(container, suite);
    return {
      ...head,
      async verify(signal, onProgress) {
        let done = (await parts.read(README, manifest.readme.sha256)).length;
        for (const segment of manifest.segments) {
          throwIfCancelled(signal);
          // A suite without native code keeps this thread busy; the window's questions come between two segments.
          await pause();
          done += (await parts.read(segment.name, segment.sha256)).length;
          onProgress?.(done / container.size);
        }
      },
      async segment(index) {
        const segment = manifest.segments[index];
        if (!segment) throw new RangeError(`segment ${index}`);
        const label = partLabel(segment.name);
        const bytes = await parts.read(segment.name, segment.sha256);
        const sealed = segment.name.endsWith('.enc');
        const packed = sealed ? suite.open(key, index, sealContext(manifest.bundleId, segment.name), bytes) : bytes;
        if (!packed) throw faultOf('SYNC_NOT_OPENED', path, label);
        const plain = await unpackSegment(packed, segment, path);
        return {
          packed: Buffer.from(packed.buffer, packed.byteOffset, packed.length),
          plain,
          groups: decodeSegment(plain, path, label),
        };
      },
      blob: (blob) =>
        openBlob(container, blob, {
          suite,
          contentKey: key,
          bundleId: manifest.bundleId,
          firstIndex: indexes.get(blob.sha256) ?? 0,
        }),
      close: () => container.close(),
    };
  } catch (error) {
    await container.close();
    throw error;
  }
}
