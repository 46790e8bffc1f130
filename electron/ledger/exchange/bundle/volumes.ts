import { LIMITS } from './limits.ts';
import type { Manifest } from './manifest.ts';

export interface BlobToSend {
  /** SHA-256 of the content, hex. */
  readonly sha256: string;
  readonly plainBytes: number;
  /** A small picture for the lists: goes with the rows. */
  readonly thumb: boolean;
}

/** Up to here everything goes in one file. */
const ONE_FILE_BYTES = 200 * 1024 * 1024;
/** Manifest, names and directory of an archive. */
const SPARE_BYTES = 8 * 1024 * 1024;

export interface VolumeLimits {
  readonly volumeBytes: number;
  readonly oneFileBytes: number;
}

export const VOLUME_LIMITS: VolumeLimits = { volumeBytes: LIMITS.fileBytes, oneFileBytes: ONE_FILE_BYTES };

/**
 * Which blob goes into which volume: the first holds the rows and the small pictures, complete without the others; the
 * originals follow in volumes that a FAT32 stick takes, unless all is small.
 *
 * @param firstBytes of the rows
 * @param sealedBytes length of a blob in the file
 */
export function planVolumes(
  firstBytes: number,
  blobs: readonly BlobToSend[],
  sealedBytes: (plainBytes: number) => number,
  limits: VolumeLimits = VOLUME_LIMITS,
): { readonly blobs: Manifest['blobs']; readonly count: number } {
  const sized = blobs.map((blob) => ({ ...blob, bytes: sealedBytes(blob.plainBytes) }));
  const sorted = [...sized.filter((blob) => blob.thumb), ...sized.filter((blob) => !blob.thumb)];
  const total = sized.reduce((sum, blob) => sum + blob.bytes, firstBytes);
  const most = limits.volumeBytes - Math.min(SPARE_BYTES, Math.floor(limits.volumeBytes / 10));
  const together = total <= Math.min(limits.oneFileBytes, most);
  let volume = 1;
  let filled = firstBytes;
  const placed = sorted.map(({ sha256, plainBytes, bytes, thumb }) => {
    const leaves = !together && !thumb && volume === 1;
    if (leaves || (filled + bytes > most && filled > 0)) {
      volume += 1;
      filled = 0;
    }
    filled += bytes;
    return { sha256, bytes, plainBytes, volume };
  });
  return { blobs: placed, count: volume };
}
