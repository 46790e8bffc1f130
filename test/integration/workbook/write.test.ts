import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { read, type WorkSheet } from '@e965/xlsx';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importExcel, tableWorkbook, writeTables } from '../../../electron/ledger/workbook/index.ts';
import { parseWorkbook } from '../../../electron/ledger/workbook/parse.ts';
import { saveWorkbook } from '../../../electron/ledger/workbook/save.ts';
import { sheetName } from '../../../electron/ledger/workbook/write.ts';
import type { TableSheet } from '../../../shared/contract/workbook.ts';
import { recognise } from '../../../shared/domain/workbook/recognise.ts';
import { allFixtures, unitGroups, wrongCells } from '../../fixtures/workbooks/fixtures.ts';
import { type Office, office } from './office.ts';

let city: Office;
beforeEach(() => {
  city = office();
});
afterEach(() => {
  city.close();
});

const TABLE: TableSheet = {
  name: '项目台账',
  title: '安澜市重点项目推进台账',
  note: '截至2021年5月18日',
  unit: '万元',
  columns: [
    { heading: '项目名称', group: null, kind: 'text', unit: null, width: 30 },
    { heading: '总投资', group: '投资', kind: 'money', unit: '万元', width: 12 },
    { heading: '年度计划投资', group: '投资', kind: 'money', unit: '亿元', width: 12 },
    { heading: '投资完成率', group: null, kind: 'percent', unit: null, width: 10 },
    { heading: '计划开工日期', group: null, kind: 'date', unit: null, width: 12 },
  ],
  rows: [
    ['=SUM(A1)生物质热电', 800_000_000, 200_000_000, 0.41, '2021-05-11'],
    ['污水处理厂', 123_456_789, null, null, null],
  ],
  totals: ['合计', 923_456_789, 200_000_000, null, null],
  frozenColumns: 1,
  paper: 'A3',
};

