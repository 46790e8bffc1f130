import { join } from 'node:path';
import {
  admit,
  createEnrolment,
  exportTo,
  Importer,
  join as joinOffice,
} from '../../electron/ledger/exchange/index.ts';
import { chooseSuite } from '../../electron/ledger/exchange/offices/suite-choice.ts';
import { createCityLedger } from '../../electron/ledger/session/index.ts';
import { type Actor, commit } from '../../electron/ledger/store/commit.ts';
import { newId } from '../../electron/ledger/store/id.ts';
import { readIdentity } from '../../electron/ledger/store/meta.ts';
import type { Store } from '../../electron/ledger/store/open.ts';

const PASSPHRASE = '百日会战2021';

/** Reads one sync file as the window does. */
export async function readFile(store: Store, path: string, actor: Actor) {
  const importer = new Importer(store);
  try {
    return await importer.apply(path, { actor });
  } finally {
    await importer.close();
  }
}

/** A city and one county that know each other, the county's first file read and answered. */
export async function meet(folder: string, suite: 1 | 2, actor: () => Actor) {
  const path = join(folder, '市办.bbledger');
  const place = { place: '双鸭山市', placeShort: '双', operator: '王某', presetId: 'hundredDays', year: 2021 };
  const city = createCityLedger({ path, ...place }, actor().now);
  chooseSuite(city, suite, actor());
  const unitId = newId();
  const unit = { entity: 'responsibilityUnit', id: unitId, set: { name: '宝清县', kind: 'county' } } as const;
  commit(city, { kind: 'edit', title: '新建', changes: [unit] }, actor());
  const invitation = await createEnrolment(city, { unitId, passphrase: PASSPHRASE }, folder, { actor: actor() });
  const request = {
    enrolmentPath: invitation.path,
    passphrase: PASSPHRASE,
    ledgerPath: join(folder, '宝清县.bbledger'),
  };
  const county = await joinOffice(request, { actor: actor() });
  const first = await exportTo(county, { officeId: readIdentity(city).officeId, full: false }, folder, {
    actor: actor(),
  });
  const candidate = await readFile(city, first.path, actor());
  await admit(city, first.path, candidate.fingerprint ?? '', actor());
  await readFile(city, first.path, actor());
  const answer = await exportTo(city, { officeId: invitation.officeId, full: false }, folder, { actor: actor() });
  await readFile(county, answer.path, actor());
  return { city, county, unitId };
}
