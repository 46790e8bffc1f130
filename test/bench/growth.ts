import { rmSync, statSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { COUNTIES, PROJECTS, World } from './counties.ts';
import { type Measure, measure } from './measure.ts';
import { type Done, inOwnProcess } from './merge-task.ts';

const MB = 1024 * 1024;

interface Grown {
  readonly rows: number;
  readonly ms: number;
  readonly peakMb: number;
  readonly fileMb: number;
}

async function run(projects: number, runs: number): Promise<Grown> {
  const world = new World('report', projects);
  try {
    for (let index = 0; index < COUNTIES; index += 1) await world.addCounty(index);
    const files: string[] = [];
    for (const county of world.counties) {
      world.advance(county);
      files.push(await world.export(county));
    }
    const ledger = joinPath(world.folder, 'copy.bbledger');
    const merges: Done[] = [];
    for (let index = 0; index < runs; index += 1) {
      rmSync(ledger, { force: true });
      world.city.db.exec(`VACUUM INTO '${ledger}'`);
      merges.push(inOwnProcess(joinPath(world.folder, 'merge.json'), { work: 'merge', ledger, files }));
    }
    return {
      rows: COUNTIES * projects * 37,
      ms: Math.min(...merges.map(({ ms }) => ms)),
      peakMb: Math.max(...merges.map(({ peakMb }) => peakMb)),
      fileMb: files.reduce((sum, path) => sum + statSync(path).size, 0) / MB,
    };
  } finally {
    world.close();
  }
}

/** [`merge.growth`] from 2,000 projects to 20,000 with 720,000 reports: time of a row, and memory. Takes some minutes. */
export async function bench(): Promise<readonly Measure[]> {
  const small = await run(PROJECTS, 3);
  const large = await run(PROJECTS * 10, 2);
  return [
    measure(
      `merge.growth, µs a row at ${large.rows.toLocaleString('en')} rows ÷ at ${small.rows.toLocaleString('en')}`,
      {
        ours: (large.ms * 1000) / large.rows,
        reference: (small.ms * 1000) / small.rows,
        unit: 'µs',
        budget: 1.2,
      },
    ),
    measure('merge.growth, peak memory', { ours: large.peakMb, reference: 300, unit: 'MB', budget: 1 }),
    measure('merge.growth, files', { ours: large.fileMb, reference: small.fileMb, unit: 'MB', budget: 12 }),
  ];
}
