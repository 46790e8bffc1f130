import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { blobIndexes, blobName, sealBlob, sealedBlobBytes } from './blob-seal.ts';
import { type ContainerPart, type WriteOptions, type WrittenFile, writeContainer } from './container-write.ts';
import { segmentName } from './layout.ts';
import { segmentTarget } from './limits.ts';
import { type Manifest, type ManifestSegment, sealContext, signedMessage } from './manifest.ts';
import { type RowToWrite, SegmentEncoder } from './record.ts';
import { throwIfCancelled } from './refuse.ts';
import { signatureText } from './signature.ts';
import { Spool } from './spool.ts';
import { defaultSuite, digestBytes, type KeyPair, type PublicKeys, type Suite } from './suite.ts';
import { type BlobToSend, planVolumes, type VolumeLimits } from './volumes.ts';

const pack = promisify(gzip);

/** What the content key is sealed to. */
export type Addressee =
  | { readonly kind: 'office'; readonly officeId: string; readonly keys: PublicKeys }
  | { readonly kind: 'passphrase'; readonly passphrase: string };

/** The part of the manifest that the exporter knows; the writer adds what comes of the rows. */
export type ManifestFacts = Omit<
  Manifest,
  'counts' | 'rows' | 'readme' | 'segments' | 'suite' | 'signer' | 'receivers' | 'passphrase' | 'otherKeys' | 'readable'
> &
  Partial<Pick<Manifest, 'otherKeys' | 'readable'>>;

/** Pictures that go along, and where they are read. */
export interface BlobsToWrite {
  readonly list: readonly BlobToSend[];
  read(digest: string): AsyncIterable<Uint8Array>;
  readonly limits?: VolumeLimits;
}

/** A volume of pictures, ready to be written any day: everything but the pictures themselves. */
export interface SignedVolume {
  readonly volume: number;
  readonly manifest: Uint8Array;
  readonly signature: Uint8Array;
  readonly readme: Uint8Array;
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // No picture.
}

/** The pictures of one volume as parts of its file. */
export function blobParts(
  manifest: Manifest,
  sealing: { readonly suite: Suite; readonly contentKey: Uint8Array; readonly bundleId: string },
  read: (digest: string) => AsyncIterable<Uint8Array>,
): ContainerPart[] {
  const indexes = blobIndexes(manifest.blobs);
  return manifest.blobs
    .filter((blob) => blob.volume === manifest.volumes.index)
    .map(({ sha256, bytes }) => ({
      name: blobName(sha256),
      bytes,
      read: () => sealBlob(read(sha256), sha256, { ...sealing, firstIndex: indexes.get(sha256) ?? 0 }),
    }));
}

/**
 * Takes rows, packs and seals them segment by segment, then writes the file. Rows come grouped by entity; memory stays
 * bounded by a few segments.
 */
export class BundleWriter {
  readonly #suite: Suite;
  readonly #bundleId: string;
  readonly #contentKey: Uint8Array;
  readonly #spool = new Spool();
  readonly #segments: ManifestSegment[] = [];
  readonly #counts = new Map<string, number>();
  readonly #signal: AbortSignal | undefined;
  #encoder = new SegmentEncoder();
  #closed = 0;
  #rows = 0;
  /** Packing runs beside reading, one segment behind. */
  #packing: Promise<void> = Promise.resolve();

  constructor(suite: Suite, bundleId: string, signal?: AbortSignal) {
    this.#suite = suite;
    this.#bundleId = bundleId;
    this.#contentKey = suite.newContentKey();
    this.#signal = signal;
  }

