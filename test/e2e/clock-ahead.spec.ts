import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { exportTo, Importer } from '../../electron/ledger/exchange/index.ts';
import { commit } from '../../electron/ledger/store/commit.ts';
import { readIdentity } from '../../electron/ledger/store/meta.ts';
import { openStore } from '../../electron/ledger/store/open.ts';
import { type JoinedOffices, joinedOffices } from '../helpers/joined-offices.ts';
import { launch, picture, waitUntilQuiet } from '../helpers/launch.ts';

/** [exchange] 对方时钟超前: what the city sees of a county whose PC shows another century's end, and what it may do (table of situations). */

let offices: JoinedOffices;

const goTo = (page: Page, name: string): Promise<void> => page.getByRole('menuitem', { name }).click();

/** The county writes and sends while its clock runs ahead; the city reads the file. */
async function sendAhead(): Promise<void> {
  const path = offices.counties['青禾县'];
  if (path === undefined) throw new Error('no such county');
  const [county, city] = [openStore(path), openStore(offices.city)];
  const now = Date.UTC(2099, 4, 18, 3);
  const actor = { operator: '青禾县经办人', now };
  const rows = county.db.prepare('SELECT "id" FROM "project" ORDER BY "name" LIMIT 3').pluck().all() as string[];
  const changes = rows.map((id) => ({ entity: 'project' as const, id, set: { note: '县里按会议纪要补记' } }));
  commit(county, { kind: 'edit', title: '修改备注 3 处', changes }, actor);
  const request = { officeId: readIdentity(city).officeId, full: false };
  const file = await exportTo(county, request, offices.stick, { actor });
  const importer = new Importer(city);
  const report = await importer.apply(file.path, { actor: { operator: '王某', now: Date.UTC(2021, 4, 17, 4) } });
  await importer.close();
  expect(report.waiting.clock).toBe(3);
  county.close();
  city.close();
}

test.beforeAll(async () => {
  offices = await joinedOffices(['青禾县']);
  await sendAhead();
});

test('[exchange] what a fast clock brought waits, is told of, and is taken as of now', async () => {
  const driven = await launch({ args: [offices.city], dataFolder: join(offices.folder, 'data') });
  const { page } = driven;
  await goTo(page, '交换');
  await expect(page.getByText('对方时钟超前：“青禾县重点项目办公室”的来件中有 3 条暂存')).toBeVisible();
  await waitUntilQuiet(page);
  await picture(page, 'e2e-clock-ahead', 'waiting');
  await page.getByRole('button', { name: '按收到时间采纳' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('填写单位和填写人不变')).toBeVisible();
  await waitUntilQuiet(page);
  await picture(page, 'e2e-clock-ahead', 'asking');
  await dialog.getByRole('button', { name: '按收到时间采纳' }).click();
  await expect(page.getByText('已按收到时间采纳 3 条')).toBeVisible();
  await expect(page.getByText('对方时钟超前：')).toBeHidden();
  await waitUntilQuiet(page);
  await picture(page, 'e2e-clock-ahead', 'taken');
  await driven.app.close();
});
