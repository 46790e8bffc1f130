import { Fault } from '../../../shared/contract/faults.ts';
import type { PreviewInput } from '../../../shared/contract/workbook.ts';
import type { Value } from '../../../shared/dictionary/field.ts';
import { fieldOf } from '../../../shared/dictionary/index.ts';
import { mayCreate } from '../../../shared/domain/authority.ts';
import { type Period, parsePeriod, periodLabel } from '../../../shared/domain/period.ts';
import type { RowFinding } from '../../../shared/domain/row-finding.ts';
import { cellName, type Grid } from '../../../shared/domain/workbook/grid.ts';
import { matchRows, type RowMatch } from '../../../shared/domain/workbook/match.ts';
import { applyMapping, recognise } from '../../../shared/domain/workbook/recognise.ts';
import type { RecognisedRow, Recognition, RowProblem } from '../../../shared/domain/workbook/recognition.ts';
import { periodOfTitle } from '../../../shared/domain/workbook/title-period.ts';
import { cadences } from '../rates/index.ts';
import { refusalText } from '../records/index.ts';
import { currentPeriod, readSheet } from '../reports/index.ts';
import type { Session } from '../session/session.ts';
import { newId } from '../store/id.ts';
import { Scope } from '../store/scope.ts';
import { type LedgerFacts, readFacts } from './facts.ts';
import type { OpenImport } from './imports.ts';
import { judgeRows } from './judge-rows.ts';
import { type NewPerson, PeoplePlan } from './people-plan.ts';

/** A row of the sheet with everything decided but the operator's choice. */
export interface PlannedRow {
  /** With the problems that the ledger adds to those of the sheet. */
  readonly row: RecognisedRow;
  readonly match: RowMatch | null;
  /** Values to write, people by id. */
  readonly set: Readonly<Record<string, Value>>;
  /** People by field, as shown. */
  readonly peopleLabels: Readonly<Record<string, string>>;
  /** Fields that break a rule of the ledger; each has its problem in the row. */
  readonly broken: readonly string[];
}

/** What an import would do; kept between preview and apply, so that what was seen is what is done. */
export interface PlannedImport {
  readonly input: PreviewInput;
  readonly grid: Grid;
  readonly recognition: Recognition;
  readonly facts: LedgerFacts;
  readonly rows: readonly PlannedRow[];
  readonly newPeople: readonly NewPerson[];
  readonly period: { readonly kind: 'tenDay'; readonly key: string; readonly label: string } | null;
}

/** A row that cannot be imported even with its bad cells left blank. */
export function isFatal({ row, match, set }: PlannedRow, action: string): boolean {
  const broken = (field: string): boolean =>
    row.problems.some((found) => found.field === field && found.severity === 'error');
  if (row.problems.some((found) => found.field === null && found.severity === 'error')) return true;
  if (action === 'update') return match === null;
  return broken('name') || !('name' in set) || !('unitId' in set) || broken('unitId');
}

export const hasErrors = ({ row }: PlannedRow): boolean => row.problems.some(({ severity }) => severity === 'error');

function withProblems(row: RecognisedRow, problems: readonly RowProblem[]): RecognisedRow {
  return problems.length === 0 ? row : { ...row, problems: [...row.problems, ...problems] };
}

/** An update keeps the unit the project has: a missing one is no problem then. */
function withoutUnitError(row: RecognisedRow, match: RowMatch | null): RecognisedRow {
  if (match?.action !== 'update' || 'unitId' in row.values) return row;
  const kept = row.problems.filter((found) => !(found.field === 'unitId' && /是空的|表里没有/.test(found.text)));
  return kept.length === row.problems.length ? row : { ...row, problems: kept };
}

interface Planning {
  readonly recognition: Recognition;
  readonly facts: LedgerFacts;
  readonly scope: Scope;
  readonly people: PeoplePlan;
}

