import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createRouterClient, ORPCError } from '@orpc/server';
import { verifyLedger } from '../../electron/cli/commands/check.ts';
import { router } from '../../electron/ledger/router.ts';
import { Desk } from '../../electron/ledger/session/index.ts';
import { newId } from '../../electron/ledger/store/id.ts';
import { quickCheck } from '../../electron/ledger/store/quick-check.ts';
import type { FullCheck } from '../../shared/contract/backup.ts';
import { Fault } from '../../shared/contract/faults.ts';
import { entityNames, entityOf } from '../../shared/dictionary/index.ts';
import {
  BACKUP_FILE,
  BASE_FILE,
  type Base,
  type Case,
  fieldsOf,
  KEPT_DATA,
  LEDGER_FILE,
  READY,
  type Rows,
  rowsOf,
  type Verdict,
} from './spoiled-case.ts';

/**
 * The program on spoiled ledgers: `spoiled-child.ts <root>` takes one case a line from its input and answers each with what
 * was wrong. A process of its own, so that a crash of SQLite is seen.
 */

const [, , root = ''] = process.argv;
const path = join(root, LEDGER_FILE);
const spoiledBackup = join(root, BACKUP_FILE);
const dataFolder = join(root, 'data');
/** Of one question; more is a loop over damaged pages. */
const MOST_CPU_US = 10_000_000;
const DATE = '2021-05-18';
const PERIOD = '2021-05-2';

const base = JSON.parse(readFileSync(join(root, BASE_FILE), 'utf8')) as Base;

function difference(left: Rows, right: Rows): string | null {
  for (const entity of entityNames) {
    const [one = {}, other = {}] = [left[entity], right[entity]];
    for (const id of new Set([...Object.keys(one), ...Object.keys(other)])) {
      if (one[id] !== other[id])
        return `${entity} ${id}: ${one[id]?.slice(0, 300) ?? 'nothing'} → ${other[id]?.slice(0, 300) ?? 'nothing'}`;
    }
  }
  return null;
}

const digestOf = (file: string): string =>
  // A reader makes an empty log.
  existsSync(file) && statSync(file).isFile() && statSync(file).size > 0
    ? createHash('sha256').update(readFileSync(file)).digest('hex')
    : 'none';

/** Words of a program in a sentence for clerks. */
const ENGLISH = /[A-Za-z]{3,} (?:[A-Za-z]+ )*[A-Za-z]{3,}|Error\b|SQLITE|undefined|NaN|\[object/u;

let laterLog = false;

class Trial {
  readonly wrong: string[] = [];
  /** Code of the first fault. */
  code: string | null = null;
  readonly logged: string[] = [];
  #step = '';
  readonly desk = new Desk({ dataFolder, now: Date.now });
  readonly client = createRouterClient(router, {
    context: {
      desk: this.desk,
      log: (message: string, error: unknown) => {
        this.logged.push(
          `${this.#step}: ${message}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`.slice(0, 1500),
        );
      },
    },
  });

  mustBeWords(text: string, where: string): void {
    const plain = text.replaceAll(/“[^”]*”/gu, '').replaceAll(root, '');
    if (!/\p{Script=Han}/u.test(plain)) this.wrong.push(`${where}: not in Chinese: ${text}`);
    else if (ENGLISH.test(plain)) this.wrong.push(`${where}: English words: ${text}`);
  }

  /** @returns what it gave, or the fault's code as an Error */
  async do<T>(step: string, work: () => Promise<T> | T): Promise<T | undefined> {
    this.#step = step;
    const started = process.cpuUsage();
    try {
      const result = await work();
      if (typeof result === 'object' && result !== null && Symbol.asyncIterator in result) {
        for await (const event of result as AsyncIterable<{ kind?: string; result?: unknown }>)
          if (event.kind === 'done') return event.result as T;
      }
      return result;
    } catch (error) {
      this.#judge(step, error);
      return undefined;
    } finally {
      const { user, system } = process.cpuUsage(started);
      if (user + system > MOST_CPU_US) this.wrong.push(`${step}: worked for ${Math.round((user + system) / 1000)} ms`);
    }
  }

  /** The full check of the settings page. */
  async check(): Promise<FullCheck | undefined> {
    return (await this.do<unknown>('check', () => this.client.backup.check({}))) as FullCheck | undefined;
  }

  #judge(step: string, error: unknown): void {
    const data = error instanceof ORPCError ? (error.data as { code?: string; text?: string } | undefined) : undefined;
    const code = error instanceof Fault ? error.code : (data?.code ?? null);
    if (code === null || code === 'UNEXPECTED') {
      const cause =
        error instanceof Error && error.cause !== undefined
          ? ` ← ${String(error.cause)} ${JSON.stringify(error.cause).slice(0, 600)}`
          : '';
      const text = `${error instanceof Error ? (error.stack ?? error.message) : String(error)}${cause}`;
      this.wrong.push(`${step}: ${text.slice(0, 1500)}`);
      return;
    }
    this.code ??= code;
    this.mustBeWords(error instanceof Error ? error.message : '', step);
  }
}

