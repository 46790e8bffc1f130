import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layDossier } from '../../electron/ledger/dossier/paper.ts';
import { PictureSource } from '../../electron/ledger/dossier/pictures.ts';
import { paceProposals } from '../../electron/ledger/pool/index.ts';
import { readPage } from '../../electron/ledger/projects/index.ts';
import { createSampleLedger } from '../../electron/ledger/sample/index.ts';
import type { Store } from '../../electron/ledger/store/open.ts';
import { type Measure, measure, medianMs } from './measure.ts';

const DATE = '2021-05-18';
const ENDS = ['2021-04-2', '2021-04-3', '2021-05-1'];
const RUNS = 5;

function sample(folder: string, name: string, projects: number, reportsPerProject: number): Store {
  return createSampleLedger(join(folder, name), Date.UTC(2021, 4, 18), { projects, reportsPerProject });
}

/** The rows that a judgement of three periods needs, by bare SQL. */
function readBarePool(store: Store): number {
  const projects = store.db
    .prepare(
      'SELECT id, name, unitId, lists, stage, totalInvestment, annualPlan, plannedStart, actualStart, actualCompletion, waiverUntil, bundleId FROM project WHERE voided = 0',
    )
    .all();
  const reports = ENDS.flatMap((period) =>
    store.db
      .prepare(
        `SELECT "projectId", "yearToDate" FROM "report" WHERE "kind" = 'tenDay' AND "voided" = 0 AND "period" = ?`,
      )
      .all(period),
  );
  return projects.length + reports.length;
}

/** [`pool`] pace proposals over 20,000 projects ÷ bare SQL over the same rows. */
async function measurePool(store: Store): Promise<Measure> {
  const reference = await medianMs(RUNS, () => readBarePool(store));
  const ours = await medianMs(RUNS, () => paceProposals(store, DATE));
  return measure('pool', { ours, reference, unit: 'ms', budget: null });
}

/** Everything that is known of one project, by bare SQL. */
function readBareDossier(store: Store, id: string): number {
  const of = (sql: string): number => store.db.prepare(sql).all(id).length;
  return (
    of('SELECT * FROM project WHERE id = ?') +
    of('SELECT * FROM link WHERE projectId = ? AND voided = 0') +
    of('SELECT * FROM report WHERE projectId = ? AND voided = 0 ORDER BY period') +
    of('SELECT * FROM stageEvent WHERE projectId = ? AND voided = 0') +
    of('SELECT * FROM permit WHERE projectId = ? AND voided = 0') +
    of('SELECT * FROM factor WHERE projectId = ? AND voided = 0') +
    of(`SELECT * FROM supervisionSheet WHERE voided = 0 AND projectIds LIKE '%' || ? || '%'`) +
    of('SELECT c.*, j.* FROM change c JOIN journal j ON j.n = c.n WHERE c.rowId = ?')
  );
}

/** [`dossier`] opening a project with 5 years of history, and laying its 台账 out, ÷ the bare SQL behind it. */
async function measureDossier(store: Store): Promise<readonly Measure[]> {
  const id = store.db
    .prepare('SELECT projectId FROM report GROUP BY projectId ORDER BY count(*) DESC LIMIT 1')
    .pluck()
    .get() as string;
  const reference = await medianMs(RUNS * 3, () => readBareDossier(store, id));
  const page = await medianMs(RUNS * 3, () => readPage(store, id, DATE));
  const paper = await medianMs(RUNS * 3, () => layDossier(store, id, DATE, new PictureSource(store.path)));
  return [
    measure('dossier', { ours: page, reference, unit: 'ms', budget: null }),
    measure('dossier-paper', { ours: paper, reference, unit: 'ms', budget: null }),
  ];
}

/** Twenty thousand projects with 3 ten-day reports each, and two hundred with 180, in files that are removed afterwards. */
export async function bench(): Promise<readonly Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'baobao-bench-'));
  const many = sample(folder, '市.bbledger', 20_000, 3);
  const long = sample(folder, '五年.bbledger', 200, 180);
  try {
    return [await measurePool(many), ...(await measureDossier(long))];
  } finally {
    many.close();
    long.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
