import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BlobStore, writeDigested } from '../../store/blobs.ts';
import type { Bundle } from '../bundle/bundle-read.ts';
import type { Manifest } from '../bundle/manifest.ts';
import { faultOf, mediumFault } from '../bundle/refuse.ts';

export interface StagedPictures {
  /** Pictures of this volume that were not here before. */
  readonly count: number;
  /** Puts them in their place, once the rows are in. */
  settle(): void;
}

/**
 * Opens and checks the pictures of a volume into a folder beside the ledger: all of them are what the signed manifest says,
 * or none is taken. An import that was interrupted goes on after the pictures it had checked.
 *
 * @throws Fault SYNC_DAMAGED, SYNC_CUT, DISK_FULL, CANCELLED
 */
export async function stagePictures(
  bundle: Bundle,
  ledgerPath: string,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (share: number) => void } = {},
): Promise<StagedPictures> {
  const { manifest } = bundle;
  const files = new BlobStore(ledgerPath);
  const wanted: Manifest['blobs'] = [];
  for (const blob of manifest.blobs.filter(({ volume }) => volume === manifest.volumes.index))
    if (!(await files.isWhole(blob.sha256, options.signal))) wanted.push(blob);
  if (wanted.length === 0) return { count: 0, settle: () => undefined };
  const folder = files.incomingPath(`volume-${manifest.bundleId}-${manifest.volumes.index}`);
  mkdirSync(folder, { recursive: true });
  const total = wanted.reduce((sum, blob) => sum + blob.plainBytes, 0);
  let before = 0;
  try {
    for (const blob of wanted) {
      const path = join(folder, blob.sha256);
      if (!existsSync(path)) {
        const part = `${path}.part`;
        const onBytes = (done: number): void => options.onProgress?.((before + done) / Math.max(1, total));
        const signal = options.signal === undefined ? {} : { signal: options.signal };
        const got = await writeDigested(part, bundle.blob(blob), { ...signal, onBytes });
        if (got.digest !== blob.sha256 || got.bytes !== blob.plainBytes) {
          throw faultOf('SYNC_DAMAGED', bundle.path, `附件 ${blob.sha256.slice(0, 8)}`);
        }
        renameSync(part, path);
      }
      before += blob.plainBytes;
    }
  } catch (error) {
    const fault = mediumFault(error, bundle.path);
    // Damaged: nothing of the volume is taken. Interrupted: what is checked stays for the next try.
    if (fault.code === 'CANCELLED') for (const name of readdirSync(folder)) dropPart(folder, name);
    else rmSync(folder, { recursive: true, force: true });
    throw fault;
  }
  return {
    count: wanted.length,
    settle() {
      for (const { sha256 } of wanted) files.place(join(folder, sha256), sha256);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function dropPart(folder: string, name: string): void {
  if (name.endsWith('.part')) rmSync(join(folder, name), { force: true });
}
