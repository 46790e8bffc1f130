import { openBeside, type Store } from '../store/open.ts';
import { type Bundle, openBundle, type Reader } from './bundle/bundle-read.ts';
import { BundleWriter } from './bundle/bundle-write.ts';
import type { Suite } from './bundle/suite.ts';

/** What an export gives its rows to. */
export type BundleSink = Pick<BundleWriter, 'rows' | 'counts' | 'add' | 'write' | 'close'>;

/** What stands between the rules of the exchange and the disk: second connections, and files written and opened. */
export interface Medium {
  beside(store: Store, options?: { readonly readOnly?: boolean }): Store;
  writer(suite: Suite, bundleId: string, signal?: AbortSignal): BundleSink;
  open(path: string, reader: Reader): Promise<Bundle>;
}

/** Ledgers and files on a disk, signed and sealed: the only one that the program knows. */
export const disk: Medium = {
  beside: openBeside,
  writer: (suite, bundleId, signal) => new BundleWriter(suite, bundleId, signal),
  open: openBundle,
};
