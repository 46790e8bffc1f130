import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fillCells, periodOverview, readSheet, submitPeriod } from '../../../electron/ledger/reports/index.ts';
import { createSampleCounty, createSampleLedger } from '../../../electron/ledger/sample/index.ts';
import { createCityLedger } from '../../../electron/ledger/session/index.ts';
import { openSession, type Session } from '../../../electron/ledger/session/session.ts';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { writeMeta } from '../../../electron/ledger/store/meta.ts';
import type { Store } from '../../../electron/ledger/store/open.ts';
import { approve, draftSheets, issue } from '../../../electron/ledger/supervision/index.ts';
import { campaignOn } from '../../../electron/ledger/workbench/campaign.ts';
import { cityLights, cityWorkbench, rateTrend } from '../../../electron/ledger/workbench/city.ts';
import { countyWorkbench } from '../../../electron/ledger/workbench/county.ts';
import { weeklyNotes, weeklyPaper } from '../../../electron/ledger/workbench/weekly.ts';

const NOW = Date.UTC(2026, 4, 1, 2);
const SMALL = { projects: 60, reportsPerProject: 6 };

function sessionOn(store: Store, folder: string): Session {
  let clock = NOW;
  return openSession(store, {
    dataFolder: folder,
    now: () => {
      clock += 1000;
      return clock;
    },
  });
}

/** Everything the city's screen shows. */
async function screen(session: Session) {
  return { ...(await cityWorkbench(session)), ...(await cityLights(session)) };
}

