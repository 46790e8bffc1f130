import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { writeFileWhole } from '../store/files.ts';
import { type Identity, readIdentity } from '../store/meta.ts';
import type { Store } from '../store/open.ts';
import { type HighWater, type OwnStream, ownStreams } from './incarnation.ts';
import { type Head, headOf } from './inspect.ts';

export function highWaterPath(dataFolder: string, ledgerId: string): string {
  return join(dataFolder, 'high-water', `${ledgerId}.json`);
}

const shape: z.ZodType<HighWater> = z.object({
  ledgerId: z.string(),
  incarnation: z.int(),
  streamTag: z.string(),
  n: z.int(),
  chain: z.string(),
  machine: z.array(z.string()),
  streams: z
    .array(z.object({ tag: z.string(), ledgerId: z.string(), incarnation: z.int(), openedAt: z.int() }))
    .optional(),
});

/** What this PC has seen of a ledger; null when it has seen nothing, or the note cannot be read. */
export function readHighWater(dataFolder: string, ledgerId: string): HighWater | null {
  const path = highWaterPath(dataFolder, ledgerId);
  if (!existsSync(path)) return null;
  try {
    const seen = shape.parse(JSON.parse(readFileSync(path, 'utf8')));
    return seen.ledgerId === ledgerId ? seen : null;
  } catch {
    // A note that cannot be read proves nothing: the same as none, which costs a new incarnation and nothing else.
    return null;
  }
}

function write(dataFolder: string, note: HighWater): void {
  const path = highWaterPath(dataFolder, note.ledgerId);
  mkdirSync(dirname(path), { recursive: true });
  writeFileWhole(path, JSON.stringify(note));
}

/** Notes how far this PC has seen a ledger. @throws Fault DISK_FULL, READ_ONLY */
export function noteHighWater(
  dataFolder: string,
  { ledgerId, incarnation, streamTag }: Identity,
  { head, streams }: { readonly head: Head; readonly streams: readonly OwnStream[] },
  machine: readonly string[],
): void {
  write(dataFolder, { ledgerId, incarnation, streamTag, ...head, machine, streams });
}

/** The ledger goes on as another one; whoever opens the file put aside gets a new stream. @throws Fault DISK_FULL, READ_ONLY */
export function retire(dataFolder: string, ledgerId: string, successorTag: string): void {
  const seen = readHighWater(dataFolder, ledgerId);
  if (seen !== null) write(dataFolder, { ...seen, streamTag: successorTag });
}

/** After a commit the note is written this much later, so that a row of edits costs one write. */
const DELAY_MS = 300;

/**
 * Keeps the high-water note of an open ledger. It reads what is committed each time it writes: it may lag behind, by a kill
 * or a power cut, but never runs ahead. A note that cannot be written does not stand in the way of work.
 */
export class HighWaterKeeper {
  readonly #store: Store;
  readonly #dataFolder: string;
  readonly #machine: readonly string[];
  readonly #listen = (): void => this.#soon();
  #timer: NodeJS.Timeout | null = null;
  #written: Head | null = null;

  constructor(store: Store, dataFolder: string, machine: readonly string[]) {
    this.#store = store;
    this.#dataFolder = dataFolder;
    this.#machine = machine;
    store.listeners.add(this.#listen);
  }

  #soon(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      try {
        this.flush();
      } catch (error) {
        console.error('high-water note not written', error);
      }
    }, DELAY_MS);
    this.#timer.unref();
  }

  /** @throws Fault DISK_FULL, READ_ONLY, FILE_GONE */
  flush(): void {
    if (this.#store.db.inTransaction) {
      this.#soon();
      return;
    }
    const head = headOf(this.#store);
    if (this.#written?.n === head.n && this.#written.chain === head.chain) return;
    const streams = ownStreams(this.#store);
    noteHighWater(this.#dataFolder, readIdentity(this.#store), { head, streams }, this.#machine);
    this.#written = head;
  }

  /** The ledger goes on under another stream: the note says so at once. @throws Fault DISK_FULL, READ_ONLY */
  renewed(): void {
    this.#written = null;
    this.flush();
  }

  /** Writes the last note and lets go. */
  stop(): void {
    this.#store.listeners.delete(this.#listen);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    try {
      this.flush();
    } catch (error) {
      console.error('high-water note not written', error);
    }
  }
}
