import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ratesAt } from '../../../electron/ledger/rates/index.ts';
import { createSampleLedger } from '../../../electron/ledger/sample/index.ts';
import { openAsOf } from '../../../electron/ledger/store/as-of.ts';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { createStore } from '../../../electron/ledger/store/create.ts';
import { dump } from '../../../electron/ledger/store/dump.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { openStore, type Store } from '../../../electron/ledger/store/open.ts';
import { verifyRebuild } from '../../../electron/ledger/store/rebuild.ts';
import { redo, undo } from '../../../electron/ledger/store/undo.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import { entityNames } from '../../../shared/dictionary/index.ts';

const OFFICE = '018f0000-0000-7000-8000-000000000001';
const UNIT = '018f0000-0000-7000-8000-000000000002';
const START = new Date(2021, 2, 1).getTime();
const HOUR = 3_600_000;

/** Everything, stamps included. */
function everything(store: Store): string {
  return JSON.stringify(entityNames.map((name) => store.db.prepare(`SELECT * FROM "${name}" ORDER BY "id"`).all()));
}

type Step =
  | { readonly do: 'add'; readonly name: string }
  | {
      readonly do: 'edit';
      readonly which: number;
      readonly field: 'location' | 'note' | 'totalInvestment';
      readonly value: number;
    }
  | { readonly do: 'void'; readonly which: number }
  | { readonly do: 'undo' }
  | { readonly do: 'redo' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('add' as const), name: fc.constantFrom('甲', '乙', '丙') }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      which: fc.nat(20),
      field: fc.constantFrom('location' as const, 'note' as const, 'totalInvestment' as const),
      value: fc.nat(3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('void' as const), which: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('redo' as const) }) },
);

describe('the journal explains the tables', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baobao-asof-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function fresh(): Store {
    const store = createStore(join(folder, `${newId()}.bbledger`), {
      officeId: OFFICE,
      level: 'city',
      operator: '王某',
      now: START,
    });
    commit(
      store,
      {
        kind: 'setup',
        title: '登记单位',
        changes: [
          { entity: 'office', id: OFFICE, set: { code: '市', name: '某市', level: 'city', status: 'admitted' } },
          { entity: 'responsibilityUnit', id: UNIT, set: { name: '甲县', kind: 'county' } },
        ],
      },
      { operator: '王某', now: START },
    );
    return store;
  }

  it('rebuilt from it they are the same, and at every past instant they are what they were', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const store = fresh();
        const ids: string[] = [];
        const past: { at: number; all: string }[] = [{ at: START, all: everything(store) }];
        let now = START;
        for (const one of steps) {
          now += HOUR;
          const actor = { operator: '王某', now };
          const which = 'which' in one ? ids[one.which % Math.max(ids.length, 1)] : undefined;
          try {
            if (one.do === 'add') {
              const id = newId();
              ids.push(id);
              commit(
                store,
                {
                  kind: 'edit',
                  title: '新增',
                  changes: [{ entity: 'project', id, set: { name: one.name, unitId: UNIT } }],
                },
                actor,
              );
            } else if (one.do === 'edit' && which) {
              const value = one.value === 0 ? null : one.field === 'totalInvestment' ? one.value : String(one.value);
              commit(
                store,
                {
                  kind: 'edit',
                  title: '修改',
                  changes: [{ entity: 'project', id: which, set: { [one.field]: value } }],
                },
                actor,
              );
            } else if (one.do === 'void' && which) {
              commit(
                store,
                { kind: 'edit', title: '作废', changes: [{ entity: 'project', id: which, set: { voided: 1 } }] },
                actor,
              );
            } else if (one.do === 'undo') undo(store, actor);
            else if (one.do === 'redo') redo(store, actor);
          } catch (error) {
            if (!(error instanceof Fault)) throw error;
          }
          past.push({ at: now, all: everything(store) });
        }
        expect(verifyRebuild(store.db)).toMatchObject({ ok: true, differences: 0 });
        for (const { at, all } of past) {
          const then = openAsOf(store, at);
          expect(everything(then)).toBe(all);
          then.close();
        }
        store.close();
      }),
      { numRuns: 40 },
    );
  });

  it('a table that was changed behind its back is found, and told by field', () => {
    const store = fresh();
    store.db.prepare('UPDATE "responsibilityUnit" SET "name" = ?').run('乙县');
    store.db.prepare('DELETE FROM "office"').run();
    const verdict = verifyRebuild(store.db);
    expect(verdict).toMatchObject({ ok: false, differences: 2 });
    expect(verdict.told.join()).toMatch(/“单位名称|名称”与流水不符/u);
    expect(verdict.told.join()).toContain('表中没有');
    store.close();
  });

  it('the same queries give the figures of that day, and nothing can be written', async () => {
    const store = createSampleLedger(join(folder, '例.bbledger'), START, { projects: 30, reportsPerProject: 6 });
    const before = await ratesAt(store, { date: '2021-05-18', by: 'unit' });
    const at = new Date(2021, 4, 18, 23).getTime();
    const project = store.db.prepare('SELECT "id" FROM "project" LIMIT 1').pluck().get() as string;
    const later = { operator: '王某', now: new Date(2021, 5, 1).getTime() };
    commit(
      store,
      { kind: 'edit', title: '改', changes: [{ entity: 'project', id: project, set: { annualPlan: 1 } }] },
      later,
    );
    expect(await ratesAt(store, { date: '2021-05-18', by: 'unit' })).not.toEqual(before);
    const then = openAsOf(store, at);
    expect(await ratesAt(then, { date: '2021-05-18', by: 'unit' })).toEqual(before);
    expect(() => commit(then, { kind: 'edit', title: '改', changes: [] }, later)).toThrow(/回到今天/u);
    expect(() => then.db.prepare('DELETE FROM main."project"').run()).toThrow(/readonly/u);
    expect([...dump(then)].join('')).not.toBe([...dump(store)].join(''));
    then.close();
    store.close();
  });

  it('before its first day the ledger is empty; what is saved while it is looked at is not seen', () => {
    const store = fresh();
    const then = openAsOf(store, START - 1);
    expect(then.db.prepare('SELECT count(*) FROM "office"').pluck().get()).toBe(0);
    expect(then.db.prepare('SELECT count(*) FROM "journal"').pluck().get()).toBe(0);
    then.close();
    const now = openAsOf(store, START + HOUR);
    commit(
      store,
      { kind: 'edit', title: '新增', changes: [{ entity: 'project', id: newId(), set: { name: '丁', unitId: UNIT } }] },
      { operator: '王某', now: START + 1 },
    );
    expect(now.db.prepare('SELECT count(*) FROM "project"').pluck().get()).toBe(0);
    now.close();
    store.close();
  });

  it('the whole sample ledger is explained', () => {
    const path = join(folder, '例.bbledger');
    createSampleLedger(path, START, { projects: 40, reportsPerProject: 8 }).close();
    const store = openStore(path, { readOnly: true });
    expect(verifyRebuild(store.db)).toMatchObject({ ok: true });
    store.close();
  });
});
