import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';

export interface PeerRow {
  readonly officeId: string;
  readonly ackedStream: string | null;
  readonly ackedN: number;
  readonly readStream: string | null;
  readonly readN: number;
  readonly readChain: string | null;
  /** From this number on we know every export end point of the stream, up to `readN`. */
  readonly listFrom: number | null;
  readonly gapFrom: number | null;
  readonly gapTo: number | null;
  readonly nextNumber: number;
  readonly enrolSecret: string | null;
}

export function readPeer(store: Store, officeId: string): PeerRow {
  const row = prepared(store, 'SELECT * FROM "peer" WHERE "officeId" = ?').get(officeId) as PeerRow | undefined;
  return (
    row ?? {
      officeId,
      ackedStream: null,
      ackedN: 0,
      readStream: null,
      readN: 0,
      readChain: null,
      listFrom: null,
      gapFrom: null,
      gapTo: null,
      nextNumber: 1,
      enrolSecret: null,
    }
  );
}

export function writePeer(store: Store, officeId: string, changes: Partial<Omit<PeerRow, 'officeId'>>): void {
  const row = { ...readPeer(store, officeId), ...changes };
  prepared(
    store,
    `INSERT OR REPLACE INTO "peer" ("officeId", "ackedStream", "ackedN", "readStream", "readN", "readChain", "listFrom", "gapFrom", "gapTo", "nextNumber", "enrolSecret")
       VALUES (@officeId, @ackedStream, @ackedN, @readStream, @readN, @readChain, @listFrom, @gapFrom, @gapTo, @nextNumber, @enrolSecret)`,
  ).run(row);
}

/** A place in a stream: number and chain. */
export type Point = [n: number, chain: string];

/** Chain of this ledger's own journal at a number; '' at 0, undefined where there is no such number. */
export function chainAt(store: Store, n: number): string | undefined {
  if (n === 0) return '';
  const row = prepared(store, 'SELECT "chain" FROM "journal" WHERE "n" = ?').get(n) as { chain: string } | undefined;
  return row?.chain;
}

/** Where this ledger's journal ends. */
export function journalEnd(store: Store): Point {
  const row = prepared(store, 'SELECT "n", "chain" FROM "journal" ORDER BY "n" DESC LIMIT 1').get() as
    | { n: number; chain: string }
    | undefined;
  return row ? [row.n, row.chain] : [0, ''];
}

/** Known export end points of a stream, ascending. */
export function endpointsOf(store: Store, stream: string): readonly Point[] {
  return prepared(store, 'SELECT "n", "chain" FROM "endpoint" WHERE "stream" = ? ORDER BY "n"', 'raw').all(
    stream,
  ) as Point[];
}

export function learnEndpoints(store: Store, stream: string, points: readonly Point[], at: number): void {
  prepared(
    store,
    `INSERT INTO "endpoint" ("stream", "n", "chain", "at")
       SELECT @stream, "value" ->> 0, "value" ->> 1, @at FROM json_each(@points) WHERE true ON CONFLICT DO NOTHING`,
  ).run({ stream, points: JSON.stringify(points), at });
}
