import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { modulesFolder, projectRoot } from './paths.ts';

/**
 * `npm test`: the static checks, the tests in Node, the tests in real windows, and beside these the long proof. Every stage
 * runs whatever the one before said, so that one run shows everything; the last line adds up.
 */
interface Tally {
  readonly passed: number;
  readonly failed: number;
}

const artifacts = join(projectRoot, 'artifacts');
const unitReport = join(artifacts, 'unit.json');
const windowReport = join(artifacts, 'e2e.json');

/** What is asked of `npm run torture`, in two processes: one core is idle when the windows are done. */
const PROOFS = [
  'mutations --mutations 50000 schedules --schedules 4500 --file-schedules 0 --seed 20210518',
  'schedules --schedules 5500 --file-schedules 200 --seed 20210519',
].map((line) => line.split(' '));

function stage(title: string, args: readonly string[]): boolean {
  console.log(`\n━━ ${title}`);
  const started = Date.now();
  const result = spawnSync(process.execPath, args, { cwd: projectRoot, stdio: 'inherit' });
  const passed = result.status === 0;
  console.log(`━━ ${title}: ${passed ? 'passed' : 'FAILED'} in ${seconds(started)} s`);
  return passed;
}

const seconds = (since: number): number => Math.round((Date.now() - since) / 1000);

interface Proof {
  /** Where it leaves how many of its parts passed. */
  readonly report: string;
  readonly end: () => Promise<boolean>;
}

/**
 * A part of the proof by ten thousand schedules and fifty thousand mutated files: a process that takes what the window tests
 * leave of the machine, and speaks when they are done.
 */
function startProof(parts: readonly string[], index: number): Proof {
  const title = `long proof ${index + 1}`;
  console.log(`\n━━ ${title}, beside the next stage`);
  const started = Date.now();
  const report = join(artifacts, `proof-${index + 1}.json`);
  const text = join(artifacts, `proof-${index + 1}.txt`);
  rmSync(report, { force: true });
  const output = openSync(text, 'w');
  const args = ['--import', './build/native-env.ts', 'test/torture/main.ts', ...parts, '--report', report];
  const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: ['ignore', output, output] });
  closeSync(output);
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  const ended = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
  return {
    report,
    async end() {
      const passed = await ended;
      console.log(`\n━━ ${title}`);
      console.log(readFileSync(text, 'utf8').trimEnd());
      console.log(`━━ ${title}: ${passed ? 'passed' : 'FAILED'} in ${seconds(started)} s`);
      return passed;
    },
  };
}

/** A stage that failed without a report (a crash, a build error) counts as one failure. */
function tally(stagePassed: boolean, report: string, read: (json: Record<string, unknown>) => Tally): Tally {
  if (!existsSync(report)) return { passed: 0, failed: stagePassed ? 0 : 1 };
  const { passed, failed } = read(JSON.parse(readFileSync(report, 'utf8')));
  return { passed, failed: stagePassed ? failed : Math.max(1, failed) };
}

/** Compiling takes a minute of one core on a fresh machine; the static checks need none of it. */
function startProvision(): Promise<boolean> {
  const child = spawn(process.execPath, [join(projectRoot, 'build', 'provision.ts')], { stdio: 'inherit' });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

const provisioned = startProvision();
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

if (!(await provisioned)) {
  console.error('what npm cannot install is not there: see above');
  process.exit(1);
}

const unitPassed = stage('tests in Node', [
  join(modulesFolder, 'vitest', 'vitest.mjs'),
  ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
]);
const proofs = PROOFS.map(startProof);
const windowPassed = stage('tests in a real window', ['build/e2e.ts']);

const proved: Tally[] = [];
for (const { end, report } of proofs)
  proved.push(
    tally(await end(), report, (json) => ({ passed: Number(json['passed']), failed: Number(json['failed']) })),
  );

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
  ...proved,
];
const sum = (key: keyof Tally): number => tallies.reduce((total, part) => total + part[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
