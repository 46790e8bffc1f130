import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { undo } from '../../../electron/ledger/store/undo.ts';
import { ImportDesk } from '../../../electron/ledger/workbook/imports.ts';
import { applyList, type ListTarget, openList } from '../../../electron/ledger/workbook/list-import.ts';
import { tableWorkbook } from '../../../electron/ledger/workbook/write.ts';
import type { EntityName, Value } from '../../../shared/dictionary/index.ts';
import { LIST_ENTITIES } from '../../../shared/domain/workbook/list-sheet.ts';
import { type FixtureCell, xlsx } from '../../fixtures/workbooks/build.ts';
import { type Office, office } from './office.ts';

const WAN = 10_000;

let city: Office;
let desk: ImportDesk;
let plant: string;

beforeEach(() => {
  city = office();
  desk = new ImportDesk();
  plant = city.addProject({ name: '生物质热电联产项目', unitId: city.unitId('临江县'), code: 'LJ-01' });
  city.addProject({ name: '污水处理厂', unitId: city.unitId('临江县') });
  city.addProject({ name: '污水处理厂', unitId: city.unitId('北安区') });
});
afterEach(() => city.close());

const rows = (entity: EntityName): Record<string, Value>[] =>
  city.session.store.db.prepare(`SELECT * FROM "${entity}" WHERE "voided" = 0 ORDER BY "id"`).all() as Record<
    string,
    Value
  >[];

async function look(target: ListTarget, lines: readonly (readonly FixtureCell[])[], name = '表.xlsx') {
  const path = city.file(name, await xlsx({ name: 'Sheet1', rows: lines }));
  return openList(desk, city.session, path, target);
}

const add = (entity: EntityName, set: Readonly<Record<string, Value>>, id = newId()): void => {
  const change = { entity, id, set };
  commit(city.session.store, { kind: 'edit', title: '登记', changes: [change] }, city.session.actor());
};
const take = (importId: string, target: ListTarget) =>
  applyList(city.session, desk.get(importId, city.session.store.path), target);

