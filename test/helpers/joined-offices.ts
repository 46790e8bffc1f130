import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { admit, createEnrolment, exportTo, Importer, join } from '../../electron/ledger/exchange/index.ts';
import { fillCells, readSheet, submitPeriod } from '../../electron/ledger/reports/index.ts';
import { createSampleLedger, SAMPLE_TODAY } from '../../electron/ledger/sample/index.ts';
import type { Actor } from '../../electron/ledger/store/commit.ts';
import { readIdentity, readMeta, writeMeta } from '../../electron/ledger/store/meta.ts';
import type { Store } from '../../electron/ledger/store/open.ts';

/** The sample city and counties that joined it with real files, each with a ledger file of its own. */
export interface JoinedOffices {
  readonly folder: string;
  /** Where sync files are put: the stick that goes round. */
  readonly stick: string;
  readonly city: string;
  readonly counties: Readonly<Record<string, string>>;
}

const PASSPHRASE = '百日会战2021';
/**
 * The day before that of the sample: windows write on SAMPLE_TODAY at the present time of day, and at half past midnight too
 * their clock shall not be behind what stands in the ledger.
 */
const START = Date.UTC(2021, 4, 17, 1);

const actorOf = (store: Store, now: number): Actor => ({ operator: readMeta(store, 'operator') ?? '', now });

async function enrol(city: Store, unitName: string, folder: string, now: () => number): Promise<Store> {
  const unit = city.db.prepare('SELECT "id" FROM "responsibilityUnit" WHERE "name" = ?').get(unitName) as {
    id: string;
  };
  const enrolmentPath = joinPath(folder, `${unitName}_入网.bbsync`);
  const cityActor = actorOf(city, now());
  await createEnrolment(city, { unitId: unit.id, passphrase: PASSPHRASE }, enrolmentPath, { actor: cityActor });
  const ledgerPath = joinPath(folder, `${unitName}.bbledger`);
  const actor = { operator: `${unitName}经办人`, now: now() };
  const county = await join({ enrolmentPath, passphrase: PASSPHRASE, ledgerPath }, { actor });
  writeMeta(county, 'today', SAMPLE_TODAY);
  return county;
}

/** One file from one office to another, as a stick would carry it. */
export async function carry(from: Store, to: Store, folder: string, now: () => number): Promise<void> {
  const { officeId } = readIdentity(to);
  const file = await exportTo(from, { officeId, full: false }, folder, { actor: actorOf(from, now()) });
  for (;;) {
    const importer = new Importer(to);
    const report = await importer
      .apply(file.path, { actor: actorOf(to, now()), allowMassChange: true })
      .finally(() => importer.close());
    if (report.state === 'applied') return;
    if (report.state !== 'candidate' || report.fingerprint === null)
      throw new Error(`${file.path}: ${report.state} ${report.fault?.text ?? ''}`);
    await admit(to, file.path, report.fingerprint, actorOf(to, now()));
  }
}

/** Makes the city and the counties named, all enrolled, admitted and told of it. */
export async function joinedOffices(
  unitNames: readonly string[],
  sample: { readonly projects?: number; readonly reportsPerProject?: number } = {},
): Promise<JoinedOffices> {
  const folder = mkdtempSync(joinPath(tmpdir(), 'baobao-offices-'));
  const post = joinPath(folder, '往来');
  const stick = joinPath(folder, 'U盘');
  mkdirSync(post);
  mkdirSync(stick);
  let clock = START;
  const now = (): number => {
    clock += 1000;
    return clock;
  };
  const cityPath = joinPath(folder, '安澜市.bbledger');
  const city = createSampleLedger(cityPath, START, sample);
  const counties: Record<string, string> = {};
  for (const name of unitNames) {
    const county = await enrol(city, name, folder, now);
    await carry(county, city, post, now);
    await carry(city, county, post, now);
    counties[name] = county.path;
    county.close();
  }
  city.close();
  return { folder, stick, city: cityPath, counties };
}

/** Fills and submits a period for a county as its clerk would: every project half a share on. */
export async function submitAll(store: Store, period: string): Promise<number> {
  const actor = actorOf(store, START + 3_600_000);
  const query = { kind: 'tenDay' as const, period };
  const moment = { today: SAMPLE_TODAY, now: actor.now };
  const sheet = await readSheet(store, query, moment);
  const edits = sheet.rows.flatMap((row) => [
    { projectId: row.id, field: 'periodInvestment' as const, value: 1_000_000 },
    { projectId: row.id, field: 'visibleProgress' as const, value: '按计划推进，本旬继续施工' },
    { projectId: row.id, field: 'explanation' as const, value: '已与项目单位核实' },
  ]);
  await fillCells(store, { ...query, edits }, actor);
  // A project that reports for the first time this year has no cumulative to go on from.
  const first = (await readSheet(store, query, moment)).rows.filter((row) => row.yearToDate === null);
  const start = first.map((row) => ({ projectId: row.id, field: 'yearToDate' as const, value: 1_000_000 }));
  await fillCells(store, { ...query, edits: start }, actor);
  const result = await submitPeriod(store, query, actor);
  return result.submissions.length;
}
