import type { EntityName, Row } from '../../../shared/dictionary/index.ts';

interface Stamped {
  readonly _stamp: string;
  readonly _stamps: string | null;
}

type DictionaryTables = { [N in EntityName]: Row<N> & Stamped };

export interface JournalRow {
  readonly n: number;
  readonly stream: string;
  readonly stamp: string;
  readonly at: number;
  readonly officeId: string;
  readonly operator: string;
  readonly kind: string;
  readonly title: string;
  readonly bundleId: string | null;
  readonly undoOf: number | null;
  readonly undoneBy: number | null;
  readonly changes: number;
  readonly digest: string;
  readonly chain: string;
}

export interface ChangeRow {
  readonly seq: number;
  readonly n: number;
  readonly entity: string;
  readonly rowId: string;
  readonly record: string;
  readonly before: string | null;
}

/** Every table, for Kysely. */
export interface Tables extends DictionaryTables {
  readonly meta: { readonly key: string; readonly value: string };
  readonly journal: JournalRow;
  readonly change: ChangeRow;
  readonly stream: {
    readonly tag: string;
    readonly officeId: string;
    readonly ledgerId: string;
    readonly incarnation: number;
    readonly openedAt: number;
    readonly own: number;
    readonly reason: string | null;
    readonly previousTag: string | null;
    readonly previousN: number | null;
  };
  readonly endpoint: { readonly stream: string; readonly n: number; readonly chain: string; readonly at: number };
  readonly peer: {
    readonly officeId: string;
    readonly ackedStream: string | null;
    readonly ackedN: number;
    readonly readStream: string | null;
    readonly readN: number;
    readonly readChain: string | null;
    readonly listFrom: number | null;
    readonly gapFrom: number | null;
    readonly gapTo: number | null;
    readonly nextNumber: number;
    readonly enrolSecret: string | null;
  };
  readonly origin: {
    readonly stamp: string;
    readonly at: number;
    readonly officeId: string;
    readonly operator: string;
    readonly kind: string;
    readonly title: string;
  };
  readonly exchange: {
    readonly id: string;
    readonly direction: 'in' | 'out';
    readonly bundleId: string | null;
    readonly officeId: string | null;
    readonly number: number | null;
    readonly kind: string;
    readonly period: string | null;
    readonly at: number;
    readonly operator: string;
    readonly fileName: string;
    readonly bytes: number;
    readonly digest: string | null;
    readonly fromN: number | null;
    readonly toN: number | null;
    readonly journalN: number | null;
    readonly counts: string;
    readonly outcome: string;
    readonly note: string | null;
  };
  readonly parked: {
    readonly id: number;
    readonly bundleId: string;
    readonly officeId: string;
    readonly at: number;
    readonly reason: string;
    readonly entity: string;
    readonly rowId: string;
    readonly record: string;
    readonly digest: string;
  };
  readonly received: { readonly digest: string; readonly body: Buffer };
  readonly keyring: { readonly name: string; readonly secret: string; readonly public: string };
}
