import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { createStore } from '../../../electron/ledger/store/create.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { openStore, type Store } from '../../../electron/ledger/store/open.ts';
import { verifyRebuild } from '../../../electron/ledger/store/rebuild.ts';
import { selectRow } from '../../../electron/ledger/store/statements.ts';
import { historyOf, redo, undo, undoSteps } from '../../../electron/ledger/store/undo.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import { dictionary, entityNames } from '../../../shared/dictionary/index.ts';

const OFFICE = '018f0000-0000-7000-8000-000000000001';
const UNIT = '018f0000-0000-7000-8000-000000000002';

describe('the one door', () => {
  let folder: string;
  let store: Store;
  let now = Date.UTC(2021, 4, 11, 1);
  const actor = () => {
    now += 1000;
    return { operator: '王某', now };
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baobao-'));
    store = createStore(join(folder, '市.bbledger'), { officeId: OFFICE, level: 'city', operator: '王某', now });
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
      actor(),
    );
  });

  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const addProject = (name: string): string => {
    const id = newId();
    commit(
      store,
      { kind: 'edit', title: '新增项目', changes: [{ entity: 'project', id, set: { name, unitId: UNIT } }] },
      actor(),
    );
    return id;
  };

  it('half of a character from broken software is the same in the table and in the journal', () => {
    const id = addProject('污水\ud83d处理厂');
    expect(selectRow(store, 'project', id)?.['name']).toBe('污水\ufffd处理厂');
    const edit = (note: string) =>
      commit(store, { kind: 'edit', title: '修改', changes: [{ entity: 'project', id, set: { note } }] }, actor());
    edit('\udc00见附件\u{1f600}');
    expect(selectRow(store, 'project', id)?.['note']).toBe('\ufffd见附件\u{1f600}');
    expect(verifyRebuild(store.db)).toMatchObject({ ok: true });
    expect(edit('\udbff见附件\u{1f600}')).toMatchObject({ n: null, changed: 0 });
  });

  it('has a table for each dictionary entity with the columns of its fields', () => {
    for (const name of entityNames) {
      const columns = (store.db.pragma(`table_info("${name}")`) as { name: string }[]).map((column) => column.name);
      const fields = Object.keys(dictionary[name].fields);
      // A later migration adds its columns at the end.
      expect(columns.sort()).toEqual(['id', 'voided', ...fields, '_stamp', '_stamps'].sort());
    }
  });

  it('writes a change to the table and to the journal, and undo and redo take it back and restore it', () => {
    const id = addProject('生物质热电联产');
    commit(
      store,
      {
        kind: 'edit',
        title: '修改“总投资”',
        changes: [{ entity: 'project', id, set: { totalInvestment: 120_000_000 } }],
      },
      actor(),
    );
    expect(selectRow(store, 'project', id)?.['totalInvestment']).toBe(120_000_000);
    expect(undo(store, actor())).toEqual({ title: '修改“总投资”', kept: 0 });
    expect(selectRow(store, 'project', id)?.['totalInvestment']).toBeNull();
    expect(redo(store, actor()).title).toBe('修改“总投资”');
    expect(selectRow(store, 'project', id)?.['totalInvestment']).toBe(120_000_000);
    undo(store, actor());
    undo(store, actor());
    expect(selectRow(store, 'project', id)?.voided).toBe(1);
    expect(undoSteps(store, 10).redo?.title).toBe('新增项目');
    redo(store, actor());
    redo(store, actor());
    expect(selectRow(store, 'project', id)).toMatchObject({ voided: 0, totalInvestment: 120_000_000 });
    expect(() => redo(store, actor())).toThrow(Fault);
  });

  it('keeps undo across a restart', () => {
    const id = addProject('污水处理厂');
    const { path } = store;
    store.close();
    store = openStore(path);
    expect(undo(store, actor()).title).toBe('新增项目');
    expect(selectRow(store, 'project', id)?.voided).toBe(1);
  });

  it('leaves alone what was written later, and says how many', () => {
    const id = addProject('冷链物流园');
    commit(
      store,
      { kind: 'edit', title: '甲', changes: [{ entity: 'project', id, set: { location: '东区', note: '一' } }] },
      actor(),
    );
    commit(
      store,
      { kind: 'supervision', title: '印发', changes: [{ entity: 'project', id, set: { location: '西区' } }] },
      actor(),
    );
    expect(undo(store, actor())).toEqual({ title: '甲', kept: 1 });
    expect(selectRow(store, 'project', id)).toMatchObject({ location: '西区', note: null });
  });

  it('refuses a wrong value and changes nothing', () => {
    const id = newId();
    expect(() =>
      commit(
        store,
        {
          kind: 'edit',
          title: '粘贴',
          changes: [
            { entity: 'project', id, set: { name: '好', unitId: UNIT } },
            { entity: 'project', id: newId(), set: { name: '坏', unitId: UNIT, plannedStart: '2021-13-45' } },
          ],
        },
        actor(),
      ),
    ).toThrow(/计划开工日期/u);
    expect(selectRow(store, 'project', id)).toBeUndefined();
  });

  it('turns a value that belongs to an admitted county into a proposal [exchange]', () => {
    const county = newId();
    const id = addProject('光伏电站');
    commit(
      store,
      {
        kind: 'setup',
        title: '入网',
        changes: [
          {
            entity: 'office',
            id: county,
            set: { code: '甲', name: '甲县项目办', level: 'county', status: 'admitted' },
          },
          { entity: 'responsibilityUnit', id: UNIT, set: { officeId: county } },
        ],
      },
      actor(),
    );
    const result = commit(
      store,
      {
        kind: 'edit',
        title: '改',
        changes: [{ entity: 'project', id, set: { totalInvestment: 50_000_000, annualPlan: 10_000_000 } }],
      },
      actor(),
    );
    expect(result).toMatchObject({ changed: 1, proposals: 1 });
    expect(selectRow(store, 'project', id)).toMatchObject({ totalInvestment: null, annualPlan: 10_000_000 });
    expect(store.db.prepare('SELECT "field", "value", "state" FROM "proposal"').all()).toEqual([
      { field: 'totalInvestment', value: '50000000', state: 'open' },
    ]);
  });

  it('tells who set what and when [C14]', () => {
    const id = addProject('粮食仓储');
    commit(
      store,
      { kind: 'edit', title: '改名', changes: [{ entity: 'project', id, set: { name: '粮食仓储二期' } }] },
      actor(),
    );
    expect(historyOf(store, id, 10)[0]).toMatchObject({
      label: '项目名称',
      before: '粮食仓储',
      after: '粮食仓储二期',
      operator: '王某',
    });
  });
});