/** '实际开工日期（E5，2021-12-01）晚于今天': the label once, with its cell. */
function atCell(label: string, cell: string, reason: string): string {
  if (!reason.startsWith(label)) return `${label}（${cell}）${reason}`;
  const rest = reason.slice(label.length);
  return rest.startsWith('（') ? `${label}（${cell}，${rest.slice(1)}` : `${label}（${cell}）${rest}`;
}

/** The row with what the rules say against it, at its cells. What is said of a field the sheet does not have is said of the row. */
export function withFindings(
  recognition: Recognition,
  planned: PlannedRow,
  findings: readonly RowFinding[],
): PlannedRow {
  const { row } = planned;
  const problems = findings.map((finding): RowProblem => {
    const field = finding.field in planned.set ? finding.field : null;
    const cell = field === null ? `第${row.rowNumber}行` : cellOf(recognition, row, field);
    const label = fieldOf('project', finding.field)?.label ?? '';
    return { cell, field, severity: 'error', text: atCell(label, cell, refusalText(finding)) };
  });
  const fresh = problems.filter((problem) => !row.problems.some(({ text }) => text === problem.text));
  const broken = fresh.flatMap(({ field }) => (field === null ? [] : [field]));
  return { ...planned, row: withProblems(row, fresh), broken: [...planned.broken, ...broken] };
}

function cellOf(recognition: Recognition, row: RecognisedRow, field: string): string {
  const column = recognition.mapping.find((mapped) => mapped.field === field)?.column;
  return column === undefined ? `第${row.rowNumber}行` : cellName(row.rowNumber - 1, column);
}

function placePeople({ recognition, people }: Planning, row: RecognisedRow) {
  const set: Record<string, Value> = {};
  const labels: Record<string, string> = {};
  const problems: RowProblem[] = [];
  for (const [field, text] of Object.entries(row.people)) {
    const choice = people.find(text);
    set[field] = choice.id;
    labels[field] = choice.label;
    if (choice.doubt === null) continue;
    const cell = cellOf(recognition, row, field);
    const label = fieldOf('project', field)?.label ?? '';
    problems.push({ cell, field, severity: 'warn', text: `${label}（${cell}）${choice.doubt}` });
  }
  return { set, labels, problems };
}

/** A county registers projects of its own units only. */
function notOurs(
  { recognition, facts, scope }: Planning,
  row: RecognisedRow,
  match: RowMatch | null,
): readonly RowProblem[] {
  const unitId = row.values['unitId'];
  if (match?.action === 'update' || typeof unitId !== 'string') return [];
  if (mayCreate('any', facts.identity, scope.officeOfUnit(unitId))) return [];
  const name = facts.units.find((unit) => unit.id === unitId)?.name ?? '';
  const cell = cellOf(recognition, row, 'unitId');
  return [
    {
      cell,
      field: 'unitId',
      severity: 'error',
      text: `责任单位（${cell}）“${name}”不由本单位填报，请由该单位自己登记`,
    },
  ];
}

function planRow(planning: Planning, row: RecognisedRow, match: RowMatch | null): PlannedRow {
  if (row.kind !== 'data') return { row, match: null, set: {}, peopleLabels: {}, broken: [] };
  const placed = placePeople(planning, row);
  const problems = [...placed.problems, ...notOurs(planning, row, match)];
  const known = withoutUnitError(withProblems(row, problems), match);
  return { row: known, match, set: { ...row.values, ...placed.set }, peopleLabels: placed.labels, broken: [] };
}

async function choosePeriod(session: Session, input: PreviewInput, title: string | null): Promise<Period> {
  const asked = input.period === null ? null : parsePeriod(input.period.key);
  if (input.period !== null && asked === null) throw new Fault('INVALID_VALUE', { what: '报告期', why: '不是一个旬' });
  const named = title === null ? null : periodOfTitle(title);
  const moment = { today: session.today(), now: session.actor().now };
  return asked ?? named ?? currentPeriod('tenDay', await cadences(session.store), moment);
}

