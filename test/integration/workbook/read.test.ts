import { describe, expect, it } from 'vitest';
import { parseWorkbook } from '../../../electron/ledger/workbook/parse.ts';
import { readBytes, readWorkbook } from '../../../electron/ledger/workbook/read.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import { recognise } from '../../../shared/domain/workbook/recognise.ts';
import type { RecognisedRow, Recognition } from '../../../shared/domain/workbook/recognition.ts';
import type { ImportTarget } from '../../../shared/domain/workbook/target.ts';
import {
  claimedTwice,
  emptyWorkbook,
  encrypted,
  gbkCsv,
  htmlXls,
  keyProjects,
  noHeader,
  oldXls,
  peopleColumns,
  repeatedHeader,
  severalRowsEach,
  tenDayReport,
  truncated,
  UNITS,
  unitGroups,
  unitsByColumn,
  unwrittenUnit,
  wordAsXlsx,
  wrongCells,
  zipAsXlsx,
} from '../../fixtures/workbooks/fixtures.ts';

async function read(
  make: () => Buffer | Promise<Buffer>,
  name: string,
  target: ImportTarget = 'project',
  sheet = 0,
): Promise<Recognition> {
  const { sheets } = await parseWorkbook(await make(), name);
  const grid = sheets[sheet];
  if (grid === undefined) throw new Error('no such sheet');
  return recognise(grid, { target, units: UNITS, year: 2021, defaultUnitId: null });
}

const projects = ({ rows }: Recognition): readonly RecognisedRow[] => rows.filter(({ kind }) => kind === 'data');
const kinds = ({ rows }: Recognition): readonly string[] => rows.map(({ kind }) => kind);
const fields = ({ mapping }: Recognition): readonly (string | null)[] => mapping.map(({ field }) => field);
const texts = (row: RecognisedRow | undefined): readonly string[] => row?.problems.map(({ text }) => text) ?? [];

