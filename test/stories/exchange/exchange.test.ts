import { copyFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { incarnate } from '../../../electron/ledger/backup/incarnation.ts';
import { pack } from '../../../electron/ledger/exchange/export/export.ts';
import { Importer } from '../../../electron/ledger/exchange/import/importer.ts';
import { undoImport } from '../../../electron/ledger/exchange/import/undo-import.ts';
import { admit, createEnrolment, join, revoke } from '../../../electron/ledger/exchange/offices/enrolment.ts';
import { identityNotice, settleFork } from '../../../electron/ledger/exchange/offices/fork.ts';
import { keysOf, officeRow } from '../../../electron/ledger/exchange/offices/keys.ts';
import { conflicts, decide, proposals, resolve } from '../../../electron/ledger/exchange/register/disputes.ts';
import { overview } from '../../../electron/ledger/exchange/register/overview.ts';
import { readRegister } from '../../../electron/ledger/exchange/register/register.ts';
import { registerPaper } from '../../../electron/ledger/exchange/register/register-paper.ts';
import { slipOf } from '../../../electron/ledger/exchange/register/slip.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { openStore } from '../../../electron/ledger/store/open.ts';
import type { EntityName } from '../../../shared/dictionary/index.ts';
import { digestText } from '../../../shared/domain/digest-text.ts';
import { Office, PASSPHRASE, type Region, region } from './offices.ts';

const DAY = 24 * 60 * 60_000;
const WORK: readonly EntityName[] = ['project', 'link', 'submission', 'report'];

let world: Region;
let city: Office;
let baoqing: Office;
let youyi: Office;

beforeEach(async () => {
  world = await region();
  city = world.city;
  [baoqing, youyi] = world.counties as [Office, Office, Office];
});
afterEach(() => world.close());

async function up(from: Office) {
  return city.read(await from.send(city));
}

async function down(to: Office) {
  return to.read(await city.send(to));
}

describe('[exchange] a city and three counties', () => {
  it('a project and its link reach the city, and the preview says it before', async () => {
    const id = baoqing.addProject('污水处理厂');
    baoqing.add('link', { projectId: id, name: '立项' });
    const file = await baoqing.send(city);
    const preview = await city.preview(file);
    expect(preview).toMatchObject({ state: 'ready', arrival: 'new', conflicts: 0, proposals: 0, gap: null });
    expect(city.rows('project')).toEqual([]);
    const report = await city.read(file);
    expect(report).toMatchObject({ state: 'applied', fault: null, entities: preview.entities });
    expect(report.entities.find((entity) => entity.entity === 'project')).toMatchObject({ added: 1, changed: 0 });
    expect(city.dump(...WORK)).toBe(baoqing.dump(...WORK));
  });

  it('what the city sets for one county reaches that county and no other', async () => {
    const id = baoqing.addProject('污水处理厂');
    await up(baoqing);
    city.set('project', id, { annualPlan: 5_000_000 });
    expect(await down(baoqing)).toMatchObject({ state: 'applied', proposals: 0, conflicts: 0 });
    await down(youyi);
    expect(baoqing.get('project', id, 'annualPlan')).toBe(5_000_000);
    expect(youyi.rows('project')).toEqual([]);
  });

  it('a file carries only what is not acknowledged, and the acknowledgement comes in the answer', async () => {
    baoqing.addProject('甲');
    await up(baoqing);
    await down(baoqing);
    const id = baoqing.addProject('乙');
    const report = await up(baoqing);
    const projects = report.entities.find((entity) => entity.entity === 'project');
    expect(projects).toMatchObject({ added: 1, same: 0 });
    expect(city.get('project', id, 'name')).toBe('乙');
    // Nothing of one's own comes back as news.
    const answer = await down(baoqing);
    expect(answer.entities.find((entity) => entity.entity === 'project')).toBeUndefined();
  });

  it('each side learns who made a change, when and doing what', async () => {
    const id = baoqing.addProject('甲');
    await up(baoqing);
    const stamp = city.get('project', id, '_stamp');
    expect(city.store.db.prepare('SELECT "operator", "title" FROM "origin" WHERE "stamp" = ?').get(stamp)).toEqual({
      operator: '宝清县经办人',
      title: '修改',
    });
  });

  it('the register holds every file, sent, read and refused', async () => {
    const file = await baoqing.send(city);
    await city.read(file);
    await youyi.read(file);
    expect(readRegister(baoqing.store, { limit: 1 })[0]).toMatchObject({
      direction: 'out',
      outcome: 'written',
      number: 2,
    });
    expect(readRegister(city.store, { limit: 1 })[0]).toMatchObject({
      direction: 'in',
      outcome: 'applied',
      officeName: '宝清县',
    });
    expect(readRegister(youyi.store, { limit: 1 })[0]).toMatchObject({ outcome: 'refused' });
  });

  it('the digest of a file is one and the same on the slip, in both registers and on the receipt', async () => {
    baoqing.addProject('甲');
    const { digest } = await city.read(await baoqing.send(city));
    const [sent] = readRegister(baoqing.store, { limit: 1 });
    const [received] = readRegister(city.store, { limit: 1 });
    expect(digest).toMatch(/^[0-9a-f]{64}$/u);
    expect([sent?.digest, received?.digest]).toEqual([digest, digest]);
    const printed = digestText(digest ?? '').split(' ');
    expect(printed).toHaveLength(4);
    for (const [store, id, title] of [
      [baoqing.store, sent?.id, '交接单 第2号'],
      [city.store, received?.id, '接收回执 第2号'],
    ] as const) {
      const slip = slipOf(store, id ?? '');
      expect(slip.title).toBe(title);
      for (const part of printed) expect(slip.html).toContain(part);
    }
    expect(() => slipOf(city.store, 'nothing')).toThrow('收发登记');
  });

  it('the sender’s register says what became of its files: imported, refused, or not heard of yet', async () => {
    const [good, bad] = [await baoqing.send(city), await baoqing.send(city)];
    const bytes = readFileSync(bad);
    const place = bytes.indexOf('data/001.ndjson.gz.enc', bytes.indexOf('manifest.sig')) + 60;
    bytes[place] = (bytes[place] ?? 0) ^ 4;
    writeFileSync(bad, bytes);
    for (const file of [good, bad, good]) await city.read(file);
    const told = () => readRegister(baoqing.store, { direction: 'out', limit: 2 }).map(({ receipt }) => receipt);
    expect(told()).toEqual([null, null]);
    expect(overview(baoqing.store).peers[0]?.lastSent).toMatchObject({ number: 3, read: false });
    await down(baoqing);
    expect(told()).toEqual([
      expect.stringMatching(/^对方没有收下（2021年5月12日/u),
      expect.stringMatching(/^对方已导入（2021年5月12日/u),
    ]);
    await up(baoqing);
    await down(baoqing);
    expect(overview(baoqing.store).peers[0]?.lastSent).toMatchObject({ number: 4, read: true });
  });

  it('the register is printed as it is filtered, the oldest first, with digests', async () => {
    for (const office of [baoqing, youyi]) {
      office.addProject('甲');
      await up(office);
    }
    const all = registerPaper(city.store, { limit: 100 }, '2021-05-12');
    const digests = readRegister(city.store, { direction: 'in', limit: 2 }).map(
      ({ digest }) => digest?.slice(0, 8) ?? '',
    );
    for (const text of ['数据文件收发登记表', '友谊县', '已导入', '登记人', ...digests])
      expect(all.html).toContain(text);
    const some = registerPaper(city.store, { officeId: baoqing.officeId, limit: 100 }, '2021-05-12');
    expect(some.html).not.toContain('友谊县');
    expect(some.pages).toBe(1);
  });
});

describe('[exchange] files that are lost, late or come twice', () => {
  it('a lost file never matters: the next one heals it', async () => {
    const first = baoqing.addProject('甲');
    await baoqing.send(city);
    const second = baoqing.addProject('乙');
    const report = await up(baoqing);
    expect(report.gap).toBeNull();
    expect([city.get('project', first, 'name'), city.get('project', second, 'name')]).toEqual(['甲', '乙']);
  });

  it('the same file again changes nothing and says so', async () => {
    baoqing.addProject('甲');
    const file = await baoqing.send(city);
    await city.read(file);
    const before = city.dump();
    const { journal } = city;
    const again = await city.read(file);
    expect(again).toMatchObject({ state: 'repeated', arrival: 'repeated' });
    expect(again.notes[0]).toMatch(/^该文件已于2021年5月12日.*导入，无新数据。$/u);
    expect(city.dump()).toBe(before);
    expect(city.journal).toBe(journal);
  });

  it('an older file after a newer one changes nothing that is newer', async () => {
    const id = baoqing.addProject('甲');
    const older = await baoqing.send(city);
    baoqing.set('project', id, { stage: 'started' });
    const newer = await baoqing.send(city);
    await city.read(newer);
    const report = await city.read(older);
    expect(report).toMatchObject({ state: 'applied', arrival: 'late', conflicts: 0 });
    expect(report.notes[0]).toMatch(/^较早文件/u);
    expect(city.get('project', id, 'stage')).toBe('started');
  });

  it('in any order the ledger ends the same', async () => {
    const id = baoqing.addProject('甲');
    const files = [await baoqing.send(city)];
    for (const stage of ['started', 'building', 'completed']) {
      baoqing.set('project', id, { stage });
      files.push(await baoqing.send(city));
    }
    for (const file of [3, 0, 2, 1, 0, 3]) await city.read(files[file] ?? '');
    expect(city.dump(...WORK)).toBe(baoqing.dump(...WORK));
  });

  it('a bad file among several does not stop the rest', async () => {
    const one = baoqing.addProject('甲');
    const good = await baoqing.send(city);
    const bad = joinPath(city.stick, 'bad.bbsync');
    writeFileSync(bad, 'PK\u0003\u0004'.padEnd(500, 'x'));
    const two = youyi.addProject('乙');
    const states: string[] = [];
    for (const file of [good, bad, await youyi.send(city)]) states.push((await city.read(file)).state);
    expect(states).toEqual(['applied', 'refused', 'applied']);
    expect([city.get('project', one, 'name'), city.get('project', two, 'name')]).toEqual(['甲', '乙']);
  });
});

describe('[exchange] files that must be refused leave the ledger as it was', () => {
  async function expectRefused(office: Office, file: string, code: string): Promise<void> {
    const before = office.dump();
    const { journal } = office;
    for (const report of [await office.preview(file), await office.read(file)]) {
      expect(report.fault?.code).toBe(code);
      expect(report.state).toBe('refused');
      expect(report.fault?.text).toMatch(/台账(未|没有)改动/u);
    }
    expect(office.dump()).toBe(before);
    expect(office.journal).toBe(journal);
  }

  it('a file for another office', async () => {
    await expectRefused(youyi, await city.send(baoqing), 'SYNC_OTHER_OFFICE');
  });

  it('a file of an office that one has nothing to do with', async () => {
    await expectRefused(youyi, await baoqing.send(city), 'SYNC_UNKNOWN_SENDER');
  });

  it('one’s own file', async () => {
    await expectRefused(baoqing, await baoqing.send(city), 'SYNC_OWN_FILE');
  });

  it('a cut file', async () => {
    const file = await baoqing.send(city);
    truncateSync(file, Math.floor(readFileSync(file).length * 0.7));
    await expectRefused(city, file, 'SYNC_CUT');
  });

  it('a file with one flipped bit', async () => {
    baoqing.addProject('甲');
    const file = await baoqing.send(city);
    const bytes = readFileSync(file);
    const place = bytes.indexOf('data/001.ndjson.gz.enc', bytes.indexOf('manifest.sig')) + 60;
    bytes[place] = (bytes[place] ?? 0) ^ 4;
    writeFileSync(file, bytes);
    await expectRefused(city, file, 'SYNC_DAMAGED');
  });

  it('an enrolment file where a sync file belongs', async () => {
    const unitId = city.add('responsibilityUnit', { name: '集贤县', kind: 'county' });
    const file = await createEnrolment(city.store, { unitId, passphrase: PASSPHRASE }, city.stick, {
      actor: city.actor(),
    });
    await expectRefused(baoqing, file.path, 'SYNC_WRONG_KIND');
  });

  it('a file of an office that was revoked', async () => {
    revoke(city.store, baoqing.officeId, city.actor());
    await expectRefused(city, await baoqing.send(city), 'SYNC_REVOKED_SENDER');
  });

  it('a file whose office was revoked, or which was changed on the stick, while the file before it was read', async () => {
    baoqing.addProject('甲');
    youyi.addProject('乙');
    const [first, second] = [await baoqing.send(city), await youyi.send(city)];
    const importer = new Importer(city.store);
    const read = (path: string, next: string) => importer.apply(path, { actor: city.actor(), next });
    try {
      expect(await read(first, second)).toMatchObject({ state: 'applied' });
      revoke(city.store, youyi.officeId, city.actor());
      expect((await read(second, first)).fault?.code).toBe('SYNC_REVOKED_SENDER');
      // Begun beside a file that was refused, or read twice: nothing but time may depend on it.
      expect(await read(first, first)).toMatchObject({ state: 'repeated' });
      baoqing.addProject('丙');
      const [third, damaged] = [await baoqing.send(city), await baoqing.send(city, true)];
      const bytes = readFileSync(damaged);
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      writeFileSync(damaged, bytes);
      expect(await read(third, damaged)).toMatchObject({ state: 'applied' });
      expect((await read(damaged, third)).fault?.code).toMatch(/^SYNC_(DAMAGED|MALFORMED|BAD_SIGNATURE)$/u);
      expect(city.rows('project').map((row) => row['name'])).toEqual(['甲', '丙']);
    } finally {
      await importer.close();
    }
  });

  it('a file that goes away', async () => {
    await expectRefused(city, joinPath(city.stick, '没有.bbsync'), 'FILE_GONE');
  });

  it('an unusual mass of voided rows, until the clerk says yes', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => baoqing.addProject(`项目${index}`));
    await up(baoqing);
    baoqing.commit('作废', ...ids.slice(0, 15).map((id) => ({ entity: 'project' as const, id, set: { voided: 1 } })));
    const file = await baoqing.send(city);
    expect((await city.preview(file)).massChange).toBe('30 条项目中有 15 条被作废');
    expect((await city.read(file)).fault?.code).toBe('SYNC_MASS_CHANGE');
    expect(city.rows('project').filter((row) => row['voided'] === 1)).toEqual([]);
    expect((await city.read(file, true)).state).toBe('applied');
    expect(city.rows('project').filter((row) => row['voided'] === 1)).toHaveLength(15);
  });

  it('an unusual mass of rows that change hands, until the clerk says yes', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => baoqing.addProject(`项目${index}`));
    await up(baoqing);
    city.commit(
      '划转',
      ...ids.slice(0, 12).map((id) => ({ entity: 'project' as const, id, set: { unitId: youyi.unitId } })),
    );
    const file = await city.send(baoqing);
    expect((await baoqing.preview(file)).massChange).toBe('30 条项目中有 12 条改由其他单位负责');
    expect((await baoqing.read(file)).fault?.code).toBe('SYNC_MASS_CHANGE');
    expect(baoqing.rows('project').every((row) => row['unitId'] === baoqing.unitId)).toBe(true);
    expect((await baoqing.read(file, true)).state).toBe('applied');
    expect(baoqing.rows('project').filter((row) => row['unitId'] === youyi.unitId)).toHaveLength(12);
    // To the one that gets them they are new, not taken away.
    expect(await down(youyi)).toMatchObject({ state: 'applied', massChange: null });
  });

  it('an import that is cancelled half-way', async () => {
    baoqing.addProject('甲');
    const file = await baoqing.send(city);
    const before = city.dump();
    const abort = new AbortController();
    const importer = new Importer(city.store);
    const onProgress = (title: string): void => {
      if (title === '合并数据') abort.abort();
    };
    await expect(importer.apply(file, { actor: city.actor(), signal: abort.signal, onProgress })).rejects.toThrow(
      '已取消',
    );
    await importer.close();
    expect(city.dump()).toBe(before);
    expect((await city.read(file)).state).toBe('applied');
  });
});

