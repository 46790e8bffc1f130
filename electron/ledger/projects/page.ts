import { Fault } from '../../../shared/contract/faults.ts';
import type { LinkState, PageLink, PageReport, ProjectPage } from '../../../shared/contract/projects.ts';
import { dictionary, fieldOf, isEntityName, type Row, type Value } from '../../../shared/dictionary/index.ts';
import { daysBetween, type IsoDate } from '../../../shared/domain/date.ts';
import { parsePeriod, periodLabel } from '../../../shared/domain/period.ts';
import { groupBy, inForce, lightRuleOn, lightRules, reviewed } from '../rates/index.ts';
import { readIdentity } from '../store/meta.ts';
import type { Store } from '../store/open.ts';
import { selectRow } from '../store/statements.ts';
import { unitNames } from './counts.ts';
import { judgedByProject } from './grid.ts';
import { projectHistory } from './history.ts';
import { Names, valueWords } from './words.ts';

const REPORTS_SHOWN = 12;

function labelOf(period: string): string {
  const parsed = parsePeriod(period);
  return parsed === null ? period : periodLabel(parsed);
}

function stateOf(link: Pick<Row<'link'>, 'deadline' | 'doneOn'>, date: IsoDate, remindDays: number): LinkState {
  if (link.doneOn !== null && link.doneOn <= date) return 'done';
  if (link.deadline === null) return 'undated';
  const left = daysBetween(date, link.deadline);
  if (left < 0) return 'overdue';
  return left <= remindDays ? 'dueSoon' : 'open';
}

function daysOf(link: Pick<Row<'link'>, 'deadline' | 'doneOn'>, state: LinkState, date: IsoDate): number | null {
  if (link.deadline === null) return null;
  switch (state) {
    case 'done':
      return link.doneOn === null ? null : Math.max(0, daysBetween(link.deadline, link.doneOn));
    case 'overdue':
      return daysBetween(link.deadline, date);
    case 'dueSoon':
    case 'open':
      return daysBetween(date, link.deadline);
    case 'undated':
      return null;
  }
}

async function linksOf(store: Store, projectId: string, date: IsoDate): Promise<PageLink[]> {
  const { remindDays } = lightRuleOn(await lightRules(store), date);
  const links = await store.query
    .selectFrom('link')
    .select([
      'id',
      'sequence',
      'name',
      'unitText',
      'personId',
      'plannedStart',
      'deadline',
      'doneOn',
      'evidence',
      'note',
    ])
    .where('projectId', '=', projectId)
    .where('voided', '=', 0)
    .orderBy((on) => on.fn.coalesce('sequence', on.lit(1000)))
    .orderBy('id')
    .execute();
  return links.map((link) => {
    const state = stateOf(link, date, remindDays);
    return { ...link, state, days: daysOf(link, state, date) };
  });
}

async function reportsOf(store: Store, projectId: string): Promise<PageReport[]> {
  const rows = await store.query
    .selectFrom('report as r')
    .leftJoin('submission as s', 's.id', 'r.submissionId')
    .select([
      'r.id',
      'r.period',
      'r.periodInvestment',
      'r.yearToDate',
      'r.fundsInPlace',
      'r.visibleProgress',
      'r.problems',
      'r.nextSteps',
      'r.supersedes',
      's.submittedAt',
      's.operator',
    ])
    .where('r.projectId', '=', projectId)
    .where('r.kind', '=', 'tenDay')
    .where('r.voided', '=', 0)
    .orderBy('r.period', 'desc')
    .limit(REPORTS_SHOWN * 4)
    .execute();
  const { heldBack } = reviewed(store);
  const periods = groupBy(rows, (row) => row.period);
  return [...periods.values()]
    .flatMap((ofPeriod) => {
      const standing = inForce(ofPeriod, heldBack);
      if (standing === null) return [];
      const { supersedes, ...report } = standing;
      return [{ ...report, periodLabel: labelOf(report.period), corrected: supersedes !== null }];
    })
    .slice(0, REPORTS_SHOWN);
}

async function sheetsAbout(
  store: Store,
  project: Pick<Row<'project'>, 'id' | 'unitId'>,
): Promise<ProjectPage['sheets']> {
  const rows = await store.query
    .selectFrom('supervisionSheet')
    .select(['id', 'kind', 'state', 'number', 'title', 'issuedOn', 'replyDue', 'repliedOn'])
    .where('voided', '=', 0)
    .where('projectIds', 'like', `%"${project.id}"%`)
    .orderBy('id', 'desc')
    .execute();
  return rows;
}

function readJson(text: string | null): Value {
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

async function proposalsOn(store: Store, projectId: string, names: Names): Promise<ProjectPage['proposals']> {
  const rows = await store.query
    .selectFrom('proposal')
    .select(['id', 'entity', 'field', 'value', 'current', 'fromOfficeId', 'operator', 'reason', 'toOwner'])
    .where('rowId', '=', projectId)
    .where('state', '=', 'open')
    .where('voided', '=', 0)
    .orderBy('id')
    .execute();
  const { officeId } = readIdentity(store);
  return rows.map(({ entity, value, current, fromOfficeId, ...proposal }) => {
    const field = isEntityName(entity) ? fieldOf(entity, proposal.field) : undefined;
    return {
      ...proposal,
      label: field?.label ?? proposal.field,
      current: valueWords(field, readJson(current), names),
      proposed: valueWords(field, readJson(value), names),
      office: fromOfficeId === null ? '' : names.of('office', fromOfficeId),
      ours: fromOfficeId === officeId,
    };
  });
}

function peopleOf(store: Store, project: Readonly<Record<string, Value>>): ProjectPage['people'] {
  return Object.entries(dictionary.project.fields).flatMap(([field, { label, ref }]) => {
    const personId = project[field];
    if (ref !== 'person' || typeof personId !== 'string') return [];
    const person = selectRow(store, 'person', personId);
    if (!person) return [];
    const words = (key: string): string | null => {
      const value = person[key];
      return typeof value === 'string' ? value : null;
    };
    return [{ field, label, personId, name: words('name') ?? '', title: words('title'), phone: words('phone') }];
  });
}

/**
 * One project with everything that is known of it, as of a day (A5, A10, C14).
 *
 * @throws Fault UNKNOWN_ROW, RULE_BROKEN
 */
export async function readPage(store: Store, id: string, date: IsoDate): Promise<ProjectPage> {
  const stored = selectRow(store, 'project', id);
  if (!stored) throw new Fault('UNKNOWN_ROW', { what: '项目' });
  const { _stamp, _stamps, ...project } = stored;
  const names = new Names(store);
  const unitId = String(project['unitId'] ?? '');
  const unit = (await unitNames(store, date)).get(unitId);
  const judged = (await judgedByProject(store, date, [id])).get(id);
  const period = judged?.figures.period ?? null;
  return {
    project: project as Record<string, Value> & { id: string },
    unitName: unit?.unitName ?? '',
    groupName: unit?.groupName ?? null,
    date,
    latest: {
      period,
      periodLabel: period === null ? null : labelOf(period),
      yearToDate: judged?.figures.yearToDate ?? null,
      fundsInPlace: judged?.figures.fundsInPlace ?? null,
      visibleProgress: judged?.figures.visibleProgress ?? null,
    },
    light: judged?.result.light ?? 'none',
    lightText: judged?.result.text ?? '',
    people: peopleOf(store, project),
    links: await linksOf(store, id, date),
    reports: await reportsOf(store, id),
    sheets: await sheetsAbout(store, { id, unitId }),
    proposals: await proposalsOn(store, id, names),
    history: await projectHistory(store, id, names),
  };
}
