import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gridChanges } from '../../../electron/ledger/projects/changes.ts';
import { readGrid } from '../../../electron/ledger/projects/grid.ts';
import { readPage } from '../../../electron/ledger/projects/page.ts';
import { undo } from '../../../electron/ledger/store/undo.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import { computedKeys, type GridTable } from '../../../shared/contract/projects.ts';
import { dictionary, type Value } from '../../../shared/dictionary/index.ts';
import { CityLedger } from './office.ts';

const DAY = '2021-05-18';

function rowOf(table: GridTable, id: string): Readonly<Record<string, Value>> {
  const values = table.rows.find((row) => row[0] === id);
  return Object.fromEntries(table.columns.map((column, index) => [column, values?.[index] ?? null]));
}

describe('项目台账', () => {
  let city: CityLedger;
  beforeEach(() => {
    city = new CityLedger();
  });
  afterEach(() => city.close());

  const addProject = (set: Readonly<Record<string, Value>> = {}): string =>
    city.add('project', { name: '生物质热电联产', unitId: city.unitA, ...set });
  const report = (projectId: string, period: string, yearToDate: number, supersedes: string | null = null): string => {
    const submissionId = city.add('submission', {
      unitId: city.unitA,
      kind: 'tenDay',
      period,
      submittedAt: Date.UTC(2021, 4, 9),
      operator: '李某',
      count: 1,
      expected: 1,
    });
    return city.add('report', {
      projectId,
      submissionId,
      kind: 'tenDay',
      period,
      yearToDate,
      periodInvestment: 1_000_000,
      fundsInPlace: 20_000_000,
      visibleProgress: '主体施工',
      supersedes,
    });
  };

  it('[A5] shows every field of the dictionary and what is computed from reports', async () => {
    const id = addProject({ totalInvestment: 120_000_000, annualPlan: 40_000_000, previousInvestment: 5_000_000 });
    report(id, '2021-04-3', 8_000_000);
    report(id, '2021-05-1', 9_000_000);
    const table = await readGrid(city.store, DAY, null);
    expect(table.columns).toEqual(['id', ...Object.keys(dictionary.project.fields), ...computedKeys]);
    expect(table.columns.length - computedKeys.length).toBeGreaterThanOrEqual(46);
    expect(rowOf(table, id)).toMatchObject({
      name: '生物质热电联产',
      unitName: '甲县',
      period: '2021-05-1',
      yearToDate: 9_000_000,
      sinceStart: 14_000_000,
      fundsInPlace: 20_000_000,
      investmentRate: 0.225,
      visibleProgress: '主体施工',
    });
    expect(rowOf(table, id)['lightText']).toContain('完成 22.5 %');
  });

  it('[A5] takes the correction of a period, not what it corrects, and nothing of last year', async () => {
    const id = addProject({ annualPlan: 40_000_000 });
    const wrong = report(id, '2021-05-1', 90_000_000);
    report(id, '2021-05-1', 9_000_000, wrong);
    expect(rowOf(await readGrid(city.store, DAY, null), id)).toMatchObject({ yearToDate: 9_000_000 });
    expect((await readPage(city.store, id, DAY)).reports).toMatchObject([
      { period: '2021-05-1', yearToDate: 9_000_000, corrected: true },
    ]);
    const old = addProject({ name: '上年项目' });
    report(old, '2020-12-3', 7_000_000);
    expect(rowOf(await readGrid(city.store, DAY, null), old)).toMatchObject({ period: null, yearToDate: null });
  });

  it('[A5] leaves out what is 作废, and brings it back with undo', async () => {
    const id = addProject();
    city.write('作废项目', [{ entity: 'project', id, set: { voided: 1 } }]);
    expect((await readGrid(city.store, DAY, null)).rows).toHaveLength(0);
    undo(city.store, city.actor());
    expect((await readGrid(city.store, DAY, null)).rows).toHaveLength(1);
  });

  it('[A5] tells after a commit only which rows differ', async () => {
    const first = addProject();
    const second = addProject({ name: '污水处理厂' });
    const before = await readGrid(city.store, DAY, null);
    city.write('改', [{ entity: 'project', id: first, set: { location: '东区' } }]);
    const changes = await gridChanges(city.store, { ledgerId: before.ledgerId, since: before.n, date: DAY }, DAY);
    expect(changes).toMatchObject({ whole: false, gone: [] });
    expect(changes.rows.map(([id]) => id)).toEqual([first]);
    expect(rowOf(changes, first)).toMatchObject({ location: '东区' });

    city.add('link', { projectId: second, name: '施工许可', deadline: '2021-05-01' });
    city.write('作废', [{ entity: 'project', id: first, set: { voided: 1 } }]);
    const next = await gridChanges(city.store, { ledgerId: before.ledgerId, since: changes.n, date: DAY }, DAY);
    expect(next.gone).toEqual([first]);
    expect(rowOf(next, second)).toMatchObject({ linksTotal: 1, linksOverdue: 1 });
    expect(
      (await gridChanges(city.store, { ledgerId: before.ledgerId, since: next.n, date: DAY }, DAY)).rows,
    ).toHaveLength(0);
  });

  it('[A5] asks for the whole again when a unit, another ledger or another day stands behind the change', async () => {
    addProject();
    const before = await readGrid(city.store, DAY, null);
    expect(await gridChanges(city.store, { ledgerId: '另一台账', since: before.n, date: DAY }, DAY)).toMatchObject({
      whole: true,
    });
    expect(
      await gridChanges(city.store, { ledgerId: before.ledgerId, since: before.n, date: DAY }, '2021-05-19'),
    ).toMatchObject({ whole: true });
    city.write('改名', [{ entity: 'responsibilityUnit', id: city.unitA, set: { shortName: '甲' } }]);
    expect(await gridChanges(city.store, { ledgerId: before.ledgerId, since: before.n, date: DAY }, DAY)).toMatchObject(
      { whole: true },
    );
  });

  it('[A5] counts what the other side has been asked to change, and says it in words on the page', async () => {
    const id = addProject({ totalInvestment: 100_000_000 });
    city.admitCounty();
    const before = await readGrid(city.store, DAY, null);
    const result = city.write('改', [
      { entity: 'project', id, set: { totalInvestment: 120_000_000, annualPlan: 30_000_000 } },
    ]);
    expect(result).toMatchObject({ changed: 1, proposals: 1 });
    const row = rowOf(
      await gridChanges(city.store, { ledgerId: before.ledgerId, since: before.n, date: DAY }, DAY),
      id,
    );
    expect(row).toMatchObject({ proposals: 1, totalInvestment: 100_000_000, annualPlan: 30_000_000 });
    expect((await readPage(city.store, id, DAY)).proposals).toMatchObject([
      {
        label: '总投资',
        current: '10,000 万元',
        proposed: '12,000 万元',
        office: '某市项目办',
        operator: '王某',
        toOwner: 'unit',
        ours: true,
      },
    ]);
  });

  it('[A5] shows on the page the chain with what is late and what is near', async () => {
    const id = addProject();
    city.add('link', { projectId: id, name: '立项', sequence: 1, deadline: '2021-03-01', doneOn: '2021-03-05' });
    city.add('link', { projectId: id, name: '施工许可', sequence: 2, deadline: '2021-05-08' });
    city.add('link', { projectId: id, name: '开工', sequence: 3, deadline: '2021-05-20' });
    city.add('link', { projectId: id, name: '主体', sequence: 4, deadline: '2021-09-20' });
    city.add('link', { projectId: id, name: '竣工', sequence: 5 });
    const { links } = await readPage(city.store, id, DAY);
    expect(links.map(({ name, state, days }) => [name, state, days])).toEqual([
      ['立项', 'done', 4],
      ['施工许可', 'overdue', 10],
      ['开工', 'dueSoon', 2],
      ['主体', 'open', 125],
      ['竣工', 'undated', null],
    ]);
  });

  it('[A10] names who serves the project, with title and telephone', async () => {
    const person = city.add('person', { name: '郑服务', title: '首席服务员', phone: '0455-1234567' });
    const id = addProject({ chiefServiceOfficerId: person });
    expect((await readPage(city.store, id, DAY)).people).toEqual([
      {
        field: 'chiefServiceOfficerId',
        label: '首席服务员',
        personId: person,
        name: '郑服务',
        title: '首席服务员',
        phone: '0455-1234567',
      },
    ]);
  });

  it('[C14] tells the history in words: money with its unit, choices by label, people by name', async () => {
    const leader = city.add('person', { name: '卫望舒' });
    const id = addProject({ totalInvestment: 100_000_000 });
    city.write('修改', [
      {
        entity: 'project',
        id,
        set: {
          totalInvestment: 120_500_000,
          stage: 'building',
          cityLeaderId: leader,
          lists: '["cityHundred","cityKey"]',
        },
      },
    ]);
    city.add('link', { projectId: id, name: '施工许可', deadline: '2021-06-01' });
    const { history } = await readPage(city.store, id, DAY);
    const words = history.map(({ subject, label, before, after }) => [subject, label, before, after]);
    expect(words).toContainEqual(['项目', '总投资', '10,000 万元', '12,050 万元']);
    expect(words).toContainEqual(['项目', '建设阶段', '（空）', '在建']);
    expect(words).toContainEqual(['项目', '市级责任领导', '（空）', '卫望舒']);
    expect(words).toContainEqual(['项目', '项目清单', '（空）', '市百大、市本级重点']);
    expect(words[0]?.[0]).toBe('环节“施工许可”');
    expect(words.at(-1)).toEqual([
      '项目',
      '登记（3 项）',
      '',
      '项目名称：生物质热电联产；责任单位：甲县；总投资：10,000 万元',
    ]);
    expect(history[0]).toMatchObject({ operator: '王某', office: '某市项目办' });
  });

  it('says in words that a project is not there', async () => {
    await expect(readPage(city.store, 'nothing', DAY)).rejects.toThrow(Fault);
  });
});