describe('[exchange] enrolment', () => {
  it('with a wrong passphrase leaves no ledger behind', async () => {
    const unitId = city.add('responsibilityUnit', { name: '集贤县', kind: 'county' });
    const file = await createEnrolment(city.store, { unitId, passphrase: PASSPHRASE }, city.stick, {
      actor: city.actor(),
    });
    const ledgerPath = joinPath(world.folder, '集贤县.bbledger');
    const request = { enrolmentPath: file.path, passphrase: '百日会战2020', ledgerPath };
    await expect(join(request, { actor: city.actor() })).rejects.toThrow('口令不对');
    expect(readdirSync(world.folder).filter((name) => name.startsWith('集贤县'))).toEqual([]);
  });

  it('shows an office’s first file for admission and reads nothing before', async () => {
    const unitId = city.add('responsibilityUnit', { name: '集贤县', kind: 'county' });
    const file = await createEnrolment(city.store, { unitId, passphrase: PASSPHRASE }, city.stick, {
      actor: city.actor(),
    });
    const ledgerPath = joinPath(world.folder, '集贤县.bbledger');
    const store = await join({ enrolmentPath: file.path, passphrase: PASSPHRASE, ledgerPath }, { actor: city.actor() });
    const jixian = new Office({ name: '集贤县', clock: world.clock, stick: city.stick, unitId }, store);
    const id = jixian.addProject('甲');
    const first = await jixian.send(city);
    for (const report of [await city.preview(first), await city.read(first)]) {
      expect(report).toMatchObject({ state: 'candidate', sender: { name: '集贤县' } });
      expect(report.fingerprint).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/u);
    }
    await expect(admit(city.store, first, '0000 0000 0000 0000', city.actor())).rejects.toThrow('指纹不一致');
    const { fingerprint } = await city.preview(first);
    await admit(city.store, first, fingerprint ?? '', city.actor());
    expect(await city.read(first)).toMatchObject({ state: 'applied' });
    expect(city.get('project', id, 'name')).toBe('甲');
    store.close();
  });

  it('a new PC enrols again; until it is admitted the old one still counts, then no more', async () => {
    const id = baoqing.addProject('甲');
    await up(baoqing);
    const request = { officeId: baoqing.officeId, passphrase: PASSPHRASE };
    const file = await createEnrolment(city.store, request, city.stick, { actor: city.actor() });
    const ledgerPath = joinPath(world.folder, '宝清县新电脑.bbledger');
    const store = await join({ enrolmentPath: file.path, passphrase: PASSPHRASE, ledgerPath }, { actor: city.actor() });
    const moved = new Office({ name: '宝清县', clock: world.clock, stick: city.stick, unitId: baoqing.unitId }, store);
    expect(moved.get('project', id, 'name')).toBe('甲');
    moved.set('project', id, { stage: 'started' });
    const first = await moved.send(city);
    const late = baoqing.addProject('旧电脑上最后一项');
    expect((await up(baoqing)).state).toBe('applied');
    const candidate = await city.preview(first);
    await admit(city.store, first, candidate.fingerprint ?? '', city.actor());
    expect(await city.read(first)).toMatchObject({ state: 'applied', newIncarnation: true });
    expect(city.get('project', id, 'stage')).toBe('started');
    expect((await up(baoqing)).fault?.code).toBe('SYNC_BAD_SIGNATURE');
    // What the old PC sent last comes to the new one from the city.
    await moved.read(await city.send(moved, true));
    expect(moved.get('project', late, 'name')).toBe('旧电脑上最后一项');
    expect(moved.complaints()).toEqual([]);
    store.close();
  });
});

