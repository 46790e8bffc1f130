import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchRows } from '../../../shared/domain/workbook/match.ts';
import { applyMapping, recognise } from '../../../shared/domain/workbook/recognise.ts';
import type { RecognisedRow, RecognitionContext } from '../../../shared/domain/workbook/recognition.ts';
import { gridOf } from './grid.ts';

const OPTIONS: RecognitionContext = {
  target: 'project',
  units: [
    { id: 'bq', name: '宝清县', shortName: null },
    { id: 'yy', name: '友谊县', shortName: null },
  ],
  year: 2021,
  defaultUnitId: null,
};

const HEAD = ['序号', '项目名称', '建设内容', '总投资', '责任单位'];

describe('[excel] 表的结构', () => {
  it('finds a parent heading that is not merged but stands over the first of its columns', () => {
    const found = recognise(
      gridOf([
        ['序号', '项目名称', '资金来源（万元）', null, null, '责任单位'],
        [null, null, '中央', '企业自筹', '银行贷款', null],
        [1, '甲项目', 100, 200, 300, '宝清县'],
      ]),
      OPTIONS,
    );
    expect(found.headerRows).toEqual([1, 2]);
    expect(found.mapping.map(({ field, unit }) => [field, unit])).toEqual([
      ['sequence', null],
      ['name', null],
      ['fundCentral', '万元'],
      ['fundOwn', '万元'],
      ['fundLoan', '万元'],
      ['unitId', null],
    ]);
  });

  it('is not led astray by a row of column widths above the header', () => {
    const found = recognise(
      gridOf([[5, 20, 30, 10, 10], ['2021年重点项目'], HEAD, [1, '甲项目', '厂房', 5000, '宝清县']]),
      OPTIONS,
    );
    expect(found.headerRows).toEqual([3, 3]);
    expect(found.rows.map(({ kind }) => kind)).toEqual(['data']);
  });

  it('numbers from one in every category are no project codes', () => {
    const head = ['编号', ...HEAD.slice(1)];
    const found = recognise(
      gridOf([
        head,
        [1, '甲', '内容一', 1, '宝清县'],
        [2, '乙', '内容二', 1, '宝清县'],
        [1, '丙', '内容三', 1, '友谊县'],
      ]),
      OPTIONS,
    );
    expect(found.mapping[0]?.field).toBe('sequence');
  });

  it('nests categories: the deeper adds to the higher, the higher starts afresh', () => {
    const found = recognise(
      gridOf([
        HEAD,
        ['一、工业项目（2项）'],
        ['（一）续建项目'],
        [1, '甲', '厂房', 100, '宝清县'],
        ['（二）新开工项目'],
        [1, '乙', '车间', 100, '宝清县'],
        ['二、农业项目'],
        [1, '丙', '大棚', 100, '宝清县'],
      ]),
      OPTIONS,
    );
    expect(
      found.rows
        .filter(({ kind }) => kind === 'data')
        .map(({ values }) => [values['category'], values['stage'] ?? null]),
    ).toEqual([
      ['industry', 'building'],
      ['industry', 'started'],
      ['agriculture', null],
    ]);
  });

  it('tells other rows by what they say', () => {
    const found = recognise(
      gridOf([
        HEAD,
        ['合计', null, null, 300],
        [null, '其中：续建', null, 100],
        [1, '甲项目', '厂房', 100, '宝清县'],
        [null, null, '二期厂房'],
        ['小  计', null, '1项', 100],
        [null],
        ['★为省重点项目'],
        ['说明：本表按季更新'],
        ['制表：王某', null, '审核：李某'],
      ]),
      OPTIONS,
    );
    expect(found.rows.map(({ kind }) => kind)).toEqual([
      'subtotal',
      'subtotal',
      'data',
      'continued',
      'subtotal',
      'blank',
      'note',
      'note',
      'note',
    ]);
    expect(found.rows[2]?.values['content']).toBe('厂房\n二期厂房');
  });

  it('takes a row with figures and no name for a project that lacks one', () => {
    const found = recognise(
      gridOf([HEAD, [1, '甲', '厂房', 100, '宝清县'], [2, null, '厂房', 100, '宝清县']]),
      OPTIONS,
    );
    expect(found.rows[1]?.problems.map(({ text }) => text)).toEqual(['项目名称（B3）是空的，请补填']);
  });

  it('tells a total that does not add up', () => {
    const found = recognise(
      gridOf([HEAD, ['合计', null, null, 300], [1, '甲', '厂房', 100, '宝清县'], [2, '乙', '厂房', 150, '宝清县']]),
      OPTIONS,
    );
    expect(found.problems.map(({ severity, text }) => [severity, text])).toEqual([
      ['warn', '合计行总投资（D2）为 300 万元，各项目相加为 250 万元，请核对'],
    ]);
  });

  it('prefers the column of the year of the sheet to that of another year', () => {
    const found = recognise(
      gridOf([
        ['安澜市2021年重点项目计划表'],
        ['序号', '项目名称', '责任单位', '2020年计划投资', '2021年计划投资'],
        [1, '甲', '宝清县', 100, 200],
      ]),
      OPTIONS,
    );
    expect(found.mapping.filter(({ field }) => field === 'annualPlan').map(({ letter }) => letter)).toEqual(['E']);
    expect(found.problems).toEqual([]);
  });

  it('evaluates anew with the header and the columns the operator gives', () => {
    const grid = gridOf([
      ['x', 'y'],
      ['甲', 100],
      ['乙', 200],
    ]);
    const columns = [
      { column: 0, field: 'name', unit: null },
      { column: 1, field: 'totalInvestment', unit: '亿元' as const },
    ];
    const found = applyMapping(grid, { ...OPTIONS, defaultUnitId: 'bq' }, { headerRows: [1, 1], columns });
    expect(found.rows.map(({ label, values }) => [label, values['totalInvestment'], values['unitId']])).toEqual([
      ['甲', 10_000_000_000, 'bq'],
      ['乙', 20_000_000_000, 'bq'],
    ]);
  });

  it('never throws, whatever the sheet holds', () => {
    const cell = fc.oneof(
      fc.constantFrom(...HEAD, '合计', '一、工业', '（共3项）', '——', '2023-2025', '待定'),
      fc.string({ maxLength: 12 }),
      fc.double(),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 12 }), (rows) => {
        const found = recognise(gridOf(rows), OPTIONS);
        expect(found.rows.length).toBeLessThanOrEqual(rows.length);
        for (const { text } of found.problems) expect(text).not.toMatch(/undefined|null|NaN/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('[excel] 与台账重复', () => {
  const row = (
    rowNumber: number,
    name: string,
    unitId: string | null = 'bq',
    code: string | null = null,
  ): RecognisedRow => ({
    rowNumber,
    lastRow: rowNumber,
    kind: 'data',
    label: name,
    values: { name, ...(unitId === null ? {} : { unitId }), ...(code === null ? {} : { code }) },
    people: {},
    problems: [],
  });
  const known = [
    { id: 'p1', code: 'A-1', name: '城区供热管网改造工程', unitId: 'bq' },
    { id: 'p2', code: null, name: '污水处理厂二期工程', unitId: 'bq' },
    { id: 'p3', code: null, name: '市民中心', unitId: 'bq' },
    { id: 'p4', code: null, name: '市民中心', unitId: 'yy' },
  ];
  const match = (...rows: RecognisedRow[]) =>
    matchRows(rows, known, false).map(({ action, projectId, needsChoice }) => [action, projectId, needsChoice]);

  it.each([
    ['the same name but for punctuation', row(2, '城区供热管网（改造）工程'), ['update', 'p1', false]],
    ['the same code under another name', row(2, '供热', 'bq', 'a-1'), ['update', 'p1', false]],
    ['a like name in the same unit', row(2, '城区供热管网改造'), ['skip', 'p1', true]],
    ['a like name in another unit', row(2, '城区供热管网改造', 'yy'), ['create', null, false]],
    ['another phase', row(2, '污水处理厂三期工程'), ['create', null, false]],
    ['the unit decides between two of one name', row(2, '市民中心', 'yy'), ['update', 'p4', false]],
    ['two of one name and no unit', row(2, '市民中心', null), ['skip', null, true]],
    ['a name in another unit', row(2, '污水处理厂二期工程', 'yy'), ['skip', 'p2', true]],
  ] as const)('%s', (_, given, expected) => {
    expect(match(given)).toEqual([expected]);
  });

  it('[A5] questions a serial number that meets another project, and a number that two rows have', () => {
    const numbered = [{ id: 'p1', code: '12', name: '城区供热管网改造工程', unitId: 'bq' }];
    const of = (...rows: RecognisedRow[]) =>
      matchRows(rows, numbered, false).map(({ action, projectId, needsChoice, reason }) => [
        [action, projectId, needsChoice],
        reason,
      ]);
    expect(of(row(2, '粮食仓储物流园', 'bq', '12'))).toEqual([
      [['skip', 'p1', true], '项目编号 12 与台账里的“城区供热管网改造工程”相同，名称不同，请选择更新或新增'],
    ]);
    expect(of(row(2, '城区供热管网（改造）', 'bq', '12'))[0]?.[0]).toEqual(['update', 'p1', false]);
    expect(of(row(2, '粮食仓储', 'bq', 'X-1'), row(3, '物流园区', 'bq', 'x-1'))[1]).toEqual([
      ['skip', null, true],
      '项目编号 x-1 与第2行“粮食仓储”相同，请核对后选择新增或不导入',
    ]);
  });

  it('[A5] a national code that another project has is no new project: updated where the names fit, questioned else', () => {
    const national = '2101-230521-04-01-123456';
    const coded = [{ id: 'p1', code: null, nationalCode: national, name: '城区供热管网改造工程', unitId: 'bq' }];
    const withCode = (rowNumber: number, name: string): RecognisedRow => {
      const plain = row(rowNumber, name, 'yy');
      return { ...plain, values: { ...plain.values, nationalCode: national } };
    };
    const of = (projects: typeof coded, ...rows: RecognisedRow[]) =>
      matchRows(rows, projects, false).map(({ action, needsChoice, reason }) => [action, needsChoice, reason]);
    expect(of(coded, withCode(2, '供热管网改造工程'))).toEqual([['update', false, '国家项目代码与台账相同']]);
    expect(of(coded, withCode(2, '粮食仓储物流园'))).toEqual([
      ['skip', true, '国家项目代码与台账里的“城区供热管网改造工程”相同，名称不同，请选择更新或新增'],
    ]);
    expect(of([], withCode(2, '粮食仓储物流园'), withCode(3, '冷链物流'))[1]).toEqual([
      'skip',
      true,
      `国家项目代码 ${national} 与第2行“粮食仓储物流园”相同，请核对后选择新增或不导入`,
    ]);
  });

  it('imports a project named twice in the sheet once', () => {
    expect(match(row(2, '新项目甲乙丙'), row(3, '新项目 甲乙丙'), row(4, '新项目甲乙丙', 'yy'))).toEqual([
      ['create', null, false],
      ['skip', null, false],
      ['create', null, false],
    ]);
  });
});
