import { dictionary, type Entity, type Field } from '../../dictionary/index.ts';

/** What a sheet can be imported as. */
export type ImportTarget = 'project' | 'report';

/**
 * A field a column can be mapped to: of the project, a figure of the ten-day report, or a helper that no table has:
 * - `years`: 起止年限, read into startYear and endYear
 * - `sequence`: 序号, looked at to tell rows apart, never stored
 * - `title`: 职务 beside a person's column
 */
export interface ImportField {
  readonly key: string;
  readonly label: string;
  readonly of: ImportTarget | 'helper';
  readonly field: Field | null;
}

export const YEARS = 'years';
export const SEQUENCE = 'sequence';
const TITLE_PREFIX = 'title:';

const REPORT_FIGURES = [
  'periodInvestment',
  'yearToDate',
  'fundsInPlace',
  'visibleProgress',
  'problems',
  'nextSteps',
  'explanation',
] as const;

const fieldsOf = (entity: Entity): Readonly<Record<string, Field>> => entity.fields;

function projectFields(): readonly ImportField[] {
  return Object.entries(fieldsOf(dictionary.project))
    .filter(([, field]) => field.ref !== 'project')
    .map(([key, field]) => ({ key, label: field.label, of: 'project' as const, field }));
}

function reportFields(): readonly ImportField[] {
  const fields = fieldsOf(dictionary.reportDraft);
  return REPORT_FIGURES.flatMap((key) => {
    const field = fields[key];
    return field === undefined ? [] : [{ key, label: field.label, of: 'report' as const, field }];
  });
}

function titleFields(people: readonly ImportField[]): readonly ImportField[] {
  return people
    .filter(({ field }) => field?.ref === 'person')
    .map(({ key, label }) => ({ key: titleKey(key), label: `${label}职务`, of: 'helper' as const, field: null }));
}

/** Key of the column that holds the title of the person in another column. */
export function titleKey(personField: string): string {
  return `${TITLE_PREFIX}${personField}`;
}

/** The person field a title column belongs to, or null. */
export function titleOwner(key: string): string | null {
  return key.startsWith(TITLE_PREFIX) ? key.slice(TITLE_PREFIX.length) : null;
}

/** Everything a column can mean, in the order the operator is offered it. */
export const importFields: readonly ImportField[] = [
  { key: SEQUENCE, label: '序号（不导入）', of: 'helper', field: null },
  ...projectFields(),
  { key: YEARS, label: '建设起止年限', of: 'helper', field: null },
  ...titleFields(projectFields()),
  ...reportFields(),
];

const byKey = new Map(importFields.map((field) => [field.key, field]));

export function importField(key: string): ImportField | undefined {
  return byKey.get(key);
}