describe('[exchange] authority before time', () => {
  it('a project that the city kept passes to a county with all that the city wrote', async () => {
    const unitId = city.add('responsibilityUnit', { name: '市直单位', kind: 'department' });
    const id = city.addProject('会展中心', unitId);
    city.set('project', id, { stage: 'building', note: '市里登记' });
    city.set('project', id, { unitId: baoqing.unitId });
    expect(await down(baoqing)).toMatchObject({ proposals: 0, conflicts: 0 });
    expect(baoqing.dump('project')).toBe(city.dump('project'));
    baoqing.set('project', id, { stage: 'completed' });
    await up(baoqing);
    expect(city.dump('project')).toBe(baoqing.dump('project'));
  });

  it('a county’s wish for a city field is a proposal that the city takes or leaves', async () => {
    const [one, two] = [baoqing.addProject('甲'), baoqing.addProject('乙')];
    await up(baoqing);
    city.set('project', one, { annualPlan: 1_000_000 });
    city.set('project', two, { annualPlan: 1_000_000 });
    await down(baoqing);
    for (const id of [one, two]) baoqing.set('project', id, { annualPlan: 2_000_000 });
    expect(baoqing.get('project', one, 'annualPlan')).toBe(1_000_000);
    await up(baoqing);
    const open = proposals(city.store, true);
    expect(open).toHaveLength(2);
    expect(open[0]).toMatchObject({ fieldLabel: '年度计划投资', mine: true });
    const of = (id: string): string => open.find((item) => item.rowId === id)?.id ?? '';
    decide(city.store, [of(one)], true, city.moment());
    decide(city.store, [of(two)], false, city.moment());
    await down(baoqing);
    expect(baoqing.get('project', one, 'annualPlan')).toBe(2_000_000);
    expect(baoqing.get('project', two, 'annualPlan')).toBe(1_000_000);
    expect(
      proposals(baoqing.store, false)
        .map((item) => item.state)
        .sort(),
    ).toEqual(['accepted', 'declined']);
  });

  it('what a county writes on a project that has moved away becomes a proposal, and both end alike', async () => {
    const id = baoqing.addProject('甲');
    await up(baoqing);
    city.set('project', id, { unitId: youyi.unitId });
    await down(youyi);
    expect(youyi.get('project', id, 'name')).toBe('甲');
    // 宝清县 does not know yet.
    baoqing.set('project', id, { stage: 'completed' });
    const report = await up(baoqing);
    expect(report.proposals).toBe(1);
    expect(city.get('project', id, 'stage')).toBe('preparing');
    youyi.set('project', id, { stage: 'started' });
    expect(await up(youyi)).toMatchObject({ proposals: 0, conflicts: 0 });
    expect(city.get('project', id, 'stage')).toBe('started');
    await down(baoqing);
    expect(baoqing.get('project', id, 'unitId')).toBe(youyi.unitId);
    expect(baoqing.get('project', id, 'stage')).not.toBe('completed');
  });

  it('what was written before the move stays good, though it comes after', async () => {
    const id = baoqing.addProject('甲');
    await up(baoqing);
    baoqing.set('project', id, { stage: 'started' });
    const file = await baoqing.send(city);
    city.set('project', id, { unitId: youyi.unitId });
    expect(await city.read(file)).toMatchObject({ proposals: 0, conflicts: 0 });
    expect(city.get('project', id, 'stage')).toBe('started');
  });

  it('what a county makes on a unit that has passed to another is kept as 作废 on both sides, and can be taken up', async () => {
    const project = baoqing.addProject('甲');
    await up(baoqing);
    city.set('project', project, { unitId: youyi.unitId });
    const link = baoqing.add('link', { projectId: project, name: '不知情的环节' });
    const report = await up(baoqing);
    expect(report.waiting.authority).toBe(1);
    expect(city.get('link', link, 'voided')).toBe(1);
    await down(youyi);
    expect(youyi.get('link', link, 'name')).toBe('不知情的环节');
    youyi.set('link', link, { voided: 0 });
    expect(await up(youyi)).toMatchObject({ conflicts: 0, proposals: 0 });
    expect(city.get('link', link, 'voided')).toBe(0);
  });

  it('a county may not make what only the city makes', async () => {
    // A changed program that has no such rule.
    const office = officeRow(baoqing.store, baoqing.officeId);
    const above = officeRow(baoqing.store, office?.parentOfficeId ?? '');
    const keys = above ? keysOf(above) : null;
    if (!above || !keys) throw new Error('no city');
    const stamp = `${world.clock.tick().toString(16).padStart(12, '0')}0000forged000000`;
    const row = {
      id: '0179573a-0000-7000-8000-00000000beef',
      stamp,
      whole: true,
      columns: ['voided', 'name', 'kind'],
      values: [0, '冒名单位', 'county'],
      stamps: null,
      bases: null,
    };
    const file = await pack(
      baoqing.store,
      { officeId: above.id, full: false },
      baoqing.stick,
      {
        kind: 'upward',
        addressees: [{ kind: 'office', officeId: above.id, keys }],
        enrolment: null,
        first: [{ entity: 'responsibilityUnit', columns: row.columns, row }],
      },
      { actor: baoqing.actor() },
    );
    const report = await city.read(file.path);
    expect(report.waiting.authority).toBe(1);
    expect(city.rows('responsibilityUnit').some((unit) => unit['name'] === '冒名单位')).toBe(false);
  });
});

