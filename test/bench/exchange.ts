import { readFileSync, rmSync, statSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Store } from '../../electron/ledger/store/open.ts';
import { type Child, COUNTIES, World } from './counties.ts';
import { timeCrypto } from './crypto-time.ts';
import { type Measure, measure } from './measure.ts';
import { type Done, inOwnProcess, type Task } from './merge-task.ts';
import { type PeerName, peerNames } from './peers.ts';

const RUNS = 5;
const MB = 1024 * 1024;

/** A copy of the city as it was, without what another run leaves behind. */
function copyOf(store: Store, path: string): string {
  rmSync(path, { force: true });
  store.db.exec(`VACUUM INTO '${path}'`);
  return path;
}

const sizeOf = (paths: readonly string[]): number => paths.reduce((sum, path) => sum + statSync(path).size, 0);
const gzipOf = (paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0);

/**
 * The quickest run of each: what else the machine does makes a run longer, never shorter.
 */
const quickest = (runs: readonly Done[]): number => Math.min(...runs.map(({ ms }) => ms));

interface Written {
  readonly older: readonly string[];
  readonly newer: readonly string[];
  readonly files: readonly string[];
  readonly exportMs: number;
  readonly exportCryptoMs: number;
  readonly plainMs: number;
}

/** The counties' files, and the same rows plain: as the city has them, and as they are. */
async function writeFiles(world: World): Promise<Written> {
  for (let index = 0; index < COUNTIES; index += 1) await world.addCounty(index);
  const older = world.counties.map((county, index) => world.writePlain(county, `older-${index}.ndjson`));
  for (const county of world.counties) world.advance(county);

  let start = performance.now();
  const newer = world.counties.map((county, index) => world.writePlain(county, `${index}.ndjson`));
  const plainMs = performance.now() - start;

  const crypto = timeCrypto();
  const files: string[] = [];
  start = performance.now();
  for (const county of world.counties) files.push(await world.export(county));
  return { older, newer, files, plainMs, exportMs: performance.now() - start, exportCryptoMs: crypto() };
}

interface PeerFigures {
  readonly ms: number;
  readonly bytes: number;
  readonly gzipBytes: number;
}

function runPeer(answer: string, peer: PeerName, { older, newer }: Written): PeerFigures {
  const { prepared } = inOwnProcess(answer, { work: 'prepare', peer, older, newer });
  if (prepared === undefined) throw new Error(`${peer} prepared nothing`);
  const runs = Array.from({ length: 2 }, () => inOwnProcess(answer, { work: 'peer', peer, ...prepared }));
  return { ms: quickest(runs), bytes: sizeOf(prepared.updates), gzipBytes: gzipOf(prepared.updates) };
}

interface Figures extends Written {
  readonly mergeMs: number;
  readonly upsertMs: number;
  readonly cryptoMs: number;
  readonly cryptoOf: number;
  readonly fileBytes: number;
  readonly gzipBytes: number;
  readonly peakMb: number;
  readonly peers: ReadonlyMap<PeerName, PeerFigures>;
}

async function run(kind: Child, peers: readonly PeerName[]): Promise<Figures> {
  const world = new World(kind);
  try {
    const written = await writeFiles(world);
    const { newer, files } = written;
    const ledger = joinPath(world.folder, 'copy.bbledger');
    const answer = joinPath(world.folder, 'answer.json');
    const once = (task: Task): Done => {
      copyOf(world.city, ledger);
      return inOwnProcess(answer, task);
    };
    const merges: Done[] = [];
    const upserts: Done[] = [];
    for (let index = 0; index < RUNS; index += 1) {
      // In turn, each on a fresh copy: what else the machine does meets both alike.
      upserts.push(once({ work: 'upsert', ledger, files: newer, kind }));
      merges.push(once({ work: 'merge', ledger, files }));
    }
    const timed = once({ work: 'merge', ledger, files, crypto: true });
    rmSync(ledger);
    return {
      ...written,
      mergeMs: quickest(merges),
      upsertMs: quickest(upserts),
      cryptoMs: timed.cryptoMs ?? Number.NaN,
      cryptoOf: timed.ms,
      fileBytes: sizeOf(files),
      gzipBytes: gzipOf(newer),
      peakMb: Math.max(...merges.map((merge) => merge.peakMb)),
      peers: new Map(peers.map((peer) => [peer, runPeer(answer, peer, written)])),
    };
  } finally {
    world.close();
  }
}

function besidePeers({ mergeMs, fileBytes, peers }: Figures): readonly Measure[] {
  return [...peers].flatMap(([peer, { ms, bytes, gzipBytes }]) => [
    measure(`merge ÷ ${peer}`, { ours: mergeMs, reference: ms, unit: 'ms', budget: 1 }),
    measure(`file ÷ ${peer}`, { ours: fileBytes / MB, reference: bytes / MB, unit: 'MB', budget: 1 }),
    measure(`file ÷ ${peer}, gzipped`, { ours: fileBytes / MB, reference: gzipBytes / MB, unit: 'MB', budget: 1 }),
  ]);
}

/** [`merge`], [`file`] and what goes with them. */
export async function bench(): Promise<readonly Measure[]> {
  const reports = await run('report', peerNames);
  const links = await run('link', []);
  return [
    measure('merge', { ours: reports.mergeMs, reference: reports.upsertMs, unit: 'ms', budget: 1 }),
    measure('merge of rows that change', { ours: links.mergeMs, reference: links.upsertMs, unit: 'ms', budget: null }),
    measure('merge, peak memory', {
      ours: Math.max(reports.peakMb, links.peakMb),
      reference: 300,
      unit: 'MB',
      budget: 1,
    }),
    measure('merge, of which cipher, digests, signature', {
      ours: reports.cryptoMs,
      reference: reports.cryptoOf,
      unit: 'ms',
      budget: null,
    }),
    measure('file', { ours: reports.fileBytes / MB, reference: reports.gzipBytes / MB, unit: 'MB', budget: 1.2 }),
    measure('file of rows that change', {
      ours: links.fileBytes / MB,
      reference: links.gzipBytes / MB,
      unit: 'MB',
      budget: 1.2,
    }),
    measure('export', { ours: reports.exportMs, reference: reports.plainMs, unit: 'ms', budget: null }),
    measure('export, of which cipher, digests, signature', {
      ours: reports.exportCryptoMs,
      reference: reports.exportMs,
      unit: 'ms',
      budget: null,
    }),
    ...besidePeers(reports),
  ];
}
