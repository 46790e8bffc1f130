import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { calendarYears } from '../../../electron/ledger/calendar/days.ts';
import { importHolidays, previewHolidays } from '../../../electron/ledger/calendar/import.ts';
import { readCalendar } from '../../../electron/ledger/calendar/index.ts';
import { applyTemplate } from '../../../electron/ledger/chain/apply.ts';
import { readBoard, readLinks, readProjectLinks, readReminders } from '../../../electron/ledger/chain/links.ts';
import { breakDown, readTasks } from '../../../electron/ledger/chain/months.ts';
import { listPaper, projectPaper } from '../../../electron/ledger/chain/paper.ts';
import { readTemplates } from '../../../electron/ledger/chain/templates.ts';
import { type CellEdit, saveCells } from '../../../electron/ledger/records/index.ts';
import { createSampleLedger } from '../../../electron/ledger/sample/index.ts';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { writeMeta } from '../../../electron/ledger/store/meta.ts';
import { redo, undo } from '../../../electron/ledger/store/undo.ts';
import { verify } from '../../../electron/ledger/store/verify.ts';
import type { EntityName } from '../../../shared/dictionary/index.ts';
import { type CityOffice, openCity, TODAY, WAN } from './office.ts';

let city: CityOffice;
beforeEach(() => {
  city = openCity();
});
afterEach(() => city.close());

const store = () => city.session.store;
const actor = () => city.session.actor();
const save = (entity: EntityName, edits: readonly CellEdit[], title = '改') =>
  saveCells(store(), entity, edits, title, { today: TODAY, actor: actor() });

async function templateOf(kind: string) {
  const found = (await readTemplates(store())).find((template) => template.kind === kind);
  if (found === undefined) throw new Error(kind);
  return found;
}

