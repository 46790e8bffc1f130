/**
 * What a sync file may hold at most. A file beyond any of these is refused before it is unpacked, so that memory and disk
 * stay bounded whatever comes on a stick.
 */
export const LIMITS = {
  /** Whole volume; FAT32 sticks end at 4 GiB. */
  fileBytes: 1_900_000_000,
  entries: 20_000,
  nameBytes: 120,
  readmeBytes: 64 * 1024,
  manifestBytes: 2 * 1024 * 1024,
  signatureBytes: 4096,
  segments: 2000,
  /** Unpacked segment: what the reader holds in memory at once. */
  segmentPlainBytes: 8 * 1024 * 1024,
  /** Packed segment; gzip never grows by more than a little. */
  segmentBytes: 8 * 1024 * 1024 + 64 * 1024,
  rows: 5_000_000,
  lineChars: 1_000_000,
  valueChars: 200_000,
  fieldsPerRow: 400,
  groupsPerSegment: 2000,
  stampsPerSegment: 200_000,
  endpoints: 2000,
  formerStreams: 16,
  receivers: 500,
  blobs: 10_000,
} as const;

const FIRST_TARGET_BYTES = 256 * 1024;
const TARGET_BYTES = 1024 * 1024;

/**
 * The writer closes a segment here, well inside the limit. The first ones are short: a segment is unpacked beside the merge
 * of the one before it, and nobody waits long for the first.
 */
export function segmentTarget(index: number): number {
  return Math.min(FIRST_TARGET_BYTES * 2 ** index, TARGET_BYTES);
}