const FIGURES = ['periodInvestment', 'yearToDate', 'fundsInPlace', 'visibleProgress', 'problems', 'nextSteps'] as const;

/** A report goes into a draft only where the period expects one and it is not yet submitted with other figures. */
async function checkReports(
  session: Session,
  period: Period,
  rows: readonly PlannedRow[],
): Promise<readonly PlannedRow[]> {
  const moment = { today: session.today(), now: session.actor().now };
  const sheet = await readSheet(session.store, { kind: 'tenDay', period: period.key }, moment);
  const fillable = new Set(sheet.units.filter((unit) => unit.mayFill).map((unit) => unit.unitId));
  const expected = new Map(sheet.rows.map((row) => [row.id, row]));
  return rows.map((planned) => {
    const { match } = planned;
    if (match?.action !== 'update' || match.projectId === null) return planned;
    const entry = expected.get(match.projectId);
    const skip = (reason: string): PlannedRow => ({
      ...planned,
      match: { ...match, action: 'skip', reason, needsChoice: true },
    });
    if (entry === undefined) return skip('本期不需要报送这个项目');
    if (!fillable.has(entry.unitId)) return skip(`“${entry.unitName}”的旬报由该单位自己填报`);
    const differs = FIGURES.some((key) => key in planned.set && planned.set[key] !== entry[key]);
    const sealed = entry.status === 'sealed' || entry.status === 'correcting';
    return sealed && differs ? skip('本期已报送，请在“旬报”里更正并写明理由') : planned;
  });
}

/** What the rules of the ledger say of the rows, were they imported as they are proposed. */
function byRules(
  session: Session,
  opened: OpenImport,
  recognition: Recognition,
  rows: readonly PlannedRow[],
  people: readonly NewPerson[],
): readonly PlannedRow[] {
  const wanted = rows.flatMap((planned) => {
    const { match } = planned;
    if (match === null || match.action === 'skip' || isFatal(planned, match.action)) return [];
    return [{ planned, id: match.action === 'update' ? (match.projectId ?? newId()) : newId() }];
  });
  const { refused } = judgeRows(session, opened, wanted, people);
  return rows.map((planned) => {
    const findings = refused.get(planned);
    return findings === undefined ? planned : withFindings(recognition, planned, findings);
  });
}

/** Recognises a sheet and compares it with the ledger. Reads only. */
export async function planImport(session: Session, opened: OpenImport, input: PreviewInput): Promise<PlannedImport> {
  const grid = opened.content.sheets[input.sheet];
  if (grid === undefined) throw new Fault('RULE_BROKEN', { why: '没有这张工作表', cure: '请重新选择工作表' });
  const facts = await readFacts(session.store);
  const options = {
    target: input.target,
    units: facts.units,
    year: Number(session.today().slice(0, 4)),
    defaultUnitId: input.unitId,
  };
  const recognition =
    input.headerRows === null
      ? recognise(grid, options)
      : applyMapping(grid, options, { headerRows: input.headerRows, columns: input.columns });
  const isReport = input.target === 'report';
  const matches = new Map(
    matchRows(recognition.rows, [...facts.projects.values()], isReport).map((match) => [match.rowNumber, match]),
  );
  const people = new PeoplePlan(facts.people, newId);
  const scope = new Scope(session.store, facts.identity);
  const planning: Planning = { recognition, facts, scope, people };
  const planned = recognition.rows.map((row) => planRow(planning, row, matches.get(row.rowNumber) ?? null));
  const period = isReport ? await choosePeriod(session, input, recognition.title) : null;
  return {
    input,
    grid,
    recognition,
    facts,
    rows:
      period === null
        ? byRules(session, opened, recognition, planned, people.added)
        : await checkReports(session, period, planned),
    newPeople: people.added,
    period: period === null ? null : { kind: 'tenDay', key: period.key, label: periodLabel(period) },
  };
}
