import { writeFileSync } from 'node:fs';
import { runAttachments } from './attachments.ts';
import { runMutations } from './mutate.ts';
import { runPictures } from './pictures.ts';
import { runSchedulesInMemory, runSchedulesWithFiles } from './schedules.ts';
import { SPOILINGS } from './spoil.ts';
import { runSpoiled } from './spoiled.ts';
import { runStorageTorture } from './storage.ts';

/**
 * `npm run torture [-- --kills N] [-- --seed N]`: what offices' PCs do to the program, on the real thing. Repeatable from the
 * seed that is printed. Exit code 1 when anything acknowledged was lost, or a promise does not hold. `npm test` runs two
 * parts of it, and asks for their number of passes in a file (`--report`).
 */
function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

interface Tally {
  readonly faults: number;
  readonly files: number;
  readonly schedules: number;
  readonly lost: number;
}

const seed = option('seed', Date.now() % 1_000_000_000);
const log = (line: string): void => console.log(line);
console.log(`seed ${seed}`);

async function storage(): Promise<Tally> {
  const result = await runStorageTorture({ kills: option('kills', 320), seed, log });
  const kills = Object.entries(result.kills).map(([work, count]) => `${work} ${count}`);
  console.log(
    `storage: killed during ${kills.join(', ')}, ${result.amid} of them amid a sync file; ` +
      `${result.acknowledged} acknowledged changes looked for`,
  );
  for (const reason of result.skipped) console.log(`not possible here: ${reason}`);
  return { faults: result.faults, files: 0, schedules: 0, lost: result.lost };
}

/** 3 GiB in 200 files, in the suite that is asked for; only when named, for it wants 10 GB of disk. */
async function attachments(): Promise<Tally> {
  const suite = option('suite', 1) === 2 ? 2 : 1;
  const totalBytes = option('mb', 3072) * 1024 * 1024;
  const result = await runAttachments({ files: option('files', 200), totalBytes, suite, log });
  console.log(
    `attachments: ${result.files} files, ${Math.round(result.bytes / 1_000_000)} MB in ${result.volumes} volumes of at most ` +
      `${Math.round(result.largestVolume / 1_000_000)} MB; export ${result.exportSeconds.toFixed(1)} s, import ` +
      `${result.importSeconds.toFixed(1)} s, peak +${Math.round(result.peakMb)} MB`,
  );
  return { faults: 0, files: 0, schedules: 0, lost: result.lost };
}

/** Valid sync files altered at every byte region. */
async function mutations(): Promise<Tally> {
  const result = await runMutations({ files: option('mutations', 50_000), seed, log });
  const refusals = Object.entries(result.refused).map(([code, count]) => `${code} ${count}`);
  console.log(
    `mutations: ${result.files} files, refused ${refusals.join(', ')}, harmless ${result.harmless}, peak +${Math.round(result.peakMb)} MB`,
  );
  for (const line of result.wrong.slice(0, 20)) console.log(`WRONG ${line}`);
  return { faults: 0, files: result.files, schedules: 0, lost: result.wrong.length };
}

/** Ledgers and backups with damaged pages, logs, tables and rows; `--kind page-swap` for one kind alone. */
async function ledgers(): Promise<Tally> {
  const at = process.argv.indexOf('--kind');
  const kinds = SPOILINGS.filter((kind) => at < 0 || kind === process.argv[at + 1]);
  const result = await runSpoiled({ files: option('ledgers', 2_000), seed, kinds, log });
  const outcomes = Object.entries(result.outcomes).map(([code, count]) => `${code} ${count}`);
  console.log(`ledgers: ${result.files} spoiled, ${outcomes.join(', ')}`);
  for (const line of result.wrong.slice(0, 20)) console.log(`WRONG ${line}`);
  return { faults: 0, files: result.files, schedules: 0, lost: result.wrong.length };
}

/** Random schedules of several offices: most over ledgers in memory, some with complete files. */
async function schedules(): Promise<Tally> {
  const runs = [
    await runSchedulesInMemory({ count: option('schedules', 10_000), seed, log }),
    await runSchedulesWithFiles({ count: option('file-schedules', 200), seed, log }),
  ];
  const [inMemory, withFiles] = runs.map((run) => run.schedules);
  console.log(`schedules: ${inMemory} over ledgers in memory, ${withFiles} with complete files`);
  const failures = runs.flatMap(({ failure }) => failure ?? []);
  for (const failure of failures) console.log(`WRONG ${failure}`);
  return { faults: 0, files: 0, schedules: runs.reduce((sum, run) => sum + run.schedules, 0), lost: failures.length };
}

/** Random schedules of pictures over ledger files. */
async function pictures(): Promise<Tally> {
  const { schedules, failure, told } = await runPictures({ count: option('picture-schedules', 200), seed, log });
  console.log(
    `pictures: ${schedules} schedules, ${told.read} files read, ${told.healed} pictures brought at their ends`,
  );
  if (failure !== null) console.log(`WRONG ${failure}`);
  return { faults: 0, files: 0, schedules, lost: failure === null ? 0 : 1 };
}

const named = { storage, mutations, ledgers, schedules, pictures, attachments } as const;
const asked = (Object.keys(named) as (keyof typeof named)[]).filter((name) => process.argv.includes(name));
const parts: readonly (() => Promise<Tally>)[] =
  asked.length > 0 ? asked.map((name) => named[name]) : [storage, mutations, ledgers, schedules, pictures];
const tallies: Tally[] = [];
for (const part of parts) {
  const started = Date.now();
  tallies.push(await part());
  log(`in ${Math.round((Date.now() - started) / 1000)} s`);
}
const sum = (key: keyof Tally): number => tallies.reduce((total, tally) => total + tally[key], 0);
console.log(
  `faults injected: ${sum('faults')}, files mutated: ${sum('files')}, schedules: ${sum('schedules')}, changes lost: ${sum('lost')}`,
);
const report = process.argv.indexOf('--report');
if (report >= 0) {
  const failed = tallies.filter(({ lost }) => lost > 0).length;
  writeFileSync(process.argv[report + 1] ?? '', JSON.stringify({ passed: tallies.length - failed, failed }));
}
process.exitCode = sum('lost') === 0 ? 0 : 1;
