import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lightsAt, ratesAt } from '../../electron/ledger/rates/index.ts';
import { createSampleLedger } from '../../electron/ledger/sample/index.ts';
import type { Store } from '../../electron/ledger/store/open.ts';
import { type Measure, measure, medianMs } from './measure.ts';

const DATE = '2021-05-18';
const RUNS = 7;

/** The rows that lights and rates need, by bare SQL: projects, latest report of each, open links. */
function readBare(store: Store): number {
  const projects = store.db
    .prepare(
      'SELECT id, name, unitId, lists, stage, annualPlan, plannedStart, actualStart, plannedCompletion, actualCompletion FROM project WHERE voided = 0',
    )
    .all();
  const reports = store.db
    .prepare(
      `SELECT "projectId", "yearToDate", "fundsInPlace", "visibleProgress", "problems" FROM "report"
        WHERE "kind" = 'tenDay' AND "voided" = 0 AND "period" = '2021-05-1'`,
    )
    .all();
  const links = store.db
    .prepare(
      'SELECT projectId, name, deadline FROM link WHERE voided = 0 AND deadline IS NOT NULL AND (doneOn IS NULL OR doneOn > ?)',
    )
    .all(DATE);
  return projects.length + reports.length + links.length;
}

/** [`rates`] rates and lights of the whole city for one date ÷ bare SQL over the same rows. */
async function measureRates(store: Store): Promise<Measure> {
  const reference = await medianMs(RUNS, () => readBare(store));
  const ours = await medianMs(RUNS, async () => {
    await lightsAt(store, DATE);
    await ratesAt(store, { date: DATE, by: 'unit' });
  });
  return measure('rates', { ours, reference, unit: 'ms', budget: null });
}

/** Two thousand projects with 36 ten-day reports each, in a file that is removed afterwards. */
export async function bench(): Promise<readonly Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'baobao-bench-'));
  const store = createSampleLedger(join(folder, '市.bbledger'), Date.UTC(2021, 4, 18), {
    projects: 2000,
    reportsPerProject: 36,
  });
  try {
    return [await measureRates(store)];
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
