import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyLast, fillCells } from '../../../electron/ledger/reports/fill.ts';
import {
  checkPeriod,
  consolidate,
  periodOverview,
  readSheet,
  receivedMatrix,
  recentPeriods,
  reportHistory,
  submitPeriod,
} from '../../../electron/ledger/reports/index.ts';
import { undo } from '../../../electron/ledger/store/undo.ts';
import type { FillField } from '../../../shared/contract/reports.ts';
import { type Office, openOffice, WAN } from './office.ts';

const kind = 'tenDay' as const;
const EARLY = '2021-05-1';
const MID = '2021-05-2';

describe('ten-day report [B7]', () => {
  let office: Office;
  let unit: string;
  let plant: string;
  let road: string;

  beforeEach(() => {
    office = openOffice('2021-05-08');
    unit = office.unit('青禾县');
    plant = office.project(unit, '生物质热电联产');
    road = office.project(unit, '园区道路');
    office.project(unit, '谋划中的水库', { stage: 'planned' });
    office.project(unit, '前年竣工的学校', { stage: 'completed', actualCompletion: '2019-11-01' });
  });
  afterEach(() => office.close());

  const fill = (
    period: string,
    projectId: string,
    values: Partial<Record<FillField, string | number>>,
    correcting = false,
  ) =>
    fillCells(
      office.store,
      {
        kind,
        period,
        correcting,
        edits: Object.entries(values).map(([field, value]) => ({ projectId, field: field as FillField, value })),
      },
      office.actor(),
    );
  const submit = (period: string, extra: { reason?: string; incomplete?: boolean } = {}) =>
    submitPeriod(office.store, { kind, period, ...extra }, office.actor());
  const sheet = (period: string) => readSheet(office.store, { kind, period }, office.moment());
  const overview = async (period: string) =>
    (await periodOverview(office.store, { kind, period }, office.moment())).units[0];

  it('takes 核减: a negative 本旬完成 with its reason, the cumulative falls with it', async () => {
    await reportEarly();
    office.today = '2021-05-18';
    await fill(MID, plant, { periodInvestment: -100 * WAN, visibleProgress: '核减上旬多报' });
    await fill(MID, road, { periodInvestment: 50 * WAN, visibleProgress: '路面铺筑' });
    expect((await sheet(MID)).rows.find((row) => row.id === plant)).toMatchObject({
      periodInvestment: -100 * WAN,
      yearToDate: 1400 * WAN,
    });
    const { rows } = await checkPeriod(office.store, { kind, period: MID });
    expect(
      rows.find(({ projectId }) => projectId === plant)?.findings.map(({ code, severity }) => [code, severity]),
    ).toContainEqual(['negativePeriod', 'warn']);
    await expect(submit(MID)).rejects.toThrow(/核实说明/u);
    await fill(MID, plant, { explanation: '上旬把设备款重复计入' });
    expect((await submit(MID)).added).toBe(2);
    // Taking back more than the year holds leaves the total to the operator.
    await fill(EARLY, plant, { periodInvestment: -9000 * WAN, yearToDate: '' }, true);
  });

  const reportEarly = async () => {
    await fill(EARLY, plant, {
      periodInvestment: 100 * WAN,
      yearToDate: 1500 * WAN,
      fundsInPlace: 900 * WAN,
      visibleProgress: '主体三层',
      nextSteps: '主体四层',
    });
    await fill(EARLY, road, { periodInvestment: 50 * WAN, yearToDate: 300 * WAN, visibleProgress: '路基完成' });
    return submit(EARLY);
  };

  it('names the period to work on with its deadline', async () => {
    const { current, recent } = await recentPeriods(office.store, kind, 3, office.moment());
    // 9 May 2021 is a Sunday: due the Friday before.
    expect(current).toMatchObject({
      key: EARLY,
      title: '2021年5月上旬旬报',
      due: { date: '2021-05-07', time: '17:00' },
      overdue: true,
      dueText: '已过1天',
    });
    expect(recent.map((period) => period.key)).toEqual([EARLY, '2021-04-3', '2021-04-2']);
    office.today = '2021-05-18';
    const later = await recentPeriods(office.store, kind, 1, office.moment());
    expect(later.current).toMatchObject({ key: MID, due: { date: '2021-05-19' }, dueText: '还有1天' });
  });

  it('lists the expected projects with last period beside', async () => {
    await reportEarly();
    const { rows, counts } = await sheet(MID);
    expect(rows.map((row) => row.name)).toEqual(['生物质热电联产', '园区道路']);
    expect(counts).toEqual({ expected: 2, filled: 0, submitted: 0, errors: 0, unexplained: 0 });
    expect(rows[0]).toMatchObject({
      status: 'empty',
      findings: [],
      previous: {
        label: '2021年5月上旬',
        yearToDate: 1500 * WAN,
        fundsInPlace: 900 * WAN,
        visibleProgress: '主体三层',
      },
    });
  });

  it('works out the cumulative only where none was typed, and tells it', async () => {
    await reportEarly();
    const result = await fill(MID, plant, { periodInvestment: 80 * WAN });
    expect(result).toMatchObject({
      title: '填写 5月中旬旬报 1 个单元格',
      suggested: [{ projectId: plant, field: 'yearToDate', value: 1580 * WAN }],
    });
    // A corrected amount takes the figure along that followed from it.
    await fill(MID, plant, { periodInvestment: 90 * WAN });
    expect((await sheet(MID)).rows[0]?.yearToDate).toBe(1590 * WAN);
    await fill(MID, plant, { yearToDate: 1700 * WAN });
    const kept = await fill(MID, plant, { periodInvestment: 95 * WAN });
    expect(kept.suggested).toEqual([]);
    expect((await sheet(MID)).rows[0]).toMatchObject({ yearToDate: 1700 * WAN, status: 'draft' });
    undo(office.store, office.actor());
    expect((await sheet(MID)).rows[0]?.periodInvestment).toBe(90 * WAN);
  });

  it('knows no cumulative in the middle of a year without an earlier report', async () => {
    const result = await fill(MID, plant, { periodInvestment: 80 * WAN });
    expect(result.suggested).toEqual([]);
    expect((await sheet(MID)).rows[0]?.findings).toContainEqual(
      expect.objectContaining({ code: 'requiredMissing', field: 'yearToDate' }),
    );
  });

  it('says in the row what cannot be right, and refuses to submit it', async () => {
    await reportEarly();
    await fill(MID, plant, { periodInvestment: 80 * WAN, yearToDate: 1400 * WAN, visibleProgress: '主体四层' });
    await fill(MID, road, { periodInvestment: 20 * WAN, visibleProgress: '铺装' });
    const [row] = (await sheet(MID)).rows;
    expect(row?.findings[0]).toMatchObject({ severity: 'error', field: 'yearToDate' });
    expect(row?.findings[0]?.text).toContain('比上期（2021年5月上旬）的 1,500 万元少 100 万元');
    await expect(submit(MID)).rejects.toThrow(/生物质热电联产有须更正的错误/u);
  });

  it('wants doubts explained', async () => {
    await reportEarly();
    await fill(MID, plant, { periodInvestment: 1200 * WAN, visibleProgress: '设备到场' });
    await fill(MID, road, { periodInvestment: 20 * WAN, visibleProgress: '铺装' });
    const checked = await checkPeriod(office.store, { kind, period: MID });
    expect(checked.rows).toEqual([expect.objectContaining({ name: '生物质热电联产', needsExplanation: true })]);
    await expect(submit(MID)).rejects.toThrow(/核实说明/u);
    await fill(MID, plant, { explanation: '设备款集中支付' });
    expect((await submit(MID)).added).toBe(2);
  });

  it('submits in one commit that undo takes back, drafts and all', async () => {
    const result = await reportEarly();
    expect(result).toMatchObject({ title: '报送 青禾县 2021年5月上旬旬报 2 项', added: 2, corrected: 0, missing: 0 });
    expect(await overview(EARLY)).toMatchObject({ state: 'late', reported: 2, expected: 2, operator: '王某' });
    expect((await sheet(EARLY)).rows.map((row) => row.status)).toEqual(['sealed', 'sealed']);
    expect(undo(office.store, office.actor()).title).toBe('报送 青禾县 2021年5月上旬旬报 2 项');
    expect((await sheet(EARLY)).rows.map((row) => row.status)).toEqual(['draft', 'draft']);
    expect(await overview(EARLY)).toMatchObject({ state: 'missing', reported: 0, drafts: 2 });
  });

  it('asks before a submission with projects missing', async () => {
    await fill(EARLY, plant, { periodInvestment: 1, yearToDate: 1, visibleProgress: '开工' });
    await expect(submit(EARLY)).rejects.toThrow(/还有1项未填（园区道路）/u);
    expect(await submit(EARLY, { incomplete: true })).toMatchObject({ added: 1, missing: 1 });
    expect(await overview(EARLY)).toMatchObject({ state: 'partial', stateText: '部分报送' });
    // The missing one follows later, without a reason: nothing is corrected.
    await fill(EARLY, road, { periodInvestment: 2, yearToDate: 2, visibleProgress: '路基' });
    expect(await submit(EARLY)).toMatchObject({ added: 1, corrected: 0 });
  });

  it('corrects by a new report; the old one stays [C14]', async () => {
    await reportEarly();
    await expect(fill(EARLY, plant, { yearToDate: 1450 * WAN })).rejects.toThrow(/已报送，不能直接修改/u);
    await fill(EARLY, plant, { yearToDate: 1450 * WAN }, true);
    expect((await sheet(EARLY)).rows.map((row) => row.status)).toEqual(['correcting', 'sealed']);
    await expect(submit(EARLY)).rejects.toThrow(/更正理由/u);
    expect(await submit(EARLY, { reason: '核减未计量工程' })).toMatchObject({
      title: '更正 青禾县 2021年5月上旬旬报 1 项',
      added: 0,
      corrected: 1,
    });
    const history = await reportHistory(office.store, plant);
    expect(history.map((line) => [line.yearToDate, line.reason, line.supersededBy !== null])).toEqual([
      [1450 * WAN, '核减未计量工程', false],
      [1500 * WAN, null, true],
    ]);
    expect(history[1]?.supersededBy).toBe(history[0]?.reportId);
    expect((await sheet(EARLY)).rows[0]).toMatchObject({ yearToDate: 1450 * WAN, statusText: '已报（更正1次）' });
    expect((await sheet(MID)).rows[0]?.previous?.yearToDate).toBe(1450 * WAN);
    expect(await overview(EARLY)).toMatchObject({ corrected: 1, reported: 2 });
    const { rows, total } = await consolidate(office.store, { kind, period: EARLY }, office.moment());
    expect(rows.map((row) => row.mark)).toEqual(['更正1次', '']);
    expect(total).toMatchObject({ projects: 2, reported: 2, yearToDate: 1750 * WAN, planShare: '14.6 %' });
    undo(office.store, office.actor());
    expect((await sheet(EARLY)).rows[0]).toMatchObject({ yearToDate: 1450 * WAN, status: 'correcting' });
  });

  it('two reports of one project and period, each without the other, are both kept and said', async () => {
    await reportEarly();
    const common = { kind, period: EARLY };
    const submissionId = office.add('submission', {
      ...common,
      unitId: unit,
      submittedAt: office.actor().now,
      count: 1,
    });
    office.add('report', { ...common, projectId: plant, submissionId, yearToDate: 1600 * WAN, periodInvestment: 0 });
    expect(await overview(EARLY)).toMatchObject({ reported: 2, corrected: 0, doubled: 1, incomplete: false });
    expect((await sheet(EARLY)).rows).toMatchObject([
      { yearToDate: 1600 * WAN, statusText: '已报（两份，用后一份）' },
      { statusText: '已报' },
    ]);
    const { rows } = await consolidate(office.store, { kind, period: EARLY }, office.moment());
    expect(rows.map((row) => row.mark)).toEqual(['两份，用后一份', '']);
    expect((await reportHistory(office.store, plant)).map((line) => line.yearToDate)).toEqual([1600 * WAN, 1500 * WAN]);
    // A correction of the one that counts leaves the other; there are still two.
    await fill(
      EARLY,
      plant,
      { yearToDate: 1450 * WAN, periodInvestment: 150 * WAN, visibleProgress: '主体三层' },
      true,
    );
    await submit(EARLY, { reason: '核对后' });
    expect(await overview(EARLY)).toMatchObject({ corrected: 1, doubled: 1 });
  });

  it('copies last words into empty cells only', async () => {
    await reportEarly();
    await fill(MID, plant, { visibleProgress: '主体四层' });
    const result = await copyLast(
      office.store,
      { kind, period: MID, fields: ['visibleProgress', 'nextSteps'] },
      office.actor(),
    );
    expect(result).toMatchObject({ cells: 2, title: '参照上期填写 5月中旬旬报 2 个单元格' });
    expect((await sheet(MID)).rows).toMatchObject([
      { visibleProgress: '主体四层', nextSteps: '主体四层' },
      { visibleProgress: '路基完成', nextSteps: null },
    ]);
  });

  it('shows who reported, who is late and who did not, over several periods', async () => {
    await reportEarly();
    office.unit('无项目的局');
    const other = office.unit('乌林县');
    office.project(other, '粮食仓储');
    office.today = '2021-05-12';
    const { periods, units } = await receivedMatrix(office.store, { kind, period: MID, count: 3 }, office.moment());
    expect(periods.map((period) => period.key)).toEqual(['2021-04-3', EARLY, MID]);
    expect(units.map((each) => [each.unitName, ...each.cells.map((cell) => cell.stateText)])).toEqual([
      ['青禾县', '未报', '迟报', '未到期'],
      ['无项目的局', '无应报项目', '无应报项目', '无应报项目'],
      ['乌林县', '未报', '未报', '未到期'],
    ]);
    const { totals } = await periodOverview(office.store, { kind, period: EARLY }, office.moment());
    expect(totals).toMatchObject({
      units: 2,
      reported: 0,
      late: 1,
      missing: 1,
      expectedProjects: 3,
      reportedProjects: 2,
    });
  });

  it('leaves the report of an admitted county to the county', async () => {
    const county = office.add('office', { code: '青', name: '青禾县项目办', level: 'county', status: 'admitted' });
    const theirs = office.unit('柳河县', { officeId: county });
    const project = office.project(theirs, '光伏电站');
    await expect(fill(EARLY, project, { periodInvestment: 1 })).rejects.toThrow(/由该单位自行填报/u);
    expect((await sheet(EARLY)).units.map((each) => [each.name, each.mayFill])).toEqual([
      ['青禾县', true],
      ['柳河县', false],
    ]);
  });

  it('counts a bundle once in 汇总表, as one or as its parts, and says which [bundle]', async () => {
    await reportEarly();
    office.set('project', road, { bundleId: plant });
    office.set('project', plant, { isBundle: 1 });
    office.today = '2021-05-18';
    const total = async (counting: 'whole' | 'parts') => {
      const table = await consolidate(office.store, { kind, period: EARLY, counting }, office.moment());
      const { projects, expected, reported, yearToDate } = table.total;
      return {
        names: table.rows.map(({ name, counted }) => [name, counted]),
        projects,
        expected,
        reported,
        yearToDate,
      };
    };
    const reports = { expected: 2, reported: 2 };
    expect(await total('whole')).toEqual({
      names: [
        ['生物质热电联产', true],
        ['园区道路', false],
      ],
      projects: 1,
      ...reports,
      yearToDate: 1500 * WAN,
    });
    expect(await total('parts')).toMatchObject({ projects: 1, ...reports, yearToDate: 300 * WAN });
    const { bothWays, counting } = await consolidate(office.store, { kind, period: EARLY }, office.moment());
    expect([counting, bothWays]).toEqual(['whole', '打包计一个 1 个，按子项计 1 个']);
  });

  it('keeps the cumulative of a project that reports no more in the sums', async () => {
    await reportEarly();
    office.set('project', road, { stage: 'completed', actualCompletion: '2021-05-09' });
    await fill(MID, plant, { periodInvestment: 80 * WAN, visibleProgress: '主体四层' });
    office.today = '2021-05-18';
    expect((await sheet(MID)).counts.expected).toBe(1);
    await submit(MID);
    const { rows, total } = await consolidate(office.store, { kind, period: MID }, office.moment());
    expect(rows.map((row) => [row.name, row.periodInvestment, row.yearToDate, row.mark])).toEqual([
      ['生物质热电联产', 80 * WAN, 1580 * WAN, ''],
      ['园区道路', null, 300 * WAN, '不用报，沿用5月上旬'],
    ]);
    expect(total).toMatchObject({ projects: 2, expected: 1, reported: 1, yearToDate: 1880 * WAN });
    // It may still be filled: the grid shows it on demand.
    const all = await readSheet(office.store, { kind, period: MID, all: true }, office.moment());
    expect(all.rows.map((row) => row.statusText)).toContain('不用报');
    await fill(MID, road, { periodInvestment: 2 * WAN, visibleProgress: '收尾' });
    expect(await submit(MID)).toMatchObject({ added: 1 });
  });
});
