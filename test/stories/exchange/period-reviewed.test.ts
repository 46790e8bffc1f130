import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Importer } from '../../../electron/ledger/exchange/import/importer.ts';
import { figuresAt } from '../../../electron/ledger/rates/index.ts';
import {
  consolidate,
  correctionRequests,
  decideRequests,
  fillCells,
  periodOverview,
  readSheet,
  reportHistory,
  reviewPeriod,
  submitPeriod,
  withdrawReview,
} from '../../../electron/ledger/reports/index.ts';
import { undo } from '../../../electron/ledger/store/undo.ts';
import type { FillField } from '../../../shared/contract/reports.ts';
import { type Office, type Region, region } from './offices.ts';

/** 该旬已审核: what comes after the city has reviewed a period is a 更正申请, on both sides, until the city has decided. */

const PERIOD = { kind: 'tenDay' as const, period: '2021-05-1' };
const WAN = 10_000;

let world: Region;
let city: Office;
let county: Office;
let project: string;

beforeEach(async () => {
  world = await region();
  city = world.city;
  [county] = world.counties as [Office];
  project = county.addProject('甲');
  await submit(100);
  await up();
});
afterEach(() => world.close());

type Report = Awaited<ReturnType<Importer['apply']>>;
const words = ({ notes, fault }: Report): string => [...notes, fault?.text ?? ''].join('');
const up = async (): Promise<Report> => city.read(await county.send(city));
const down = async (): Promise<Report> => county.read(await city.send(county));

/** The county reports the ten days of a project, or corrects them, as its clerk would. */
async function submit(wan: number, of = project) {
  const edit = (field: FillField, value: number | string) => ({ projectId: of, field, value });
  const edits = [
    edit('periodInvestment', wan * WAN),
    edit('yearToDate', wan * WAN),
    edit('fundsInPlace', wan * WAN),
    edit('visibleProgress', '基础施工'),
    edit('explanation', '已核实'),
  ];
  await fillCells(county.store, { ...PERIOD, edits, correcting: true }, county.actor());
  return submitPeriod(county.store, { ...PERIOD, reason: '漏计一笔', incomplete: true }, county.actor());
}

const moment = (office: Office) => ({ today: '2021-05-12', now: office.clock.now });
const review = () => reviewPeriod(city.store, { ...PERIOD, unitIds: [county.unitId] }, city.actor());
const requests = (office: Office) => correctionRequests(office.store, PERIOD);

/** 自年初累计 of the project by every reader of the report in force, in 万元. */
async function counted(office: Office): Promise<number | null> {
  const [figures] = await figuresAt(office.store, '2021-05-12', 'tenDay', [project]);
  const { rows } = await consolidate(office.store, PERIOD, moment(office));
  const row = rows.find(({ projectId }) => projectId === project);
  expect(row?.yearToDate ?? null).toBe(figures?.yearToDate ?? null);
  const value = figures?.yearToDate ?? null;
  return value === null ? null : value / WAN;
}

async function unitOf(office: Office) {
  const { units } = await periodOverview(office.store, PERIOD, moment(office));
  return units.find(({ unitId }) => unitId === county.unitId);
}

