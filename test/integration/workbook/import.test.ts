import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redo, undo, undoSteps } from '../../../electron/ledger/store/undo.ts';
import { ImportDesk, openImport } from '../../../electron/ledger/workbook/imports.ts';
import { importExcel } from '../../../electron/ledger/workbook/index.ts';
import { type JobStep, previewImport, runImport } from '../../../electron/ledger/workbook/use-cases.ts';
import type { ApplyInput, ImportPreview, PreviewInput } from '../../../shared/contract/workbook.ts';
import {
  claimedTwice,
  doubles,
  keyProjects,
  noHeader,
  tenDayReport,
  unitGroups,
  wrongCells,
} from '../../fixtures/workbooks/fixtures.ts';
import { type Office, office } from './office.ts';

let city: Office;
beforeEach(() => {
  city = office();
});
afterEach(() => city.close());

async function last<T>(steps: AsyncIterable<JobStep<T>>): Promise<T> {
  for await (const step of steps) if (step.kind === 'done') return step.result;
  throw new Error('no result');
}

/** The steps of the window: open, look, decide, import. */
class Wizard {
  readonly desk = new ImportDesk();
  readonly office: Office;
  importId = '';
  input: PreviewInput | null = null;

  constructor(at: Office) {
    this.office = at;
  }

  async open(name: string, bytes: Buffer) {
    const book = await openImport(this.desk, this.office.session, this.office.file(name, bytes));
    this.importId = book.importId;
    const sheet = book.sheets.find(({ index }) => index === book.suggested);
    this.input = {
      importId: book.importId,
      sheet: sheet?.index ?? 0,
      target: sheet?.target ?? 'project',
      headerRows: null,
      columns: null,
      unitId: null,
      period: null,
    };
    return book;
  }

  preview(changes: Partial<PreviewInput> = {}): Promise<ImportPreview> {
    if (this.input === null) throw new Error('open first');
    this.input = { ...this.input, ...changes };
    return last(previewImport(this.office.session, this.opened(), this.input));
  }

  apply(actions: ApplyInput['actions'] = [], badCells: ApplyInput['badCells'] = 'skipRow') {
    return last(runImport(this.office.session, this.opened(), { actions, badCells }));
  }

  opened() {
    return this.desk.get(this.importId, this.office.session.store.path);
  }
}

const data = (preview: ImportPreview) => preview.rows.filter(({ kind }) => kind === 'data');

