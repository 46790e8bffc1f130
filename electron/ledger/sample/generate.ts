import { dueInstant } from '../../../shared/domain/cadence.ts';
import { addDays, type IsoDate, instantOf, yearOf } from '../../../shared/domain/date.ts';
import { timeProgress } from '../../../shared/domain/light-rule.ts';
import { type Period, periodLabel, periodOf, previousPeriod } from '../../../shared/domain/period.ts';
import { presets, type SchemePreset } from '../../../shared/presets/index.ts';
import { type Change, commit } from '../store/commit.ts';
import type { Store } from '../store/open.ts';
import { LOOKED_THROUGH, withBundles } from './bundles.ts';
import { cataloguesOf, type DetailedProject, detailsOf } from './details.ts';
import { lifeOf } from './life.ts';
import { organisationOf } from './organisation.ts';
import { profilesOf, projectOf, type SampleProject } from './project.ts';
import { idMaker, randomOf } from './random.ts';
import { reportsOf } from './reports.ts';

export interface SampleOptions {
  /** The same seed and options give the same rows, byte for byte. */
  readonly seed?: number;
  readonly projects?: number;
  /** Ten-day periods up to the last one that was due by `today`. */
  readonly reportsPerProject?: number;
  /** 1 to 20. */
  readonly units?: number;
  readonly groups?: number;
  /** The day the sample is set in. */
  readonly today?: IsoDate;
  /** Office that keeps the city's ledger. */
  readonly officeId: string;
  readonly preset?: SchemePreset;
  /** So many projects, the first ones, have permits, factors and months; 2,000 unless said. */
  readonly detailed?: number;
}

/** Rows that are saved together, with the moment they are said to have been saved. */
export interface SampleBatch {
  /** UTC ms; rises from batch to batch. */
  readonly at: number;
  readonly title: string;
  readonly changes: readonly Change[];
}

export const SAMPLE_TODAY: IsoDate = '2021-05-18';

/** Rows of one batch at most, so that memory does not grow with the number of reports. */
const BATCH = 4000;
const MINUTE = 60_000;

/** The last `count` ten-day periods whose reports were due by the end of the day. */
function periodsUpTo(today: IsoDate, count: number, preset: SchemePreset): readonly Period[] {
  const cadence = { ...preset.cadence, effectiveFrom: '2000-01-01' };
  const now = instantOf(addDays(today, 1), '00:00');
  let period = periodOf('tenDay', today);
  while (dueInstant(period, cadence) >= now) period = previousPeriod(period);
  const periods: Period[] = [];
  for (; periods.length < count; period = previousPeriod(period)) periods.unshift(period);
  return periods;
}

function* inBatches(at: number, title: string, changes: Iterable<Change>): Generator<SampleBatch> {
  let rows: Change[] = [];
  let moment = at;
  for (const change of changes) {
    rows.push(change);
    if (rows.length < BATCH) continue;
    yield { at: moment, title, changes: rows };
    rows = [];
    moment += 1000;
  }
  if (rows.length > 0) yield { at: moment, title, changes: rows };
}

/**
 * A whole invented city, 安澜市: offices, units, people, groups, the rules of the preset, projects with their chains and
 * funds, and ten-day reports that add up. Parents come before children. Memory grows with the projects, not the reports.
 *
 * @throws RangeError for more units than there are names
 */
