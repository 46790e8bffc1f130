import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupNow } from '../../electron/ledger/backup/index.ts';
import { lightsAt, ratesAt } from '../../electron/ledger/rates/index.ts';
import { createSampleLedger } from '../../electron/ledger/sample/index.ts';
import { openAsOf } from '../../electron/ledger/store/as-of.ts';
import { commit } from '../../electron/ledger/store/commit.ts';
import type { Store } from '../../electron/ledger/store/open.ts';
import { verifyRebuild } from '../../electron/ledger/store/rebuild.ts';
import { type Measure, measure, medianMs } from './measure.ts';

const MB = 1024 * 1024;
/** A ledger of about 40 MB: an ordinary city after a year. */
const CITY = { projects: 600, reportsPerProject: 24 };

/** Edits of the last weeks, so that the past differs from the present. */
function editLately(store: Store, now: number): void {
  const ids = store.db.prepare('SELECT "id" FROM "project"').pluck().all() as string[];
  for (const [index, id] of ids.entries()) {
    const changes = [{ entity: 'project' as const, id, set: { annualPlan: 1_000_000 * (index + 1) } }];
    commit(store, { kind: 'edit', title: '修改', changes }, { operator: '王某', now: now + index });
  }
}

/** Rates and lights of the whole city; another day each time, so that no remembered answer is measured. */
function queriesOn(store: Store): () => Promise<void> {
  let day = 0;
  return async () => {
    day += 1;
    const date = `2021-04-${String((day % 28) + 1).padStart(2, '0')}`;
    await ratesAt(store, { date, by: 'unit' });
    await lightsAt(store, date);
  };
}

const middle = (times: readonly number[]): number =>
  [...times].sort((left, right) => left - right)[times.length >> 1] ?? 0;

/** Medians of two pieces of work run in turn, so that what else the machine does falls on both. */
async function alternately(runs: number, ...works: readonly (() => Promise<void>)[]): Promise<readonly number[]> {
  const times = works.map((): number[] => []);
  for (let run = 0; run <= runs; run += 1) {
    for (const [index, work] of works.entries()) {
      const start = performance.now();
      await work();
      // The first of each fills caches.
      if (run > 0) times[index]?.push(performance.now() - start);
    }
  }
  return times.map(middle);
}

/** [as-of] and [backup]: what the past costs, and how long a backup keeps the ledger process from answering. */
export async function bench(): Promise<readonly Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'baobao-bench-'));
  try {
    const path = join(folder, '市.bbledger');
    const store = createSampleLedger(path, Date.now(), CITY);
    const asOf = new Date(2021, 4, 18, 23).getTime();
    editLately(store, asOf + 1000);
    store.db.pragma('wal_checkpoint(TRUNCATE)');

    const opened: Store[] = [];
    const opening = await medianMs(3, () => opened.push(openAsOf(store, asOf)));
    const [past] = opened;
    if (past === undefined) throw new Error('no past');
    const [current = 0, then = 0] = await alternately(9, queriesOn(store), queriesOn(past));
    for (const each of opened) each.close();
    const halfway = await medianMs(3, () => openAsOf(store, new Date(2021, 2, 1).getTime()).close());

    const copying = await medianMs(3, () => copyFileSync(path, join(folder, 'copy')));
    const backup = await medianMs(3, () =>
      backupNow(store, { reason: 'manual', folder: join(folder, 'b'), now: Date.now() }),
    );
    const check = await medianMs(3, () => store.db.pragma('integrity_check'));
    const rebuild = await medianMs(3, () => verifyRebuild(store.db));
    const size = (statSync(path).size / MB).toFixed(0);
    store.close();
    return [
      measure('[as-of] query of a past day ÷ current query', {
        ours: then,
        reference: current,
        unit: 'ms',
        budget: 1.5,
      }),
      measure('[as-of] turning to yesterday ÷ one current query', {
        ours: opening,
        reference: current,
        unit: 'ms',
        budget: null,
      }),
      measure('[as-of] turning back two months ÷ one current query', {
        ours: halfway,
        reference: current,
        unit: 'ms',
        budget: null,
      }),
      measure(`[backup] ${size} MB, checked ÷ plain copy`, {
        ours: backup,
        reference: copying,
        unit: 'ms',
        budget: null,
      }),
      measure('[verify] rebuild from the journal ÷ integrity check', {
        ours: rebuild,
        reference: check,
        unit: 'ms',
        budget: null,
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