describe('[C12] promotion chain of projects', () => {
  it('applies a template to several projects: days in working days over the holidays, one undo step', async () => {
    const ids = [city.project('甲县粮食仓储'), city.project('甲县供水管网')];
    const { id: templateId, links } = await templateOf('preparing');
    expect(links).toHaveLength(13);
    const done = await applyTemplate(
      store(),
      { templateId, projectIds: ids, start: '2021-04-29', replace: false },
      actor(),
    );
    expect(done).toEqual({ applied: 2, skipped: [], links: 26 });
    const chain = await readProjectLinks(store(), ids[0] ?? '', TODAY);
    // Ten working days from 29 April 2021, with 1 to 5 May off and 8 May worked.
    expect(chain[0]).toMatchObject({ name: '申请报告书', plannedStart: '2021-04-29', deadline: '2021-05-14' });
    expect(chain[1]).toMatchObject({ predecessorName: '申请报告书', plannedStart: '2021-05-17' });
    expect(chain.flatMap((link) => link.findings)).toEqual([]);
    undo(store(), actor());
    expect(city.count('link')).toBe(0);
    redo(store(), actor());
    expect(city.count('link')).toBe(26);
  });

  it('leaves out projects that have a chain, or replaces it when told to', async () => {
    const [first, second] = [city.project('甲'), city.project('乙')];
    const { id: templateId } = await templateOf('building');
    const apply = (replace: boolean) =>
      applyTemplate(store(), { templateId, projectIds: [first, second], start: TODAY, replace }, actor());
    city.add('link', { projectId: first, name: '已有环节', sequence: 1 });
    expect(await apply(false)).toMatchObject({ applied: 1, skipped: ['甲'] });
    expect(await apply(true)).toMatchObject({ applied: 2, skipped: [], links: 14 });
    expect(city.count('link')).toBe(14);
  });

  it('refuses a template whose steps do not fit, naming the step', async () => {
    const { id: templateId, links } = await templateOf('building');
    const [step] = links;
    save('chainTemplateLink', [{ rowId: step?.id ?? '', key: 'after', value: 9 }]);
    await expect(
      applyTemplate(store(), { templateId, projectIds: [city.project('甲')], start: TODAY, replace: false }, actor()),
    ).rejects.toThrow('第 1 号环节：模板里没有第 9 号环节');
    expect(city.count('link')).toBe(0);
  });

  it('questions a link before its predecessor at its field, and still saves it', async () => {
    const projectId = city.project('甲');
    const first = city.add('link', { projectId, sequence: 1, name: '初步设计', deadline: '2021-06-10' });
    const second = city.add('link', { projectId, sequence: 2, name: '施工图审查', predecessorId: first });
    const edit = { rowId: second, key: 'deadline', value: '2021-06-01' };
    const saved = save('link', [edit]);
    expect(saved).toEqual({ changed: 1, proposals: 0, refused: [] });
    const [, link] = await readProjectLinks(store(), projectId, TODAY);
    expect(link?.findings).toEqual([
      {
        field: 'deadline',
        severity: 'question',
        reason: '办理时限（2021-06-01）早于前置环节“初步设计”的时限（2021-06-10）',
      },
    ]);
  });

  it('refuses days out of order at the field with the reason; the rest of the paste is saved', async () => {
    const projectId = city.project('甲');
    const bad = city.add('link', { projectId, name: '甲环节', plannedStart: '2021-06-02' });
    const good = city.add('link', { projectId, name: '乙环节' });
    const circle = city.add('link', { projectId, name: '丙环节', predecessorId: good });
    const edits = [
      { rowId: bad, key: 'deadline', value: '2021-06-01' },
      { rowId: good, key: 'deadline', value: '2021-06-01' },
      { rowId: circle, key: 'doneOn', value: '2021-13-01' },
    ];
    const saved = save('link', edits, '粘贴 3 个单元格');
    expect(saved.changed).toBe(1);
    expect(saved.refused).toEqual([
      { rowId: bad, key: 'deadline', reason: '办理时限（2021-06-01）早于计划开始（2021-06-02）' },
      { rowId: circle, key: 'doneOn', reason: '“完成日期”应为日期，如 2021-05-11' },
    ]);
    expect(city.row('link', bad)['deadline']).toBeNull();
    const back = save('link', [{ rowId: good, key: 'predecessorId', value: circle }]);
    expect(back.refused.map(({ reason }) => reason)).toEqual(['“丙环节”本身要等本环节，互为前置']);
  });

  it('[C7] reminds ahead of a deadline, and lists what is late, by unit and month too', async () => {
    const projectId = city.project('甲');
    const link = (name: string, deadline: string, more = {}) =>
      city.add('link', { projectId, name, deadline, ...more });
    link('逾期的', '2021-05-10');
    link('临期的', '2021-05-20');
    link('远的', '2021-08-20');
    link('完成的', '2021-04-20', { doneOn: '2021-04-22', evidence: '批复' });
    const soon = await readReminders(store(), TODAY, undefined);
    expect([soon.overdue, soon.dueSoon, soon.links.map(({ name }) => name)]).toEqual([1, 1, ['逾期的', '临期的']]);
    expect((await readReminders(store(), TODAY, 120)).dueSoon).toBe(2);
    expect((await readLinks(store(), { month: '2021-05' }, TODAY)).links.map(({ name }) => name)).toEqual([
      '逾期的',
      '临期的',
    ]);
    const board = await readBoard(store(), 2021, TODAY);
    expect(board.rows).toHaveLength(1);
    expect(board.rows[0]?.months[4]).toEqual({ done: 0, overdue: 1, dueSoon: 1, open: 0 });
    expect(board.rows[0]?.total).toEqual({ done: 1, overdue: 1, dueSoon: 1, open: 1 });
  });

  it('[A5] prints 时间表, 路线图 and 任务分解 of one project, and the list as filtered', async () => {
    const projectId = city.project('甲县粮食仓储');
    const { id: templateId } = await templateOf('building');
    await applyTemplate(store(), { templateId, projectIds: [projectId], start: '2021-03-01', replace: false }, actor());
    await breakDown(store(), { projectIds: [projectId], year: 2021, from: 3, to: 12 }, actor());
    const paper = await projectPaper(store(), projectId, 2021, TODAY, '甲县粮食仓储');
    expect(paper.pages).toBe(3);
    const plain = paper.html.replace(/<[^>]+>/gu, '');
    for (const words of ['项目推进时间表', '项目推进路线图', '项目任务分解表', '开工进场'])
      expect(plain).toContain(words);
    const list = await listPaper(store(), { states: ['overdue'] }, TODAY);
    expect(list.title).toBe('项目推进链条一览表（逾期）');
  });
});

