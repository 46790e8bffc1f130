import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addToBatch } from '../../../electron/ledger/pool/index.ts';
import { commitByRules, findingsOf, saveCells } from '../../../electron/ledger/records/index.ts';
import type { Change } from '../../../electron/ledger/store/commit.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { selectRow } from '../../../electron/ledger/store/statements.ts';
import { redo, undo } from '../../../electron/ledger/store/undo.ts';
import type { EntityName, Value } from '../../../shared/dictionary/index.ts';
import { type Office, openOffice, WAN } from '../reports/office.ts';

type Set = Record<string, Value>;

/** A whole wrong input: rows there before, the change, what is said at which field. */
interface Bad {
  readonly row: string;
  readonly what: string;
  readonly entity: EntityName;
  /** Makes what must be there and gives the row to change. */
  make(office: Office, unit: string): string;
  set(office: Office, unit: string, id: string): Set;
  readonly field: string;
  readonly reason: RegExp;
}

const project = (office: Office, unit: string, extra: Set = {}) => office.project(unit, '生物质热电联产', extra);
const person = (office: Office, rank: string) => office.add('person', { name: '李某', rank });

const BAD: readonly Bad[] = [
  {
    row: '[A6]',
    what: 'a stage move that is not allowed',
    entity: 'project',
    make: (office, unit) => project(office, unit, { stage: 'preparing', actualStart: null }),
    set: () => ({ stage: 'completed' }),
    field: 'stage',
    reason: /“前期（拟建）”不能直接改为“竣工”；请先登记开工，再登记竣工/u,
  },
  {
    row: '[A6]',
    what: 'a step back without its reason',
    entity: 'project',
    make: (office, unit) => project(office, unit),
    set: () => ({ stage: 'started' }),
    field: 'stage',
    reason: /退回“开工”要写明理由；请在项目页“阶段”中登记/u,
  },
  {
    row: '[A5]',
    what: 'a completion before the start of works',
    entity: 'project',
    make: (office, unit) => project(office, unit),
    set: () => ({ actualCompletion: '2020-05-31' }),
    field: 'actualCompletion',
    reason: /实际竣工日期（2020-05-31）早于实际开工日期（2020-06-01）/u,
  },
  {
    row: '[A5]',
    what: 'a start of works that is still to come',
    entity: 'project',
    make: (office, unit) => project(office, unit, { stage: 'preparing', actualStart: null }),
    set: () => ({ actualStart: '2021-06-01' }),
    field: 'actualStart',
    reason: /晚于今天（2021-05-18）；还没有发生的，请填计划日期/u,
  },
  {
    row: '[B3]',
    what: 'a county leader without the rank',
    entity: 'project',
    make: (office, unit) => project(office, unit),
    set: (office) => ({ countyLeaderId: person(office, 'sectionChief') }),
    field: 'countyLeaderId',
    reason: /“李某”的职级是正科级，县级包保领导应为副处级（副县级）以上；请换人/u,
  },
  {
    row: '[A5]',
    what: 'a part that is its own bundle',
    entity: 'project',
    make: (office, unit) => project(office, unit),
    set: (_office, _unit, id) => ({ bundleId: id }),
    field: 'bundleId',
    reason: /不能是自己的子项；请选择另一个打包项目/u,
  },
  {
    row: '[A5]',
    what: 'a bundle with parts that is to be 作废',
    entity: 'project',
    make: (office, unit) => {
      const bundle = project(office, unit, { isBundle: 1 });
      office.project(unit, '子项', { bundleId: bundle });
      return bundle;
    },
    set: () => ({ voided: 1 }),
    field: 'voided',
    reason: /还有 1 个子项，不能作废；请先把子项的“所属打包项目”清空/u,
  },
  {
    row: '[A2]',
    what: 'a unit in two groups on one day',
    entity: 'groupUnit',
    make: (office, unit) => {
      const [first, second] = ['第一组', '第二组'].map((name) => office.add('promotionGroup', { name }));
      const set = { unitId: unit, effectiveFrom: '2021-01-01', effectiveTo: '2021-04-30' };
      office.add('groupUnit', { ...set, groupId: first ?? '' });
      return office.add('groupUnit', { unitId: unit, groupId: second ?? '', effectiveFrom: '2021-05-01' });
    },
    set: () => ({ effectiveFrom: '2021-04-30' }),
    field: 'effectiveFrom',
    reason: /与“第一组”（2021年1月1日至2021年4月30日）重叠，一个单元同一天只能在一个组/u,
  },
  {
    row: '[C12]',
    what: 'a link due before it begins',
    entity: 'link',
    make: (office, unit) =>
      office.add('link', { projectId: project(office, unit), name: '主体封顶', plannedStart: '2021-06-02' }),
    set: () => ({ deadline: '2021-06-01' }),
    field: 'deadline',
    reason: /办理时限（2021-06-01）早于计划开始（2021-06-02）/u,
  },
  {
    row: '[C12]',
    what: 'links that wait for each other',
    entity: 'link',
    make: (office, unit) => {
      const projectId = project(office, unit);
      const first = office.add('link', { projectId, name: '立项' });
      office.add('link', { projectId, name: '用地', predecessorId: first });
      return first;
    },
    set: (office, _unit, id) => ({
      predecessorId: office.store.db
        .prepare('SELECT "id" FROM "link" WHERE "predecessorId" = ?')
        .pluck()
        .get(id) as string,
    }),
    field: 'predecessorId',
    reason: /“用地”本身要等本环节，互为前置/u,
  },
  {
    row: '[D12]',
    what: 'an approval before its submission',
    entity: 'permit',
    make: (office, unit) => {
      const kindId = office.add('permitKind', { name: '施工许可' });
      const set = { projectId: project(office, unit), kindId, state: 'running', actualSubmit: '2021-05-10' };
      return office.add('permit', set);
    },
    set: () => ({ actualApproval: '2021-05-09' }),
    field: 'actualApproval',
    reason: /实际批复（2021-05-09）早于实际上报（2021-05-10）/u,
  },
  {
    row: '[B6]',
    what: 'an adjustment set to 已调整 past the check of its run',
    entity: 'poolAdjustment',
    make: (office, unit) =>
      office.add('poolAdjustment', {
        batch: '2021-05-h2',
        kind: 'replace',
        projectId: project(office, unit, { lists: '["cityHundred"]' }),
        list: 'cityHundred',
        state: 'proposed',
        replacementId: office.project(unit, '小项目', { annualPlan: 100 * WAN }),
      }),
    set: () => ({ state: 'done' }),
    field: 'state',
    reason: /不能直接填写；请在批次中“登记批准”/u,
  },
  {
    row: '[C6]',
    what: 'a factor settled with a gap',
    entity: 'factor',
    make: (office, unit) =>
      office.add('factor', {
        projectId: project(office, unit),
        kind: 'land',
        measure: '亩',
        needed: 100,
        obtained: 80,
      }),
    set: () => ({ doneOn: '2021-05-18' }),
    field: 'doneOn',
    reason: /还有缺口/u,
  },
  {
    row: '[D2]',
    what: 'a second leading group of one unit',
    entity: 'unitGroup',
    make: (office, unit) => {
      office.add('unitGroup', { unitId: unit, name: '重点项目推进工作领导小组' });
      return office.add('unitGroup', { unitId: office.unit('云岭区'), name: '另一个领导小组' });
    },
    set: (_office, unit) => ({ unitId: unit }),
    field: 'unitId',
    reason: /该单位已有“重点项目推进工作领导小组”/u,
  },
  {
    row: '[B3]',
    what: 'a county task force led by somebody below deputy-county rank',
    entity: 'taskForce',
    make: (office, unit) => office.add('taskForce', { level: 'county', name: '甲专班', unitId: unit }),
    set: (office) => ({ leaderId: person(office, 'sectionChief') }),
    field: 'leaderId',
    reason: /“李某”的职级是正科级，县级专班班长应为副处级（副县级）以上；请换人/u,
  },
  {
    row: '[A10]',
    what: 'a green channel that is not open on a day',
    entity: 'project',
    make: (office, unit) => project(office, unit, { greenChannel: 'open', greenChannelOn: '2021-03-01' }),
    set: () => ({ greenChannel: 'wanted' }),
    field: 'greenChannel',
    reason: /已填绿色通道开通日期，不能填为未开通；请先清空“绿色通道开通日期”/u,
  },
  {
    row: '[C3]',
    what: 'an instruction due before it was given',
    entity: 'leaderInstruction',
    make: (office, unit) =>
      office.add('leaderInstruction', {
        projectId: project(office, unit),
        leaderId: person(office, 'cityDeputy'),
        givenOn: '2021-05-10',
        content: '加快供电接入',
      }),
    set: () => ({ deadline: '2021-05-09' }),
    field: 'deadline',
    reason: /办理期限（2021-05-09）早于指示日期（2021-05-10）/u,
  },
  {
    row: '[A7]',
    what: 'a task force above itself',
    entity: 'taskForce',
    make: (office, unit) => {
      const first = office.add('taskForce', { level: 'county', name: '甲专班', unitId: unit });
      office.add('taskForce', { level: 'site', name: '乙专班', unitId: unit, parentId: first });
      return first;
    },
    set: (office, _unit, id) => ({
      parentId: office.store.db.prepare('SELECT "id" FROM "taskForce" WHERE "parentId" = ?').pluck().get(id) as string,
    }),
    field: 'parentId',
    reason: /上级专班绕回到本专班；请另选上级专班/u,
  },
  {
    row: '[B6]',
    what: 'a membership that ends before it begins',
    entity: 'listMembership',
    make: (office, unit) =>
      office.add('listMembership', {
        projectId: project(office, unit),
        list: 'cityKey',
        effectiveFrom: '2021-03-01',
      }),
    set: () => ({ effectiveTo: '2021-02-28' }),
    field: 'effectiveTo',
    reason: /移出日期早于列入日期（2021年3月1日）/u,
  },
];

