import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lightsAt } from '../../../electron/ledger/rates/index.ts';
import { createSampleLedger } from '../../../electron/ledger/sample/sample-ledger.ts';
import { openSession, type Session } from '../../../electron/ledger/session/index.ts';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { undo } from '../../../electron/ledger/store/undo.ts';
import { approve, close, issue, recordReply } from '../../../electron/ledger/supervision/decide.ts';
import { draftSheets } from '../../../electron/ledger/supervision/draft.ts';
import { paperOf } from '../../../electron/ledger/supervision/paper.ts';
import { sheetLines } from '../../../electron/ledger/supervision/sheets.ts';
import { suggest } from '../../../electron/ledger/supervision/suggest.ts';

describe('supervision of red projects', () => {
  let folder: string;
  let session: Session;
  let red: { projectId: string; unitId: string; name: string; text: string }[];
  const now = Date.UTC(2026, 4, 1, 2);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'baobao-'));
    let clock = now;
    session = openSession(createSampleLedger(join(folder, '示例.bbledger'), now), {
      dataFolder: folder,
      now: () => {
        clock += 1000;
        return clock;
      },
    });
    const { lights } = await lightsAt(session.store, session.today());
    red = lights.filter((light) => light.light === 'red');
  });

  afterEach(() => {
    session.store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const draftOne = async (kind: 'reminder' | 'order' = 'reminder') => {
    const [project] = red;
    if (!project) throw new Error('the sample has no red project');
    const ids = await draftSheets(session, {
      asOf: session.today(),
      sheets: [{ unitId: project.unitId, kind, projectIds: [project.projectId] }],
    });
    return { id: ids[0] ?? '', project };
  };
  const approved = { approvedBy: '赵某', approvedOn: '2021-05-18', note: '经请示市政府同意' };

  it('[B8] a number is given only after approval is recorded, without leading zeros, in order, and is not undone', async () => {
    const { id, project } = await draftOne();
    await expect(issue(session, [id], '2021-05-18')).rejects.toThrow(/还没有登记批准/u);
    await approve(session, { ids: [id], ...approved });
    const second = await draftOne('order');
    await approve(session, { ids: [second.id], ...approved });
    expect((await issue(session, [id], '2021-05-18')).map((item) => item.number)).toEqual(['安重办督〔2021〕1号']);
    expect((await issue(session, [second.id], '2021-05-19')).map((item) => item.number)).toEqual([
      '安重办督〔2021〕2号',
    ]);
    await expect(issue(session, [id], '2021-05-18')).rejects.toThrow(/不能重复编号/u);
    const change = { entity: 'supervisionSheet' as const, id, set: { title: '另一个标题' } };
    expect(() => commit(session.store, { kind: 'edit', title: '改标题', changes: [change] }, session.actor())).toThrow(
      /已编号印发/u,
    );
    // An approval or a draft whose number is given is not taken back, and does not bar what came before it.
    expect(() => undo(session.store, session.actor())).toThrow(/没有可以撤销/u);
    const [line] = await sheetLines(session, [id]);
    expect(line).toMatchObject({ number: '安重办督〔2021〕1号', standing: 'issued' });
    expect(line?.projects).toEqual([{ id: project.projectId, name: project.name }]);
  });

  it('[B8] the paper carries the facts, the reason of the light and the digest of its data', async () => {
    const { id, project } = await draftOne('order');
    const draft = await paperOf(session, { ids: [id], form: 'letter', duplex: false, replySlip: true });
    const text = (html: string): string =>
      html
        .replace(/<style[\s\S]*?<\/style>/gu, '')
        .replace(/<[^>]+>/gu, '')
        .replace(/\s/gu, '');
    expect(text(draft.html)).toContain(project.name.replace(/\s/gu, ''));
    expect(text(draft.html)).toContain('未编号');
    await approve(session, { ids: [id], ...approved });
    await issue(session, [id], '2021-05-18');
    const paper = await paperOf(session, { ids: [id], form: 'letter', duplex: true, replySlip: true });
    expect(text(paper.html)).toContain('安重办督〔2021〕1号');
    expect(text(paper.html)).toContain('数据摘要');
    const form = await paperOf(session, { ids: [id], form: 'form', duplex: false, replySlip: true });
    expect(text(form.html)).toContain('督办单');
  });

  it('[B8] an unanswered sheet climbs one step; an answer within its time does not', async () => {
    const { id, project } = await draftOne('reminder');
    await approve(session, { ids: [id], ...approved, approvedOn: '2021-05-01' });
    await issue(session, [id], '2021-05-01');
    const again = async () => (await suggest(session, [project.projectId], session.today()))[0];
    session.store.db.prepare('UPDATE "supervisionSheet" SET "replyDue" = ? WHERE "id" = ?').run('2021-05-20', id);
    expect(await again()).toMatchObject({ kind: 'reminder' });
    session.store.db.prepare('UPDATE "supervisionSheet" SET "replyDue" = ? WHERE "id" = ?').run('2021-05-06', id);
    expect(await again()).toMatchObject({ kind: 'order', earlier: { number: '安重办督〔2021〕1号', answered: false } });
    await recordReply(session, {
      id,
      receivedBy: '钱某',
      receivedOn: '2021-05-02',
      repliedOn: '2021-05-05',
      replyText: '已增派人员',
    });
    expect((await sheetLines(session, [id]))[0]).toMatchObject({ standing: 'replied', replyText: '已增派人员' });
    await close(session, [id]);
    expect((await sheetLines(session, [id]))[0]?.standing).toBe('closed');
  });

  it('[B8] one run prints the sheets of several units, each on a sheet of its own', async () => {
    const units = [...new Map(red.map((light) => [light.unitId, light.projectId]))].slice(0, 3);
    const ids = await draftSheets(session, {
      asOf: session.today(),
      sheets: units.map(([unitId, projectId]) => ({ unitId, kind: 'reminder' as const, projectIds: [projectId] })),
    });
    const single = await paperOf(session, { ids: ids.slice(0, 1), form: 'letter', duplex: true, replySlip: true });
    const run = await paperOf(session, { ids, form: 'letter', duplex: true, replySlip: true });
    expect(run.title).toBe('督办文书 3 份');
    expect(run.pages).toBeGreaterThanOrEqual(single.pages * 3);
  });
});
