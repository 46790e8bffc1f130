import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor, Change } from '../../../electron/ledger/store/commit.ts';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { createStore } from '../../../electron/ledger/store/create.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import type { Store } from '../../../electron/ledger/store/open.ts';

export const CITY = '018f0000-0000-7000-8000-0000000000c1';
export const COUNTY = '018f0000-0000-7000-8000-0000000000c2';

/** A city's ledger in a folder of its own, with two counties of which the first has an office. */
export class CityLedger {
  readonly folder = mkdtempSync(join(tmpdir(), 'baobao-projects-'));
  readonly store: Store;
  readonly unitA = newId();
  readonly unitB = newId();
  #now = Date.UTC(2021, 4, 11, 1);

  constructor() {
    this.store = createStore(join(this.folder, '市.bbledger'), {
      officeId: CITY,
      level: 'city',
      operator: '王某',
      now: this.#now,
    });
    this.write('登记', [
      { entity: 'office', id: CITY, set: { code: '市', name: '某市项目办', level: 'city', status: 'admitted' } },
      { entity: 'office', id: COUNTY, set: { code: '甲', name: '甲县项目办', level: 'county', status: 'invited' } },
      {
        entity: 'responsibilityUnit',
        id: this.unitA,
        set: { name: '甲县', kind: 'county', sequence: 1, officeId: COUNTY },
      },
      { entity: 'responsibilityUnit', id: this.unitB, set: { name: '乙县', kind: 'county', sequence: 2 } },
    ]);
  }

  actor(): Actor {
    this.#now += 1000;
    return { operator: '王某', now: this.#now };
  }

  write(title: string, changes: readonly Change[]) {
    return commit(this.store, { kind: 'edit', title, changes }, this.actor());
  }

  /** Adds a row and gives its id. */
  add(entity: Change['entity'], set: Change['set']): string {
    const id = newId();
    this.write('登记', [{ entity, id, set }]);
    return id;
  }

  admitCounty(): void {
    this.write('入网', [{ entity: 'office', id: COUNTY, set: { status: 'admitted' } }]);
  }

  close(): void {
    this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
