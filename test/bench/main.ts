import type { Measure } from './measure.ts';

/**
 * `npm run bench [-- name …] [-- --json]`: every speed the project promises, as ratios inside one run. A budget that is
 * not kept makes the exit code 1.
 */
const suites: Readonly<Record<string, () => Promise<{ bench: () => Promise<readonly Measure[]> }>>> = {
  exchange: () => import('./exchange.ts'),
  grid: () => import('./grid.ts'),
  pool: () => import('./pool.ts'),
  rates: () => import('./rates.ts'),
  workbook: () => import('./workbook.ts'),
  storage: () => import('./storage.ts'),
  growth: () => import('./growth.ts'),
  window: () => import('./window.ts'),
};

/** Minutes long: only where they are named. */
const LONG: ReadonlySet<string> = new Set(['growth']);

const args = process.argv.slice(2);
const json = args.includes('--json');
const names = args.filter((arg) => !arg.startsWith('--'));
const unknown = names.filter((name) => !Object.hasOwn(suites, name));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}; there are: ${Object.keys(suites).join(', ')}`);
  process.exit(2);
}

const measures: Measure[] = [];
for (const [name, load] of Object.entries(suites)) {
  if (names.length > 0 ? !names.includes(name) : LONG.has(name)) continue;
  if (!json) console.log(`… ${name}`);
  measures.push(...(await (await load()).bench()));
}

const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));
if (json) {
  console.log(JSON.stringify(measures, null, 2));
} else {
  console.table(
    measures.map((line) => ({
      name: line.name,
      ours: `${digits(line.ours)} ${line.unit}`,
      reference: `${digits(line.reference)} ${line.unit}`,
      ratio: line.ratio.toFixed(2),
      budget: line.budget === null ? 'reported' : `≤ ${line.budget}`,
    })),
  );
}
const over = measures.filter((line) => line.budget !== null && !(line.ratio <= line.budget));
for (const line of over) console.error(`${line.name}: ${line.ratio.toFixed(2)} is over ${line.budget}`);
process.exitCode = over.length === 0 ? 0 : 1;
