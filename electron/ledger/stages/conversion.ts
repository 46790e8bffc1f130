import type { ConversionRow } from '../../../shared/contract/stages.ts';
import { type Counting, leftOutOf } from '../../../shared/domain/bundle.ts';
import { parseStamp, stampMs } from '../../../shared/domain/clock.ts';
import { dateAt, type IsoDate } from '../../../shared/domain/date.ts';
import { formatRate, type Rate } from '../../../shared/domain/rate.ts';
import { CONVERSION_TEXT, conversionOf, type StageLife } from '../../../shared/domain/stage.ts';
import { groupBy, unitsInOrder } from '../rates/index.ts';
import type { Store } from '../store/open.ts';

/** The day a row was made, by its stamp. */
function madeOn(stamp: string): IsoDate {
  const parsed = parseStamp(stamp);
  return parsed === null ? '9999-12-31' : dateAt(stampMs(parsed));
}

const earlier = (left: IsoDate, right: IsoDate): IsoDate => [left, right].sort()[0] ?? left;

type CountedLife = StageLife & { readonly id: string; readonly bundleId: string | null };

/** Every project, and the day the first was registered: of years before it the ledger knows only what was begun. */
async function lives(store: Store): Promise<{ readonly projects: readonly CountedLife[]; readonly began: IsoDate }> {
  const projects = await store.query
    .selectFrom('project')
    .select(['id', 'bundleId', 'unitId', 'stage', 'actualStart', 'actualCompletion', 'productionDate', '_stamp'])
    .where('voided', '=', 0)
    .execute();
  const first = await store.query
    .selectFrom('stageEvent')
    .select((on) => ['projectId', on.fn.min('date').as('date')])
    .where('voided', '=', 0)
    .groupBy('projectId')
    .execute();
  const events = new Map(first.map((row) => [row.projectId, row.date]));
  const known = projects.map(({ _stamp, ...project }) => ({
    ...project,
    knownSince: [madeOn(_stamp), events.get(project.id), project.actualStart].reduce<IsoDate>(
      (earliest, date) => (date !== null && date !== undefined && date < earliest ? date : earliest),
      '9999-12-31',
    ),
  }));
  const began = projects.reduce<IsoDate>((first, { _stamp }) => earlier(first, madeOn(_stamp)), '9999-12-31');
  return { projects: known, began };
}

function rowOf(key: string, label: string, projects: readonly StageLife[], year: number): ConversionRow {
  const found = conversionOf(projects, year);
  const figure = (name: string, rate: Rate) => {
    const text = formatRate(rate);
    return { text, formula: `${name} = ${rate.numerator} ÷ ${rate.denominator} = ${text}` };
  };
  return {
    key,
    label,
    reserve: found.reserve,
    started: found.started,
    underWay: found.underWay,
    inProduction: found.inProduction,
    startRate: figure('储备转开工率', found.startRate),
    outputRate: figure('开工转投产率', found.outputRate),
  };
}

/** 储备→开工→投产 by unit in a year, in all, and over the years before (D10); a bundle counts once. */
export async function readConversion(store: Store, year: number, counting: Counting = 'whole') {
  const { projects: all, began } = await lives(store);
  const out = leftOutOf(all, counting);
  const projects = all.filter(({ id }) => !out.has(id));
  const byUnit = groupBy(projects, (project) => project.unitId);
  const units = await unitsInOrder(store);
  return {
    year,
    counting,
    definitions: [CONVERSION_TEXT.startRate, CONVERSION_TEXT.outputRate],
    rows: units
      .filter((unit) => byUnit.has(unit.id))
      .map((unit) => rowOf(unit.id, unit.name, byUnit.get(unit.id) ?? [], year)),
    total: rowOf('city', '合计', projects, year),
    years: [year - 3, year - 2, year - 1, year]
      .filter((each) => `${each}-12-31` >= began)
      .map((each) => rowOf(String(each), `${each}年`, projects, each)),
  };
}
