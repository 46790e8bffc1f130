import fc from 'fast-check';
import { type Region, region } from '../stories/exchange/offices.ts';
import { onFastDisk } from './fast-disk.ts';
import { MemoryRegions } from './memory-region.ts';
import { Play, type Step, step } from './play.ts';

/**
 * Random schedules of a city and three counties: edits, reports, decisions, projects and units that change hands, files lost,
 * doubled and out of order, backups that come back, cloned disks, clocks that jump. At the end of each all ledgers agree,
 * every value that anybody wrote is somewhere, every refusal was explained, and the journals make what the tables hold.
 */

const schedule = fc.array(step, { minLength: 15, maxLength: 40, size: 'max' });

/** @throws Broken, or whatever went wrong */
export async function follow(world: Region, steps: readonly Step[], play = new Play(world)): Promise<void> {
  for (const item of steps) await play.play(item);
  await play.settle();
  play.check();
  world.close();
}

export interface ScheduleResult {
  readonly schedules: number;
  /** Seed, steps and what did not hold; null when all did. */
  readonly failure: string | null;
}

interface Run {
  readonly count: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

async function run(
  { count, seed, log }: Run,
  what: string,
  each: (steps: Step[]) => Promise<void>,
): Promise<ScheduleResult> {
  let done = 0;
  const property = fc.asyncProperty(schedule, async (steps) => {
    await each(steps);
    done += 1;
    if (done % 1000 === 0) log(`${done} schedules ${what}`);
  });
  const details = await fc.check(property, { numRuns: count, seed });
  if (!details.failed) return { schedules: count, failure: null };
  const { errorInstance: error, counterexample, counterexamplePath } = details;
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const steps = (counterexample?.[0] ?? []).map((item) => JSON.stringify(item)).join('\n');
  return { schedules: done, failure: `seed ${seed}, path ${counterexamplePath ?? ''}, ${what}\n${steps}\n${why}` };
}

/**
 * Over ledgers in memory, with manifest and records as they travel but neither zip nor seal, see `memory.ts`: some
 * thousands in a minute.
 */
export async function runSchedulesInMemory(options: Run): Promise<ScheduleResult> {
  const regions = await MemoryRegions.found();
  try {
    return await run(options, 'in memory', (steps) => follow(regions.next(), steps));
  } finally {
    regions.close();
  }
}

/** Over ledger files, with complete sync files, signed, sealed, written and read back. */
export async function runSchedulesWithFiles(options: Run): Promise<ScheduleResult> {
  onFastDisk();
  return await run(options, 'with files', async (steps) => {
    const world = await region();
    const play = new Play(world);
    await play.begin();
    await follow(world, steps, play);
  });
}
