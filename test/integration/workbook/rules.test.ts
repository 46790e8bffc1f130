import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { excel } from '../../../electron/cli/commands/excel.ts';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { redo, undo } from '../../../electron/ledger/store/undo.ts';
import { importExcel, readWorkbook } from '../../../electron/ledger/workbook/index.ts';
import { type Office, office } from './office.ts';

let city: Office;
beforeEach(() => {
  city = office();
});
afterEach(() => {
  vi.unstubAllEnvs();
  city.close();
});

const HEAD = '项目名称,责任单位,建设阶段,计划开工日期,实际开工日期,实际竣工日期,县级包保领导,项目清单';
const sheet = (...rows: string[]) => Buffer.from(`﻿${[HEAD, ...rows].join('\n')}\n`, 'utf8');
const run = (rows: readonly string[], more = {}) =>
  importExcel(city.session, { path: city.file('项目.csv', sheet(...rows)), target: 'project', ...more });
const project = (name: string) => city.projects().find((row) => row['name'] === name);
const count = (table: string) =>
  city.session.store.db.prepare(`SELECT count(*) FROM "${table}" WHERE "voided" = 0`).pluck().get() as number;
const add = (name: string, more = {}) =>
  city.addProject({ name, unitId: city.unitId('临江县'), stage: 'preparing', ...more });

