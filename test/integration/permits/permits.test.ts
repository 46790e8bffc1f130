import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readKinds } from '../../../electron/ledger/permits/catalogue.ts';
import {
  gapOf,
  missingPaperChanges,
  readPapers,
  readSpecials,
  readStatistics,
} from '../../../electron/ledger/permits/others.ts';
import { boardPaper } from '../../../electron/ledger/permits/paper.ts';
import {
  barsOf,
  clockOf,
  readBench,
  readBoard,
  readJoints,
  readPermits,
} from '../../../electron/ledger/permits/permits.ts';
import { setUpPermits } from '../../../electron/ledger/permits/set-up.ts';
import { saveCells } from '../../../electron/ledger/records/index.ts';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { writeMeta } from '../../../electron/ledger/store/meta.ts';
import { undo } from '../../../electron/ledger/store/undo.ts';
import type { EntityName, Value } from '../../../shared/dictionary/index.ts';
import { type CityOffice, openCity, TODAY, WAN } from '../chain/office.ts';

let city: CityOffice;
beforeEach(() => {
  city = openCity();
});
afterEach(() => city.close());

const store = () => city.session.store;
const actor = () => city.session.actor();

const save = (entity: EntityName, rowId: string, set: Readonly<Record<string, Value>>) =>
  saveCells(
    store(),
    entity,
    Object.entries(set).map(([key, value]) => ({ rowId, key, value })),
    '改',
    { today: TODAY, actor: actor() },
  );

async function kindIds(...names: string[]): Promise<string[]> {
  const kinds = await readKinds(store());
  return names.map((name) => kinds.find((kind) => kind.shortName === name)?.id ?? '');
}

async function permitsOf(projectId: string) {
  return readPermits(store(), { projectId }, await readBench(store(), TODAY), TODAY);
}

