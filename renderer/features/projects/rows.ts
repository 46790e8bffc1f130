import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { GridTable } from '../../../shared/contract/projects.ts';
import type { Value } from '../../../shared/dictionary/index.ts';
import type { Light } from '../../../shared/domain/light.ts';
import { RowUnpacker } from '../../../shared/domain/packed-rows.ts';
import { api, ledger, onLedgerChange } from '../../app/api.ts';

/** A project as the grid shows it: fields of the dictionary and computed columns. */
export interface ProjectRow {
  readonly id: string;
  readonly name: string | null;
  readonly unitId: string | null;
  readonly bundleId: string | null;
  readonly unitName: string | null;
  readonly annualPlan: number | null;
  readonly yearToDate: number | null;
  readonly light: Light;
  readonly lightText: string | null;
  readonly linksTotal: number;
  readonly linksDone: number;
  readonly linksOverdue: number;
  readonly proposals: number;
  readonly [key: string]: Value;
}

export interface ProjectRows {
  readonly ledgerId: string;
  readonly n: number;
  readonly date: string;
  readonly rows: readonly ProjectRow[];
}

function decode({ ledgerId, n, date, columns, rows }: GridTable): ProjectRows {
  const decoded = rows.map((values) => {
    const row: Record<string, Value> = {};
    columns.forEach((column, index) => {
      row[column] = values[index] ?? null;
    });
    return row as unknown as ProjectRow;
  });
  return { ledgerId, n, date, rows: decoded };
}

/** Reads the whole grid, and what was written while it was read. */
async function readAll(): Promise<ProjectRows> {
  let unpacker: RowUnpacker | null = null;
  let reading: Omit<ProjectRows, 'rows'> | null = null;
  const rows: ProjectRow[] = [];
  for await (const { ledgerId, n, date, columns, packed } of await ledger.projects.grid({})) {
    unpacker ??= new RowUnpacker(columns);
    reading ??= { ledgerId, n, date };
    for (const row of unpacker.unpack(packed)) rows.push(row as unknown as ProjectRow);
  }
  if (reading === null) throw new Error('The grid has at least one slice');
  const { ledgerId, n, date } = reading;
  const { whole, gone, ...table } = await ledger.projects.changes({ ledgerId, since: n, date });
  return whole ? readAll() : patch({ ...reading, rows }, decode(table), gone);
}

/** Rows not touched stay the same objects, so that the grid redraws only the others; new projects come last. */
function patch(before: ProjectRows, changes: ProjectRows, gone: readonly string[]): ProjectRows {
  const changed = new Map(changes.rows.map((row) => [row.id, row]));
  const away = new Set(gone);
  const known = new Set(before.rows.map((row) => row.id));
  const rows = before.rows.filter((row) => !away.has(row.id)).map((row) => changed.get(row.id) ?? row);
  const added = changes.rows.filter((row) => !known.has(row.id));
  const nothing = changed.size === 0 && away.size === 0;
  return { ...changes, rows: nothing ? before.rows : [...rows, ...added] };
}

const options = { queryKey: api.projects.grid.key({ type: 'query', input: {} }) } as const;

/**
 * All projects, kept up to date: after a commit only the rows that the journal says have changed are read (2 ms, where the
 * whole grid of 2,000 takes 200).
 */
export function useProjectRows(): { readonly data: ProjectRows | undefined; readonly error: Error | null } {
  const client = useQueryClient();
  const query = useQuery<ProjectRows>({
    queryKey: options.queryKey,
    queryFn: readAll,
    structuralSharing: false,
    gcTime: Number.POSITIVE_INFINITY,
  });

  useEffect(() => {
    let running = false;
    let again = false;
    let alive = true;
    const catchUp = async (): Promise<void> => {
      if (running) {
        again = true;
        return;
      }
      running = true;
      try {
        do {
          again = false;
          const before = client.getQueryData<ProjectRows>(options.queryKey);
          if (before === undefined) break;
          const { whole, gone, ...table } = await ledger.projects.changes({
            ledgerId: before.ledgerId,
            since: before.n,
            date: before.date,
          });
          if (!alive) return;
          if (whole) await client.refetchQueries({ queryKey: options.queryKey });
          else
            client.setQueryData<ProjectRows>(options.queryKey, (now) =>
              now === before ? patch(before, decode(table), gone) : now,
            );
        } while (again);
      } catch {
        // The ledger process went away or another ledger was opened: the next change or visit reads everything anew.
        await client.invalidateQueries({ queryKey: options.queryKey });
      } finally {
        running = false;
      }
    };
    const stop = onLedgerChange(() => void catchUp());
    void catchUp();
    return () => {
      alive = false;
      stop();
    };
  }, [client]);

  return { data: query.data, error: query.error };
}
