import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { factorPaper } from '../../../electron/ledger/factors/paper.ts';
import {
  readAttraction,
  readCases,
  readFactors,
  readFinancing,
  readObstructions,
  summaryOf,
} from '../../../electron/ledger/factors/read.ts';
import { saveCells } from '../../../electron/ledger/records/index.ts';
import { verifyRebuild } from '../../../electron/ledger/store/rebuild.ts';
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

describe('factors in the ledger', () => {
  it('[C6] 66.7 亩 are kept as they are, added up exactly, undone, and the journal makes the same table', async () => {
    const [first, second] = [city.project('甲'), city.project('乙')];
    const id = city.add('factor', { projectId: first, kind: 'land', measure: '亩' });
    expect(save('factor', id, { needed: 66.7, obtained: 66.4 })).toMatchObject({ changed: 1, refused: [] });
    city.add('factor', { projectId: second, kind: 'land', measure: '亩', needed: 0.1, obtained: 0 });
    const rows = await readFactors(store(), {}, TODAY);
    expect(rows.map(({ gap }) => gap)).toEqual([0.3, 0.1]);
    expect(summaryOf(rows).find(({ kind }) => kind === 'land')?.gaps).toEqual([
      { measure: '亩', needed: 66.8, obtained: 66.4, gap: 0.4 },
    ]);
    expect(save('factor', id, { needed: 66.12345 }).refused[0]?.reason).toBe('“需求”应为数字，最多 4 位小数');
    expect(save('factor', id, { doneOn: TODAY }).refused[0]?.reason).toContain('还有缺口 0.3亩');
    expect(verifyRebuild(store().db)).toMatchObject({ ok: true });
    undo(store(), actor());
  });

  it('[C6] land of a project is measured in 亩 with decimals as well', () => {
    const id = city.project('甲');
    expect(save('project', id, { landArea: 66.7 })).toMatchObject({ changed: 1, refused: [] });
    expect(city.row('project', id)['landArea']).toBe(66.7);
    expect(save('project', id, { landArea: 66.12345 }).refused[0]?.reason).toContain('最多 4 位小数');
    expect(verifyRebuild(store().db)).toMatchObject({ ok: true });
  });

  it('[C6] needed, obtained, gap, department and deadline by project, added up where the measure is the same', async () => {
    const [first, second] = [city.project('甲'), city.project('乙')];
    const id = city.add('factor', { projectId: first, kind: 'land', item: '二期用地' });
    const edits = { needed: 120, obtained: 80, measure: '亩', department: '自然资源局', deadline: '2021-05-10' };
    expect(save('factor', id, edits)).toEqual({ changed: 1, proposals: 0, refused: [] });
    city.add('factor', { projectId: second, kind: 'land', measure: '亩', needed: 50, obtained: 50 });
    city.add('factor', { projectId: second, kind: 'power', measure: '千伏安', needed: 800, obtained: 0 });
    const rows = await readFactors(store(), {}, TODAY);
    expect(rows.map(({ projectName, gap, words }) => [projectName, gap, words])).toEqual([
      ['甲', 40, '逾期 8 天'],
      ['乙', 800, '未定时限'],
      ['乙', 0, '已满足'],
    ]);
    const land = summaryOf(rows).find(({ kind }) => kind === 'land');
    expect(land).toMatchObject({ projects: 2, short: 1, overdue: 1 });
    expect(land?.gaps).toEqual([{ measure: '亩', needed: 170, obtained: 130, gap: 40 }]);
    expect(save('factor', id, { doneOn: '2021-05-17' }).refused[0]?.reason).toContain('还有缺口 40亩');
    expect(save('factor', id, { obtained: 120, doneOn: '2021-05-17' }).changed).toBe(1);
    undo(store(), actor());
    expect(city.row('factor', id)['obtained']).toBe(80);
  });

  it('[E7] a case book by factor group, with deadline and result', async () => {
    const projectId = city.project('甲');
    const id = city.add('factorCase', { projectId, group: 'land', matter: '征地协议未签', raisedOn: '2021-05-06' });
    expect(save('factorCase', id, { deadline: '2021-05-01' }).refused[0]?.reason).toBe(
      '时限（2021-05-01）早于提出日期（2021-05-06）',
    );
    save('factorCase', id, { deadline: '2021-05-20', department: '市自然资源局' });
    expect(save('factorCase', id, { doneOn: '2021-05-17' }).refused[0]?.reason).toBe('办结要先写结果');
    expect((await readCases(store(), {}, TODAY))[0]).toMatchObject({ state: 'dueSoon', words: '还有 2 天' });
    expect(save('factorCase', id, { doneOn: '2021-05-17', result: '全部签订' }).changed).toBe(1);
    expect((await readCases(store(), { projectId }, TODAY))[0]?.state).toBe('done');
  });

  it('[E5] obstruction cases with the responsible officer and result', async () => {
    const projectId = city.project('甲');
    const officerId = city.add('person', { name: '李某' });
    const id = city.add('obstruction', { projectId, happenedOn: '2021-05-06', kind: 'blocked', officerId });
    save('obstruction', id, { deadline: '2021-05-13' });
    expect((await readObstructions(store(), {}, TODAY))[0]).toMatchObject({
      state: 'overdue',
      words: '逾期 5 天',
      officerId,
    });
    expect(save('obstruction', id, { doneOn: '2021-05-14', result: '已恢复施工' }).changed).toBe(1);
  });

  it('[E8] financing by source and bank: needed, matched, gap, meeting', async () => {
    const projectId = city.project('甲');
    const id = city.add('financing', { projectId, source: 'loan', needed: 5_000 * WAN });
    save('financing', id, { matched: 3_000 * WAN, meetingOn: '2021-04-20', meeting: '银企对接会' });
    const [line] = await readFinancing(store(), {}, TODAY);
    expect([line?.gap, line?.findings.map(({ field }) => field)]).toEqual([2_000 * WAN, ['bank']]);
    save('financing', id, { bank: '农业发展银行' });
    expect((await readFinancing(store(), {}, TODAY))[0]?.findings).toEqual([]);
  });

  it('[E11] leads, visits and agreements by unit', async () => {
    const leadId = city.add('investmentLead', {
      unitId: city.unitId,
      name: '玉米深加工',
      state: 'lead',
      foundOn: '2021-01-05',
    });
    const visit = city.add('leadVisit', { leadId, unitId: city.unitId, visitedOn: '2021-03-01', kind: 'out' });
    city.add('leadVisit', { leadId, unitId: city.unitId, visitedOn: '2021-04-01', kind: 'in' });
    expect(save('leadVisit', visit, { visitedOn: '2021-06-01' }).refused[0]?.reason).toContain('晚于今天');
    expect(save('investmentLead', leadId, { state: 'signed' }).refused[0]?.reason).toBe('签约、落地要先填签约日期');
    save('investmentLead', leadId, { state: 'signed', signedOn: '2021-05-10', agreed: 20_000 * WAN });
    const { leads, byUnit, visits } = await readAttraction(store(), TODAY);
    expect([leads[0]?.visits, leads[0]?.lastVisit, visits.length]).toEqual([2, '2021-04-01', 2]);
    expect(byUnit).toEqual([
      {
        unitId: city.unitId,
        unitName: '甲县',
        leads: 1,
        visits: 2,
        signed: 1,
        landed: 0,
        agreed: 20_000 * WAN,
      },
    ]);
  });

  it('prints each list', async () => {
    const projectId = city.project('甲县粮食仓储');
    city.add('financing', { projectId, source: 'loan', needed: 5_000 * WAN });
    for (const list of ['factor', 'factorCase', 'obstruction', 'financing', 'lead'] as const) {
      const paper = await factorPaper(store(), list, undefined, TODAY);
      expect(paper.pages).toBe(1);
    }
    const { html } = await factorPaper(store(), 'financing', undefined, TODAY);
    expect(html.replace(/<[^>]+>/gu, '')).toContain('5,000');
  });
});