describe('[exchange] no silent loss', () => {
  async function bothEdit(): Promise<string> {
    const id = baoqing.addProject('甲');
    await up(baoqing);
    await down(baoqing);
    city.set('project', id, { note: '市里写的' });
    baoqing.set('project', id, { note: '县里写的' });
    return id;
  }

  it('of two concurrent edits the later stays and the other is kept to be looked at, on both sides once', async () => {
    const id = await bothEdit();
    expect(await up(baoqing)).toMatchObject({ conflicts: 1 });
    expect(city.get('project', id, 'note')).toBe('县里写的');
    await down(baoqing);
    for (const office of [city, baoqing]) {
      const [conflict, ...more] = conflicts(office.store, true);
      expect(more).toEqual([]);
      expect(conflict).toMatchObject({
        rowName: '甲',
        fieldLabel: '备注',
        kept: { value: '县里写的', operator: '宝清县经办人' },
        other: { value: '市里写的', operator: '市办经办人' },
      });
    }
    expect(city.dump('conflict', 'project')).toBe(baoqing.dump('conflict', 'project'));
  });

  it('choosing the other value is a change that reaches both', async () => {
    const id = await bothEdit();
    await up(baoqing);
    await down(baoqing);
    const [conflict] = conflicts(baoqing.store, true);
    resolve(baoqing.store, { ids: [conflict?.id ?? ''], choice: 'other' }, baoqing.moment());
    expect(await up(baoqing)).toMatchObject({ conflicts: 0 });
    expect(city.get('project', id, 'note')).toBe('市里写的');
    expect(conflicts(city.store, true)).toEqual([]);
  });

  it('in bulk by rule: ours, theirs, the later, the earlier; what a rule does not tell is left open', async () => {
    const ids = ['甲', '乙', '丙', '丁'].map((name) => baoqing.addProject(name));
    await up(baoqing);
    await down(baoqing);
    for (const id of ids) city.set('project', id, { note: '市里写的' });
    for (const id of ids) baoqing.set('project', id, { note: '县里写的' });
    await up(baoqing);
    const open = () => conflicts(city.store, true).map(({ id }) => id);
    const rule = (choice: 'ours' | 'theirs' | 'kept' | 'other') =>
      resolve(city.store, { ids: open().slice(0, 1), choice }, city.moment());
    for (const choice of ['ours', 'theirs', 'kept', 'other'] as const)
      expect(rule(choice)).toEqual({ resolved: 1, left: 0 });
    expect(open()).toEqual([]);
    const notes = ids.map((id) => city.get('project', id, 'note')).sort();
    expect(notes).toEqual(['县里写的', '县里写的', '市里写的', '市里写的']);
    await down(baoqing);
    expect(city.dump('project')).toBe(baoqing.dump('project'));
    // Both values of another office: neither is ours, and no rule of offices tells between them.
    const clone = baoqing.clone();
    const [id = ''] = ids;
    baoqing.set('project', id, { note: '原机' });
    clone.set('project', id, { note: '克隆' });
    await up(baoqing);
    expect((await up(clone)).fault?.code).toBe('SYNC_FORK');
    incarnate(clone.store, 'chosen', world.clock.tick());
    await city.read(await clone.send(city, true));
    expect(open()).toHaveLength(1);
    expect(rule('ours')).toEqual({ resolved: 0, left: 1 });
    expect(open()).toHaveLength(1);
    clone.close();
  });

  it('crossing files make one conflict, not two', async () => {
    const id = await bothEdit();
    const [upward, downward] = [await baoqing.send(city), await city.send(baoqing)];
    await city.read(upward);
    await baoqing.read(downward);
    expect(baoqing.get('project', id, 'note')).toBe(city.get('project', id, 'note'));
    await up(baoqing);
    await down(baoqing);
    expect(city.rows('conflict')).toHaveLength(1);
    expect(city.dump('conflict', 'project')).toBe(baoqing.dump('conflict', 'project'));
  });

  it('fields of a newer version are kept, carried on and told', async () => {
    const id = baoqing.addProject('甲');
    const above = officeRow(baoqing.store, city.officeId);
    const keys = above ? keysOf(above) : null;
    if (!above || !keys) throw new Error('no city');
    const stamp = String(baoqing.get('project', id, '_stamp'));
    const row = { id, stamp, whole: false, columns: ['drone'], values: ['每周航拍'], stamps: null, bases: null };
    const file = await pack(
      baoqing.store,
      { officeId: above.id, full: false },
      baoqing.stick,
      {
        kind: 'upward',
        addressees: [{ kind: 'office', officeId: above.id, keys }],
        enrolment: null,
        first: [{ entity: 'drone', columns: ['name'], row: { ...row, whole: true, columns: ['name'] } }],
      },
      { actor: baoqing.actor() },
    );
    const report = await city.read(file.path);
    expect(report).toMatchObject({ state: 'applied', waiting: { unknown: 1 } });
    expect(report.notes.join('')).toContain('较新版本');
    expect(city.get('project', id, 'name')).toBe('甲');
  });

  it('half of a character in a file is the same in the table and in the journal', async () => {
    const id = baoqing.addProject('甲');
    await up(baoqing);
    const above = officeRow(baoqing.store, city.officeId);
    const keys = above ? keysOf(above) : null;
    if (!above || !keys) throw new Error('no city');
    const stamp = String(baoqing.get('project', id, '_stamp'));
    const plain = { stamps: null, bases: null };
    const added = { id: newId(), stamp, whole: true, columns: ['voided', 'name', 'unitId'], ...plain };
    const later = `${(world.clock.now + 1).toString(16).padStart(12, '0')}0000${stamp.slice(16)}`;
    const edited = {
      id,
      stamp,
      whole: false,
      columns: ['note'],
      values: ['\udc00改'],
      stamps: { note: later },
      bases: null,
    };
    const file = await pack(
      baoqing.store,
      { officeId: above.id, full: false },
      baoqing.stick,
      {
        kind: 'upward',
        addressees: [{ kind: 'office', officeId: above.id, keys }],
        enrolment: null,
        first: [
          {
            entity: 'project',
            columns: added.columns,
            row: { ...added, values: [0, '乙\ud83d', baoqing.unitId] },
          },
          { entity: 'project', columns: added.columns, row: edited },
        ],
      },
      { actor: baoqing.actor() },
    );
    expect(await city.read(file.path)).toMatchObject({ state: 'applied', fault: null });
    expect([city.get('project', added.id, 'name'), city.get('project', id, 'note')]).toEqual(['乙\ufffd', '\ufffd改']);
    // That the journal says the same is looked at when the story is over.
  });

  it('a row whose project has not come waits and is placed when it comes', async () => {
    const id = baoqing.addProject('甲');
    const link = baoqing.add('link', { projectId: id, name: '立项' });
    const whole = await baoqing.send(city);
    // The city acknowledges a file that it then loses with its disk.
    const backup = city.backUp();
    await city.read(whole);
    await down(baoqing);
    city.goBackTo(backup);
    incarnate(city.store, 'behind', world.clock.tick(), { atLeast: 1 });
    baoqing.set('link', link, { note: '已报送' });
    const report = await up(baoqing);
    expect(report).toMatchObject({ state: 'applied', waiting: { missing: 1 } });
    expect(report.gap).not.toBeNull();
    expect(report.notes.join('')).toContain('数据不完整');
    expect(city.get('project', id, 'name')).toBeUndefined();
    await down(baoqing);
    const healed = await up(baoqing);
    expect(healed).toMatchObject({ gap: null, placed: 1 });
    expect(city.get('link', link, 'note')).toBe('已报送');
    expect(city.dump(...WORK)).toBe(baoqing.dump(...WORK));
  });

  it('an import is taken back whole and may be read again', async () => {
    const id = baoqing.addProject('甲');
    await up(baoqing);
    const before = city.dump();
    baoqing.set('project', id, { stage: 'started' });
    baoqing.addProject('乙');
    const file = await baoqing.send(city);
    const report = await city.read(file);
    undoImport(city.store, report.exchangeId ?? '', city.actor());
    expect(city.dump()).toBe(before);
    expect(await city.read(file)).toMatchObject({ state: 'applied' });
    expect(city.dump(...WORK)).toBe(baoqing.dump(...WORK));
  });

  it('file after file is taken back, but not the enrolment file that made the ledger', async () => {
    const read = baoqing.store.db
      .prepare(
        `SELECT "id", "kind" FROM "exchange" WHERE "direction" = 'in' AND "outcome" = 'applied' AND "journalN" IS NOT NULL
          ORDER BY "journalN" DESC`,
      )
      .all() as { readonly id: string; readonly kind: string }[];
    expect(read.map(({ kind }) => kind)).toEqual(['downward', 'enrolment']);
    const [answer, enrolment] = read.map(({ id }) => id);
    undoImport(baoqing.store, answer ?? '', baoqing.actor());
    expect(() => undoImport(baoqing.store, enrolment ?? '', baoqing.actor())).toThrow('入网文件不能撤销');
    const listed = readRegister(baoqing.store, { limit: 10 }).find(({ id }) => id === enrolment);
    expect(listed).toMatchObject({ undoable: false });
    expect(await up(baoqing)).toMatchObject({ state: 'applied', fault: null });
  });
});

