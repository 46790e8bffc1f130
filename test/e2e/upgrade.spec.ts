import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { exportTo, Importer } from '../../electron/ledger/exchange/index.ts';
import { readIdentity } from '../../electron/ledger/store/meta.ts';
import { openStore } from '../../electron/ledger/store/open.ts';
import { ownTable, tableDigest } from '../../electron/ledger/store/owners.ts';
import { type JoinedOffices, joinedOffices } from '../helpers/joined-offices.ts';
import { launch, picture, waitUntilQuiet } from '../helpers/launch.ts';
import { saying } from '../stories/exchange/saying.ts';

/** [exchange] What a county sees whose program is older than its city's: which fields, which version. */

let offices: JoinedOffices;

test.beforeAll(async () => {
  offices = await joinedOffices(['青禾县']);
  const [city, county] = [openStore(offices.city), openStore(offices.counties['青禾县'] ?? '')];
  const { table } = ownTable();
  const later = { ...table, project: { ...table['project'], builder: 'city' as const, content: 'city' as const } };
  const facts = {
    leastProgram: '2.4.0',
    ownership: { version: 99, program: '2.4.0', digest: tableDigest(later), table: later },
  };
  const request = { officeId: readIdentity(county).officeId, full: false };
  const actor = { operator: '王某', now: Date.UTC(2021, 4, 18, 4) };
  const file = await exportTo(city, request, offices.stick, { actor, medium: saying(facts) });
  const importer = new Importer(county);
  await importer.apply(file.path, { actor });
  await importer.close();
  city.close();
  county.close();
});

test('[exchange] the county is told on its 工作台 and on the exchange page', async () => {
  const path = offices.counties['青禾县'] ?? '';
  const { app, page } = await launch({ args: [path], dataFolder: join(offices.folder, 'data') });
  await expect(page.getByText('请升级程序到 2.4.0 以上')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/字段归属与本机程序有 2 处不同/u)).toBeVisible();
  await waitUntilQuiet(page);
  await picture(page, 'e2e-upgrade', 'county-workbench');
  await page.getByRole('menuitem', { name: '交换' }).click();
  await expect(page.getByText('请升级程序到 2.4.0 以上')).toBeVisible();

  // Marked beforehand by the city's table, not by this program's own: 建设单位 is the city's there.
  await page.getByRole('menuitem', { name: '项目台账' }).click();
  await page.getByText('打开', { exact: true }).first().click();
  const basics = page.getByRole('region', { name: '基本情况' });
  await expect(basics.locator('label', { hasText: '建设单位' })).toContainText('市');
  await expect(basics.locator('label', { hasText: '建设地点' })).not.toContainText('市');
  await waitUntilQuiet(page);
  await picture(page, 'e2e-upgrade', 'county-project');
  await app.close();
});
