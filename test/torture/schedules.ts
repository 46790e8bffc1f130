import fc from 'fast-check';
import { type Region, region } from '../stories/exchange/offices.ts';
import { onFastDisk } from './fast-disk.ts';
import { MemoryRegions } from './memory-region.ts';
import { Play, type Step, steps } from './play.ts';

/**
 * Random schedules of a city and three counties, and of a city, two counties and a town under each: edits, reports,
 * decisions, projects and units that change hands, files lost, doubled and out of order, backups that come back, cloned
 * disks, clocks that jump. At the end of each all ledgers agree, every value that anybody wrote is somewhere, every refusal
 * was explained, and the journals make what the tables hold.
 */

type Tiers = keyof typeof steps;

/** Of five schedules one is of three tiers. */
const SHARES: readonly (readonly [Tiers, number])[] = [
  [2, 0.8],
  [3, 0.2],
];

/**
 * Steps of a schedule: what goes wrong mostly does so within a few dozen, and what needs a backup, a clone and units that
 * changed hands twice in a row shows in long ones only.
 */
const LENGTHS = [
  { minLength: 14, maxLength: 38, weight: 49 },
  { minLength: 60, maxLength: 120, weight: 1 },
] as const;

function schedulesOf(tiers: Tiers): fc.Arbitrary<Step[]> {
  return fc.oneof(
    ...LENGTHS.map(({ weight, ...length }) => ({
      weight,
      arbitrary: fc.array(steps[tiers], { ...length, size: 'max' }),
    })),
  );
}

/** @throws Broken, or whatever went wrong */
export async function follow(world: Region, schedule: readonly Step[], play = new Play(world)): Promise<void> {
  for (const item of schedule) await play.play(item);
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
  tiers: Tiers,
  where: string,
  each: (schedule: Step[]) => Promise<void>,
): Promise<ScheduleResult> {
  const what = `of ${tiers} tiers ${where}`;
  let done = 0;
  const property = fc.asyncProperty(schedulesOf(tiers), async (drawn) => {
    await each(drawn);
    done += 1;
    if (done % 1000 === 0) log(`${done} schedules ${what}`);
  });
  const details = await fc.check(property, { numRuns: count, seed });
  if (!details.failed) return { schedules: count, failure: null };
  const { errorInstance: error, counterexample, counterexamplePath } = details;
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const found = (counterexample?.[0] ?? []).map((item) => JSON.stringify(item)).join('\n');
  return { schedules: done, failure: `seed ${seed}, path ${counterexamplePath ?? ''}, ${what}\n${found}\n${why}` };
}

async function inShares(options: Run, part: (tiers: Tiers, share: Run) => Promise<ScheduleResult>) {
  let schedules = 0;
  for (const [tiers, share] of SHARES) {
    const result = await part(tiers, { ...options, count: Math.round(options.count * share) });
    schedules += result.schedules;
    if (result.failure !== null) return { schedules, failure: result.failure };
  }
  return { schedules, failure: null };
}

/**
 * Over ledgers in memory, with manifest and records as they travel but neither zip nor seal, see `memory.ts`: some
 * thousands in a minute.
 */
export function runSchedulesInMemory(options: Run): Promise<ScheduleResult> {
  return inShares(options, async (tiers, share) => {
    const regions = await MemoryRegions.found(tiers);
    try {
      return await run(share, tiers, 'in memory', (schedule) => follow(regions.next(), schedule));
    } finally {
      regions.close();
    }
  });
}

/** Over ledger files, with complete sync files, signed, sealed, written and read back. */
export function runSchedulesWithFiles(options: Run): Promise<ScheduleResult> {
  onFastDisk();
  return inShares(options, (tiers, share) =>
    run(share, tiers, 'with files', async (schedule) => {
      const world = await region(tiers);
      const play = new Play(world);
      await play.begin();
      await follow(world, schedule, play);
    }),
  );
}