async function refusal(bytes: Buffer | Promise<Buffer>, name: string): Promise<string> {
  try {
    await parseWorkbook(await bytes, name);
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
  throw new Error('was read');
}

describe('[excel] 各地台账表的识别', () => {
  it('finds the header of two rows under title and unit lines, with the heading cut in two', async () => {
    const found = await read(keyProjects, '重点项目台账.xlsx');
    expect(found.title).toBe('安澜市2021年重点项目推进台账');
    expect(found.headerRows).toEqual([3, 4]);
    expect(fields(found)).toEqual([
      'sequence',
      'name',
      'nature',
      'years',
      'totalInvestment',
      'annualPlan',
      'fundCentral',
      'unitId',
      'officerId',
      'cityLeaderId',
      'plannedStart',
      'note',
    ]);
    expect(found.mapping[4]).toMatchObject({ unit: '万元', unitFrom: 'title', claimedTwice: false });
    expect(found.mapping[5]?.heading).toBe('2021年投资计划 / 小计');
    expect(found.problems).toEqual([]);
  });

  it('tells column numbers, totals, categories and notes from projects, and hands the category down', async () => {
    const found = await read(keyProjects, '重点项目台账.xlsx');
    expect(kinds(found)).toEqual([
      'columnNumbers',
      'subtotal',
      'category',
      'data',
      'data',
      'category',
      'data',
      'data',
      'data',
      'note',
    ]);
    expect(projects(found).map(({ values }) => values['stage'])).toEqual([
      'building',
      'building',
      'started',
      'started',
      'started',
    ]);
  });

  it('cleans names of ★, ●, ▲, line breaks and 暂定名, and keeps a name that begins with a number', async () => {
    const found = projects(await read(keyProjects, '重点项目台账.xlsx'));
    expect(found.map(({ label }) => label)).toEqual([
      '临江县生物质热电联产',
      '北安区污水处理厂二期',
      '绕城公路改造',
      '智能装备产业园',
      '110千伏变电站',
    ]);
    expect(texts(found[1])).toContain('项目名称（B9）带“暂定名”字样，已去掉');
  });

  it('reads amounts in yuan, years, dates, people with titles, and leaves placeholders empty', async () => {
    const [first, second, third, fourth, fifth] = projects(await read(keyProjects, '重点项目台账.xlsx'));
    expect(first?.values).toMatchObject({
      totalInvestment: 800_000_000,
      annualPlan: 200_000_000,
      fundCentral: 10_000_000,
      startYear: 2020,
      endYear: 2022,
      plannedStart: '2021-05-11',
      nature: 'new',
      unitId: 'unit-lin',
    });
    expect(first?.people).toEqual({
      officerId: { name: '张三', title: null, phone: null },
      cityLeaderId: { name: '魏某某', title: '市委常委、副市长', phone: null },
    });
    expect(second?.values).toMatchObject({ startYear: 2009, endYear: 2011, plannedStart: '2021-12-31' });
    expect(second?.values).not.toHaveProperty('fundCentral');
    expect(second?.people['cityLeaderId']).toEqual({ name: '孙立', title: '副市长', phone: null });
    expect(texts(second)).toContain('责任人（I9）写了2人，只取第一人李四');
    expect(third?.values).toMatchObject({ startYear: 2021, unitId: 'unit-jt', plannedStart: '2021-06-01' });
    expect(third?.values).not.toHaveProperty('endYear');
    expect(fourth?.values).toMatchObject({ unitId: 'unit-kai', plannedStart: '2021-07-01' });
    expect(fifth?.values).toMatchObject({ unitId: 'unit-lin', plannedStart: '2021-06-01' });
    expect(texts(fifth)).toEqual(['建设起止年限（D13）“3年”只有工期，没有起止年份，不导入']);
  });

  it('gives the unit of a group row to the projects below it, and names a group that is no unit', async () => {
    const found = await read(unitGroups, '统筹推进名单.xlsx');
    expect(kinds(found)).toEqual(['subtotal', 'unitGroup', 'data', 'data', 'unitGroup', 'data', 'unitGroup', 'data']);
    expect(projects(found).map(({ values }) => values['unitId'] ?? null)).toEqual([
      'unit-lin',
      'unit-lin',
      'unit-bei',
      null,
    ]);
    expect(projects(found)[0]?.values['totalInvestment']).toBe(820_000_000);
    expect(found.problems.map(({ text }) => text)).toEqual([
      expect.stringContaining('第9行“丰台区管委会”像是单位，但不在责任单位名单里'),
    ]);
    expect(texts(projects(found)[3])).toEqual(['责任单位（第10行）表里没有，请在导入时指定本表的责任单位']);
  });

  it('takes a project over several rows as one, and counts a merged amount once', async () => {
    const found = await read(severalRowsEach, '一项目多行.xlsx');
    const [park, hospital, heat, water] = projects(found);
    expect(projects(found).map(({ rowNumber, lastRow }) => [rowNumber, lastRow])).toEqual([
      [2, 4],
      [5, 6],
      [7, 7],
      [8, 8],
    ]);
    expect(park?.values['content']).toBe('一期厂房8万平方米\n二期研发楼\n配套管网');
    expect(hospital?.values['fundOwn']).toBe(50_000_000);
    expect(texts(hospital)).toEqual(['企业自筹（F5）本项目占几行，本列另有“3000”，只取第一个“5000”']);
    expect(heat?.values['totalInvestment']).toBe(90_000_000);
    expect(water?.values).not.toHaveProperty('totalInvestment');
    expect(texts(water)).toEqual(['总投资（D8）与 D7 合并为一格，金额只计在 D7 的项目上']);
  });

  it('keeps each column to its own unit, and takes 万平方米 for no money', async () => {
    const found = await read(unitsByColumn, '各列单位不同.xlsx');
    expect(found.mapping.filter(({ unit }) => unit !== null).map(({ field, unit }) => [field, unit])).toEqual([
      ['totalInvestment', '亿元'],
      ['annualPlan', '亿元'],
      ['previousInvestment', '亿元'],
      ['fundsInPlace', '万元'],
    ]);
    expect(projects(found)[0]?.values).toMatchObject({
      totalInvestment: 1_235_000_000,
      annualPlan: 320_000_000,
      previousInvestment: 105_000_000,
      content: '8.5万平方米',
    });
    expect(projects(found)[1]?.values).not.toHaveProperty('previousInvestment');
    expect(found.mapping.at(-1)).toMatchObject({ field: null, note: '计算列，不导入' });
  });

  it('reads .xls of Excel 97: serials, dates as text, long codes', async () => {
    const found = await read(oldXls, '项目库.xls');
    expect(projects(found).map(({ values }) => values)).toEqual([
      expect.objectContaining({
        code: 'ZD-001',
        nationalCode: '2101-230521-04-01-123456',
        totalInvestment: 12_005_000,
        actualStart: '2021-03-15',
        plannedCompletion: '2022-12-31',
        stage: 'building',
      }),
      expect.objectContaining({
        code: 'ZD-002',
        actualStart: '2021-03-01',
        plannedCompletion: '2021-11-30',
        stage: 'building',
      }),
      expect.objectContaining({ code: 'ZD-003', plannedCompletion: '2021-12-31', stage: 'preparing' }),
    ]);
  });

  it('reads a page in GBK under the name .xls', async () => {
    const found = projects(await read(htmlXls, '网页导出.xls'));
    expect(found[0]?.values).toMatchObject({
      name: '秸秆综合利用',
      totalInvestment: 120_000_000,
      startYear: 2021,
      endYear: 2023,
      stage: 'started',
    });
  });

  it('reads .csv in GBK and does not make dates of 2023-2025', async () => {
    const found = projects(await read(gbkCsv, '项目清单.csv'));
    expect(found[0]?.values).toMatchObject({
      name: '体育公园改造',
      startYear: 2023,
      endYear: 2025,
      actualStart: '2023-04-08',
    });
    expect(texts(found[1])).toEqual(['建设起止年限（E3）“1-2”看不出起止年份，请写成 2021-2023']);
  });

  it('ties each wrong cell to its place and says the cure', async () => {
    const [good, formula, letters, unknown, unitWrong, nameless, unitless, tooMuch] = projects(
      await read(wrongCells, '错误单元格.xlsx'),
    );
    expect(good?.problems).toEqual([]);
    expect(texts(formula)).toEqual(['总投资（E3）是公式错误 #REF!，请在 Excel 里改正公式，或填入数值']);
    expect(letters?.problems).toContainEqual({
      cell: 'E4',
      field: 'totalInvestment',
      severity: 'error',
      text: '总投资（E4）“12O5”里有字母，请改为数字',
    });
    expect(texts(letters)).toContain('年度计划投资（F4）“12、5”按 12.5 读入');
    expect(letters?.values['annualPlan']).toBe(125_000);
    expect(texts(letters)).toContain('计划开工日期（G4）“2021-02-30”没有这一天或不在1990至2100年之间，请改正日期');
    expect(texts(unknown)).toContain(
      '责任单位（C5）“某某县”不在责任单位名单里，请先在“组织”里添加，或改成名单里的名称',
    );
    expect(texts(unknown)).toContain('总投资（E5）“-5”是负数，请核对后填写');
    expect(texts(unknown)).toContain('计划开工日期（G5）“已开工”不是日期，请写成 2021-5-11 这样的年月日，或留空');
    expect(texts(unitWrong)).toEqual([
      '年度计划投资（F6）年度计划 3.06 万元不到总投资 85,000 万元的万分之一，疑似单位错误，请核对',
    ]);
    expect(texts(nameless)).toEqual(['项目名称（B7）是空的，请补填']);
    expect(texts(unitless)).toContain('责任单位（C8）是空的，请补填');
    expect(texts(unitless)).toContain('年度计划投资（F8）“300万件”单位不是元、万元或亿元，请换算后填写');
    expect(unitless?.values['plannedStart']).toBe('2021-04-08');
    expect(texts(tooMuch)).toContain('年度计划投资（F9）年度计划 30,000 万元大于总投资 700 万元，请核对单位');
    expect(texts(tooMuch)).toContain('计划开工日期（G9）“1890-1-1”没有这一天或不在1990至2100年之间，请改正日期');
  });

  it('asks which of two columns is meant', async () => {
    const found = await read(claimedTwice, '两列同义.xlsx');
    expect(found.problems).toEqual([
      {
        kind: 'claimedTwice',
        severity: 'error',
        text: 'C列“总投资”和D列“项目总投资”都像“总投资”，请选定其中一列，其余改为不导入',
      },
    ]);
  });

  it('says when there is no header, and reads the hidden sheet as hidden', async () => {
    const found = await read(noHeader, '没有表头.xlsx');
    expect(found.problems[0]?.text).toContain('工作表“数据”里没有找到表头');
    const { sheets } = await parseWorkbook(await noHeader(), '没有表头.xlsx');
    expect(sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['数据', false],
      ['隐藏表', true],
    ]);
  });

  it('doubts a column whose unit is written nowhere and whose figures are plainly 亿元', async () => {
    const found = await read(unwrittenUnit, '没写单位.xlsx');
    expect(found.problems.map(({ kind, severity }) => [kind, severity])).toEqual([
      ['unitDoubt', 'warn'],
      ['unitDoubt', 'warn'],
    ]);
    expect(found.problems[0]?.text).toContain('C列“总投资”按万元读入，多数数值只有 12.5 左右，疑似以亿元为单位');
  });

  it('skips the header repeated on each page, signatures, and helper columns without a heading', async () => {
    const found = await read(repeatedHeader, '每页重复表头.xlsx');
    expect(kinds(found)).toEqual([
      'category',
      'data',
      'data',
      'header',
      'header',
      'category',
      'data',
      'category',
      'data',
      'note',
    ]);
    expect(projects(found).map(({ label }) => label)).toEqual(['精密铸造', '纺织园', '水稻加工', '灌区改造']);
    expect(projects(found).map(({ values }) => values['category'] ?? null)).toEqual([
      'industry',
      'industry',
      'agriculture',
      null,
    ]);
    expect(found.unknownColumns).toEqual([6, 7]);
    expect(texts(projects(found)[3])).toEqual(['建设性质（D12）“续建”是建设阶段，已记入建设阶段']);
  });

  it('tells owners, units and leaders with their people and telephones apart under parent headings', async () => {
    const found = await read(peopleColumns, '挂钩领导明细.xlsx');
    expect(fields(found)).toEqual([
      'sequence',
      'name',
      'builder',
      null,
      'builderContact',
      'builderPhone',
      'unitId',
      'officerId',
      'liaisonId',
      'cityLeaderId',
      'title:cityLeaderId',
    ]);
    const [first, second, third] = projects(found);
    expect(first?.people).toEqual({
      officerId: { name: '李某某', title: '县委书记', phone: null },
      liaisonId: { name: '何平', title: null, phone: '13700000002' },
      cityLeaderId: { name: '郭伟', title: '市人大副主任', phone: null },
    });
    expect(second?.people['cityLeaderId']).toEqual({ name: '欧阳明', title: '副市长', phone: null });
    expect(third?.people['cityLeaderId']).toEqual({ name: '高山', title: '市长', phone: null });
    expect(texts(third)[0]).toContain('责任人（H5）“徐”看不准哪个是姓名');
  });

  it('reads a ten-day report with its figures under the month', async () => {
    const found = await read(tenDayReport, '5月中旬旬报.xlsx', 'report');
    expect(found.mapping.map(({ field }) => field).filter((field) => field !== null)).toEqual([
      'sequence',
      'name',
      'totalInvestment',
      'annualPlan',
      'periodInvestment',
      'yearToDate',
      'unitId',
      'visibleProgress',
      'problems',
    ]);
    expect(projects(found)[1]?.values).toEqual({
      name: '城区供热管网',
      unitId: 'unit-lin',
      periodInvestment: 6_505_000,
      yearToDate: 46_505_000,
      visibleProgress: '管沟开挖60%',
      problems: '无',
    });
    expect(found.problems).toEqual([]);
  });
});