describe('[A7][B7][exchange] period locked: becomes a correction request', () => {
  it('the county is told before it writes; its correction waits at both sides and counts nowhere until it is taken', async () => {
    await review();
    expect(await unitOf(city)).toMatchObject({ reviewed: { operator: '市办经办人' }, requests: 0 });
    await down();
    expect((await readSheet(county.store, PERIOD, moment(county))).reviewed).toMatchObject([
      { operator: '市办经办人' },
    ]);

    expect(await submit(130)).toMatchObject({ corrected: 1, requests: 1 });
    expect(await counted(county)).toBe(100);
    const [row] = (await readSheet(county.store, PERIOD, moment(county))).rows;
    expect(row).toMatchObject({ statusText: '更正申请待采纳', yearToDate: 130 * WAN });
    const file = await county.send(city);
    expect(words(await city.preview(file))).toContain('该旬已审核：有 1 条列为更正申请');
    expect(words(await city.read(file))).toContain('该旬已审核：有 1 条列为更正申请，采纳以前不计入各项数字。');
    expect(await counted(city)).toBe(100);
    expect(await unitOf(city)).toMatchObject({ requests: 1, corrected: 0 });
    const [asked] = await requests(city);
    expect(asked).toMatchObject({
      projectName: '甲',
      state: 'requested',
      reason: '漏计一笔',
      counted: { yearToDate: 100 * WAN },
      asked: { yearToDate: 130 * WAN },
    });
    expect(await requests(county)).toEqual(await requests(city));

    const accept = { reportIds: [asked?.reportId ?? ''], accept: true };
    await expect(decideRequests(county.store, accept, county.actor())).rejects.toThrow(/由市领导小组办公室审核/u);
    await decideRequests(city.store, accept, city.actor());
    expect(await counted(city)).toBe(130);
    expect(words(await down())).toContain('更正申请有答复：采纳 1 条，不采纳 0 条。');
    expect(await counted(county)).toBe(130);
    expect(await requests(county)).toEqual([]);
    expect(county.dump('report', 'submission', 'periodReview')).toBe(city.dump('report', 'submission', 'periodReview'));
  });

  it('one that is not taken stays with its reason, and may be taken after all; the decision can be taken back', async () => {
    await review();
    await submit(90);
    await up();
    const [asked] = await requests(city);
    const one = { reportIds: [asked?.reportId ?? ''] };
    await decideRequests(city.store, { ...one, accept: false, reason: '与监理报告不符' }, city.actor());
    expect(words(await down())).toContain('采纳 0 条，不采纳 1 条');
    expect(await requests(county)).toMatchObject([{ state: 'declined', answer: '与监理报告不符' }]);
    expect(await reportHistory(county.store, project)).toMatchObject([
      { standing: 'declined' },
      { standing: 'counts' },
    ]);
    expect(await counted(county)).toBe(100);
    await decideRequests(city.store, { ...one, accept: true }, city.actor());
    expect(await counted(city)).toBe(90);
    undo(city.store, city.actor());
    expect(await counted(city)).toBe(100);
    // Whatever becomes of the review, what was expressly not taken does not come in by it.
    await withdrawReview(city.store, { ...PERIOD, unitId: county.unitId, reason: '另有单位补报' }, city.actor());
    await review();
    expect(await counted(city)).toBe(100);
  });

  it('a first report that comes after the review is one too; withdrawing the review lets it count', async () => {
    await review();
    const late = county.addProject('乙');
    await submit(50, late);
    await up();
    expect(await requests(city)).toMatchObject([{ projectName: '乙', counted: null }]);
    expect((await unitOf(city))?.reported).toBe(1);
    await withdrawReview(city.store, { ...PERIOD, unitId: county.unitId, reason: '漏报项目' }, city.actor());
    expect((await unitOf(city))?.reported).toBe(2);
    await down();
    expect(await unitOf(county)).toMatchObject({ reported: 2, reviewed: null, requests: 0 });
    await review();
    expect(await requests(city)).toEqual([]);
  });

  it('sides agree whichever file comes first: what was sent before the county heard of the review, and a second request', async () => {
    await submit(110);
    const sent = await county.send(city);
    await review();
    await submit(120);
    await city.read(sent);
    await up();
    // Of two requests of one project the later is asked for.
    expect(await requests(city)).toMatchObject([{ asked: { yearToDate: 120 * WAN } }]);
    expect(await counted(county)).toBe(120);
    await down();
    expect(await counted(county)).toBe(100);
    expect(await requests(county)).toEqual(await requests(city));
  });

  it('only the city reviews, and only what was reported; nobody writes such rows by another door', async () => {
    await expect(reviewPeriod(county.store, { ...PERIOD, unitIds: [county.unitId] }, county.actor())).rejects.toThrow(
      /由市领导小组办公室审核/u,
    );
    const [, other] = world.counties;
    await expect(reviewPeriod(city.store, { ...PERIOD, unitIds: [other?.unitId ?? ''] }, city.actor())).rejects.toThrow(
      /本期还没有报送/u,
    );
    expect(() => county.add('periodReview', { unitId: county.unitId, ...PERIOD, state: 'reviewed' })).toThrow(
      /不由本单位登记/u,
    );
  });
});