  get rows(): number {
    return this.#rows;
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** Adds one row; wait for what it gives before the next. */
  add(entity: string, columns: readonly string[], row: RowToWrite): Promise<void> | undefined {
    this.#encoder.group(entity, columns);
    this.#encoder.row(row);
    this.#rows += 1;
    this.#counts.set(entity, (this.#counts.get(entity) ?? 0) + 1);
    return this.#encoder.bytes >= segmentTarget(this.#closed) ? this.#close() : undefined;
  }

  async #close(): Promise<void> {
    if (this.#encoder.rows === 0) return;
    const plain = Buffer.from(this.#encoder.text(), 'utf8');
    this.#encoder = new SegmentEncoder();
    this.#closed += 1;
    await this.#packing;
    throwIfCancelled(this.#signal);
    this.#packing = this.#pack(plain);
    // An error is met at the next wait; without this it would also end the process as unhandled.
    this.#packing.catch(() => undefined);
  }

  async #pack(plain: Buffer): Promise<void> {
    const packed = await pack(plain, { level: 6 });
    const index = this.#segments.length;
    const name = segmentName(index, true);
    const sealed = Buffer.from(this.#suite.seal(this.#contentKey, index, sealContext(this.#bundleId, name), packed));
    this.#segments.push({
      name,
      bytes: sealed.length,
      sha256: digestBytes(this.#suite, sealed),
      plainBytes: plain.length,
    });
    await this.#spool.add(sealed);
  }

  /**
   * Writes the file. Its digest is that of the signed manifest, which names those of all parts: what the receiver has of it too,
   * however long the file.
   *
   * @throws Fault as `writeContainer`
   */
  async write(
    path: string,
    facts: ManifestFacts,
    to: {
      readonly addressees: readonly Addressee[];
      readonly readme: string;
      readonly own: KeyPair;
      readonly blobs?: BlobsToWrite;
    },
    options: WriteOptions = {},
  ): Promise<
    WrittenFile & {
      readonly manifest: Manifest;
      readonly volumes: readonly SignedVolume[];
      readonly contentKey: Uint8Array;
    }
  > {
    await this.#close();
    await this.#packing;
    const readme = Buffer.from(`\ufeff${to.readme.replace(/\r?\n/gu, '\r\n')}`, 'utf8');
    const firstBytes = this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
    const plan = planVolumes(
      firstBytes,
      to.blobs?.list ?? [],
      (plain) => sealedBlobBytes(this.#suite, plain),
      to.blobs?.limits,
    );
    const manifest: Manifest = {
      otherKeys: [],
      readable: [defaultSuite.id],
      ...facts,
      blobs: plan.blobs,
      volumes: { index: 1, count: plan.count },
      counts: Object.fromEntries(this.#counts),
      rows: this.#rows,
      readme: { bytes: readme.length, sha256: digestBytes(this.#suite, readme) },
      segments: this.#segments,
      suite: this.#suite.id,
      signer: to.own.public,
      ...this.#sealKey(to.addressees),
    };
    const { bytes, signature } = this.#signed(manifest, to.own);
    const parts = this.#segments.map(
      (segment, index): ContainerPart => ({
        name: segment.name,
        bytes: segment.bytes,
        read: () => this.#spool.read(index),
      }),
    );
    const sealing = { suite: this.#suite, contentKey: this.#contentKey, bundleId: this.#bundleId };
    parts.push(...blobParts(manifest, sealing, (digest) => to.blobs?.read(digest) ?? nothing()));
    const written = await writeContainer(
      path,
      { readme, manifest: bytes, signature, parts, at: facts.wallTime },
      options,
    );
    const { segments: _, ...rest } = manifest;
    const volumes = Array.from({ length: plan.count - 1 }, (_unused, at): SignedVolume => {
      const own: Manifest = {
        ...rest,
        segments: [],
        rows: 0,
        counts: {},
        acknowledgement: null,
        endpoints: [],
        stream: { ...rest.stream, former: [] },
        volumes: { index: at + 2, count: plan.count },
      };
      const signed = this.#signed(own, to.own);
      return { volume: at + 2, manifest: signed.bytes, signature: signed.signature, readme };
    });
    return { ...written, digest: digestBytes(this.#suite, bytes), manifest, volumes, contentKey: this.#contentKey };
  }

  #signed(manifest: Manifest, own: KeyPair): { readonly bytes: Buffer; readonly signature: Buffer } {
    const bytes = Buffer.from(JSON.stringify(manifest), 'utf8');
    const signature = signatureText({
      suite: this.#suite.id,
      officeId: manifest.office.id,
      keys: own.public,
      signature: this.#suite.sign(own.secret, signedMessage(bytes)),
    });
    return { bytes, signature: Buffer.from(signature, 'utf8') };
  }

  #sealKey(addressees: readonly Addressee[]): Pick<Manifest, 'receivers' | 'passphrase'> {
    const receivers: Manifest['receivers'] = [];
    let passphrase: Manifest['passphrase'] = null;
    for (const addressee of addressees) {
      if (addressee.kind === 'passphrase') {
        const wrap = this.#suite.wrapUnderPassphrase(
          addressee.passphrase,
          this.#contentKey,
          sealContext(this.#bundleId, 'key'),
        );
        passphrase = { salt: wrap.salt, cost: [...wrap.cost], sealed: wrap.sealed };
      } else {
        const wrapped = this.#suite.wrap(
          addressee.keys,
          this.#contentKey,
          sealContext(this.#bundleId, addressee.officeId),
        );
        receivers.push({ officeId: addressee.officeId, box: addressee.keys.box, ...wrapped });
      }
    }
    return { receivers, passphrase };
  }

  /** Removes what waits on disk. */
  async close(): Promise<void> {
    await this.#packing.catch(() => undefined);
    await this.#spool.close();
  }
}