describe('[excel] 打不开的文件', () => {
  it('names the file, says that the ledger is safe, and the cure', async () => {
    expect(await refusal(emptyWorkbook(), '空表.xlsx')).toBe(
      '“空表.xlsx”无法读取：所有工作表都是空的。台账没有改动。请核对是否选错了文件。',
    );
    expect(await refusal(encrypted(), '设了密码.xlsx')).toContain(
      '工作簿设了打开密码。台账没有改动。请在 Excel 或 WPS 里去掉密码',
    );
    expect(await refusal(truncated(), '没复制完.xlsx')).toContain('文件已损坏或没有复制完整。台账没有改动。');
    expect(await refusal(wordAsXlsx(), '文档.xlsx')).toContain('它是 Word 文档，不是 Excel 工作簿');
    expect(await refusal(zipAsXlsx(), '压缩包.xlsx')).toContain('它是压缩包，不是 Excel 工作簿');
    expect(await refusal(Buffer.alloc(0), '零字节.xls')).toContain('文件是空的');
    expect(await refusal(Buffer.alloc(9000), '全零.xls')).toContain('文件是空的');
    expect(await refusal(Buffer.from('%PDF-1.7\n…'), '扫描件.xlsx')).toContain('它是 PDF 文件');
    expect(await refusal(Buffer.from('d0cf11e0a1b11ae100112233', 'hex'), '坏.xls')).toContain('文件已损坏');
  });

  it('refuses a workbook that unpacks to more than a table can be', async () => {
    const bytes = await keyProjects();
    const entry = bytes.indexOf(Buffer.from('504b0102', 'hex'));
    bytes.writeUInt32LE(4_000_000_000, entry + 24);
    expect(await refusal(bytes, '炸弹.xlsx')).toContain('内容解开后太大');
  });

  it('stops reading a damaged workbook that keeps the library busy for ever', async () => {
    const bytes = await keyProjects();
    const results: string[] = [];
    for (let at = 160; at < bytes.length; at += 523) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      const outcome = await readBytes(damaged, '坏.xlsx', { timeLimit: 1500 }).catch((error: unknown) => error);
      if (outcome instanceof Error) {
        expect(outcome).toBeInstanceOf(Fault);
        results.push(outcome.message);
      }
    }
    expect(results.length).toBeGreaterThan(0);
    // This very byte was found to do it.
    const endless = Buffer.from(bytes);
    endless[3298] = (endless[3298] ?? 0) ^ 0xff;
    await readBytes(endless, '坏.xlsx', { timeLimit: 1500 }).catch((error: unknown) => {
      expect((error as Error).message).toContain('台账没有改动');
    });
  });

  it('stops when the operator cancels', async () => {
    const stop = new AbortController();
    const reading = readBytes(await keyProjects(), '重点项目.xlsx', { signal: stop.signal });
    stop.abort();
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('tells a file that is gone', async () => {
    await expect(readWorkbook('/nowhere/没有.xlsx')).rejects.toThrow(/“没有.xlsx”不见了/u);
  });
});