describe('the rules of the ledger at the door of Excel', () => {
  it('[A6] a stage that may not be reached keeps its row out with cell and reason; the others go in with their events', async () => {
    add('生物质热电联产');
    add('粮食仓储物流园');
    const { preview, result } = await run([
      '生物质热电联产,临江县,开工,,2021-05-10,,,',
      '粮食仓储物流园,临江县,投产,,,,,',
      '城区供热管网改造,临江县,在建,,2021-03-01,,,',
    ]);
    expect(preview.rows.filter(({ kind }) => kind === 'data').map(({ blocked }) => blocked)).toEqual([
      false,
      true,
      false,
    ]);
    expect(result).toMatchObject({
      created: 1,
      updated: 1,
      returned: 1,
      reasons: [
        {
          rowNumber: 3,
          label: '粮食仓储物流园',
          text: '建设阶段（C3）“前期（拟建）”不能直接改为“投产（达产达效）”；请先登记竣工，再登记投产',
        },
      ],
    });
    expect(project('粮食仓储物流园')).toMatchObject({ stage: 'preparing' });
    expect(project('生物质热电联产')).toMatchObject({ stage: 'started', actualStart: '2021-05-10' });
    const events = city.session.store.db.prepare('SELECT "from", "to", "date", "note" FROM "stageEvent"').all();
    expect(events).toEqual([{ from: 'preparing', to: 'started', date: '2021-05-10', note: '导入 Excel：项目.csv' }]);
    undo(city.session.store, city.session.actor());
    expect([count('stageEvent'), project('生物质热电联产')?.['stage'], count('project')]).toEqual([0, 'preparing', 2]);
    redo(city.session.store, city.session.actor());
    expect([count('stageEvent'), count('project')]).toEqual([1, 3]);
  });

  it('[B6] lists that a sheet changes bring their memberships, in the same undo step', async () => {
    add('生物质热电联产', { lists: '["cityHundred"]' });
    await run(['生物质热电联产,临江县,,,,,,省百大']);
    const spans = city.session.store.db
      .prepare('SELECT "list", "effectiveFrom", "effectiveTo" FROM "listMembership" WHERE "voided" = 0 ORDER BY "list"')
      .all();
    expect(spans).toEqual([
      { list: 'cityHundred', effectiveFrom: null, effectiveTo: '2021-05-17' },
      { list: 'provincialHundred', effectiveFrom: '2021-05-18', effectiveTo: null },
    ]);
    undo(city.session.store, city.session.actor());
    expect(count('listMembership')).toBe(0);
  });

  it('[A5] days out of order stay out, with what the ledger holds of the project beside the sheet', async () => {
    add('生物质热电联产', { stage: 'building', actualStart: '2020-06-01' });
    const { result } = await run([
      '生物质热电联产,临江县,,,,2020-05-31,,',
      '粮食仓储物流园,临江县,前期,,2021-06-01,,,',
      '城区供热管网改造,临江县,前期,2021-06-01,,,,',
    ]);
    expect(result).toMatchObject({ created: 1, updated: 0, returned: 2 });
    expect(result?.reasons.map(({ text }) => text)).toEqual([
      expect.stringContaining('实际竣工日期（F2，2020-05-31）早于实际开工日期（2020-06-01）'),
      expect.stringContaining('实际开工日期（E3，2021-06-01）晚于今天（2021-05-18）'),
    ]);
    expect(project('生物质热电联产')).toMatchObject({ actualCompletion: null });
  });

  it('[B3] a person without the rank is not put in, and nobody is registered for a row that stays out', async () => {
    const [low, high] = [newId(), newId()];
    const people = [
      { entity: 'person', id: low, set: { name: '李某', rank: 'sectionChief' } },
      { entity: 'person', id: high, set: { name: '秦某', rank: 'countyDeputy' } },
    ] as const;
    commit(city.session.store, { kind: 'edit', title: '登记', changes: people }, city.session.actor());
    add('粮食仓储物流园');
    const { result } = await run([
      '生物质热电联产,临江县,前期,,,,李某,',
      '城区供热管网改造,临江县,前期,,,,秦某,',
      '粮食仓储物流园,临江县,投产,,,,新来的,',
    ]);
    expect(result).toMatchObject({ created: 1, returned: 2, people: 0 });
    expect(result?.reasons[0]?.text).toContain('县级包保领导（G2）“李某”的职级是正科级');
    expect(city.people().map(({ name }) => name)).toEqual(['李某', '秦某']);
    expect(project('城区供热管网改造')).toMatchObject({ countyLeaderId: high });
  });

  it('[A5] what would double a project is questioned, never made', async () => {
    add('城区供热管网改造工程', { code: '12' });
    const before = count('project');
    const rows = [
      '城区供热管网改造,临江县,前期,,,,,',
      '城区供热管网改造工程,北安区,前期,,,,,',
      '生物质热电联产,临江县,前期,,,,,',
      '生物质热电联产,临江县,前期,,,,,',
    ];
    const { result } = await run(rows);
    expect(result?.reasons.map(({ text }) => text)).toEqual([
      '与台账里的“城区供热管网改造工程”相近，请选择更新或新增',
      '台账里另一个责任单位有同名项目，请选择更新或新增',
      '与第4行是同一个项目，只导入第4行',
    ]);
    expect(count('project')).toBe(before + 1);
  });

  it('[A5] the rows left out come back with cell and reason, and go in once corrected', async () => {
    add('粮食仓储物流园');
    const problemsPath = join(city.folder, '问题行.xlsx');
    await run(['生物质热电联产,临江县,前期,,,,,', '粮食仓储物流园,临江县,投产,,,,,'], { problemsPath });
    const { sheets } = await readWorkbook(problemsPath);
    const texts =
      sheets[0]?.rows.map((row) => (row ?? []).map((cell) => (cell && 'text' in cell ? cell.text : ''))) ?? [];
    expect(texts.flat()).not.toContain('生物质热电联产');
    expect(texts.at(-1)?.[0]).toBe('粮食仓储物流园');
    expect(texts.at(-1)?.at(-1)).toContain('请先登记竣工，再登记投产');
    const { result } = await run(['粮食仓储物流园,临江县,开工,,2021-05-01,,,']);
    expect(result).toMatchObject({ updated: 1, returned: 0 });
  });

  it('[A5] leaves the cell that breaks a rule blank where the operator wants so', async () => {
    add('粮食仓储物流园');
    const { result } = await run(['粮食仓储物流园,临江县,投产,2021-07-01,,,,'], { badCells: 'leaveBlank' });
    expect(result).toMatchObject({ updated: 1, returned: 0 });
    expect(project('粮食仓储物流园')).toMatchObject({ stage: 'preparing', plannedStart: '2021-07-01' });
    expect(count('stageEvent')).toBe(0);
  });

  it('[A5] the command line says the same, row by row', async () => {
    add('粮食仓储物流园');
    const file = city.file('项目.csv', sheet('生物质热电联产,临江县,前期,,,,,', '粮食仓储物流园,临江县,投产,,,,,'));
    const { path } = city.session.store;
    city.session.store.close();
    vi.stubEnv('BAOBAO_DATA_DIR', city.folder);
    const { lines } = await excel({ ledger: path, file, target: 'project', clock: '2021-05-18T10:00' });
    expect(lines[0]).toContain('新增 1 项，更新 0 项');
    expect(lines[1]).toMatch(/第 3 行“粮食仓储物流园”没有导入：建设阶段（C3）.*请先登记竣工/u);
  });
});