export function* generateCity(options: SampleOptions): Generator<SampleBatch> {
  const { seed = 20_210_518, projects = 300, reportsPerProject = 24, units = 10, groups = 6 } = options;
  const { today = SAMPLE_TODAY, officeId } = options;
  const preset = options.preset ?? presets[0];
  if (preset === undefined) throw new RangeError('No preset');
  const periods = periodsUpTo(today, Math.max(1, reportsPerProject), preset);
  const [firstPeriod, lastPeriod] = [periods[0], periods[periods.length - 1]];
  if (firstPeriod === undefined || lastPeriod === undefined) throw new RangeError('No period to report');
  const effectiveFrom = `${yearOf(firstPeriod.start)}-01-01`;
  const idOf = idMaker(seed);
  const began = instantOf(addDays(firstPeriod.start, -20), '09:00');

  const year = yearOf(today);
  const nextId = (): string => idOf(began);
  const organisation = organisationOf({ units, groups, projects, officeId, preset, year, effectiveFrom, nextId });
  yield* inBatches(began, '登记组织体系和方案', organisation.changes);
  // Ids of their own, so that more details leave the other rows as they are.
  const detailId = idMaker(seed + 1);
  const catalogues = cataloguesOf(() => detailId(began));
  yield* inBatches(began + 60 * MINUTE, '登记工作日历、链条模板和手续目录', catalogues);

  const registered = began + 24 * 60 * MINUTE;
  const due = timeProgress(preset.light, lastPeriod.end);
  const context = {
    seed,
    today,
    lastDay: lastPeriod.end,
    due: due.numerator / due.denominator,
    usedNames: new Set<string>(),
    nextId: () => idOf(registered),
  };
  const profiles = profilesOf(projects, randomOf(seed, 7));
  const made: SampleProject[] = [];
  const detailed: DetailedProject[] = [];
  const draw = randomOf(seed, 8);
  const places = organisation.units.flatMap((unit) => Array.from({ length: unit.words.weight }, () => unit));
  let count = 0;
  const makeProject = (profile: (typeof profiles)[number]) => projectOf(context, draw.pick(places), count++, profile);
  function* register({ links, change, ...project }: ReturnType<typeof projectOf>): Generator<Change> {
    made.push(project);
    if (detailed.length < (options.detailed ?? 2000)) detailed.push({ ...project, set: change.set, links });
    yield change;
    yield* links;
  }
  function* rows(): Generator<Change> {
    const first = profiles.slice(0, LOOKED_THROUGH).map(makeProject);
    const changes = withBundles(first.map(({ change }) => change));
    for (const [index, { change, ...project }] of first.entries()) {
      yield* register({ ...project, change: changes[index] ?? change });
    }
    for (const profile of profiles.slice(LOOKED_THROUGH)) yield* register(makeProject(profile));
  }
  yield* inBatches(registered, '登记重点项目', rows());
  const details = detailsOf(detailed, {
    seed,
    today,
    catalogues,
    units: organisation.units,
    nextId: () => detailId(registered),
  });
  yield* inBatches(registered + 60 * MINUTE, '登记手续、要素和月度任务', details);
  const lifeId = idMaker(seed + 2);
  const life = lifeOf(detailed, { seed, today, units: organisation.units, nextId: () => lifeId(registered) });
  yield* inBatches(registered + 120 * MINUTE, '登记阶段变动、清单、专班和储备库', life);

  if (reportsPerProject === 0) return;
  const cadence = { ...preset.cadence, effectiveFrom };
  for (const each of reportsOf(made, { seed, periods, cadence, units: organisation.units, idOf })) {
    yield* inBatches(each.at, `收${periodLabel(each.period)}旬报`, each.changes);
  }
}

export interface SampleProgress {
  /** Rows written so far. */
  readonly rows: number;
  readonly title: string;
}

/** Where a sample differs from ordinary work: who wrote it. */
const OPERATOR = '示例数据';

/**
 * Writes a sample into an empty city ledger, batch by batch, each dated as its rows say. Undo does not reach it.
 *
 * @returns number of rows written
 * @throws Fault as `commit` does
 */
export function writeSample(
  store: Store,
  options: SampleOptions,
  onProgress?: (progress: SampleProgress) => void,
): number {
  let rows = 0;
  for (const { at, title, changes } of generateCity(options)) {
    commit(store, { kind: 'setup', title, changes }, { operator: OPERATOR, now: at });
    rows += changes.length;
    onProgress?.({ rows, title });
  }
  return rows;
}