describe('[exchange] clones, restored backups and wrong clocks', () => {
  it('two PCs that write one stream are found out, whichever comes first', async () => {
    baoqing.addProject('甲');
    await up(baoqing);
    const copy = joinPath(world.folder, 'clone.bbledger');
    copyFileSync(baoqing.backUp(), copy);
    const clone = new Office(
      { name: '宝清县', clock: world.clock, stick: youyi.stick, unitId: baoqing.unitId },
      openStore(copy),
    );
    baoqing.addProject('原机');
    clone.addProject('克隆');
    const fromClone = await clone.send(city);
    const fromOriginal = await baoqing.send(city);
    expect((await city.read(fromOriginal)).state).toBe('applied');
    const before = city.dump();
    const refused = await city.read(fromClone);
    expect(refused.fault?.code).toBe('SYNC_FORK');
    expect(refused.fault?.text).toContain('疑似两台电脑同一身份');
    expect(city.dump()).toBe(before);
    expect(refused.fork).toMatchObject({
      common: { number: 2 },
      read: { machine: hostname(), number: 3 },
      refused: { machine: hostname(), number: 3 },
    });
    expect(readRegister(city.store, { limit: 1 })[0]).toMatchObject({ outcome: 'forked' });
    // The next file down tells both PCs, each its part.
    const answer = await city.send(clone);
    await baoqing.read(answer);
    expect(identityNotice(baoqing.store)).toMatchObject({ kind: 'forked', own: false });
    await clone.read(answer);
    expect(identityNotice(clone.store)).toMatchObject({ kind: 'forked', own: true });
    // One of them goes on under an incarnation of its own: nothing is lost.
    incarnate(clone.store, 'chosen', world.clock.tick());
    settleFork(clone.store);
    expect(identityNotice(clone.store)).toMatchObject({ kind: 'renewed', reason: 'chosen' });
    const cured = await city.read(await clone.send(city, true));
    expect(cured).toMatchObject({ state: 'applied', newIncarnation: true, fork: null });
    expect(cured.notes.join('')).toContain(`电脑“${hostname()}”：经办人换用新编号`);
    expect(identityNotice(clone.store)).toBeNull();
    await clone.read(await city.send(clone));
    expect(identityNotice(clone.store)).toBeNull();
    // What the other PC goes on to write comes in all the same.
    baoqing.addProject('原机后来');
    expect(await city.read(await baoqing.send(city))).toMatchObject({ state: 'applied', arrival: 'late' });
    expect(
      city
        .rows('project')
        .map((row) => row['name'])
        .sort(),
    ).toEqual(['克隆', '原机', '原机后来', '甲'].sort());
    clone.store.close();
  });

  it('a county that went back to a backup gets its lost rows from the city', async () => {
    baoqing.addProject('甲');
    await up(baoqing);
    const backup = baoqing.backUp();
    const lost = baoqing.addProject('备份以后');
    await up(baoqing);
    baoqing.goBackTo(backup);
    incarnate(baoqing.store, 'behind', world.clock.tick());
    const kept = baoqing.addProject('还原以后');
    const report = await up(baoqing);
    expect(report).toMatchObject({ state: 'applied', newIncarnation: true, gap: null });
    expect(report.notes.join('')).toContain('已还原备份');
    await down(baoqing);
    expect(baoqing.get('project', lost, 'name')).toBe('备份以后');
    expect(city.get('project', kept, 'name')).toBe('还原以后');
    expect(city.dump(...WORK)).toBe(baoqing.dump(...WORK));
  });

  it('what a county lost before anybody knew comes back all the same', async () => {
    const backup = baoqing.backUp();
    const lost = baoqing.addProject('还没被读过的');
    const file = await baoqing.send(city);
    baoqing.goBackTo(backup);
    incarnate(baoqing.store, 'behind', world.clock.tick());
    await city.read(file);
    // The city does not know yet and sends a county nothing of its own.
    await down(baoqing);
    expect(baoqing.get('project', lost, 'name')).toBeUndefined();
    await up(baoqing);
    await down(baoqing);
    expect(baoqing.get('project', lost, 'name')).toBe('还没被读过的');
  });

  it('rows of a clock two days ahead wait, and never push our clock', async () => {
    baoqing.skew = 2 * DAY;
    const id = baoqing.addProject('来自后天');
    const report = await up(baoqing);
    expect(report.waiting.clock).toBeGreaterThan(0);
    expect(report.notes.join('')).toContain('时钟超前');
    expect(city.get('project', id, 'name')).toBeUndefined();
    const own = city.addProject('今天', baoqing.unitId);
    const stamp = String(city.get('project', own, '_stamp'));
    expect(Number.parseInt(stamp.slice(0, 12), 16)).toBeLessThan(world.clock.now + 6 * 60_000);
  });

  it('a value from a clock some hours ahead can still be overwritten, and stays overwritten', async () => {
    baoqing.skew = DAY / 4;
    const id = baoqing.addProject('甲');
    baoqing.set('project', id, { note: '来自六小时后' });
    await up(baoqing);
    city.set('project', id, { note: '市里改过' });
    await down(baoqing);
    expect(baoqing.get('project', id, 'note')).toBe('市里改过');
    await up(baoqing);
    expect(city.get('project', id, 'note')).toBe('市里改过');
  });
});