/** What the workbench and the pages ask for. */
function questions({ client }: Trial): readonly (readonly [string, () => Promise<unknown>])[] {
  const id = base.projectId;
  return [
    ['session.status', () => client.session.status({})],
    ['backup.trouble', () => client.backup.trouble({})],
    ['session.recent', () => client.session.recent({})],
    ['workbench.city', () => client.workbench.city({})],
    ['workbench.cityLights', () => client.workbench.cityLights({})],
    ['workbench.trend', () => client.workbench.trend({})],
    ['workbench.weekly', () => client.workbench.weekly({ by: 'unit' })],
    ['exchange.overview', () => client.exchange.overview({})],
    ['projects.grid', () => client.projects.grid({})],
    ['projects.page', () => client.projects.page({ id })],
    ['records.steps', () => client.records.steps({ limit: 20 })],
    ['records.history', () => client.records.history({ id, limit: 100 })],
    ['records.list project', () => client.records.list({ entity: 'project' })],
    ['records.findings', () => client.records.findings({ entity: 'project', id })],
    ['organisation.overview', () => client.organisation.overview({})],
    ['organisation.coverage', () => client.organisation.coverage({})],
    ['reports.periods', () => client.reports.periods({})],
    ['reports.overview', () => client.reports.overview({ period: PERIOD })],
    ['reports.sheet', () => client.reports.sheet({ period: PERIOD, all: true })],
    ['reports.received', () => client.reports.received({ period: PERIOD })],
    ['reports.history', () => client.reports.history({ projectId: id })],
    ['reports.consolidated', () => client.reports.consolidated({ period: PERIOD })],
    ['rates.summary', () => client.rates.summary({ date: DATE, by: 'unit' })],
    ['rates.lights', () => client.rates.lights({ date: DATE })],
    ['rates.explain', () => client.rates.explain({ projectId: id, date: DATE })],
    ['rates.groups', () => client.rates.groups({ date: DATE })],
    ['supervision.list', () => client.supervision.list({})],
    ['pool.overview', () => client.pool.overview({})],
    ['pool.proposals', () => client.pool.proposals({})],
    ['pool.reserve', () => client.pool.reserve({})],
    ['pool.experts', () => client.pool.experts({})],
    ['pool.bundles', () => client.pool.bundles({})],
    ['chain.links', () => client.chain.links({})],
    ['chain.board', () => client.chain.board({ year: 2021 })],
    ['chain.project', () => client.chain.project({ id, year: 2021 })],
    ['chain.templates', () => client.chain.templates({})],
    ['chain.tasks', () => client.chain.tasks({ month: '2021-05' })],
    ['permits.kinds', () => client.permits.kinds({})],
    ['permits.board', () => client.permits.board({})],
    ['permits.expiring', () => client.permits.expiring({ withinDays: 60 })],
    ['permits.statistics', () => client.permits.statistics({})],
    ['factors.factors', () => client.factors.factors({})],
    ['factors.cases', () => client.factors.cases({})],
    ['factors.financing', () => client.factors.financing({})],
    ['teams.overview', () => client.teams.overview({})],
    ['teams.sixOnes', () => client.teams.sixOnes({})],
    ['teams.hookup', () => client.teams.hookup({})],
    ['teams.inspection', () => client.teams.inspection({})],
    ['teams.stewards', () => client.teams.stewards({})],
    ['teams.serving', () => client.teams.serving({})],
    ['teams.project', () => client.teams.project({ id })],
    ['stages.of', () => client.stages.of({ projectId: id })],
    ['stages.conversion', () => client.stages.conversion({ year: 2021 })],
    ['stages.yields', () => client.stages.yields({ year: 2021 })],
    ['calendar.years', () => client.calendar.years({})],
    ['dossier.paper', () => client.dossier.paper({ ids: [id], duplex: false })],
    ['attachments.of', () => client.attachments.of({ projectId: id })],
    ['exchange.register', () => client.exchange.register({ limit: 100 })],
    ['exchange.conflicts', () => client.exchange.conflicts({ open: false })],
    ['exchange.proposals', () => client.exchange.proposals({ open: false })],
    ['exchange.parked', () => client.exchange.parked({ limit: 100 })],
    ['backup.status', () => client.backup.status({})],
    ['backup.list', () => client.backup.list({})],
    ['backup.span', () => client.backup.span({})],
    ['backup.unused', () => client.backup.unused({})],
  ];
}