/** The sheet as the other library reads it. */
async function asRead(bytes: Buffer): Promise<WorkSheet> {
  const book = read(bytes, { cellStyles: true, cellNF: true, cellFormula: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (sheet === undefined) throw new Error('no sheet');
  return sheet;
}

describe('[excel] 导出的工作簿', () => {
  it('is read by another library with title, unit line, two rows of headings and amounts in the unit told', async () => {
    const sheet = await asRead(await tableWorkbook([TABLE]));
    const value = (cell: string): unknown => sheet[cell]?.v;
    expect(value('A1')).toBe('安澜市重点项目推进台账');
    expect(value('A2')).toBe('截至2021年5月18日    单位：万元');
    expect([value('A3'), value('B3'), value('B4'), value('C4'), value('D3')]).toEqual([
      '项目名称',
      '投资',
      '总投资',
      '年度计划投资（亿元）',
      '投资完成率',
    ]);
    expect([value('B5'), value('C5'), value('D5'), value('B6')]).toEqual([80_000, 2, 0.41, 12_345.6789]);
    expect([sheet['B5']?.w, sheet['B6']?.w, sheet['D5']?.w]).toEqual(['80,000', '12,345.6789', '41.0%']);
    expect(sheet['E5']?.z).toBe('yyyy-mm-dd');
    expect(sheet['E5']?.v).toBe(44_327);
    // A name that begins with '=' stays a name.
    expect(sheet['A5']).toMatchObject({ t: 's', v: '=SUM(A1)生物质热电' });
    expect(sheet['A5']?.f).toBeUndefined();
    expect(sheet['B7']).toMatchObject({ f: 'SUBTOTAL(109,B5:B6)', v: 92_345.6789 });
    expect(sheet['!merges']?.length).toBe(2 + 1 + 3);
  });

  it('prints on one width with the headings on every page, and scrolls under them', async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await tableWorkbook([TABLE])) as unknown as ArrayBuffer);
    const sheet = book.worksheets[0];
    expect(sheet?.pageSetup).toMatchObject({
      orientation: 'landscape',
      fitToWidth: 1,
      fitToHeight: 0,
      paperSize: 8,
      printTitlesRow: '3:4',
    });
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', xSplit: 1, ySplit: 4 });
    expect(sheet?.autoFilter).toBeTruthy();
  });

  it('comes back through the import with the same figures', async () => {
    const { sheets } = await parseWorkbook(await tableWorkbook([TABLE]), '导出.xlsx');
    const grid = sheets[0];
    if (grid === undefined) throw new Error('no sheet');
    const found = recognise(grid, { target: 'project', units: [], year: 2021, defaultUnitId: 'unit' });
    expect(found.headerRows).toEqual([3, 4]);
    const projects = found.rows.filter(({ kind }) => kind === 'data');
    expect(
      projects.map(({ values }) => [
        values['totalInvestment'],
        values['annualPlan'] ?? null,
        values['plannedStart'] ?? null,
      ]),
    ).toEqual([
      [800_000_000, 200_000_000, '2021-05-11'],
      [123_456_789, null, null],
    ]);
    expect(found.problems).toEqual([]);
  });

  it('names sheets as Excel allows', () => {
    expect(sheetName('2021/5月[汇总]：项目*台账?')).toBe('2021 5月 汇总 ：项目 台账');
    expect(sheetName('')).toBe('Sheet1');
    expect(sheetName('长'.repeat(40))).toHaveLength(31);
  });

  it('replaces a file whole, and leaves the old one when the folder cannot be written', async () => {
    const path = join(city.folder, '台账.xlsx');
    await writeTables(path, [TABLE]);
    const before = readFileSync(path);
    await writeTables(path, [{ ...TABLE, title: '另一份' }]);
    expect(readFileSync(path).equals(before)).toBe(false);
    expect(readdirSync(city.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    await expect(writeTables(join(city.folder, '没有的文件夹', 'a.xlsx'), [TABLE])).rejects.toMatchObject({
      code: 'FILE_GONE',
    });
    const locked = join(city.folder, '只读');
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    // root may write anywhere; offices' users may not.
    if (process.getuid?.() !== 0) {
      expect(() => saveWorkbook(join(locked, 'a.xlsx'), before)).toThrow(/只读/u);
      expect(existsSync(join(locked, 'a.xlsx'))).toBe(false);
    }
    chmodSync(locked, 0o700);
  });

  it('tells a full disk and leaves the old file as it was', () => {
    if (!existsSync('/dev/full')) return;
    const path = join(city.folder, '台账.xlsx');
    saveWorkbook(path, Buffer.from('旧'));
    symlinkSync('/dev/full', `${path}.part`);
    expect(() => saveWorkbook(path, Buffer.from('新'))).toThrow('空间不足，没有写入，台账没有改动');
    expect(readFileSync(path, 'utf8')).toBe('旧');
  });

  it('says that WPS or Excel may have the file open when only this file cannot be replaced', () => {
    const path = join(city.folder, '台账.xlsx');
    saveWorkbook(path, Buffer.from('旧'));
    // An immutable file answers as one that is open does on Windows: no permission, in a folder that can be written.
    if (spawnSync('chattr', ['+i', path]).status !== 0) return;
    try {
      expect(() => saveWorkbook(path, Buffer.from('新'))).toThrow(
        '“台账.xlsx”正被其他程序占用（如 WPS、Excel），没有写入。请关闭后再试。',
      );
    } finally {
      spawnSync('chattr', ['-i', path]);
    }
    expect(readFileSync(path, 'utf8')).toBe('旧');
  });
});

describe('[excel] 退回有问题的行', () => {
  it('returns the rows left out with the reason beside the cell, and can be imported once corrected', async () => {
    const path = city.file('错误单元格.xlsx', await wrongCells());
    const back = join(city.folder, '问题行.xlsx');
    const { result, problemRows } = await importExcel(city.session, { path, problemsPath: back });
    expect([result?.created, result?.returned, problemRows]).toEqual([2, 6, 6]);

    const sheet = await asRead(readFileSync(back));
    expect(sheet['J1']?.v).toBe('导入问题说明');
    expect(sheet['B2']?.v).toBe('公式错误');
    expect(sheet['J2']?.v).toContain('总投资（E3）是公式错误 #REF!');
    expect(sheet['E2']?.c?.[0]?.t).toContain('请在 Excel 里改正公式');
    expect(sheet['B3']?.v).toBe('数字带字母');
    expect(String(sheet['J3']?.v).split('\n')).toHaveLength(4);

    const book = new ExcelJS.Workbook();
    await book.xlsx.load(readFileSync(back) as unknown as ArrayBuffer);
    const page = book.worksheets[0];
    expect(page?.getCell('E2').fill).toMatchObject({ fgColor: { argb: 'FFFFC7CE' } });
    if (page === undefined) throw new Error('no sheet');
    page.getCell('E2').value = 5000;
    const corrected = Buffer.from(await book.xlsx.writeBuffer());
    const again = await importExcel(city.session, { path: city.file('问题行改正.xlsx', corrected) });
    expect(again.preview.mapping.at(-1)).toMatchObject({ heading: '导入问题说明', field: null });
    expect(again.result).toMatchObject({ created: 1 });
    expect(city.projects().find(({ name }) => name === '公式错误')).toMatchObject({ totalInvestment: 50_000_000 });
  });

  it('brings the group rows along, so that a returned row keeps its unit', async () => {
    city.addProject({ name: '冷链物流园区', unitId: city.unitId('北安区') });
    const path = city.file('统筹推进名单.xlsx', await unitGroups());
    const back = join(city.folder, '问题行.xlsx');
    const { problemRows } = await importExcel(city.session, { path, problemsPath: back });
    expect(problemRows).toBe(2);
    const sheet = await asRead(readFileSync(back));
    const column = (letter: string) => [2, 3, 4, 5, 6, 7].map((row) => sheet[`${letter}${row}`]?.v ?? null);
    expect(column('A')).toEqual(['序号', '临江县人民政府', '北安区', 1, '丰台区管委会', 1]);
    expect(sheet['G5']?.v).toContain('与台账里的“冷链物流园区”相近');
    const { preview } = await importExcel(city.session, { path: back, dryRun: true });
    expect(preview.rows.find(({ label }) => label === '冷链物流园')?.texts).toContain('北安区');
  });
});

describe('[excel] 夹具', () => {
  it('are real files with the endings offices use', async () => {
    expect(Object.keys(allFixtures).length).toBeGreaterThanOrEqual(12);
    for (const make of Object.values(allFixtures)) expect((await make()).length).toBeGreaterThan(0);
  });
});
