import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { createStore } from '../../../electron/ledger/store/create.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import type { Store } from '../../../electron/ledger/store/open.ts';
import type { Value } from '../../../shared/dictionary/index.ts';
import { instantOf } from '../../../shared/domain/date.ts';

export const WAN = 10_000;

/** A city's own ledger on one day, with units that it fills itself; the day can be moved on. */
export interface Office {
  readonly store: Store;
  today: string;
  time: string;
  moment(): { today: string; now: number };
  actor(): { operator: string; now: number };
  unit(name: string, extra?: Record<string, Value>): string;
  project(unitId: string, name: string, extra?: Record<string, Value>): string;
  add(entity: Parameters<typeof commit>[1]['changes'][number]['entity'], set: Record<string, Value>): string;
  set(entity: 'project' | 'groupUnit' | 'rule', id: string, set: Record<string, Value>): void;
  close(): void;
}

export function openOffice(today = '2021-05-12'): Office {
  const folder = mkdtempSync(join(tmpdir(), 'baobao-'));
  const officeId = newId();
  const created = instantOf('2021-01-01', '09:00');
  const store = createStore(join(folder, '市.bbledger'), { officeId, level: 'city', operator: '王某', now: created });
  let ticks = 0;
  const office: Office = {
    store,
    today,
    time: '10:00',
    moment: () => ({ today: office.today, now: instantOf(office.today, office.time) }),
    actor() {
      ticks += 1;
      return { operator: '王某', now: instantOf(office.today, office.time) + ticks };
    },
    unit: (name, extra = {}) => office.add('responsibilityUnit', { name, kind: 'county', ...extra }),
    project: (unitId, name, extra = {}) =>
      office.add('project', {
        name,
        unitId,
        stage: 'building',
        totalInvestment: 10_000 * WAN,
        annualPlan: 6_000 * WAN,
        actualStart: '2020-06-01',
        ...extra,
      }),
    add(entity, set) {
      const id = newId();
      commit(store, { kind: 'edit', title: '登记', changes: [{ entity, id, set }] }, office.actor());
      return id;
    },
    set(entity, id, set) {
      commit(store, { kind: 'edit', title: '修改', changes: [{ entity, id, set }] }, office.actor());
    },
    close() {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  office.add('office', { code: '市', name: '某市', level: 'city', status: 'admitted' });
  return office;
}
