import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { exportTo, Importer } from '../../electron/ledger/exchange/index.ts';
import { fillCells, readSheet, submitPeriod } from '../../electron/ledger/reports/index.ts';
import { readIdentity } from '../../electron/ledger/store/meta.ts';
import { openStore } from '../../electron/ledger/store/open.ts';
import { type JoinedOffices, joinedOffices, submitAll } from '../helpers/joined-offices.ts';
import { type Driven, launch, picture, waitUntilQuiet } from '../helpers/launch.ts';

/** [A7][B7][exchange] 该旬已审核: what the city and the county see of a review and of the correction that comes after it. */

const PERIOD = { kind: 'tenDay' as const, period: '2021-05-2' };
let offices: JoinedOffices;
let clock = Date.UTC(2021, 4, 18, 3);

const goTo = (page: Page, name: string): Promise<void> => page.getByRole('menuitem', { name }).click();
const county = (): string => offices.counties['青禾县'] ?? '';
const actor = (operator: string) => {
  clock += 60_000;
  return { operator, now: clock };
};

async function carry(from: string, to: string): Promise<string> {
  const [sender, receiver] = [openStore(from), openStore(to)];
  const { officeId } = readIdentity(receiver);
  const file = await exportTo(sender, { officeId, full: false }, offices.stick, { actor: actor('经办人') });
  const importer = new Importer(receiver);
  const report = await importer.apply(file.path, { actor: actor('经办人'), allowMassChange: true });
  await importer.close();
  sender.close();
  receiver.close();
  expect(report.state, report.fault?.text).toBe('applied');
  return report.notes.join('');
}

async function open(path: string): Promise<Driven> {
  const driven = await launch({ args: [path], dataFolder: join(offices.folder, 'data') });
  await driven.page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 60_000 });
  await goTo(driven.page, '旬报');
  await waitUntilQuiet(driven.page);
  return driven;
}

/** The county's clerk finds that one project was reported too low. */
async function correct(): Promise<void> {
  const store = openStore(county());
  const { rows } = await readSheet(store, PERIOD, { today: '2021-05-18', now: clock });
  const [first] = rows.filter((row) => row.status === 'sealed');
  const edit = { projectId: first?.id ?? '', field: 'periodInvestment' as const, value: 1_500_000 };
  const year = { ...edit, field: 'yearToDate' as const, value: (first?.yearToDate ?? 0) + 500_000 };
  await fillCells(store, { ...PERIOD, edits: [edit, year], correcting: true }, actor('青禾县经办人'));
  await submitPeriod(store, { ...PERIOD, reason: '漏计一笔设备款', incomplete: true }, actor('青禾县经办人'));
  store.close();
}

test.beforeAll(async () => {
  offices = await joinedOffices(['青禾县']);
  const store = openStore(county());
  await submitAll(store, PERIOD.period);
  store.close();
  await carry(county(), offices.city);
});

test('[A7][B7][exchange] a reviewed period: the county is told, its correction is a request, the city takes it', async () => {
  const first = await open(offices.city);
  const row = first.page.getByRole('row', { name: /青禾县/u }).first();
  await row.getByRole('button', { name: '审核', exact: true }).click();
  await expect(
    first.page
      .getByText(/已审核 青禾县/u)
      .or(first.page.getByText(/已审核.*可撤销/u))
      .first(),
  ).toBeVisible();
  await expect(row.getByRole('button', { name: '取消审核' })).toBeVisible();
  await waitUntilQuiet(first.page);
  await picture(first.page, 'e2e-period-review', 'city-reviewed');
  await first.app.close();

  await carry(offices.city, county());
  const below = await open(county());
  await expect(below.page.getByText(/该旬已审核。要改数请按“更正”，提交后为更正申请/u)).toBeVisible();
  await below.page.getByRole('button', { name: '更正' }).click();
  await expect(below.page.getByText(/该旬已审核，提交后为更正申请/u)).toBeVisible();
  await waitUntilQuiet(below.page);
  await picture(below.page, 'e2e-period-review', 'county-told');
  await below.app.close();

  await correct();
  expect(await carry(county(), offices.city)).toContain('该旬已审核：有 1 条列为更正申请');
  const again = await open(offices.city);
  await expect(again.page.getByText('更正申请（待采纳 1')).toBeVisible();
  await expect(again.page.getByText('漏计一笔设备款')).toBeVisible();
  await waitUntilQuiet(again.page);
  await picture(again.page, 'e2e-period-review', 'city-request');
  await again.page.getByRole('button', { name: '采纳', exact: true }).click();
  await expect(again.page.getByText(/已采纳更正申请 1 项/u)).toBeVisible();
  await expect(again.page.getByText('更正申请（待采纳')).toBeHidden();
  await again.app.close();

  expect(await carry(offices.city, county())).toContain('更正申请有答复：采纳 1 条');
});