describe('工作台', () => {
  let folder: string;
  let store: Store | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baobao-workbench-'));
  });
  afterEach(() => {
    store?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const city = (): Session => {
    store = createSampleLedger(join(folder, '示例.bbledger'), NOW, SMALL);
    return sessionOn(store, folder);
  };
  const county = (): Session => {
    store = createSampleCounty(join(folder, '青禾县.bbledger'), NOW, '青禾县', SMALL);
    return sessionOn(store, folder);
  };

  it('[B7] the city sees who has reported the period to work on and the one before', async () => {
    const { current, previous, lights, projects } = await screen(city());
    expect(current.period).toMatchObject({ key: '2021-05-2', overdue: false });
    expect(previous.period.key).toBe('2021-05-1');
    expect(current.missing).toHaveLength(current.units);
    expect(previous.reported.length + previous.late.length + previous.partial.length + previous.missing.length).toBe(
      previous.units,
    );
    expect(lights.green + lights.yellow + lights.red + lights.none).toBe(projects);
  });

  it('[A3] a new city is led through units, projects and 入网 in this order, until an office is enrolled', async () => {
    store = createCityLedger(
      {
        path: join(folder, '市.bbledger'),
        place: '安澜市',
        placeShort: '安',
        operator: '王敏',
        presetId: 'hundredDays',
        year: 2026,
      },
      NOW,
    );
    const session = sessionOn(store, folder);
    expect((await cityWorkbench(session)).firstSteps).toEqual({ units: 0, projects: 0, enrolled: 0 });
    commit(
      store,
      {
        kind: 'edit',
        title: '增加责任单位',
        changes: [{ entity: 'responsibilityUnit', id: newId(), set: { name: '临江县', kind: 'county', sequence: 1 } }],
      },
      session.actor(),
    );
    expect((await cityWorkbench(session)).firstSteps).toEqual({ units: 1, projects: 0, enrolled: 0 });
    store.close();
    expect((await cityWorkbench(city())).firstSteps).toBeNull();
  });

  it('[B8] red projects without a sheet come first; a draft about one is named, a closed sheet is not', async () => {
    const session = city();
    const before = await screen(session);
    expect(before.red.length).toBe(before.lights.red);
    const [first] = before.red;
    if (!first) throw new Error('the sample has no red project');
    const ids = await draftSheets(session, {
      asOf: session.today(),
      sheets: [{ unitId: first.unitId, kind: 'reminder', projectIds: [first.projectId] }],
    });
    const drafted = await screen(session);
    expect(drafted.red.at(-1)).toMatchObject({
      projectId: first.projectId,
      sheet: { id: ids[0], text: '工作提示单拟办中' },
    });
    expect(drafted.sheets.map((sheet) => sheet.standing)).toEqual(['draft']);
    await approve(session, { ids, approvedBy: '王某', approvedOn: '2021-05-18', note: '经请示市政府同意' });
    await issue(session, ids, '2021-05-18');
    expect((await cityLights(session)).red.at(-1)?.sheet?.text).toBe('安重办督〔2021〕1号');
  });

  it('[A4] the course of the four rates leads up to today within the year; units add up to the city', async () => {
    const session = city();
    const dates = (await rateTrend(session)).map((point) => point.date);
    expect(dates).toEqual(['2021-03-31', '2021-04-10', '2021-04-20', '2021-04-30', '2021-05-10']);
    const { units, lights, rates, projects } = await cityLights(session);
    expect(units.reduce((sum, unit) => sum + unit.projects, 0)).toBe(projects);
    expect(units.reduce((sum, unit) => sum + unit.red, 0)).toBe(lights.red);
    expect(rates.investmentRate?.text).toMatch(/^\d+\.\d %$/u);
    writeMeta(session.store, 'today', '2021-01-05');
    expect(await rateTrend(session)).toEqual([]);
  });

  it('[B7] a county fills, submits and is done; what it wrote since the last file is counted', async () => {
    const session = county();
    const moment = () => ({ today: session.today(), now: session.actor().now });
    const start = await countyWorkbench(session);
    expect(start).toMatchObject({ filled: 0, reported: 0, unsent: { changes: 0, lastAt: null } });
    expect(start.expected).toBeGreaterThan(0);
    expect(start.current.period.title).toBe('2021年5月中旬旬报');

    const period = { kind: 'tenDay' as const, period: '2021-05-2' };
    const projects = (await readSheet(session.store, period, moment())).rows.filter((row) => !row.optional);
    await fillCells(
      session.store,
      {
        ...period,
        edits: projects.map(({ id }) => ({ projectId: id, field: 'periodInvestment' as const, value: 10_000 })),
      },
      session.actor(),
    );
    const filled = await countyWorkbench(session);
    expect(filled.filled).toBe(filled.expected);
    // A draft stays in the office: nothing waits to be exported yet.
    expect(filled.unsent.changes).toBe(0);

    await fillCells(
      session.store,
      {
        ...period,
        edits: projects.flatMap(({ id }) => [
          { projectId: id, field: 'visibleProgress' as const, value: '按计划推进' },
          { projectId: id, field: 'explanation' as const, value: '已核实' },
        ]),
      },
      session.actor(),
    );
    await submitPeriod(session.store, period, session.actor());
    expect((await periodOverview(session.store, period, moment())).totals.reportedProjects).toBe(filled.expected);
    const submitted = await countyWorkbench(session);
    expect(submitted.reported).toBe(submitted.expected);
    expect(submitted.unsent.changes).toBeGreaterThan(submitted.expected);

    const last = session.store.db.prepare('SELECT max("n") AS "n" FROM "journal"').get() as { n: number };
    session.store.db
      .prepare(
        `INSERT INTO "exchange" ("id", "direction", "kind", "at", "operator", "fileName", "bytes", "toN", "counts", "outcome")
         VALUES (?, 'out', 'upward', ?, '', 'a.bbsync', 1, ?, '{}', 'written')`,
      )
      .run(newId(), NOW, last.n);
    expect((await countyWorkbench(session)).unsent).toEqual({ changes: 0, lastAt: NOW });
  });

  it('建议修改 are counted for the side that decides', async () => {
    const session = county();
    const project = await session.store.query.selectFrom('project').select('id').executeTakeFirstOrThrow();
    const change = { entity: 'project' as const, id: project.id, set: { cityNote: '请市里协调用地' } };
    commit(session.store, { kind: 'edit', title: '改市级备注', changes: [change] }, session.actor());
    expect((await countyWorkbench(session)).waiting).toEqual({ requests: 0, proposals: 0, proposed: 1, conflicts: 0 });
    expect((await cityWorkbench({ ...session, identity: { ...session.identity, level: 'city' } })).waiting).toEqual({
      requests: 0,
      proposals: 1,
      proposed: 0,
      conflicts: 0,
    });
  });

  it('[C12] the Monday message names red and yellow lights to each leader, with what was said a week before and since', async () => {
    const session = city();
    const before = await weeklyNotes(session, 'leader');
    expect([before.date, before.lastDate]).toEqual(['2021-05-17', '2021-05-10']);
    const note = before.notes.find((each) => each.key !== '' && each.red > 0);
    if (!note) throw new Error('no leader with a red light in the sample');
    expect(note.text).toMatch(/^【重点项目每周提示】截至2021年5月17日（星期一）\n/u);
    expect(note.text).toContain(`您包保的项目共 ${note.projects} 个，红灯 ${note.red} 个、黄灯 ${note.yellow} 个`);
    expect(note.text).toMatch(/一、红灯项目 \d+ 个\n1\. .+（.+）：.+上次提示：5月10日(红|黄|绿)灯.*上周以来/u);

    // The same projects by unit, none twice, none left out.
    const units = await weeklyNotes(session, 'unit');
    const sum = (notes: typeof units.notes, key: 'projects' | 'red' | 'yellow'): number =>
      notes.reduce((total, each) => total + each[key], 0);
    for (const key of ['projects', 'red', 'yellow'] as const) {
      expect(sum(units.notes, key)).toBe(sum(before.notes, key));
    }

    // What was pushed is followed up: a link done in the week is told.
    const project = session.store.db
      .prepare('SELECT id, name FROM project WHERE cityLeaderId = ? AND voided = 0')
      .all(note.key) as { id: string; name: string }[];
    const named = project.find((each) => note.text.includes(each.name));
    const set = { projectId: named?.id ?? '', name: '施工图审查', deadline: '2021-05-14', doneOn: '2021-05-13' };
    commit(
      session.store,
      { kind: 'edit', title: '办结环节', changes: [{ entity: 'link', id: newId(), set }] },
      session.actor(),
    );
    const after = (await weeklyNotes(session, 'leader')).notes.find((each) => each.key === note.key);
    expect(after?.text).toMatch(/上周以来：.*“施工图审查”已完成/u);

    const paper = await weeklyPaper(session, 'leader', [note.key]);
    expect(paper.pages).toBeGreaterThan(0);
    expect(paper.html.replace(/<[^>]+>/gu, '')).toContain('重点项目每周提示');
  });
});

describe('[B1] day counter of a campaign', () => {
  const window = { name: '百日会战', from: '2020-08-01', to: '2020-11-10' };
  it.each([
    ['2020-07-31', 'before', 1],
    ['2020-08-01', 'running', 1],
    ['2020-11-10', 'running', 102],
    ['2020-11-11', 'after', 0],
  ] as const)('%s', (today, state, day) => {
    expect(campaignOn(window, today)).toMatchObject({ state, day, total: 102 });
  });
});