describe('[E1] the annual goal broken into months', () => {
  it('sums to the plan, takes its words from the links due, leaves months that are there', async () => {
    const projectId = city.project('甲', { annualPlan: 6_000 * WAN });
    const none = city.project('乙', { annualPlan: null });
    city.add('link', { projectId, name: '主体封顶', deadline: '2021-07-15' });
    city.add('monthlyTask', { projectId, month: '2021-05', investment: 1_500 * WAN });
    const wanted = { projectIds: [projectId, none], year: 2021, from: 5, to: 12 };
    expect(await breakDown(store(), wanted, actor())).toEqual({ added: 7, skipped: ['乙'] });
    const tasks = await readTasks(store(), { projectId, year: 2021 }, TODAY);
    expect(tasks.map((task) => task.month)[0]).toBe('2021-05');
    expect(tasks.reduce((sum, task) => sum + (task.investment ?? 0), 0)).toBe(6_000 * WAN);
    expect(tasks.find((task) => task.month === '2021-07')?.content).toBe('完成：主体封顶');
    expect(tasks.map((task) => task.state).slice(0, 2)).toEqual(['current', 'ahead']);
  });

  it('is marked done, and refuses a month twice or a completion in the future', async () => {
    const projectId = city.project('甲');
    const may = city.add('monthlyTask', { projectId, month: '2021-05' });
    const june = city.add('monthlyTask', { projectId, month: '2021-06' });
    const saveJune = (key: string, value: string) => save('monthlyTask', [{ rowId: june, key, value }]);
    expect(saveJune('month', '2021-05').refused).toEqual([
      { rowId: june, key: 'month', reason: '2021-05 已有月度任务' },
    ]);
    expect(saveJune('month', '2021年5月').refused[0]?.reason).toBe('“月份”应为月份，如 2021-05');
    expect(saveJune('doneOn', '2021-06-20').refused[0]?.reason).toBe('完成日期（2021-06-20）晚于今天（2021-05-18）');
    const done = [
      { rowId: may, key: 'doneOn', value: '2021-05-17' },
      { rowId: may, key: 'result', value: '完成基础' },
    ];
    save('monthlyTask', done, '完成');
    const [task] = await readTasks(store(), { month: '2021-05' }, TODAY);
    expect([task?.state, task?.findings]).toEqual(['done', []]);
  });
});

