import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCityLedger, openSession, type Session } from '../../../electron/ledger/session/index.ts';
import { type Change, commit } from '../../../electron/ledger/store/commit.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import type { Value } from '../../../shared/dictionary/index.ts';
import { instantOf } from '../../../shared/domain/date.ts';

export const TODAY = '2021-05-18';
export const WAN = 10_000;

/** A city's own ledger as its office makes it, with a unit and ways to register things. */
export interface CityOffice {
  readonly folder: string;
  readonly session: Session;
  readonly unitId: string;
  add(entity: Change['entity'], set: Readonly<Record<string, Value>>): string;
  project(name: string, more?: Readonly<Record<string, Value>>): string;
  row(entity: Change['entity'], id: string): Record<string, Value>;
  count(entity: Change['entity']): number;
  close(): void;
}

export function openCity(): CityOffice {
  const folder = mkdtempSync(join(tmpdir(), 'baobao-'));
  let ticks = 0;
  const now = (): number => {
    ticks += 1;
    return instantOf(TODAY, '10:00') + ticks;
  };
  const city = { place: '某某市', placeShort: '某', operator: '王某', presetId: 'hundredDays', year: 2021 };
  const store = createCityLedger({ ...city, path: join(folder, '市.bbledger') }, now());
  const session = openSession(store, { dataFolder: folder, now });
  const add: CityOffice['add'] = (entity, set) => {
    const id = newId();
    commit(store, { kind: 'edit', title: '登记', changes: [{ entity, id, set }] }, session.actor());
    return id;
  };
  const unitId = add('responsibilityUnit', { name: '甲县', kind: 'county', sequence: 1 });
  return {
    folder,
    session,
    unitId,
    add,
    project: (name, more = {}) =>
      add('project', {
        name,
        unitId,
        stage: 'building',
        totalInvestment: 10_000 * WAN,
        annualPlan: 6_000 * WAN,
        ...more,
      }),
    row: (entity, id) => store.db.prepare(`SELECT * FROM "${entity}" WHERE "id" = ?`).get(id) as Record<string, Value>,
    count: (entity) =>
      (store.db.prepare(`SELECT count(*) AS c FROM "${entity}" WHERE "voided" = 0`).get() as { c: number }).c,
    close() {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
