import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { Desk } from '../../electron/ledger/session/index.ts';
import type { Store } from '../../electron/ledger/store/open.ts';
import { verifyRebuild } from '../../electron/ledger/store/rebuild.ts';
import { verify } from '../../electron/ledger/store/verify.ts';
import { headOf } from './head.ts';

const CHILD = join(import.meta.dirname, 'storage-child.ts');

/** What a fault cost: acknowledged changes that were looked for, and those that were not there. */
export interface Cost {
  readonly lost: number;
  readonly acknowledged: number;
  /** Killed while a sync file was half read or half written. */
  readonly amid?: boolean;
}

class Failure extends Error {}

export function must(holds: boolean, what: string): void {
  if (!holds) throw new Failure(what);
}

interface Killed {
  /** What the child had printed. */
  readonly lines: readonly string[];
}

/** Starts a child at its work and kills it `after` ms from its first word. */
export function runAndKill(args: readonly string[], after: number): Promise<Killed> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let wrong = '';
    let armed = false;
    const arm = (): void => {
      if (armed) return;
      armed = true;
      setTimeout(() => child.kill('SIGKILL'), after);
    };
    child.stdout?.on('data', (data: Buffer) => {
      said += data.toString();
      arm();
    });
    child.stderr?.on('data', (data: Buffer) => {
      wrong += data.toString();
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (signal !== 'SIGKILL') reject(new Failure(`the child ended by itself with ${code}: ${wrong}`));
      // A line that was cut is none.
      else
        resolve({
          lines: said
            .slice(0, said.lastIndexOf('\n') + 1)
            .split('\n')
            .filter(Boolean),
        });
    });
  });
}

/** What the child told with that word. */
export function toldOf(lines: readonly string[], word: string): string[] {
  return lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
}

/** The last journal number that was acknowledged. */
export function lastAck(lines: readonly string[]): number {
  return Math.max(0, ...toldOf(lines, 'ack').map(Number));
}

export function mustBeSound(store: Store): void {
  const verdict = verify(store);
  must(verdict.ok, `not sound: ${[...verdict.pages, ...verdict.journal].join('; ')}`);
  const rebuilt = verifyRebuild(store.db);
  must(rebuilt.ok, `the journal does not explain the tables: ${rebuilt.told.join('; ')}`);
}

interface Reopened {
  readonly desk: Desk;
  readonly store: Store;
  /** Acknowledged changes that are not there. */
  readonly lost: number;
}

/** After a kill: opens as the next start does, looks for what was acknowledged. The caller shuts the desk. */
export async function reopen(path: string, dataFolder: string, acknowledged: number): Promise<Reopened> {
  const desk = new Desk({ dataFolder, now: Date.now });
  try {
    const { store } = await desk.open(path);
    must(desk.keeper?.renewed === null, `a kill must not cost a stream, but: ${desk.keeper?.renewed}`);
    mustBeSound(store);
    return { desk, store, lost: Math.max(0, acknowledged - headOf(store).n) };
  } catch (error) {
    desk.shutdown();
    throw error;
  }
}