describe('[A5] 从 Excel 导入项目台账', () => {
  it('writes nothing before the operator agrees, then everything as one undo step', async () => {
    const wizard = new Wizard(city);
    const book = await wizard.open('重点项目台账.xlsx', await keyProjects());
    expect(book).toMatchObject({ suggested: 0, sheets: [{ name: '重点项目', projects: 5, target: 'project' }] });
    const preview = await wizard.preview();
    expect(data(preview).map(({ action, blocked }) => [action, blocked])).toEqual(Array(5).fill(['create', false]));
    expect(preview.newPeople.map(({ name, title }) => [name, title])).toEqual([
      ['张三', null],
      ['魏某某', '市委常委、副市长'],
      ['李四', null],
      ['孙立', '副市长'],
      ['赵六', null],
      ['周海', null],
      ['钱进', null],
    ]);
    expect(city.projects()).toEqual([]);
    expect(city.people()).toEqual([]);

    const result = await wizard.apply();
    expect(result).toMatchObject({
      title: '导入 Excel：重点项目台账.xlsx，新增 5 项，更新 0 项',
      created: 5,
      updated: 0,
      returned: 0,
      people: 7,
      proposals: 0,
    });
    expect(city.projects()).toHaveLength(5);
    const sun = city.people().find(({ name }) => name === '孙立');
    expect(city.projects().filter(({ cityLeaderId }) => cityLeaderId === sun?.['id'])).toHaveLength(3);
    expect(undoSteps(city.session.store, 5).undo[0]?.title).toBe(result.title);

    undo(city.session.store, city.session.actor());
    expect(city.projects()).toEqual([]);
    expect(city.people()).toEqual([]);
    redo(city.session.store, city.session.actor());
    expect(city.projects()).toHaveLength(5);
  });

  it('shows values as they will stand, and the cell as written where that differs', async () => {
    const wizard = new Wizard(city);
    await wizard.open('重点项目台账.xlsx', await keyProjects());
    const preview = await wizard.preview();
    const [first] = data(preview);
    const shown = (key: string) => first?.texts[preview.columns.findIndex((column) => column.key === key)];
    const written = (key: string) => first?.written[preview.columns.findIndex((column) => column.key === key)];
    expect(preview.columns[0]).toMatchObject({ key: 'name', letter: 'B' });
    expect([
      shown('name'),
      shown('totalInvestment'),
      shown('unitId'),
      shown('stage'),
      shown('years'),
      shown('cityLeaderId'),
    ]).toEqual(['临江县生物质热电联产', '80,000', '临江县', '在建', '2020-2022', '魏某某 市委常委、副市长']);
    expect(written('name')).toBe('★临江县生物质热电联产');
    expect(written('unitId')).toBeNull();
  });

  it('leaves out rows with cells that cannot be read, or imports them with those cells blank', async () => {
    const wizard = new Wizard(city);
    await wizard.open('错误单元格.xlsx', await wrongCells());
    const preview = await wizard.preview();
    expect(data(preview).map(({ blocked, fatal }) => [blocked, fatal])).toEqual([
      [false, false],
      [true, false],
      [true, false],
      [true, true],
      [false, false],
      [true, true],
      [true, true],
      [true, false],
    ]);
    expect(await wizard.apply()).toMatchObject({ created: 2, returned: 6 });

    const again = new Wizard(city);
    await again.open('错误单元格.xlsx', await wrongCells());
    await again.preview();
    expect(await again.apply([], 'leaveBlank')).toMatchObject({ created: 3, unchanged: 2, returned: 3 });
    expect(city.projects().find(({ name }) => name === '公式错误')).toMatchObject({
      totalInvestment: null,
      annualPlan: 3_000_000,
    });
  });

  it('finds the same project by code, by name and by likeness, and says why', async () => {
    const byCode = city.addProject({
      code: 'LJ-1',
      name: '临江热电',
      unitId: city.unitId('临江县'),
      totalInvestment: 800_000_000,
      location: '城西',
    });
    const byName = city.addProject({ name: '北安区污水处理厂二期', unitId: city.unitId('北安区') });
    const near = city.addProject({ name: '绕城公路改扩建', unitId: city.unitId('安澜市交通运输局') });
    const other = city.addProject({ name: '污水处理厂二期', unitId: city.unitId('北安区') });
    const wizard = new Wizard(city);
    await wizard.open('与台账重复.xlsx', await doubles());
    const preview = await wizard.preview();
    expect(
      data(preview).map(({ action, projectId, needsChoice, reason }) => [action, projectId, needsChoice, reason]),
    ).toEqual([
      ['update', byCode, false, '项目编号 LJ-1 与台账相同'],
      ['update', byName, false, '名称与台账相同'],
      ['skip', near, true, '与台账里的“绕城公路改扩建”相近，请选择更新或新增'],
      // 三期 is not 二期, however alike the names are.
      ['create', null, false, '台账里没有，新增'],
      ['skip', null, false, '与第5行是同一个项目，只导入第5行'],
      ['create', null, false, '台账里没有，新增'],
    ]);
    expect(data(preview)[0]?.changes).toContainEqual({ label: '总投资', before: '80,000', after: '90,000' });

    const result = await wizard.apply([{ rowNumber: 4, action: 'update', projectId: near }]);
    expect(result).toMatchObject({ title: '导入 Excel：与台账重复.xlsx，新增 2 项，更新 3 项', returned: 1 });
    const project = (id: string) => city.projects().find((row) => row['id'] === id);
    // A cell left blank in the sheet takes nothing away from the ledger.
    expect(project(byCode)).toMatchObject({ name: '改了名的热电项目', totalInvestment: 900_000_000, location: '城西' });
    expect(project(near)).toMatchObject({ totalInvestment: 500_000_000 });
    expect(project(other)).toMatchObject({ totalInvestment: null });
  });

  it('changes nothing when the same workbook is imported again', async () => {
    const first = new Wizard(city);
    await first.open('重点项目台账.xlsx', await keyProjects());
    await first.preview();
    await first.apply();
    await expect(first.apply()).rejects.toThrow('这张表已经导入过');
    const second = new Wizard(city);
    await second.open('重点项目台账.xlsx', await keyProjects());
    const preview = await second.preview();
    expect(preview.newPeople).toEqual([]);
    expect(data(preview).map(({ action }) => action)).toEqual(Array(5).fill('update'));
    expect(await second.apply()).toMatchObject({ n: null, created: 0, updated: 0, unchanged: 5 });
    expect(city.projects()).toHaveLength(5);
  });

  it('asks for the column when two claim one field, and imports after the choice', async () => {
    const wizard = new Wizard(city);
    await wizard.open('两列同义.xlsx', await claimedTwice());
    const preview = await wizard.preview();
    await expect(wizard.apply()).rejects.toThrow('C列“总投资”和D列“项目总投资”都像“总投资”');
    expect(city.projects()).toEqual([]);
    const columns = preview.mapping.map(({ column, field, unit }) => ({
      column,
      field: column === 2 ? null : field,
      unit,
    }));
    await wizard.preview({ headerRows: [1, 1], columns });
    await wizard.apply();
    expect(city.projects().map(({ totalInvestment }) => totalInvestment)).toEqual([11_000_000, 21_000_000]);
  });

  it('reads amounts anew when the operator changes the unit of a column', async () => {
    const wizard = new Wizard(city);
    await wizard.open('两列同义.xlsx', await claimedTwice());
    const preview = await wizard.preview();
    const columns = preview.mapping.map(({ column, field, unit }) =>
      column === 3
        ? { column, field: null, unit: null }
        : { column, field, unit: field === 'totalInvestment' ? ('亿元' as const) : unit },
    );
    const changed = await wizard.preview({ headerRows: [1, 1], columns });
    expect(changed.mapping[2]).toMatchObject({ unit: '亿元', unitFrom: 'operator' });
    expect(data(changed)[0]?.problems.map(({ text }) => text)).toContain(
      '年度计划投资（F2）年度计划 500 万元不到总投资 10,000,000 万元的万分之一，疑似单位错误，请核对',
    );
  });

  it('gives projects without a unit the one the operator names', async () => {
    const wizard = new Wizard(city);
    await wizard.open('统筹推进名单.xlsx', await unitGroups());
    expect(
      data(await wizard.preview())
        .filter(({ blocked }) => blocked)
        .map(({ label }) => label),
    ).toEqual(['数据中心']);
    const preview = await wizard.preview({ unitId: city.unitId('安澜经济技术开发区') });
    expect(data(preview).some(({ blocked }) => blocked)).toBe(false);
    await wizard.apply();
    expect(city.projects().find(({ name }) => name === '数据中心')?.['unitId']).toBe(city.unitId('安澜经济技术开发区'));
  });

  it('says what to do when no header is found, and takes the header rows the operator gives', async () => {
    const wizard = new Wizard(city);
    const book = await wizard.open('没有表头.xlsx', await noHeader());
    expect(book.suggested).toBe(1);
    await wizard.preview({ sheet: 0 });
    await expect(wizard.apply()).rejects.toThrow('里没有找到表头');
    const preview = await wizard.preview({
      sheet: 0,
      headerRows: [1, 1],
      columns: [{ column: 0, field: 'name', unit: null }],
      unitId: city.unitId('北安区'),
    });
    expect(data(preview).map(({ label }) => label)).toEqual(['乙', '丙']);
    expect(city.projects()).toEqual([]);
  });

  it('stops when the operator cancels, with nothing written', async () => {
    const wizard = new Wizard(city);
    await wizard.open('重点项目台账.xlsx', await keyProjects());
    await wizard.preview();
    const stop = new AbortController();
    const running = runImport(city.session, wizard.opened(), { actions: [], badCells: 'skipRow' }, stop.signal);
    await running.next();
    stop.abort();
    await expect(running.next()).rejects.toThrow();
    expect(city.projects()).toEqual([]);
  });

  it('lets a county register its own projects only', async () => {
    const county = office('county');
    try {
      const wizard = new Wizard(county);
      await wizard.open('重点项目台账.xlsx', await keyProjects());
      const preview = await wizard.preview();
      expect(data(preview).map(({ blocked }) => blocked)).toEqual([false, true, true, true, false]);
      expect(data(preview)[1]?.problems.map(({ text }) => text)).toContain(
        '责任单位（H9）“北安区”不由本单位填报，请由该单位自己登记',
      );
      expect(await wizard.apply()).toMatchObject({ created: 2, returned: 3 });
    } finally {
      county.close();
    }
  });

  it('imports in one call for the command line, with a dry run', async () => {
    const path = city.file('重点项目台账.xlsx', await keyProjects());
    const dry = await importExcel(city.session, { path, dryRun: true });
    expect(dry.result).toBeNull();
    expect(city.projects()).toEqual([]);
    expect((await importExcel(city.session, { path })).result).toMatchObject({ created: 5 });
    await expect(importExcel(city.session, { path, sheet: '没有这张表' })).rejects.toThrow('没有工作表“没有这张表”');
  });
});

