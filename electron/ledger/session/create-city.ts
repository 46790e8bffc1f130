import { commit } from '../store/commit.ts';
import { createStore } from '../store/create.ts';
import { newId } from '../store/id.ts';
import type { Store } from '../store/open.ts';

export interface NewCity {
  readonly path: string;
  readonly officeName: string;
  readonly operator: string;
  readonly presetId: string;
  readonly year: number;
}

/** 新建市级台账: an empty ledger of the leading-group office, set up by a scheme preset. @throws Fault LEDGER_EXISTS */
export function createCityLedger(city: NewCity, now: number): Store {
  const officeId = newId();
  const store = createStore(city.path, { officeId, level: 'city', operator: city.operator, now });
  commit(
    store,
    {
      kind: 'setup',
      title: '新建市级台账',
      changes: [{ entity: 'office', id: officeId, set: { code: 'CITY', name: city.officeName, level: 'city', status: 'admitted' } }],
    },
    { operator: city.operator, now },
  );
  return store;
}
