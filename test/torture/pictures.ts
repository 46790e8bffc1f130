import fc from 'fast-check';
import { region } from '../stories/exchange/offices.ts';
import { onFastDisk } from './fast-disk.ts';
import { PicturesPlay, pictureStep, type Told } from './pictures-play.ts';
import type { ScheduleResult } from './schedules.ts';

/**
 * Random schedules of pictures over ledger files: added, sent in volumes, lost, doubled, out of order; folders that go back,
 * files that the disk damages, backups, clones, new PCs, clearing. At the end each office has whatever anybody had.
 */
export async function runPictures(options: {
  readonly count: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}): Promise<ScheduleResult & { readonly told: Told }> {
  onFastDisk();
  const told: Told = { sent: 0, volumes: 0, read: 0, refused: 0, pictures: 0, healed: 0, lost: 0 };
  let done = 0;
  for (const [tiers, below, share] of [
    [2, 3, 0.8],
    [3, 4, 0.2],
  ] as const) {
    const schedule = fc.array(pictureStep(below), { minLength: 12, maxLength: 45, size: 'max' });
    const property = fc.asyncProperty(schedule, async (steps) => {
      const world = await region(tiers);
      const play = new PicturesPlay(world);
      try {
        await play.begin();
        for (const item of steps) await play.play(item);
        await play.settle();
      } catch (error) {
        try {
          world.close();
        } catch {
          // What went wrong first is what is told.
        }
        throw error;
      }
      world.close();
      done += 1;
      for (const name of Object.keys(told) as (keyof Told)[]) told[name] += play.told[name];
      if (done % 50 === 0) options.log(`${done} schedules of pictures, ${JSON.stringify(told)}`);
    });
    const details = await fc.check(property, {
      numRuns: Math.max(1, Math.round(options.count * share)),
      seed: options.seed,
    });
    if (!details.failed) continue;
    const { errorInstance: error, counterexample, counterexamplePath } = details;
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const found = (counterexample?.[0] ?? []).map((item) => JSON.stringify(item)).join('\n');
    const failure = `seed ${options.seed}, path ${counterexamplePath ?? ''}, pictures of ${tiers} tiers\n${found}\n${why}`;
    return { schedules: done, failure, told };
  }
  return { schedules: done, failure: null, told };
}
