import { runStorageTorture } from './storage.ts';

/**
 * `npm run torture [-- --kills N] [-- --seed N]`: what offices' PCs do to the program, on the real thing. Repeatable from the
 * seed that is printed. Exit code 1 when anything acknowledged was lost, or a promise does not hold.
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
  const result = await runStorageTorture({ kills: option('kills', 160), seed, log });
  const kills = Object.entries(result.kills).map(([work, count]) => `${work} ${count}`);
  console.log(`storage: killed during ${kills.join(', ')}; ${result.acknowledged} acknowledged changes looked for`);
  for (const reason of result.skipped) console.log(`not possible here: ${reason}`);
  return { faults: result.faults, files: 0, schedules: 0, lost: result.lost };
}

const parts: readonly (() => Promise<Tally>)[] = [storage];
const tallies: Tally[] = [];
for (const part of parts) tallies.push(await part());
const sum = (key: keyof Tally): number => tallies.reduce((total, tally) => total + tally[key], 0);
console.log(
  `faults injected: ${sum('faults')}, files mutated: ${sum('files')}, schedules: ${sum('schedules')}, changes lost: ${sum('lost')}`,
);
process.exitCode = sum('lost') === 0 ? 0 : 1;