/** What can be saved: each row as it was, or told as doubtful. */
async function checkSalvage(trial: Trial, single: boolean): Promise<void> {
  const folder = join(root, '读出');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const saved = await trial.do('salvage', () => trial.client.backup.salvage({ folder }));
  if (saved === undefined) return;
  for (const line of saved.lost) trial.mustBeWords(line, 'salvage');
  const file = readFileSync(join(saved.folder, '数据.json'), 'utf8');
  const json = JSON.parse(file) as Record<string, Record<string, unknown>[]>;
  let right = 0;
  for (const entity of entityNames) {
    const told = saved.lost.some((line) => line.startsWith(`“${entityOf(entity).label}”`));
    const wrongRows = (json[entity] ?? []).filter((row) => {
      const text = JSON.stringify(fieldsOf(entity).map((field) => row[field] ?? null));
      const same = base.rows[entity]?.[String(row['id'])] === text;
      if (same) right += 1;
      return !same;
    });
    const missing = Object.keys(base.rows[entity] ?? {}).length - (json[entity]?.length ?? 0);
    const [first] = wrongRows;
    if (laterLog) continue;
    if (first !== undefined && !told)
      trial.wrong.push(
        `salvage: ${entity}: wrong value given silently: ${JSON.stringify(first).slice(0, 400)} instead of ${base.rows[entity]?.[String(first['id'])]?.slice(0, 400) ?? 'nothing'}`,
      );
    if (missing > 0 && !told) trial.wrong.push(`salvage: ${entity}: ${missing} rows lost silently`);
  }
  if (single && right < base.count * 0.9)
    trial.wrong.push(`salvage: only ${right} of ${base.count} rows saved: ${saved.lost.join('；')}`);
}