describe('lists from Excel', () => {
  it('[C6] factors: new rows are added in one step, a row that is there is updated, nothing is doubled', async () => {
    const target = { entity: 'factor' } as const;
    const head = [
      '序号',
      '项目名称',
      '责任单位',
      '要素',
      '内容',
      '计量单位',
      '需求',
      '已落实',
      '责任人',
      '落实时限',
      '颜色',
    ];
    const lines: readonly (readonly FixtureCell[])[] = [
      ['要素保障情况表'],
      head,
      [1, '生物质热电联产项目', '临江', '用地', '二期用地', '亩', 66.7, 40, '李建国', '2021-6-30', '红'],
      [2, '污水处理厂', '北安区', '供电', '双回路', '千伏安', 800, 0, null, null, null],
      ['合计', null, null, null, null, null, 866.7, 40],
    ];
    const preview = await look(target, lines);
    expect(preview.counts).toEqual({ new: 2, update: 0, same: 0, bad: 0 });
    expect(preview.columns.filter(({ read }) => !read).map(({ heading }) => heading)).toEqual(['序号', '颜色']);
    expect(rows('factor')).toEqual([]);
    expect(await take(preview.importId, target)).toMatchObject({ created: 2, updated: 0, returned: 0 });
    expect(rows('factor')).toMatchObject([
      { projectId: plant, kind: 'land', needed: 66.7, obtained: 40, deadline: '2021-06-30' },
      { kind: 'power', needed: 800, measure: '千伏安' },
    ]);
    expect(city.people().map(({ name }) => name)).toContain('李建国');
    const changed = lines.map((line, index) => (index === 2 ? line.map((cell, at) => (at === 7 ? 66.7 : cell)) : line));
    const again = await look(target, changed);
    expect(again.counts).toEqual({ new: 0, update: 1, same: 1, bad: 0 });
    await take(again.importId, target);
    expect(rows('factor').map(({ obtained }) => obtained)).toEqual([66.7, 0]);
    undo(city.session.store, city.session.actor());
    undo(city.session.store, city.session.actor());
    expect(rows('factor')).toEqual([]);
    expect(city.people().map(({ name }) => name)).not.toContain('李建国');
  });

  it('[E5, E7] what cannot be is told at its cell and stays out; the others go in', async () => {
    const target = { entity: 'obstruction' } as const;
    const preview = await look(target, [
      ['项目', '发生日期', '类别', '情况', '办结日期', '处置结果'],
      ['污水处理厂', '2021-05-06', '阻工', '村民阻拦', null, null],
      ['没有这个项目', '2021-05-06', '阻工', '村民阻拦', null, null],
      ['生物质热电联产项目', '2021-05-06', '地震', '村民阻拦', null, null],
      ['生物质热电联产项目', '2021-07-06', '阻工', '还没有到', null, null],
      ['生物质热电联产项目', '2021-05-07', '阻工', '没有结果', '2021-05-08', null],
      ['生物质热电联产项目', null, '阻工', '没有日期', null, null],
      ['生物质热电联产项目', '2021-05-09', '阻挠施工', '拦车', '2021-05-10', '已恢复施工'],
      ['生物质热电联产项目', '2021-05-09', '阻挠施工', '拦车', '2021-05-10', '已恢复施工'],
    ]);
    expect(preview.counts).toEqual({ new: 1, update: 0, same: 0, bad: 7 });
    const told = new Map(preview.rows.map(({ rowNumber, problems }) => [rowNumber, problems.join('；')]));
    expect([...told].sort(([left], [right]) => left - right).map(([, text]) => text)).toEqual([
      '台账里有几个项目叫“污水处理厂”，请写上项目编号或责任单位',
      '台账里没有项目“没有这个项目”，请先登记项目或改正名称',
      expect.stringContaining('类别（C4）“地震”不在可选值里'),
      expect.stringContaining('发生日期（2021-07-06）晚于今天'),
      '办结要先写结果',
      '没有填“发生日期”',
      '',
      '与第8行是同一条',
    ]);
    expect(await take(preview.importId, target)).toMatchObject({ created: 1, returned: 7 });
    expect(rows('obstruction')).toMatchObject([{ projectId: plant, matter: '拦车', result: '已恢复施工' }]);
  });

  it('[E8] amounts are read in the unit of the sheet or of their heading', async () => {
    const target = { entity: 'financing', projectId: plant } as const;
    const preview = await look(target, [
      ['融资对接情况', null, null, '单位：亿元'],
      ['资金渠道', '金融机构', '融资需求', '已对接（万元）'],
      ['银行贷款', '农业发展银行', 1.5, 3_000],
    ]);
    await take(preview.importId, target);
    expect(rows('financing')).toMatchObject([
      { projectId: plant, source: 'loan', needed: 15_000 * WAN, matched: 3_000 * WAN },
    ]);
  });

  it('[D12] permits by their name in the catalogue; the state follows the dates', async () => {
    const kindId = '0174a000-0000-7000-8000-00000000a001';
    add('permitKind', { name: '环境影响评价批复', shortName: '环评' }, kindId);
    const target = { entity: 'permit' } as const;
    const preview = await look(target, [
      ['项目编号', '项目名称', '手续', '计划上报', '实际上报'],
      ['LJ-01', '生物质热电联产项目', '环评', '2021-04-01', '2021-05-06'],
      ['LJ-01', '生物质热电联产项目', '没有的手续', '2021-04-01', null],
    ]);
    expect(preview.counts).toMatchObject({ new: 1, bad: 1 });
    await take(preview.importId, target);
    expect(rows('permit')).toMatchObject([{ projectId: plant, kindId, actualSubmit: '2021-05-06' }]);
  });

  it('[E11] leads by unit and their visits', async () => {
    const leads = { entity: 'investmentLead' } as const;
    const preview = await look(leads, [
      ['线索名称', '责任单位', '投资方', '意向投资', '进展'],
      ['玉米深加工', '临江', '某集团', 20_000, '洽谈'],
    ]);
    await take(preview.importId, leads);
    expect(rows('investmentLead')).toMatchObject([
      { name: '玉米深加工', unitId: city.unitId('临江县'), planned: 20_000 * WAN, state: 'talking' },
    ]);
    const visits = { entity: 'leadVisit' } as const;
    const second = await look(visits, [
      ['招商线索', '日期', '方式', '成果'],
      ['玉米深加工', '2021-05-06', '外出拜访', '初步意向'],
    ]);
    await take(second.importId, visits);
    expect(rows('leadVisit')).toMatchObject([{ unitId: city.unitId('临江县'), visitedOn: '2021-05-06', kind: 'out' }]);
  });

  it('[E1] what the program wrote is read in again as the same', async () => {
    add('monthlyTask', { projectId: plant, month: '2021-06', investment: 500 * WAN, content: '主体封顶' });
    const book = await tableWorkbook([
      {
        name: '月度任务',
        title: '月度任务',
        note: '安澜市　2021-05-18',
        unit: '万元',
        columns: [
          { heading: '责任单位', group: null, kind: 'text', unit: null, width: 10 },
          { heading: '项目', group: null, kind: 'text', unit: null, width: 30 },
          { heading: '月份', group: null, kind: 'text', unit: null, width: 10 },
          { heading: '状态', group: null, kind: 'text', unit: null, width: 10 },
          { heading: '当月计划投资', group: null, kind: 'money', unit: '万元', width: 10 },
          { heading: '当月任务', group: null, kind: 'text', unit: null, width: 30 },
        ],
        rows: [['临江', '生物质热电联产项目', '2021-06', '未到', 500 * WAN, '主体封顶']],
        totals: ['合计（1 项）', null, null, null, 500 * WAN, null],
        frozenColumns: 2,
        paper: 'A4',
      },
    ]);
    const target = { entity: 'monthlyTask' } as const;
    const preview = await openList(desk, city.session, city.file('月度任务.xlsx', book), target);
    expect(preview.counts).toEqual({ new: 0, update: 0, same: 1, bad: 0 });
    await expect(take(preview.importId, target)).rejects.toThrow(/没有可以导入的行/u);
  });

  it('[A2, A3] people and units: who is known by name gets a title and a unit, namesakes of two units stay two', async () => {
    const target = { entity: 'person' } as const;
    add('person', { name: '周明远' });
    add('person', { name: '韩立新', unitId: city.unitId('临江县'), title: '副县长' });
    const lines: readonly (readonly FixtureCell[])[] = [
      ['序号', '姓名', '职务', '职级', '所在单位', '联系电话'],
      [1, '周明远', '常务副县长', '副处级', '临江县', '0455-5550101'],
      [2, '周明远', '区发改局局长', '正科级', '北安区', '0455-5550102'],
      [3, '韩立新', '县委副书记', '副处级（副县级）', '临江县', null],
      [4, '何晓东', '镇长', '正科级', '没有这个县', null],
    ];
    const preview = await look(target, lines);
    expect(preview.counts).toEqual({ new: 1, update: 2, same: 0, bad: 1 });
    expect(preview.rows.find(({ state }) => state === 'bad')?.problems.join('')).toContain('没有这个县');
    await take(preview.importId, target);
    const known = rows('person').filter(({ name }) => name === '周明远' || name === '韩立新');
    expect(known.map(({ name, title, rank }) => [name, title, rank]).sort()).toEqual([
      ['周明远', '区发改局局长', 'sectionChief'],
      ['周明远', '常务副县长', 'countyDeputy'],
      ['韩立新', '县委副书记', 'countyDeputy'],
    ]);
    expect((await look(target, lines.slice(0, 4))).counts).toEqual({ new: 0, update: 0, same: 3, bad: 0 });

    const units = { entity: 'responsibilityUnit' } as const;
    const before = rows('responsibilityUnit');
    const sheet = await look(units, [
      ['单位名称', '简称', '单位类别', '填报端', '序号'],
      ['临江县', '临江', '县（市、区）', '别的填报端', 1],
      ['市水务局', '水务局', '市直单位', null, 30],
    ]);
    expect(sheet.counts).toMatchObject({ new: 1, bad: 0 });
    expect(sheet.columns.find(({ heading }) => heading === '填报端')?.read).toBe(false);
    await take(sheet.importId, units);
    expect(rows('responsibilityUnit').length).toBe(before.length + 1);
    expect(rows('responsibilityUnit').find(({ name }) => name === '市水务局')).toMatchObject({ kind: 'department' });
    const officeBefore = before.find(({ name }) => name === '临江县')?.['officeId'];
    expect(rows('responsibilityUnit').find(({ name }) => name === '临江县')?.['officeId']).toBe(officeBefore);
  });

  it('a sheet without the headings is refused with the columns it should have', async () => {
    await expect(
      look({ entity: 'factor' }, [
        ['姓名', '年龄'],
        ['李某', 40],
      ]),
    ).rejects.toThrow(/没有找到要素的表头.*需求/u);
    expect(LIST_ENTITIES.length).toBeGreaterThan(15);
  });

  it('a county takes in what is its own', async () => {
    city.close();
    city = office('county');
    city.addProject({ name: '本县项目', unitId: city.unitId('临江县') });
    const target = { entity: 'unitGroup' } as const;
    const preview = await look(target, [
      ['责任单位', '领导小组名称', '办公室设在'],
      ['临江县', '临江县领导小组', '发改局'],
      ['北安区', '北安区领导小组', '发改局'],
    ]);
    expect(preview.counts).toEqual({ new: 1, update: 0, same: 0, bad: 1 });
    expect(preview.rows[0]?.problems).toEqual(['不由本单位登记，请由责任单位自己登记']);
  });
});
