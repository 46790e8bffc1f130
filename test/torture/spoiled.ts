import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Desk } from '../../electron/ledger/session/index.ts';
import { commit } from '../../electron/ledger/store/commit.ts';
import { LEDGER_SUFFIXES } from '../../electron/ledger/store/files.ts';
import { newId } from '../../electron/ledger/store/id.ts';
import { openStore } from '../../electron/ledger/store/open.ts';
import { carry, joinedOffices, submitAll } from '../helpers/joined-offices.ts';
import { randomOf } from '../helpers/random.ts';
import { MAY_BE_OLDER, ONE_PAGE, type Original, pick, SPOILINGS, type Spoiling, spoil } from './spoil.ts';
import {
  BACKUP_FILE,
  BASE_FILE,
  type Base,
  type Case,
  KEPT_DATA,
  LEDGER_FILE,
  READY,
  rowsOf,
  type Verdict,
} from './spoiled-case.ts';

/** A case may take this long beside other work; more is a hang. */
const PATIENCE_MS = 60_000;

/** The program in a process of its own, started again when it dies. */
class Program {
  readonly #root: string;
  #child: ChildProcess | null = null;
  #answer: ((line: string) => void) | null = null;
  #died: ((why: string) => void) | null = null;
  #errors = '';

  constructor(root: string) {
    this.#root = root;
  }

  async #start(): Promise<void> {
    const child = spawn(
      process.execPath,
      ['--import', './build/native-env.ts', join(import.meta.dirname, 'spoiled-child.ts'), this.#root],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    );
    this.#child = child;
    this.#errors = '';
    child.stderr?.on('data', (data: Buffer) => {
      this.#errors = (this.#errors + data.toString()).slice(-4000);
    });
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => this.#answer?.(line));
    child.once('close', (code, signal) => {
      if (this.#child !== child) return;
      this.#child = null;
      this.#died?.(`the process ended with ${code ?? signal}: ${this.#errors}`);
    });
    if ((await this.#line(30_000)) !== READY) throw new Error('the program did not start');
  }

  #line(patience: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#child?.kill('SIGKILL');
        reject(new Error(`no answer for ${patience} ms`));
      }, patience);
      this.#answer = (line) => {
        clearTimeout(timer);
        resolve(line);
      };
      this.#died = (why) => {
        clearTimeout(timer);
        reject(new Error(why));
      };
    });
  }

  async try(job: Case): Promise<Verdict> {
    if (this.#child === null) await this.#start();
    try {
      this.#child?.stdin?.write(`${JSON.stringify(job)}\n`);
      return JSON.parse(await this.#line(PATIENCE_MS)) as Verdict;
    } catch (error) {
      this.#child?.kill('SIGKILL');
      this.#child = null;
      return { wrong: [String(error)], outcome: 'died', logged: [] };
    }
  }

  async end(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null) return;
    const ended = once(child, 'close');
    child.stdin?.end();
    await ended;
  }
}

interface World {
  readonly root: string;
  readonly path: string;
  readonly original: Original;
}

const NOW = Date.UTC(2021, 4, 18, 2);

