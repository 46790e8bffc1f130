import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { modulesFolder, projectRoot } from './paths.ts';
import { provision } from './provision.ts';

/**
 * `npm test`: the static checks, the tests in Node, the tests in real windows. Every stage runs whatever the one before
 * said, so that one run shows everything; the last line adds up.
 */
interface Tally {
  readonly passed: number;
  readonly failed: number;
}

const artifacts = join(projectRoot, 'artifacts');
const unitReport = join(artifacts, 'unit.json');
const windowReport = join(artifacts, 'e2e.json');

function stage(title: string, args: readonly string[]): boolean {
  console.log(`\n━━ ${title}`);
  const started = Date.now();
  const result = spawnSync(process.execPath, args, { cwd: projectRoot, stdio: 'inherit' });
  const passed = result.status === 0;
  console.log(`━━ ${title}: ${passed ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - started) / 1000)} s`);
  return passed;
}

/** A stage that failed without a report (a crash, a build error) counts as one failure. */
function tally(stagePassed: boolean, report: string, read: (json: Record<string, unknown>) => Tally): Tally {
  if (!existsSync(report)) return { passed: 0, failed: stagePassed ? 0 : 1 };
  const { passed, failed } = read(JSON.parse(readFileSync(report, 'utf8')));
  return { passed, failed: stagePassed ? failed : Math.max(1, failed) };
}

await provision();
mkdirSync(artifacts, { recursive: true });
for (const report of [unitReport, windowReport]) rmSync(report, { force: true });

const checks = [
  stage('types', ['build/types.ts']),
  stage('lint and format', [join(modulesFolder, '@biomejs', 'biome', 'bin', 'biome'), 'check', '.']),
  stage('process boundaries', [
    join(modulesFolder, 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
    ...['--config', '.dependency-cruiser.cjs', 'shared', 'renderer', 'electron', 'build', 'test'],
  ]),
  stage('dead code', [join(modulesFolder, 'knip', 'bin', 'knip.js')]),
  stage('duplicates', [join(modulesFolder, 'jscpd', 'bin', 'jscpd')]),
];

const unitPassed = stage('tests in Node', [
  join(modulesFolder, 'vitest', 'vitest.mjs'),
  ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
]);
const windowPassed = stage('tests in a real window', ['build/e2e.ts']);

const tallies: readonly Tally[] = [
  { passed: checks.filter(Boolean).length, failed: checks.filter((passed) => !passed).length },
  tally(unitPassed, unitReport, (json) => ({
    passed: Number(json['numPassedTests']),
    failed: Number(json['numFailedTests']),
  })),
  tally(windowPassed, windowReport, (json) => {
    const stats = json['stats'] as { expected: number; unexpected: number; flaky: number };
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
  }),
];
const sum = (key: keyof Tally): number => tallies.reduce((total, part) => total + part[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
