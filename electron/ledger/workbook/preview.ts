import type { ImportPreview, PreviewColumn, PreviewProblem, PreviewRow } from '../../../shared/contract/workbook.ts';
import { fieldOf } from '../../../shared/dictionary/index.ts';
import { withMerges } from '../../../shared/domain/workbook/grid.ts';
import { projectCell } from '../../../shared/domain/workbook/rows.ts';
import { importField, SEQUENCE, titleOwner, YEARS } from '../../../shared/domain/workbook/target.ts';
import { cleanLine, squeeze } from '../../../shared/domain/workbook/text.ts';
import { hasErrors, isFatal, type PlannedImport, type PlannedRow } from './plan.ts';
import { type Names, showValue, unitShown } from './show.ts';

/** Changes of an update told in the preview. */
const MOST_CHANGES = 60;

function isShown(key: string, target: PlannedImport['input']['target']): boolean {
  const of = importField(key)?.of;
  if (key === SEQUENCE || titleOwner(key) !== null) return false;
  return target === 'project'
    ? of === 'project' || key === YEARS
    : of === 'report' || key === 'name' || key === 'code' || key === 'unitId';
}

/** Mapped columns in the order of the sheet, name first; then fields that only groups or the operator gave. */
function columnsOf({ recognition, rows, input }: PlannedImport): readonly PreviewColumn[] {
  const mapped = recognition.mapping.flatMap(({ field: key, column, letter }): PreviewColumn[] => {
    if (key === null || !isShown(key, input.target)) return [];
    const { label = key, field = null } = importField(key) ?? {};
    const isMoney = field?.type === 'money';
    return [
      {
        key,
        label,
        column,
        letter,
        unit: isMoney ? unitShown(field) : null,
        numeric: isMoney || field?.type === 'integer' || field?.type === 'decimal',
      },
    ];
  });
  const present = new Set(rows.flatMap(({ set }) => Object.keys(set)));
  const given = ['unitId', 'stage', 'category', 'lists', 'manageClass']
    .filter((key) => present.has(key) && isShown(key, input.target) && !mapped.some((column) => column.key === key))
    .map((key) => ({
      key,
      label: importField(key)?.label ?? key,
      column: null,
      letter: null,
      unit: null,
      numeric: false,
    }));
  const name = mapped.filter(({ key }) => key === 'name');
  return [...name, ...given, ...mapped.filter(({ key }) => key !== 'name')];
}

function namesOf({ facts, newPeople }: PlannedImport): Names {
  const units = new Map(facts.units.map((unit) => [unit.id, unit.name]));
  const people = new Map([
    ...facts.people.map((person) => [person.id, person.name] as const),
    ...newPeople.map((person) => [person.id, person.name] as const),
  ]);
  return { unit: (id) => units.get(id) ?? null, person: (id) => people.get(id) ?? null };
}

function textOf({ set, peopleLabels }: PlannedRow, { key }: PreviewColumn, names: Names): string | null {
  if (key === YEARS) {
    const [start, end] = [set['startYear'], set['endYear']];
    if (start === undefined && end === undefined) return null;
    return start === end ? String(start) : `${start ?? ''}-${end ?? ''}`;
  }
  if (peopleLabels[key] !== undefined) return peopleLabels[key] ?? null;
  const field = importField(key)?.field;
  const value = set[key];
  return value === undefined || field === undefined || field === null ? null : showValue(value, field, names);
}

function changesOf(plan: PlannedImport, planned: PlannedRow, names: Names): PreviewRow['changes'] {
  const { match, set } = planned;
  if (plan.input.target !== 'project' || match?.projectId === undefined || match.projectId === null) return [];
  const project = plan.facts.projects.get(match.projectId);
  if (project === undefined) return [];
  const existing: Readonly<Record<string, unknown>> = project;
  return Object.entries(set)
    .flatMap(([key, value]) => {
      const before = existing[key] ?? null;
      const field = fieldOf('project', key);
      if (field === undefined || value === before) return [];
      const old = typeof before === 'string' || typeof before === 'number' ? before : null;
      return [{ label: field.label, before: showValue(old, field, names), after: showValue(value, field, names) }];
    })
    .slice(0, MOST_CHANGES);
}

function problemsOf(planned: PlannedRow, columns: readonly PreviewColumn[]): readonly PreviewProblem[] {
  return planned.row.problems.map(({ cell, field, severity, text }) => ({
    key: columns.some(({ key }) => key === field) ? field : null,
    cell,
    severity,
    text,
  }));
}

/** The plan as the window shows it. */
export function previewOf(importId: string, plan: PlannedImport): ImportPreview {
  const columns = columnsOf(plan);
  const names = namesOf(plan);
  const sheet = withMerges(plan.grid);
  const written = ({ row }: PlannedRow, column: number | null, text: string | null): string | null => {
    if (column === null) return null;
    const raw = cleanLine(projectCell(sheet, row.rowNumber - 1, column).cell?.text ?? '');
    return raw === '' || squeeze(raw) === squeeze(text ?? '') ? null : raw;
  };
  const rows = plan.rows.map((planned): PreviewRow => {
    const { row, match } = planned;
    const isData = row.kind === 'data';
    const texts = isData ? columns.map((column) => textOf(planned, column, names)) : [];
    return {
      rowNumber: row.rowNumber,
      lastRow: row.lastRow,
      kind: row.kind,
      label: row.label,
      action: match?.action ?? null,
      projectId: match?.projectId ?? null,
      projectName: match?.projectName ?? null,
      reason: match?.reason ?? '',
      needsChoice: match?.needsChoice ?? false,
      blocked: isData && hasErrors(planned),
      fatal: isData && isFatal(planned, match?.action === 'update' ? 'update' : 'create'),
      texts,
      written: isData ? columns.map(({ column }, index) => written(planned, column, texts[index] ?? null)) : [],
      problems: problemsOf(planned, columns),
      changes: changesOf(plan, planned, names),
    };
  });
  const { recognition, input, newPeople, period } = plan;
  return {
    importId,
    sheet: input.sheet,
    target: input.target,
    title: recognition.title,
    headerRows: recognition.headerRows,
    mapping: recognition.mapping,
    columns,
    rows,
    problems: recognition.problems,
    newPeople: newPeople.map(({ name, title, rows: count }) => ({ name, title, rows: count })),
    period,
  };
}
