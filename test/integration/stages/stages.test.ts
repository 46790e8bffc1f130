import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitByRules } from '../../../electron/ledger/records/index.ts';
import { moveStage, readConversion, readStages, readYields } from '../../../electron/ledger/stages/index.ts';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { selectRow } from '../../../electron/ledger/store/statements.ts';
import { redo, undo } from '../../../electron/ledger/store/undo.ts';
import type { Value } from '../../../shared/dictionary/index.ts';
import { type Office, openOffice, WAN } from '../reports/office.ts';

describe('the life of a project', () => {
  let office: Office;
  let unit: string;
  let plant: string;

  beforeEach(() => {
    office = openOffice('2021-05-18');
    unit = office.unit('青禾县', { sequence: 1 });
    plant = office.project(unit, '生物质热电联产', { stage: 'preparing', actualStart: null });
  });
  afterEach(() => office.close());

  const moment = () => ({ today: office.today, actor: office.actor() });
  const move = (to: string, date: string, evidence: string | null = '批复文件', note: string | null = null) =>
    moveStage(office.store, { projectId: plant, to, date, evidence, note }, moment());
  const project = () => selectRow(office.store, 'project', plant);
  /** As the grid saves it. */
  const edit = (set: Record<string, Value>, id = plant) =>
    commitByRules(
      office.store,
      { kind: 'edit', title: '修改', changes: [{ entity: 'project', id, set }] },
      { today: office.today, actor: office.actor() },
    );

  it('[A6] goes step by step with day and evidence; stop and resume; one undo step each', async () => {
    await move('started', '2021-03-10');
    expect(project()).toMatchObject({ stage: 'started', actualStart: '2021-03-10' });
    await move('building', '2021-04-01', null);
    await move('suspended', '2021-04-20', null, '资金未到位');
    expect(project()).toMatchObject({ stage: 'suspended', suspendedSince: '2021-04-20' });
    await move('resumed', '2021-05-01', null);
    expect(project()).toMatchObject({ stage: 'resumed', suspendedSince: null });
    await move('completed', '2021-05-10');
    await move('inProduction', '2021-05-18');
    const stages = await readStages(office.store, plant);
    expect(stages.events.map((event) => event.to)).toEqual([
      'started',
      'building',
      'suspended',
      'resumed',
      'completed',
      'inProduction',
    ]);
    expect(stages.moves.map((each) => each.to)).toEqual(['completed']);
    undo(office.store, office.actor());
    expect(project()).toMatchObject({ stage: 'completed', productionDate: null });
    expect((await readStages(office.store, plant)).events).toHaveLength(5);
    redo(office.store, office.actor());
    expect(project()).toMatchObject({ stage: 'inProduction', productionDate: '2021-05-18' });
  });

  it('[A6] stops what is not allowed, with reason and way on, and writes nothing', async () => {
    await expect(move('completed', '2021-05-01')).rejects.toThrow(/“前期（拟建）”不能直接改为“竣工”.*请先登记开工/u);
    await expect(move('started', '2021-05-19')).rejects.toThrow(/晚于今天/u);
    await expect(move('started', '2021-05-01', null)).rejects.toThrow(/要写明依据/u);
    await move('started', '2021-05-01');
    await expect(move('suspended', '2021-04-01', null, '原因')).rejects.toThrow(/早于/u);
    await expect(move('preparing', '2021-05-02', null)).rejects.toThrow(/要写明理由/u);
    expect((await readStages(office.store, plant)).events).toHaveLength(1);
    expect(project()).toMatchObject({ stage: 'started' });
  });

  it('[A6] an edit in the grid is the same move: event and dates come along, a jump is refused', async () => {
    expect(() => edit({ stage: 'inProduction' })).toThrow(/“生物质热电联产”：.*不能直接改为/u);
    edit({ stage: 'started' });
    expect(project()).toMatchObject({ stage: 'started', actualStart: '2021-05-18' });
    const [event] = (await readStages(office.store, plant)).events;
    expect(event).toMatchObject({ from: 'preparing', to: 'started', date: '2021-05-18', lacksEvidence: true });
    expect(() => edit({ stage: 'preparing' })).toThrow(/退回.*要写明理由/u);
    expect(() => edit({ stage: null })).toThrow(/不能清空/u);
    undo(office.store, office.actor());
    expect(project()).toMatchObject({ stage: 'preparing', actualStart: null });
    edit({ stage: 'started', actualStart: '2021-04-02' });
    expect((await readStages(office.store, plant)).events).toMatchObject([{ date: '2021-04-02' }]);
  });

  it('[A6] a day corrected in the project corrects its event; out of the order of the events it is refused', async () => {
    await move('started', '2021-03-10');
    await move('building', '2021-04-01', null);
    await move('completed', '2021-05-10');
    const days = async () => (await readStages(office.store, plant)).events.map(({ to, date }) => `${to} ${date}`);
    edit({ actualStart: '2021-03-12' });
    expect(await days()).toEqual(['started 2021-03-12', 'building 2021-04-01', 'completed 2021-05-10']);
    expect(() => edit({ actualStart: '2021-04-02' })).toThrow(
      /2021-04-02 晚于下一次阶段变动“在建”的日期（2021-04-01）.*请先核对阶段变动的先后/u,
    );
    expect(() => edit({ actualCompletion: '2021-03-31' })).toThrow(/早于上一次阶段变动“在建”的日期（2021-04-01）/u);
    expect(project()).toMatchObject({ actualStart: '2021-03-12', actualCompletion: '2021-05-10' });
    undo(office.store, office.actor());
    expect(await days()).toEqual(['started 2021-03-10', 'building 2021-04-01', 'completed 2021-05-10']);
    expect(project()).toMatchObject({ actualStart: '2021-03-10' });
  });

  it('[A6] the city does not move what an admitted county keeps: it proposes', async () => {
    const county = newId();
    commit(
      office.store,
      {
        kind: 'setup',
        title: '入网',
        changes: [
          {
            entity: 'office',
            id: county,
            set: { code: '甲', name: '青禾县项目办', level: 'county', status: 'admitted' },
          },
          { entity: 'responsibilityUnit', id: unit, set: { officeId: county } },
        ],
      },
      office.actor(),
    );
    await expect(move('started', '2021-05-01')).rejects.toThrow(/由责任单位的填报端登记/u);
    expect(edit({ stage: 'completed' })).toMatchObject({ proposals: 1 });
    expect((await readStages(office.store, plant)).events).toEqual([]);
    expect((await readStages(office.store, plant)).locked).toContain('建议修改');
  });

  it('[D10] follows production by month, and tells how reserves become output', async () => {
    await move('started', '2021-03-10');
    await move('completed', '2021-04-10');
    await move('inProduction', '2021-05-01');
    office.add('outputRecord', { projectId: plant, month: '2021-05', output: 300 * WAN, tax: 12 * WAN, jobs: 46 });
    expect(() => office.add('outputRecord', { projectId: plant, month: '5月' })).toThrow(/年-月/u);
    expect((await readStages(office.store, plant)).outputs).toMatchObject([{ month: '2021-05', jobs: 46 }]);
    office.project(unit, '冷链园', { stage: 'reserve', actualStart: null });
    const { rows, total } = await readConversion(office.store, 2021);
    expect(rows).toMatchObject([{ label: '青禾县', reserve: 2, started: 1, underWay: 1, inProduction: 1 }]);
    expect(total.startRate.formula).toBe('储备转开工率 = 1 ÷ 2 = 50.0 %');
    expect(total.outputRate.text).toBe('100.0 %');
  });

  it('[D10] what a project yields is told month by month: once each, none ahead; what is missing is named', async () => {
    await move('started', '2021-01-04');
    await move('completed', '2021-02-10');
    await move('inProduction', '2021-03-01');
    const tell = (month: string, set: Record<string, Value>) =>
      commitByRules(
        office.store,
        {
          kind: 'edit',
          title: '登记',
          changes: [{ entity: 'outputRecord', id: newId(), set: { projectId: plant, month, ...set } }],
        },
        moment(),
      );
    tell('2021-03', { output: 200 * WAN, tax: 8 * WAN });
    tell('2021-05', { output: 300 * WAN, tax: 12 * WAN, jobs: 46, capacity: 70 });
    expect(() => tell('2021-05', { output: 1 })).toThrow(/2021-05 已有一条/u);
    expect(() => tell('2021-06', { output: 1 })).toThrow(/2021-06 还没有到/u);
    expect(await readYields(office.store, 2021, office.today)).toMatchObject([
      {
        name: '生物质热电联产',
        unitName: '青禾县',
        output: 500 * WAN,
        tax: 20 * WAN,
        latestMonth: '2021-05',
        jobs: 46,
        capacity: 70,
        missing: ['2021-04'],
      },
    ]);
    undo(office.store, office.actor());
    expect((await readYields(office.store, 2021, office.today))[0]?.latestMonth).toBe('2021-03');
  });

  it('[D10] a bundle counts once in the rates of conversion, as one or as its parts', async () => {
    const bundle = office.project(unit, '老旧小区改造', { stage: 'building', actualStart: '2021-04-01', isBundle: 1 });
    for (const name of ['一期', '二期'])
      office.project(unit, name, { stage: 'building', actualStart: '2021-04-01', bundleId: bundle });
    const started = async (counting: 'whole' | 'parts') =>
      (await readConversion(office.store, 2021, counting)).total.started;
    expect([await started('whole'), await started('parts')]).toEqual([1, 2]);
  });
});