async function restoreIt(trial: Trial): Promise<void> {
  const { client, desk } = trial;
  const [backup] = readdirSync(join(dataFolder, 'backups'), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.bbbackup'));
  if (backup === undefined) throw new Error('no backup');
  const from = join(dataFolder, 'backups', backup);
  await trial.do('preview', () => client.backup.preview({ path: from }));
  const before = digestOf(path);
  const restored = await trial.do('restore', () => client.backup.restore({ path: from }));
  if (restored === undefined) {
    trial.wrong.push('restore: a good backup was not restored');
    return;
  }
  if (restored.keptAs !== null && digestOf(restored.keptAs) !== before)
    trial.wrong.push('restore: the damaged file is not kept as it was');
  const { store } = desk.requirePresent().session;
  const check = await trial.check();
  if (check?.ok !== true) trial.wrong.push(`restore: not sound: ${JSON.stringify(check)}`);
  const differs = difference(base.rows, rowsOf(store));
  if (restored.complete && differs !== null && !laterLog) trial.wrong.push(`restore: said to be complete: ${differs}`);
}

async function asLedger(trial: Trial, single: boolean): Promise<void> {
  const { desk, client } = trial;
  const before = ['', '-wal'].map((suffix) => digestOf(path + suffix)).join();
  const verified = await trial.do('ledger verify --rebuild', () => verifyLedger({ ledger: path, rebuild: true }));
  for (const line of verified?.lines ?? []) trial.mustBeWords(line, 'ledger verify');
  if (['', '-wal'].map((suffix) => digestOf(path + suffix)).join() !== before)
    trial.wrong.push('ledger verify changed the file');
  await trial.do('begin', () => desk.begin(path));
  const refused = desk.session === null;
  if (refused && ['', '-wal'].map((suffix) => digestOf(path + suffix)).join() !== before)
    trial.wrong.push('an opening that was refused changed the file');
  const named = refused ? await trial.do('startProblem', () => client.backup.startProblem({})) : null;
  if (refused && desk.trouble === null && (named ?? '') === '') trial.wrong.push('refused without a word');
  for (const [name, ask] of questions(trial)) {
    if (desk.session === null && !['session.status', 'session.recent', 'backup.trouble'].includes(name)) break;
    await trial.do(name, ask);
  }
  const { session } = desk;
  if (session !== null) {
    await trial.do('quick check', () => {
      try {
        quickCheck(session.store.db, path);
      } catch (error) {
        throw desk.noteTrouble(error, path);
      }
    });
  }
  if (desk.session !== null) {
    const { store } = desk.requirePresent().session;
    const check = await trial.check();
    for (const line of [...(check?.pages ?? []), ...(check?.journal ?? []), ...(check?.tables ?? [])])
      trial.mustBeWords(line, 'check');
    if (desk.session !== null) {
      const differs = difference(base.rows, rowsOf(store));
      if (check?.ok === true && differs !== null && !laterLog) trial.wrong.push(`check: found nothing: ${differs}`);
      if (check?.ok === true && verified?.exitCode === 4)
        trial.wrong.push(`check: found nothing, the command line did: ${verified.lines.join()}`);
    }
  }
  if (desk.session !== null || desk.trouble !== null) await checkSalvage(trial, single);
  if (desk.session !== null) {
    await trial.do('backup', () => client.backup.make({}));
    await trial.do('commit', () =>
      client.records.commit({ title: '登记', changes: [{ entity: 'person', id: newId(), set: { name: '某某' } }] }),
    );
    for (let times = 0; times < 3 && desk.session !== null; times += 1)
      await trial.do('undo', () => client.records.undo({}));
    await trial.do('redo', () => client.records.redo({}));
  }
  if (desk.trouble !== null) await restoreIt(trial);
}

async function asBackup(trial: Trial): Promise<void> {
  const { desk, client } = trial;
  await desk.begin(path);
  const before = digestOf(spoiledBackup);
  const preview = await trial.do('preview', () => client.backup.preview({ path: spoiledBackup }));
  const restored = await trial.do('restore', () => client.backup.restore({ path: spoiledBackup }));
  if (digestOf(spoiledBackup) !== before) trial.wrong.push('the backup was changed');
  if (desk.session === null) {
    trial.wrong.push('no ledger open after a restore that was refused');
    return;
  }
  const { store } = desk.requirePresent().session;
  const differs = difference(base.rows, rowsOf(store));
  const check = await trial.check();
  if (check?.ok !== true) trial.wrong.push(`restored, and not sound: ${JSON.stringify(check)}`);
  if (restored === undefined && differs !== null) trial.wrong.push(`restore: refused, and yet: ${differs}`);
  if (restored !== undefined && preview === undefined) trial.wrong.push('restored what the preview refused');
  if (restored !== undefined && differs !== null && !laterLog)
    trial.wrong.push(`restore: another content than was saved: ${differs}`);
  const left = readdirSync(root).filter((name) => name.includes('.restored'));
  if (left.length > 0) trial.wrong.push(`restore: left ${left.join()}`);
}

async function tryOne({ role, single, older }: Case): Promise<Verdict> {
  for (const name of readdirSync(root))
    if (name.includes('恢复前') || name === 'data') rmSync(join(root, name), { recursive: true });
  cpSync(join(root, KEPT_DATA), dataFolder, { recursive: true });
  const trial = new Trial();
  laterLog = older;
  try {
    if (role === 'ledger') await asLedger(trial, single);
    else await asBackup(trial);
  } catch (error) {
    trial.wrong.push(`${role}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    try {
      trial.desk.shutdown();
    } catch (error) {
      trial.wrong.push(`shutdown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  return { wrong: trial.wrong, outcome: trial.code ?? 'works', logged: trial.logged };
}

process.env['BAOBAO_DATA_DIR'] = dataFolder;
// What the program says for support is no answer.
console.error = () => {};
writeSync(1, `${READY}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const verdict = await tryOne(JSON.parse(line) as Case);
  writeSync(1, `${JSON.stringify(verdict)}\n`);
}
