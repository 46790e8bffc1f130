import * as z from 'zod';
import { parseStamp, parseStreamTag, type Stamp, type StreamTag } from '../../../../shared/domain/clock.ts';
import { LIMITS } from './limits.ts';
import { faultOf } from './refuse.ts';

/** Format of the container and its manifest: a reader refuses a newer major and accepts a newer minor. */
export const FORMAT = 'bbsync';
export const FORMAT_VERSION = [1, 0] as const;

/** What a file may demand of its reader. */
export const KNOWN_REQUIREMENTS: ReadonlySet<string> = new Set(['rows-1']);

const count = z.number().int().nonnegative();
const hex256 = z.string().regex(/^[0-9a-f]{64}$/u);
const key = z.string().regex(/^[A-Za-z0-9_-]{20,400}$/u);
const sealed = z.string().regex(/^[A-Za-z0-9_-]{16,1000}$/u);
const officeId = z.string().regex(/^[0-9A-Za-z-]{1,40}$/u);
const bundleId = z.string().regex(/^[0-9a-f-]{36}$/u);
const text = z.string().max(200);
const chain = z.union([hex256, z.literal('')]);
const tag = z.custom<StreamTag>((value) => parseStreamTag(value) !== null, 'stream');
const stamp = z.custom<Stamp>((value) => parseStamp(value) !== null, 'stamp');
const shortName = z.string().regex(/^[a-z0-9-]{1,40}$/u);

const officeSchema = z.object({
  id: officeId,
  code: z.string().max(32),
  name: text,
  level: z.enum(['city', 'county', 'town']),
});

/** A place in a stream: number and chain. */
const pointSchema = z.tuple([count, chain]);

const streamSchema = z.object({
  tag,
  ledgerId: officeId,
  incarnation: z.number().int().positive(),
  openedAt: count,
  /** Name of the PC that wrote the file, and why this stream was opened: for the people on both sides. */
  machine: z.string().max(64).optional(),
  reason: shortName.optional(),
  /**
   * Streams that this ledger left as it was restored or moved, the latest first: export end points, ascending, and as the
   * last one where it left. By these a clone that goes on under the old stream is told from one ledger that went back
   * (exchange design, Streams).
   */
  former: z
    .array(
      z.object({
        tag,
        ledgerId: officeId,
        incarnation: z.number().int().positive(),
        openedAt: count,
        points: z.array(pointSchema).min(1).max(LIMITS.endpoints),
      }),
    )
    .max(LIMITS.formerStreams)
    .default([]),
});

const receiverSchema = z.object({ officeId, box: key, ephemeral: key, sealed });

const passphraseSchema = z.object({
  salt: z.string().regex(/^[A-Za-z0-9_-]{16,100}$/u),
  cost: z.tuple([z.number().int().min(1), z.number().int().min(1), z.number().int().min(1)]),
  sealed,
});

const entrySchema = z.object({
  name: z.string().regex(/^data\/\d{3,5}\.ndjson\.gz(\.enc)?$/u),
  bytes: z.number().int().positive().max(LIMITS.segmentBytes),
  sha256: hex256,
  /** Length after opening and unpacking. */
  plainBytes: z.number().int().positive().max(LIMITS.segmentPlainBytes),
});

const blobSchema = z.object({
  sha256: hex256,
  /** In the file, sealed. */
  bytes: z.number().int().positive(),
  plainBytes: count,
  volume: z.number().int().positive(),
});

const ownerSchema = z.enum(['city', 'unit', 'shared', 'above']);

/** 字段归属表 of the city: its digest, and the table itself where the receiver has not told that it holds it. */
const ownershipSchema = z.object({
  /** Schema version of the program that it is of, and that program's version. */
  version: count,
  program: z.string().max(40),
  digest: hex256,
  table: z
    .record(z.string().regex(/^[A-Za-z]{1,40}$/u), z.record(z.string().regex(/^[A-Za-z]{1,40}$/u), ownerSchema))
    .optional(),
});

const suiteKeysSchema = z.object({ suite: z.number().int().positive(), sign: key, box: key });
export type SuiteKeys = z.infer<typeof suiteKeysSchema>;

export const BUNDLE_KINDS = ['upward', 'downward', 'full', 'enrolment'] as const;
export type BundleKind = (typeof BUNDLE_KINDS)[number];

