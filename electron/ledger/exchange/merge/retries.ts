import { type Signer, StreamBook } from '../offices/streams.ts';
import { Merge } from './merge.ts';
import type { MergeTools } from './merge-tools.ts';
import type { Retry } from './parked.ts';

/** The merges of one import for rows that waited: one for each office that had brought some, and each way of trying. */
export class Retries {
  readonly #tools: MergeTools;
  readonly #signerOf: (officeId: string) => Signer;
  readonly #merges = new Map<string, Merge>();

  constructor(tools: MergeTools, signerOf: (officeId: string) => Signer) {
    this.#tools = tools;
    this.#signerOf = signerOf;
  }

  get merges(): readonly Merge[] {
    return [...this.#merges.values()];
  }

  mergeFor(officeId: string, retry: Retry): Merge {
    const key = `${retry} ${officeId}`;
    let merge = this.#merges.get(key);
    if (!merge) {
      const { store, identity } = this.#tools;
      const signer = this.#signerOf(officeId);
      merge = new Merge({
        ...this.#tools,
        streams: new StreamBook(store, identity, signer),
        fromAbove: signer.isAbove,
        trusting: false,
        replay: retry === 'upgraded',
        waited: true,
      });
      this.#merges.set(key, merge);
    }
    return merge;
  }
}
