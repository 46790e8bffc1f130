import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { Importer } from '../../electron/ledger/exchange/index.ts';
import { openStore, type Store } from '../../electron/ledger/store/open.ts';
import { entityOf, type Value } from '../../shared/dictionary/index.ts';
import { type Child, entitiesOf } from './counties.ts';
import { timeCrypto } from './crypto-time.ts';
import { mergePeer, type PeerName, preparePeer } from './peers.ts';

/** What one process does, alone, so that memory is its own and no cache is another's. */
export type Task =
  /** The sync files into a ledger. */
  | { readonly work: 'merge'; readonly ledger: string; readonly files: readonly string[]; readonly crypto?: boolean }
  /** Plain rows into a ledger. */
  | { readonly work: 'upsert'; readonly ledger: string; readonly files: readonly string[]; readonly kind: Child }
  | {
      readonly work: 'prepare';
      readonly peer: PeerName;
      readonly older: readonly string[];
      readonly newer: readonly string[];
    }
  | { readonly work: 'peer'; readonly peer: PeerName; readonly city: string; readonly updates: readonly string[] };

export interface Done {
  readonly ms: number;
  readonly peakMb: number;
  /** Of that, ms of signature, digest and cipher, where asked for. */
  readonly cryptoMs?: number;
  readonly prepared?: { readonly city: string; readonly updates: readonly string[] };
}

/**
 * Merges all files into a ledger, one after the other, as an operator does with a folder of them. Either side's time ends
 * when its ledger is closed, with everything in the main file.
 */
async function mergeAll(store: Store, files: readonly string[]): Promise<number> {
  let now = Date.UTC(2021, 11, 1);
  const start = performance.now();
  const importer = new Importer(store);
  for (const [index, path] of files.entries()) {
    now += 1000;
    const next = files[index + 1];
    const report = await importer.apply(path, {
      actor: { operator: '市', now },
      ...(next === undefined ? {} : { next }),
    });
    if (report.fault) throw new Error(report.fault.text);
  }
  await importer.close();
  store.close();
  return performance.now() - start;
}

/**
 * The reference: what a plain program does. Reads the plain lines and upserts them, one prepared statement a row, one
 * transaction a file as the merge has, into the same tables with the same indexes, by the same connection settings; no
 * stamps, no history, no question who may.
 */
function upsertAll(store: Store, kind: Child, files: readonly string[]): number {
  const start = performance.now();
  const statements = new Map(
    entitiesOf(kind).map((entity) => {
      const columns = ['id', 'voided', ...Object.keys(entityOf(entity).fields), '_stamp'];
      const quoted = columns.map((column) => `"${column}"`);
      const sets = quoted.slice(1).map((column) => `${column} = excluded.${column}`);
      const sql = `INSERT INTO "${entity}" (${quoted.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT ("id") DO UPDATE SET ${sets.join(', ')}`;
      return [entity as string, { columns: columns.slice(0, -1), statement: store.db.prepare(sql) }] as const;
    }),
  );
  for (const file of files) {
    store.db.transaction(() => {
      for (const line of readFileSync(file, 'utf8').split('\n')) {
        if (line === '') continue;
        const row = JSON.parse(line) as Record<string, Value>;
        const target = statements.get(String(row['entity']));
        if (!target) continue;
        target.statement.run(...target.columns.map((column) => row[column]), '');
      }
    })();
  }
  store.close();
  return performance.now() - start;
}

/**
 * The kernel's own high-water mark, so that nothing between two samples escapes it. Linux hands `maxRSS` of the parent down
 * to a child; VmHWM begins anew with the program.
 */
function peakKb(): number {
  if (process.platform === 'linux') {
    const line = /^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync('/proc/self/status', 'utf8'));
    if (line) return Number(line[1]);
  }
  return process.resourceUsage().maxRSS;
}

async function onLedger(task: Extract<Task, { readonly ledger: string }>): Promise<Omit<Done, 'peakMb'>> {
  const store = openStore(task.ledger);
  if (task.work === 'upsert') return { ms: upsertAll(store, task.kind, task.files) };
  if (task.crypto !== true) return { ms: await mergeAll(store, task.files) };
  const crypto = timeCrypto();
  return { ms: await mergeAll(store, task.files), cryptoMs: crypto() };
}

async function perform(task: Task): Promise<Omit<Done, 'peakMb'>> {
  switch (task.work) {
    case 'merge':
    case 'upsert':
      return onLedger(task);
    case 'prepare':
      return { ms: 0, prepared: preparePeer(task.peer, task) };
    case 'peer':
      return { ms: mergePeer(task.peer, task.city, task.updates) };
  }
}

/**
 * Electron's V8 keeps the young part of the heap to 16 MB, Node's lets it grow to 128 MB, which would be counted as if the
 * merge needed it. All of them run under Electron's rule.
 */
const AS_IN_ELECTRON = '--max-semi-space-size=8';

/** @param answer where the process may leave its answer */
export function inOwnProcess(answer: string, task: Task): Done {
  const question = `${answer}.task`;
  writeFileSync(question, JSON.stringify(task));
  const args = [...process.execArgv, AS_IN_ELECTRON, import.meta.filename, question, answer];
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${task.work} ended with ${String(status)}`);
  return JSON.parse(readFileSync(answer, 'utf8')) as Done;
}

const [question, answer] = process.argv.slice(2);
if (import.meta.main && question !== undefined && answer !== undefined) {
  const task = JSON.parse(readFileSync(question, 'utf8')) as Task;
  const done: Done = { ...(await perform(task)), peakMb: peakKb() / 1024 };
  writeFileSync(answer, JSON.stringify(done));
}