export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  version: z.tuple([z.number().int().positive(), count]),
  /** Must be understood. */
  requires: z.array(shortName).max(50),
  /** May be ignored. */
  uses: z.array(shortName).max(50),
  program: z.object({ version: z.string().max(40), schema: count, dictionary: hex256 }),
  kind: z.enum(BUNDLE_KINDS),
  bundleId,
  /** Running number of the files from this office to this receiver. */
  number: count,
  period: z.string().max(16).nullable(),
  office: officeSchema,
  stream: streamSchema,
  wallTime: count,
  clock: stamp,
  /** Own changes carried: everything after `from` up to `to`. */
  range: z.object({ from: pointSchema, to: pointSchema }),
  /** Export end points of the own stream since the last acknowledgement, at least the last 50, ascending. */
  endpoints: z.array(pointSchema).max(LIMITS.endpoints),
  /** Streams other than the own one whose stamps are inside, with the office each belongs to. */
  relayed: z
    .array(z.object({ tag, officeId, ledgerId: officeId, incarnation: z.number().int().positive() }))
    .max(LIMITS.endpoints),
  /** What the receiver must have read for this file to be complete; rows stand alone, so a gap is healed later. */
  prerequisite: z.object({ tag, n: count, chain }).nullable(),
  /** How far we have applied the receiver's stream, and what became of its last files. */
  acknowledgement: z
    .object({
      stream: tag,
      n: count,
      chain,
      bundles: z
        .array(
          z.object({
            bundleId,
            outcome: shortName,
            at: count,
            /** Read, though two PCs had written that number, which the office has left. */
            beside: z.boolean().optional(),
          }),
        )
        .max(50),
      /** Pictures of rows that were read without them: to be sent again. */
      lacks: z.array(hex256).max(LIMITS.blobs).default([]),
      /** Digest of the table of field owners by which the sender goes. */
      owners: hex256.optional(),
    })
    .nullable(),
  /** Only downward; a program that does not know it goes by its own dictionary. */
  ownership: ownershipSchema.optional(),
  /** The least program version that takes all of what this sender writes for what it is. */
  leastProgram: z.string().max(40).optional(),
  counts: z.record(z.string().regex(/^[A-Za-z_]{1,40}$/u), count),
  rows: count.max(LIMITS.rows),
  readme: z.object({ bytes: count.max(LIMITS.readmeBytes), sha256: hex256 }),
  segments: z.array(entrySchema).max(LIMITS.segments),
  blobs: z.array(blobSchema).max(LIMITS.blobs),
  volumes: z.object({ index: z.number().int().positive(), count: z.number().int().positive() }),
  suite: z.number().int().positive(),
  signer: z.object({ sign: key, box: key }),
  /** The signer's public keys of other suites. */
  otherKeys: z.array(suiteKeysSchema).max(8).default([]),
  /** Suites in which the sender can check the receiver's signature. */
  readable: z.array(z.number().int().positive()).max(8).default([1]),
  receivers: z.array(receiverSchema).max(LIMITS.receivers),
  passphrase: passphraseSchema.nullable(),
  /** First file of an office after it opened its enrolment file: proof that it holds the secret inside. */
  enrolment: z.object({ proof: hex256 }).nullable(),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestSegment = Manifest['segments'][number];

/** Only what decides whether the rest can be understood at all. */
const envelopeSchema = z.object({
  format: z.literal(FORMAT),
  version: z.tuple([z.number().int().positive(), count]),
  requires: z.array(z.string().max(40)).max(50),
  program: z.object({ version: z.string().max(40) }),
});

/** A manifest is read once a file: to compile its schema first takes as long as to read twenty of them. */
const AS_IT_IS = { jitless: true } as const;

/**
 * Reads a manifest whose signature has been verified.
 *
 * @throws Fault SYNC_NEEDS_UPGRADE for a newer major or an unknown requirement, SYNC_MALFORMED for anything else
 */
export function parseManifest(bytes: Uint8Array, file: string): Manifest {
  let raw: unknown;
  try {
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw faultOf('SYNC_MALFORMED', file, '清单无法读取', cause);
  }
  const envelope = envelopeSchema.safeParse(raw, AS_IT_IS);
  if (!envelope.success) throw faultOf('SYNC_MALFORMED', file, '清单缺少版本', envelope.error);
  const { version, requires, program } = envelope.data;
  if (version[0] > FORMAT_VERSION[0] || requires.some((name) => !KNOWN_REQUIREMENTS.has(name))) {
    throw faultOf('SYNC_NEEDS_UPGRADE', file, program.version);
  }
  const parsed = manifestSchema.safeParse(raw, AS_IT_IS);
  if (!parsed.success) {
    const place = parsed.error.issues[0]?.path.join('.') ?? '';
    throw faultOf('SYNC_MALFORMED', file, `清单有误：${place}`, parsed.error);
  }
  return checkManifest(parsed.data, file);
}

function isAscending(points: readonly (readonly [number, string])[]): boolean {
  return points.every(([n], index) => index === 0 || n > (points[index - 1]?.[0] ?? 0));
}

/** What the parts of a manifest say about each other. */
function checkManifest(manifest: Manifest, file: string): Manifest {
  const refuse = (why: string): never => {
    throw faultOf('SYNC_MALFORMED', file, why);
  };
  const { from, to } = manifest.range;
  if (from[0] > to[0]) refuse('编号范围颠倒');
  const names = new Set(manifest.segments.map((segment) => segment.name));
  if (names.size !== manifest.segments.length) refuse('数据段重名');
  if (new Set(manifest.blobs.map((blob) => blob.sha256)).size !== manifest.blobs.length) refuse('附件重复');
  if (manifest.volumes.index > manifest.volumes.count) refuse('分卷编号有误');
  if (manifest.volumes.index > 1 && (manifest.segments.length > 0 || manifest.rows > 0)) refuse('附件分卷含有数据');
  if (manifest.blobs.some((blob) => blob.volume > manifest.volumes.count)) refuse('附件分卷编号有误');
  if (!isAscending(manifest.endpoints) || manifest.endpoints.some(([n]) => n > to[0])) refuse('导出点次序有误');
  if (manifest.stream.former.some(({ points }) => !isAscending(points))) refuse('以前的导出点次序有误');
  const encrypted = manifest.receivers.length > 0 || manifest.passphrase !== null;
  if (manifest.segments.some((segment) => segment.name.endsWith('.enc') !== encrypted)) refuse('加密标记不一致');
  if (manifest.kind === 'enrolment' ? manifest.passphrase === null : manifest.passphrase !== null)
    refuse('口令标记不一致');
  return manifest;
}

/** What the content keys and segments of a bundle are bound to, so that none can be moved into another file. */
export function sealContext(bundle: string, name: string): string {
  return `${FORMAT} ${FORMAT_VERSION[0]}\n${bundle}\n${name}`;
}

/** What is signed: never the bare manifest, so that a signature serves no other purpose. */
export function signedMessage(manifest: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${FORMAT} manifest ${FORMAT_VERSION[0]}\n`, 'utf8'), manifest]);
}
