import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addToBatch,
  approveBatch,
  executeBatch,
  proposalsOn,
  readBatch,
  readBundles,
  readExperts,
  readMemberships,
  readPoolOverview,
  readReserve,
  takeIn,
} from '../../../electron/ledger/pool/index.ts';
import { batchPaper } from '../../../electron/ledger/pool/paper.ts';
import { ratesAt } from '../../../electron/ledger/rates/index.ts';
import { commitByRules } from '../../../electron/ledger/records/index.ts';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { selectRow } from '../../../electron/ledger/store/statements.ts';
import { undo } from '../../../electron/ledger/store/undo.ts';
import type { Value } from '../../../shared/dictionary/index.ts';
import { type Office, openOffice, WAN } from '../reports/office.ts';

const BATCH = '2021-06-H2';

describe('the pool kept moving', () => {
  let office: Office;
  let unit: string;
  let stuck: string;
  let fresh: string;

  beforeEach(() => {
    office = openOffice('2021-06-18');
    unit = office.unit('青禾县', { sequence: 1 });
    stuck = office.project(unit, '玉米深加工', { lists: '["cityHundred"]' });
    fresh = office.project(unit, '大豆蛋白', {
      totalInvestment: 11_000 * WAN,
      stage: 'preparing',
      actualStart: null,
      plannedStart: '2021-09-01',
    });
  });
  afterEach(() => office.close());

  const moment = () => ({ today: office.today, actor: office.actor() });
  const add = (
    kind: 'replace' | 'drop' | 'admit' | 'promote' | 'retire',
    projectId: string,
    replacementId: string | null = null,
    list = 'cityHundred',
  ) => addToBatch(office.store, BATCH, [{ kind, projectId, list, replacementId, reason: '推进受阻' }], office.actor());
  const approve = () =>
    approveBatch(
      office.store,
      { batch: BATCH, approvedBy: '王某', approvedOn: office.today, note: '会议纪要' },
      moment(),
    );
  const lists = (id: string) => selectRow(office.store, 'project', id)?.['lists'];
  const edit = (id: string, set: Record<string, Value>) =>
    commitByRules(
      office.store,
      { kind: 'edit', title: '修改', changes: [{ entity: 'project', id, set }] },
      { today: office.today, actor: office.actor() },
    );

  it('[C9] proposes what is behind the pace for three periods, with a comparable replacement', async () => {
    const { proposals, periods } = await proposalsOn(office.store, office.today);
    expect(periods).toEqual(['2021年5月中旬', '2021年5月下旬', '2021年6月上旬']);
    expect(proposals).toHaveLength(1);
    expect(proposals[0]).toMatchObject({
      kind: 'replace',
      name: '玉米深加工',
      candidates: [{ name: '大豆蛋白', percent: 10 }],
    });
    expect(proposals[0]?.reason).toMatch(/连续 3 期低于序时进度：2021年5月中旬完成 0\.0 %，差 38\.9 个百分点/u);
    office.set('project', stuck, { waiverReason: '汛期', waiverUntil: '2021-07-31' });
    expect((await proposalsOn(office.store, office.today)).proposals).toEqual([]);
  });

  it('[B6] replaces after approval; the bulletin of an earlier day still adds up; one undo step takes it back', async () => {
    await add('replace', stuck, fresh);
    expect((await readBatch(office.store, BATCH, office.today)).findings).toEqual([]);
    await expect(executeBatch(office.store, BATCH, office.today, moment())).rejects.toThrow(/没有已批准/u);
    await approve();
    await executeBatch(office.store, BATCH, office.today, moment());
    expect([lists(stuck), lists(fresh)]).toEqual([null, '["cityHundred"]']);
    const names = async (date: string) =>
      (await ratesAt(office.store, { date, by: 'list' })).rows.map((row) => [
        row.label,
        row.projects,
        row.totalInvestment / WAN,
      ]);
    expect(await names('2021-06-17')).toEqual([
      ['市百大', 1, 10_000],
      ['未列入清单', 1, 11_000],
    ]);
    expect(await names('2021-06-18')).toEqual([
      ['市百大', 1, 11_000],
      ['未列入清单', 1, 10_000],
    ]);
    expect(
      (await readMemberships(office.store, office.today)).map((row) => [
        row.name,
        row.effectiveFrom,
        row.effectiveTo,
        row.current,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['玉米深加工', null, '2021-06-17', false],
        ['大豆蛋白', '2021-06-18', null, true],
      ]),
    );
    expect((await readBatch(office.store, BATCH, office.today)).lines).toMatchObject([
      { state: 'done', approvedBy: '王某', effectiveOn: '2021-06-18', percent: 10 },
    ]);
    undo(office.store, office.actor());
    expect([lists(stuck), lists(fresh)]).toEqual(['["cityHundred"]', null]);
    expect(await names('2021-06-18')).toEqual(await names('2021-06-17'));
  });

  it('[B6] a replacement that lowers count or plan, or is not comparable, is stopped and nothing is written', async () => {
    await add('drop', stuck);
    await expect(approve()).rejects.toThrow(/项目数减少 1 个.*同一批中安排入库/u);
    office.set('project', fresh, { annualPlan: 1_000 * WAN });
    await add('admit', fresh);
    await expect(approve()).rejects.toThrow(/年度计划投资减少 5,000 万元/u);
    expect((await readBatch(office.store, BATCH, office.today)).lines.map((line) => line.state)).toEqual([
      'proposed',
      'proposed',
    ]);
    office.set('project', fresh, { annualPlan: 6_000 * WAN });
    await approve();
    await executeBatch(office.store, BATCH, office.today, moment());
    expect(lists(fresh)).toBe('["cityHundred"]');
    await expect(add('admit', fresh)).rejects.toThrow(/已在2021年6月下半月调整中/u);
  });

  it('[B6, C9] thresholds and windows are a rule with its day: the day before goes by the old one, undo brings it back', async () => {
    await add('promote', stuck);
    await expect(approve()).rejects.toThrow(/不在升级窗口期内.*5月1日至5月31日/u);
    const rule = (version: number, effectiveFrom: string, body: object) =>
      office.add('rule', { kind: 'pool', name: '储备调整口径', version, effectiveFrom, body: JSON.stringify(body) });
    rule(1, '2021-07-01', { windows: [{ from: '07-01', to: '07-31' }] });
    await expect(approve()).rejects.toThrow(/5月1日至5月31日/u);
    rule(2, '2021-06-10', { windows: [{ from: '06-10', to: '06-20' }], periods: 2 });
    const { rule: words, window } = await readPoolOverview(office.store, office.today);
    expect(window).toEqual({ open: true, text: '6月10日至6月20日' });
    expect(words.join()).toContain('连续 2 期');
    expect((await readPoolOverview(office.store, '2021-06-09')).rule.join()).toContain('连续 3 期');
    undo(office.store, office.actor());
    expect((await readPoolOverview(office.store, office.today)).window.open).toBe(false);
  });

  it('[B6] promotion waits for its window; [D13] the completed one retires and is no loss', async () => {
    await add('promote', stuck);
    await expect(approve()).rejects.toThrow(/不在升级窗口期内/u);
    office.today = '2021-09-10';
    await approve();
    await executeBatch(office.store, BATCH, '2021-09-10', moment());
    expect(lists(stuck)).toBe('["provincialHundred"]');
    office.set('project', stuck, { stage: 'completed', actualCompletion: '2021-09-05' });
    const { proposals } = await proposalsOn(office.store, office.today);
    expect(proposals).toMatchObject([{ kind: 'retire', reason: '项目已于2021年9月5日竣工' }]);
    await addToBatch(
      office.store,
      '2021-Q3',
      [{ kind: 'retire', projectId: stuck, list: 'provincialHundred', replacementId: null, reason: '竣工' }],
      office.actor(),
    );
    await approveBatch(
      office.store,
      { batch: '2021-Q3', approvedBy: '王某', approvedOn: office.today, note: '纪要' },
      moment(),
    );
    await executeBatch(office.store, '2021-Q3', office.today, moment());
    expect(lists(stuck)).toBeNull();
    const { html, pages } = await batchPaper(office.store, '2021-Q3', office.today);
    expect([pages, html.includes('svg')]).toEqual([1, true]);
  });

  it('[B6] an edit of the lists in the grid keeps the past as well', async () => {
    edit(stuck, { lists: '["cityHundred","cityKey"]' });
    const labels = async (date: string) =>
      (await ratesAt(office.store, { date, by: 'list' })).rows.map((row) => row.label);
    expect(await labels('2021-06-17')).toEqual(['市百大', '未列入清单']);
    expect(await labels('2021-06-18')).toEqual(['市百大', '市本级重点', '未列入清单']);
  });

  it('[E9] the reserve pool of three classes, [D13] in when ripe', async () => {
    const reserve = office.project(unit, '数据中心', {
      stage: 'signed',
      actualStart: null,
      plannedStart: '2021-06-10',
    });
    await takeIn(office.store, office.today, office.actor());
    await expect(takeIn(office.store, office.today, office.actor())).rejects.toThrow(/都已在储备库/u);
    const [line] = await readReserve(office.store, office.today);
    expect(line).toMatchObject({ projectId: reserve, poolClass: 'attraction', step: 'secured', ripe: false });
    commit(
      office.store,
      { kind: 'edit', title: '改', changes: [{ entity: 'poolEntry', id: line?.id ?? '', set: { step: 'reserved' } }] },
      office.actor(),
    );
    const { proposals } = await proposalsOn(office.store, office.today);
    expect(proposals.find((each) => each.kind === 'admit')).toMatchObject({ name: '数据中心', list: 'cityHundred' });
    await add('admit', reserve);
    await approve();
    await executeBatch(office.store, BATCH, office.today, moment());
    expect(await readReserve(office.store, office.today)).toMatchObject([{ leftOn: '2021-06-18', outcome: 'key' }]);
  });

  it('[E9] a project is in the reserve pool once; it may come back when it has left', () => {
    const reserve = office.project(unit, '数据中心', { stage: 'reserve', actualStart: null });
    const take = (set: Record<string, Value>, id = newId()) => {
      const change = { entity: 'poolEntry' as const, id, set };
      commitByRules(
        office.store,
        { kind: 'edit', title: '入库', changes: [change] },
        { today: office.today, actor: office.actor() },
      );
      return id;
    };
    const entry = { projectId: reserve, poolClass: 'industry', step: 'planned', enteredOn: '2021-01-05' };
    const first = take(entry);
    expect(() => take(entry)).toThrow(/该项目已在储备库中/u);
    expect(() => take({ outcome: 'ended' }, first)).toThrow(/还没有出库日期/u);
    expect(() => take({ leftOn: '2021-01-04' }, first)).toThrow(/出库日期.*早于入库日期/u);
    take({ leftOn: '2021-06-10', outcome: 'ended' }, first);
    take({ ...entry, enteredOn: '2021-06-15' });
  });

  it('[E10] experts and their reviews, with risk', async () => {
    const person = office.add('person', { name: '李教授', title: '某大学教授' });
    const expert = office.add('expert', { personId: person, speciality: '产业经济' });
    const again = { entity: 'expert', id: newId(), set: { personId: person } } as const;
    expect(() =>
      commitByRules(
        office.store,
        { kind: 'edit', title: '加', changes: [again] },
        { today: office.today, actor: office.actor() },
      ),
    ).toThrow(/已在专家库中/u);
    office.add('expertReview', {
      projectId: fresh,
      expertId: expert,
      reviewedOn: '2021-06-01',
      conclusion: 'revise',
      risk: 'high',
      riskText: '资金配套不足',
    });
    expect(await readExperts(office.store)).toMatchObject({
      experts: [{ name: '李教授', reviews: 1 }],
      reviews: [{ name: '大豆蛋白', expertName: '李教授', risk: 'high' }],
    });
  });

  it('bundles: counted both ways, differences named, a nested part refused [bundle]', async () => {
    const bundle = office.project(unit, '老旧小区改造', {
      lists: '["cityKey"]',
      annualPlan: 3_000 * WAN,
      totalInvestment: 9_000 * WAN,
    });
    const parts = ['一期', '二期'].map((name) =>
      office.project(unit, name, { lists: '["cityKey"]', annualPlan: 1_400 * WAN, totalInvestment: 4_500 * WAN }),
    );
    for (const part of parts) edit(part, { bundleId: bundle });
    expect(selectRow(office.store, 'project', bundle)?.['isBundle']).toBe(1);
    const key = (await readPoolOverview(office.store, office.today)).lists.find((list) => list.list === 'cityKey');
    expect([key?.whole.count, key?.parts.count]).toEqual([1, 2]);
    expect([key?.whole.annualPlan, key?.parts.annualPlan]).toEqual([3_000 * WAN, 2_800 * WAN]);
    const [line] = await readBundles(office.store, office.today);
    expect(line).toMatchObject({ parts: 2, difference: '年度计划投资：子项合计比打包项目少 200 万元' });
    expect(() => edit(bundle, { bundleId: bundle })).toThrow(/不能是自己的子项/u);
    expect(() => edit(bundle, { bundleId: stuck })).toThrow(/不能再作为子项/u);
    expect(() => edit(stuck, { bundleId: parts[0] ?? '' })).toThrow(/本身是别的打包项目的子项/u);
    expect(() => edit(bundle, { isBundle: 0 })).toThrow(/还有 2 个子项/u);
  });
});