describe('[C5] permits in the ledger', () => {
  it('registers the permits of several projects with planned days, once each, as one undo step', async () => {
    const projectIds = [city.project('甲'), city.project('乙')];
    const wanted = { projectIds, kindIds: await kindIds('备案', '环评', '施工许可'), start: TODAY, jointLimit: 38 };
    expect(await setUpPermits(store(), wanted, actor())).toEqual({ added: 6, projects: 2 });
    expect(await setUpPermits(store(), wanted, actor())).toEqual({ added: 0, projects: 0 });
    const permits = await permitsOf(projectIds[0] ?? '');
    expect(permits.map(({ kindName, state, plannedSubmit }) => [kindName, state, plannedSubmit])).toEqual([
      ['项目备案', 'planned', '2021-05-18'],
      ['环境影响评价批复', 'planned', '2021-05-18'],
      ['建筑工程施工许可证', 'planned', '2021-06-24'],
    ]);
    undo(store(), actor());
    expect(city.count('permit')).toBe(0);
  });

  it('lets the state follow the dates, refuses what is out of order, keeps the rest', async () => {
    const projectId = city.project('甲');
    const [kindId = ''] = await kindIds('环评');
    const id = city.add('permit', { projectId, kindId, state: 'planned' });
    expect(save('permit', id, { actualSubmit: '2021-05-06' }).changed).toBe(1);
    expect(city.row('permit', id)['state']).toBe('running');
    const refused = save('permit', id, { actualApproval: '2021-05-01' });
    expect(refused).toEqual({
      changed: 0,
      proposals: 0,
      refused: [{ rowId: id, key: 'actualApproval', reason: '实际批复（2021-05-01）早于实际上报（2021-05-06）' }],
    });
    expect(save('permit', id, { state: 'conditional' }).refused[0]?.reason).toContain('承诺期限');
    expect(
      save('permit', id, { state: 'conditional', commitment: '占补平衡', commitmentDue: '2021-05-20' }).changed,
    ).toBe(1);
    const [permit] = await permitsOf(projectId);
    expect([permit?.words, permit?.tone]).toEqual(['容缺，2021-05-20 前补齐', 'soon']);
    expect(save('permit', id, { actualApproval: '2021-05-10' }).changed).toBe(1);
    expect(save('permit', id, { commitmentMet: '2021-05-17' }).changed).toBe(1);
    expect(city.row('permit', id)['state']).toBe('done');
  });

  it('a permit and a paper are there once for each project', async () => {
    const projectId = city.project('甲');
    const [kindId = '', other = ''] = await kindIds('环评', '备案');
    city.add('permit', { projectId, kindId, state: 'planned' });
    const second = city.add('permit', { projectId, kindId: other, state: 'planned' });
    expect(save('permit', second, { kindId }).refused[0]?.reason).toContain('该项目已登记“环境影响评价批复”');
    city.add('statisticsPaper', { projectId, kind: 'contract', state: 'missing' });
    const paper = city.add('statisticsPaper', { projectId, kind: 'photo', state: 'missing' });
    expect(save('statisticsPaper', paper, { kind: 'contract' }).refused[0]?.reason).toContain('已有一条');
    expect(save('statisticsPaper', paper, { readyOn: '2021-06-01' }).refused[0]?.reason).toContain('晚于今天');
  });

  it('keeps the catalogue the city’s: a county’s change of a limit becomes a proposal', async () => {
    const [kindId = ''] = await kindIds('环评');
    expect(save('permitKind', kindId, { limitDays: 7 }).changed).toBe(1);
    writeMeta(store(), 'level', 'county');
    expect(save('permitKind', kindId, { limitDays: 30 })).toMatchObject({ changed: 0, proposals: 1 });
    expect(city.row('permitKind', kindId)['limitDays']).toBe(7);
  });

  it('[D12] shows projects against the catalogue, the critical permit, and prints it', async () => {
    const projectId = city.project('甲县粮食仓储');
    city.project('没有手续的');
    const [first = '', second = '', third = ''] = await kindIds('环评', '施工图', '施工许可');
    city.add('permit', { projectId, kindId: first, state: 'running', actualSubmit: '2021-05-06' });
    city.add('permit', {
      projectId,
      kindId: second,
      state: 'blocked',
      blockedReason: '设计变更',
      actualSubmit: '2021-05-10',
    });
    city.add('permit', {
      projectId,
      kindId: third,
      state: 'planned',
      plannedSubmit: '2021-07-01',
      plannedApproval: '2021-07-08',
    });
    const board = await readBoard(store(), undefined, TODAY);
    expect([board.rows.length, board.without]).toEqual([1, 1]);
    expect(board.rows[0]).toMatchObject({ done: 0, needed: 3, blocked: 1, late: 0 });
    const bars = barsOf(await permitsOf(projectId), await readBench(store(), TODAY), TODAY);
    expect(bars.find((bar) => bar.critical)?.name).toBe('环境影响评价批复');
    const paper = await boardPaper(store(), undefined, TODAY);
    const plain = paper.html.replace(/<[^>]+>/gu, '');
    for (const words of ['项目办证推进表', '甲县粮食仓储', '×', '◎']) expect(plain).toContain(words);
  });

  it('[E6] runs a joint clock per project', async () => {
    const projectId = city.project('甲');
    const id = city.add('jointApproval', { projectId, startedOn: '2021-03-01', limitDays: 38 });
    const joint = (await readJoints(store(), projectId)).get(projectId);
    if (joint === undefined) throw new Error('no clock');
    expect(clockOf(joint, await readBench(store(), TODAY), TODAY)).toMatchObject({ elapsed: 54, over: 16 });
    expect(save('jointApproval', id, { endedOn: '2021-02-01' }).refused[0]?.reason).toBe(
      '办结日期（2021-02-01）早于启动日期（2021-03-01）',
    );
    expect(save('jointApproval', id, { pausedDays: 20, note: '专家评审' }).changed).toBe(1);
    expect((await readBoard(store(), undefined, TODAY)).rows).toEqual([]);
  });

  it('warns of approvals that expire, and lists what is still owed', async () => {
    const projectId = city.project('甲', { stage: 'preparing' });
    const [kindId = ''] = await kindIds('用地规划');
    city.add('permit', { projectId, kindId, state: 'done', actualSubmit: '2020-06-01', actualApproval: '2020-06-10' });
    const [permit] = await permitsOf(projectId);
    expect(permit?.expiry).toEqual({ until: '2021-06-10', days: 23, state: 'soon' });
  });

  it('[E4] keeps special construction permits with their span', async () => {
    const projectId = city.project('甲');
    const id = city.add('specialPermit', { projectId, state: 'applied', season: '2020—2021年采暖季' });
    expect(save('specialPermit', id, { state: 'granted' }).refused[0]?.reason).toBe('已批准要先填许可起止日期');
    const days = { state: 'granted', validFrom: '2021-05-01', validUntil: '2021-05-25', scope: '主体' };
    expect(save('specialPermit', id, days).changed).toBe(1);
    const [special] = await readSpecials(store(), { projectId }, TODAY);
    expect([special?.standing, special?.tone]).toEqual(['有效，还有 7 天', 'soon']);
  });

  it('[D14] says what can be included in the statistics and which paper is missing', async () => {
    const projectId = city.project('甲', { actualStart: '2021-03-01', inStatistics: 'pending' });
    city.project('小项目', { totalInvestment: 300 * WAN, actualStart: '2021-03-01' });
    expect((await gapOf(store(), projectId)).missing).toHaveLength(5);
    const changes = await missingPaperChanges(store(), [projectId]);
    commit(store(), { kind: 'edit', title: '开列', changes }, actor());
    expect(await missingPaperChanges(store(), [projectId])).toEqual([]);
    for (const paper of await readPapers(store(), projectId)) {
      if (paper.kind !== 'contract') save('statisticsPaper', paper.id, { state: 'ready' });
    }
    const papers = await readPapers(store(), projectId);
    expect(papers.filter((paper) => paper.readyOn === TODAY)).toHaveLength(4);
    const rows = await readStatistics(store(), {}, TODAY);
    expect(rows.map(({ projectName, words }) => [projectName, words])).toEqual([
      ['甲', '应入未入，缺施工合同'],
      ['小项目', '总投资不足500万元，不在入统范围'],
    ]);
  });
});