describe('the rules at every door', () => {
  let office: Office;
  let unit: string;

  beforeEach(() => {
    office = openOffice('2021-05-18');
    unit = office.unit('青禾县', { sequence: 1 });
  });
  afterEach(() => office.close());

  const moment = () => ({ today: office.today, actor: office.actor() });
  const change = (...changes: Change[]) =>
    commitByRules(office.store, { kind: 'edit', title: '修改', changes }, moment());
  const journal = () => office.store.db.prepare('SELECT count(*) FROM "journal"').pluck().get() as number;
  const count = (entity: EntityName) =>
    office.store.db.prepare(`SELECT count(*) FROM "${entity}" WHERE "voided" = 0`).pluck().get() as number;

  for (const bad of BAD) {
    it(`${bad.row} ${bad.what}: one action is refused whole, with reason and way on`, () => {
      const id = bad.make(office, unit);
      const set = bad.set(office, unit, id);
      const [before, entries] = [selectRow(office.store, bad.entity, id), journal()];
      const beside = { entity: 'responsibilityUnit', id: unit, set: { shortName: '青禾' } } as const;
      const [reason] = bad.reason.source.split('；');
      expect(() => change(beside, { entity: bad.entity, id, set })).toThrow(new RegExp(reason ?? '', 'u'));
      expect(selectRow(office.store, bad.entity, id)).toEqual(before);
      expect(selectRow(office.store, 'responsibilityUnit', unit)?.['shortName']).toBeNull();
      expect(journal()).toBe(entries);
    });

    it(`${bad.row} ${bad.what}: in a paste its cell is told why, the other rows go in`, () => {
      const id = bad.make(office, unit);
      const set = bad.set(office, unit, id);
      const other = bad.make(office, office.unit('望川县'));
      const free = bad.entity === 'project' || bad.entity === 'link' ? 'name' : null;
      const before = selectRow(office.store, bad.entity, id);
      const edits = Object.entries(set).map(([key, value]) => ({ rowId: id, key, value }));
      const good = free === null ? [] : [{ rowId: other, key: free, value: '改了名' }];
      const saved = saveCells(office.store, bad.entity, [...edits, ...good], '粘贴', moment());
      expect(saved.changed).toBe(good.length);
      expect(saved.refused).toEqual([{ rowId: id, key: bad.field, reason: expect.stringMatching(bad.reason) }]);
      expect(selectRow(office.store, bad.entity, id)).toEqual(before);
      if (free !== null) expect(selectRow(office.store, bad.entity, other)?.[free]).toBe('改了名');
    });
  }

  it('[A6] in a paste: the stages that may go bring their events, one undo step takes back both', () => {
    const ids = ['甲', '乙', '丙'].map((name) => office.project(unit, name, { stage: 'preparing', actualStart: null }));
    const [first = '', second = '', third = ''] = ids;
    const edits = [
      { rowId: first, key: 'stage', value: 'started' },
      { rowId: second, key: 'stage', value: 'inProduction' },
      { rowId: second, key: 'builder', value: '青禾热电公司' },
      { rowId: third, key: 'stage', value: 'started' },
      { rowId: third, key: 'actualStart', value: '2021-05-10' },
    ];
    const saved = saveCells(office.store, 'project', edits, '粘贴 5 个单元格', moment());
    expect(saved.refused).toEqual([
      { rowId: second, key: 'stage', reason: expect.stringContaining('请先登记竣工，再登记投产') },
      { rowId: second, key: 'builder', reason: expect.stringContaining('本行“建设阶段”不能保存') },
    ]);
    expect(selectRow(office.store, 'project', first)).toMatchObject({ stage: 'started', actualStart: '2021-05-18' });
    expect(selectRow(office.store, 'project', second)).toMatchObject({ stage: 'preparing', builder: null });
    expect(selectRow(office.store, 'project', third)).toMatchObject({ stage: 'started', actualStart: '2021-05-10' });
    expect(count('stageEvent')).toBe(2);
    undo(office.store, office.actor());
    expect(count('stageEvent')).toBe(0);
    expect(selectRow(office.store, 'project', third)).toMatchObject({ stage: 'preparing', actualStart: null });
    redo(office.store, office.actor());
    expect(count('stageEvent')).toBe(2);
  });

  it('[B6] in a paste: lists bring their memberships, a bundle its mark', () => {
    const [whole = '', part = ''] = ['整体', '子项'].map((name) => office.project(unit, name));
    const edits = [
      { rowId: part, key: 'bundleId', value: whole },
      { rowId: part, key: 'lists', value: '["cityKey"]' },
    ];
    expect(saveCells(office.store, 'project', edits, '粘贴', moment()).refused).toEqual([]);
    expect(selectRow(office.store, 'project', whole)).toMatchObject({ isBundle: 1 });
    expect(count('listMembership')).toBe(1);
    undo(office.store, office.actor());
    expect(selectRow(office.store, 'project', whole)).toMatchObject({ isBundle: null });
    expect(count('listMembership')).toBe(0);
  });

  it('judges rows together: what leans on a refused row stays out too, what makes room for another goes in', () => {
    const [first = '', second = ''] = ['第一组', '第二组'].map((name) => office.add('promotionGroup', { name }));
    const held = office.add('groupUnit', { unitId: unit, groupId: first, effectiveFrom: '2021-01-01' });
    const moved = newId();
    const open = { unitId: unit, groupId: second, effectiveFrom: '2021-05-18' };
    change(
      { entity: 'groupUnit', id: moved, set: open },
      { entity: 'groupUnit', id: held, set: { effectiveTo: '2021-05-17' } },
    );
    expect(count('groupUnit')).toBe(2);
    const edits = [
      { rowId: held, key: 'effectiveTo', value: '2020-12-31' },
      { rowId: moved, key: 'effectiveFrom', value: '2021-01-01' },
    ];
    const saved = saveCells(office.store, 'groupUnit', edits, '粘贴', moment());
    expect(saved.refused.map(({ rowId }) => rowId)).toEqual([held, moved]);
    expect(saved.changed).toBe(0);
  });

  it('what was wrong before does not stand in the way of another field, and stays told', () => {
    const id = project(office, unit, { actualCompletion: '2020-01-01' });
    const saved = saveCells(office.store, 'project', [{ rowId: id, key: 'builder', value: '某公司' }], '改', moment());
    expect(saved).toMatchObject({ changed: 1, refused: [] });
    expect(findingsOf(office.store, 'project', id, office.today)).toMatchObject([{ field: 'actualCompletion' }]);
  });

  it('[A5] two projects under one national code or name are asked about on their page; parts of a bundle are not', () => {
    const code = '2101-230521-04-01-123456';
    const whole = project(office, unit, { nationalCode: code, isBundle: 1 });
    const doubts = (id: string) =>
      findingsOf(office.store, 'project', id, office.today).map(({ field, severity, reason }) => [
        field,
        severity,
        reason,
      ]);
    const part = office.project(unit, '一期', { nationalCode: code, bundleId: whole });
    expect([doubts(whole), doubts(part)]).toEqual([[], []]);
    const double = office.project(unit, '热电项目');
    expect(
      saveCells(office.store, 'project', [{ rowId: double, key: 'nationalCode', value: code }], '填写', moment()),
    ).toMatchObject({ changed: 1, refused: [] });
    expect(doubts(double)).toEqual([['nationalCode', 'question', '国家项目代码与“生物质热电联产”相同，疑为重复登记']]);
    const again = project(office, unit);
    expect(doubts(again)).toEqual([['name', 'question', '本单位另有一个同名项目，疑为重复登记']]);
    change({ entity: 'project', id: double, set: { voided: 1 } });
    expect(doubts(whole)).toEqual([['name', 'question', '本单位另有一个同名项目，疑为重复登记']]);
  });

  it('[B6] a proposed replacement that lowers the plan is questioned in its run and stopped at its approval', async () => {
    const big = project(office, unit, { lists: '["cityHundred"]' });
    const small = office.project(unit, '小项目', { annualPlan: 100 * WAN });
    const item = {
      kind: 'replace',
      projectId: big,
      list: 'cityHundred',
      replacementId: small,
      reason: '进展慢',
    } as const;
    const { ids } = await addToBatch(office.store, '2021-05-h2', [item], office.actor());
    const { approveBatch, readBatch } = await import('../../../electron/ledger/pool/index.ts');
    const sheet = await readBatch(office.store, '2021-05-h2', office.today);
    expect(sheet.findings.some(({ id, severity }) => ids.includes(id) && severity === 'stop')).toBe(true);
    const approval = { batch: '2021-05-h2', approvedBy: '王某', approvedOn: office.today, note: '纪要' };
    await expect(approveBatch(office.store, approval, moment())).rejects.toThrow(/年度计划投资/u);
    expect(selectRow(office.store, 'poolAdjustment', ids[0] ?? '')).toMatchObject({ state: 'proposed' });
  });
});