describe('working calendar of the ledger', () => {
  it('is there in a new ledger, and is imported from a table each November', async () => {
    expect((await calendarYears(store(), TODAY)).find(({ year }) => year === 2021)?.source).toBe('ledger');
    const path = join(city.folder, '2027年放假安排.xlsx');
    const rows = [
      ['2027-01-01至2027-01-03', '放假', '元旦'],
      ['2027-02-05', '放假', '除夕'],
      ['2027-02-06至2027-02-12', '放假', '春节'],
      ['2027-02-14', '上班', '春节'],
      ['2027年5月1日', '放假', '劳动节'],
      ['2027/10/1至2027/10/7', '放假', '国庆节'],
    ];
    const columns = ['日期', '类别', '节日'].map((label) => ({ key: label, label }));
    writeFileSync(path, await asWorkbook(columns, rows));
    const plan = await previewHolidays(store(), path);
    expect(plan).toMatchObject({ years: [2027], added: 20, changed: 0, removed: 0, problems: [] });
    expect((await readCalendar(store())).knows(2027)).toBe(false);
    await importHolidays(store(), path, actor());
    const calendar = await readCalendar(store());
    expect([calendar.isWorkday('2027-02-14'), calendar.isWorkday('2027-02-08')]).toEqual([true, false]);
    expect((await previewHolidays(store(), path)).added).toBe(0);
    undo(store(), actor());
    expect((await readCalendar(store())).knows(2027)).toBe(false);
  });

  it('names each line it cannot take, and imports nothing then', async () => {
    const path = join(city.folder, '放假.csv');
    const lines = [
      '日期,类别,节日',
      '2027-01-01,放假,元旦',
      '2027-13-01,放假,元旦',
      '2027-01-04,上班,元旦',
      '2027-02-06,看情况,春节',
      '2027-02-12至2027-02-06,放假,春节',
      '2027-01-01,上班,元旦',
    ];
    writeFileSync(path, lines.join('\n'));
    const { problems } = await previewHolidays(store(), path);
    expect(problems.map(({ where, reason }) => `${where}：${reason}`)).toEqual([
      '第 3 行：“2027-13-01”不是完整的日期，应如 2027-01-01',
      '第 4 行：2027-01-04 是星期一，本来就上班，请核对日期',
      '第 5 行：“看情况”看不出是放假还是上班',
      '第 6 行：“2027-02-12至2027-02-06”的止日早于起日',
      '第 7 行：2027-01-01 前面写的是放假，这里又相反',
    ]);
    const before = city.count('holiday');
    await expect(importHolidays(store(), path, actor())).rejects.toThrow('有 5 处不能导入');
    expect(city.count('holiday')).toBe(before);
  });

  it('reads the JSON lists that are in use, and tells a file that is none', async () => {
    const path = join(city.folder, '2027.json');
    const write = (content: unknown) =>
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    write({ year: 2027, days: [{ name: '元旦', date: '2027-01-01', isOffDay: true }] });
    expect(await previewHolidays(store(), path)).toMatchObject({ added: 1, years: [2027] });
    write({ holidays: { '2027-01-01': "New Year's Day,元旦,1" }, workdays: { '2027-01-09': "New Year's Day,元旦,1" } });
    expect(await previewHolidays(store(), path)).toMatchObject({ added: 2 });
    write('{"days": [');
    await expect(previewHolidays(store(), path)).rejects.toThrow('不是完整的 JSON 文件');
    write({ foo: 1 });
    await expect(previewHolidays(store(), path)).rejects.toThrow('没有找到放假安排');
  });

  it('is the city’s: a county may not change it', async () => {
    const path = join(city.folder, '2027.json');
    writeFileSync(path, JSON.stringify([{ date: '2027-01-01', kind: '放假', name: '元旦' }]));
    writeMeta(store(), 'level', 'county');
    await expect(importHolidays(store(), path, actor())).rejects.toThrow('不由本单位登记');
  });
});

describe('sample', () => {
  it('has chains, months and a sound journal; a county sees a link as its own', () => {
    const sample = createSampleLedger(join(city.folder, '示例.bbledger'), Date.now(), {
      projects: 40,
      reportsPerProject: 2,
    });
    const count = (table: string): number =>
      (sample.db.prepare(`SELECT count(*) AS c FROM "${table}"`).get() as { c: number }).c;
    expect(['holiday', 'chainTemplate', 'permitKind'].map(count)).toEqual([320, 2, 20]);
    expect(count('monthlyTask')).toBeGreaterThan(150);
    expect(verify(sample).ok).toBe(true);
    sample.close();
  });

  it('a new link by a county office goes to its own project only', () => {
    const projectId = city.project('甲');
    const id = city.add('link', { projectId, name: '甲环节' });
    const change = { entity: 'link' as const, id, set: { deadline: '2021-06-01' } };
    expect(commit(store(), { kind: 'edit', title: '改', changes: [change] }, actor())).toMatchObject({
      changed: 1,
      proposals: 0,
    });
  });
});

/** A workbook of one sheet as bytes. */
async function asWorkbook(
  columns: readonly { key: string; label: string }[],
  rows: readonly (readonly string[])[],
): Promise<Uint8Array> {
  const { utils, write } = await import('@e965/xlsx');
  const book = utils.book_new();
  utils.book_append_sheet(
    book,
    utils.aoa_to_sheet([columns.map(({ label }) => label), ...rows.map((row) => [...row])]),
    '放假',
  );
  return new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
}