describe('[B7] 从 Excel 导入旬报', () => {
  it('fills the drafts of the period in the title, by project name, as one undo step', async () => {
    const unitId = city.unitId('北安区');
    city.addProject({ name: '临江县生物质热电联产', unitId, stage: 'building' });
    city.addProject({ name: '城区供热管网', unitId, stage: 'building' });
    const wizard = new Wizard(city);
    const book = await wizard.open('5月中旬旬报.xlsx', await tenDayReport());
    expect(book.sheets[0]?.target).toBe('report');
    const preview = await wizard.preview();
    expect(preview.period).toEqual({ kind: 'tenDay', key: '2021-05-2', label: '2021年5月中旬' });
    expect(data(preview).map(({ action, reason }) => [action, reason])).toEqual([
      ['skip', '台账里另一个责任单位有同名项目，请选择更新或新增'],
      ['skip', '台账里另一个责任单位有同名项目，请选择更新或新增'],
      ['skip', '台账里没有这个项目，请先登记项目'],
    ]);
    const actions = data(preview)
      .slice(0, 2)
      .map(({ rowNumber, projectId }) => ({ rowNumber, action: 'update' as const, projectId }));
    const result = await wizard.apply(actions);
    expect(result).toMatchObject({
      title: '导入 Excel：5月中旬旬报.xlsx，2021年5月中旬旬报 2 项',
      updated: 2,
      returned: 1,
    });
    const drafts = city.session.store.db
      .prepare('SELECT "period", "periodInvestment", "yearToDate", "problems" FROM "reportDraft" ORDER BY "yearToDate"')
      .all();
    expect(drafts).toEqual([
      { period: '2021-05-2', periodInvestment: 6_505_000, yearToDate: 46_505_000, problems: '无' },
      { period: '2021-05-2', periodInvestment: 12_000_000, yearToDate: 82_000_000, problems: '用地手续未办结' },
    ]);
    undo(city.session.store, city.session.actor());
    expect(city.session.store.db.prepare('SELECT count(*) AS "n" FROM "reportDraft" WHERE "voided" = 0').get()).toEqual(
      { n: 0 },
    );
  });
});