/** A city's ledger with reports that came in a file, photos, and a backup from before the last changes. */
async function makeWorld(): Promise<World> {
  const root = mkdtempSync(join(tmpdir(), 'baobao-spoiled-'));
  const offices = await joinedOffices(['青禾县'], { projects: 40, reportsPerProject: 6 });
  const countyPath = offices.counties['青禾县'] ?? '';
  const path = join(root, LEDGER_FILE);
  const county = openStore(countyPath);
  await submitAll(county, '2021-05-2');
  const city = openStore(offices.city);
  await carry(county, city, offices.stick, () => NOW);
  city.db.prepare(`DELETE FROM "meta" WHERE "key" = 'sample'`).run();
  const projectId = city.db.prepare('SELECT "id" FROM "project" ORDER BY "id"').pluck().get() as string;
  const actor = { operator: '王某', now: NOW + 1000 };
  for (let photo = 0; photo < 5; photo += 1) {
    const set = {
      projectId,
      kind: 'photo',
      title: `基础施工${photo}`,
      digest: `${photo}`.repeat(64),
      bytes: 300_000,
      addedAt: NOW,
    };
    commit(city, { kind: 'edit', title: '加入照片', changes: [{ entity: 'attachment', id: newId(), set }] }, actor);
  }
  county.close();
  city.db.pragma('wal_checkpoint(TRUNCATE)');
  city.close();
  copyFileSync(offices.city, path);
  // Opened once by the program, with a backup: known, as in an office.
  const dataFolder = join(root, 'data');
  const desk = new Desk({ dataFolder, now: () => NOW + 2000 });
  await desk.open(path);
  const { session, keeper } = desk.requirePresent();
  keeper.take('manual');
  const { store } = session;
  const kept = (name: string): string => join(root, name);
  store.db.pragma('wal_checkpoint(TRUNCATE)');
  copyFileSync(path, kept('older'));
  for (let n = 0; n < 8; n += 1) {
    const changes = [
      { entity: 'person', id: newId(), set: { name: `某${n}`, phone: '0455' } },
      { entity: 'project', id: projectId, set: { note: `第${n}次` } },
    ] as const;
    commit(
      store,
      { kind: 'edit', title: `登记某${n}`, changes: [...changes] },
      { operator: '王某', now: NOW + 3000 + n },
    );
  }
  copyFileSync(`${path}-wal`, kept('olderLog'));
  const rows = rowsOf(store);
  const count = Object.values(rows).reduce((sum, each) => sum + Object.keys(each).length, 0);
  const base: Base = { rows, count, projectId };
  writeFileSync(kept(BASE_FILE), JSON.stringify(base));
  desk.shutdown();
  copyFileSync(path, kept('original'));
  cpSync(dataFolder, kept(KEPT_DATA), { recursive: true });
  // Another office's ledger with a log of its own.
  const other = openStore(countyPath);
  other.db.pragma('wal_checkpoint(TRUNCATE)');
  copyFileSync(countyPath, kept('foreign'));
  commit(
    other,
    { kind: 'edit', title: '登记', changes: [{ entity: 'person', id: newId(), set: { name: '某' } }] },
    actor,
  );
  copyFileSync(`${countyPath}-wal`, kept('foreignLog'));
  other.close();
  rmSync(offices.folder, { recursive: true, force: true });
  const original = {
    path: kept('original'),
    older: kept('older'),
    olderLog: kept('olderLog'),
    foreign: kept('foreign'),
    foreignLog: kept('foreignLog'),
  };
  return { root, path, original };
}

export interface SpoiledResult {
  readonly files: number;
  /** Answers that were no fault in words, wrong values, files that were altered. */
  readonly wrong: readonly string[];
  /** What was told first, by how many. */
  readonly outcomes: Readonly<Record<string, number>>;
}

const clear = (path: string): void => {
  for (const suffix of LEDGER_SUFFIXES) rmSync(path + suffix, { recursive: true, force: true });
};

/** One in four is tried as a backup. */
function nextCase(random: () => number, kind: Spoiling): Case {
  return {
    role: random() < 0.25 ? 'backup' : 'ledger',
    single: ONE_PAGE.includes(kind),
    older: MAY_BE_OLDER.includes(kind),
  };
}

/**
 * Spoiled ledgers and backups, each opened, asked, checked, saved, backed up and restored as the window does it: what comes
 * of it is work done or a fault in words; what is given out is what was written, or is marked.
 *
 * @param kinds only these
 */
export async function runSpoiled(options: {
  readonly files: number;
  readonly seed: number;
  readonly kinds?: readonly Spoiling[];
  readonly log: (line: string) => void;
}): Promise<SpoiledResult> {
  const random = randomOf(options.seed);
  const world = await makeWorld();
  const program = new Program(world.root);
  const wrong: string[] = [];
  const outcomes: Record<string, number> = {};
  const backup = join(world.root, BACKUP_FILE);
  try {
    for (let n = 0; n < options.files; n += 1) {
      // A seed of its own: the one case can be looked at alone.
      const seed = Math.floor(random() * 2 ** 32);
      const own = randomOf(options.files === 1 ? options.seed : seed);
      const kind = pick(own, options.kinds ?? SPOILINGS);
      const job = nextCase(own, kind);
      for (const path of [world.path, backup]) clear(path);
      copyFileSync(world.original.path, world.path);
      spoil(job.role === 'ledger' ? world.path : backup, kind, own, world.original);
      const verdict = await program.try(job);
      outcomes[verdict.outcome] = (outcomes[verdict.outcome] ?? 0) + 1;
      for (const line of verdict.wrong) {
        wrong.push(`${kind} as ${job.role}, --ledgers 1 --seed ${seed}: ${line}`);
        options.log(
          JSON.stringify({ seed, kind, role: job.role, outcome: verdict.outcome, wrong: line, logged: verdict.logged }),
        );
      }
      if ((n + 1) % 500 === 0) options.log(`${n + 1} spoiled ledgers`);
    }
    return { files: options.files, wrong, outcomes };
  } finally {
    await program.end();
    rmSync(world.root, { recursive: true, force: true });
  }
}
