import type { MoneyUnit } from '../../dictionary/field.ts';
import { type EntityName, entityOf, fieldOf } from '../../dictionary/index.ts';
import { columnName, type MergedGrid } from './grid.ts';
import { readHeading, unitOfTitle } from './heading.ts';
import { squeeze } from './text.ts';

/** Lists that are read from Excel, beside the projects themselves. */
export interface ListKind {
  /** Fields in which two rows are one and the same: the second updates the first. */
  readonly same: readonly [string, ...string[]];
  /** One of these that the ledger may not know yet: a row without it is the one where no other fits. */
  readonly unknown?: string;
  /** What a new row has where the sheet says nothing. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** Fields that a sheet cannot tell: names of steps are those of many projects. */
  readonly leaveOut?: readonly string[];
}

export const LIST_KINDS = {
  link: { same: ['projectId', 'name'], leaveOut: ['predecessorId'] },
  monthlyTask: { same: ['projectId', 'month'] },
  permitKind: { same: ['name'] },
  permit: { same: ['projectId', 'kindId'], defaults: { state: 'planned' } },
  specialPermit: { same: ['projectId', 'season'], defaults: { state: 'applied' } },
  statisticsPaper: { same: ['projectId', 'kind'], defaults: { state: 'missing' } },
  factor: { same: ['projectId', 'kind', 'item'] },
  factorCase: { same: ['projectId', 'group', 'matter'] },
  obstruction: { same: ['projectId', 'happenedOn', 'matter'] },
  financing: { same: ['projectId', 'source', 'bank'] },
  investmentLead: { same: ['unitId', 'name'], defaults: { state: 'lead' } },
  leadVisit: { same: ['leadId', 'visitedOn'], defaults: { kind: 'out' } },
  poolEntry: { same: ['projectId'], defaults: { poolClass: 'planning', step: 'planned' } },
  outputRecord: { same: ['projectId', 'month'] },
  caseMeeting: { same: ['projectId', 'matter'] },
  projectService: { same: ['projectId'] },
  unitGroup: { same: ['unitId'] },
  // Where a unit is filled in is decided by hand: a wrong line would hand its projects to another office.
  responsibilityUnit: { same: ['name'], leaveOut: ['officeId'] },
  person: { same: ['name', 'unitId'], unknown: 'unitId' },
} as const satisfies Partial<Record<EntityName, ListKind>>;

export type ListEntity = keyof typeof LIST_KINDS;

export const LIST_ENTITIES = Object.keys(LIST_KINDS) as [ListEntity, ...ListEntity[]];

/** A column of the sheet: a field of the entity, or what tells which project. */
export interface ListColumn {
  readonly column: number;
  /** 'C'. */
  readonly letter: string;
  readonly heading: string;
  /** Field of the entity; 'project', 'code' or 'unit' where it names the project; null where it is not read. */
  readonly key: string | null;
  readonly unit: MoneyUnit;
}

export interface ListSheet {
  /** 0-based row of the lowest heading. */
  readonly head: number;
  readonly columns: readonly ListColumn[];
}

/** Headings are looked for in so many rows. */
const FIRST_ROWS = 15;

const wordsOf = (entity: EntityName, key: string): readonly string[] => {
  const field = fieldOf(entity, key);
  return field === undefined ? [] : [field.label, ...(field.aliases ?? [])];
};

const keyOf = (word: string): string => readHeading(word).key;

/** What the headings of a list may say. Fields of the entity come before those that name its project. */
function vocabulary(entity: ListEntity): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  const put = (of: readonly string[], key: string): void => {
    for (const word of of) if (!words.has(keyOf(word))) words.set(keyOf(word), key);
  };
  const { leaveOut = [] }: ListKind = LIST_KINDS[entity];
  for (const key of Object.keys(entityOf(entity).fields))
    if (!(key === 'projectId' && entityOf(entity).scope === 'project') && !leaveOut.includes(key))
      put(wordsOf(entity, key), key);
  if (entityOf(entity).scope === 'project') {
    put([...wordsOf('project', 'name'), '项目'], 'project');
    put(wordsOf('project', 'code'), 'code');
    put(wordsOf('project', 'unitId'), 'unit');
  }
  return words;
}

/** '责任单位' of the project beside the '办理单位' of the row: the one that could be both is the project's. */
function withUnits(entity: ListEntity, columns: readonly ListColumn[]): readonly ListColumn[] {
  const units = new Set(wordsOf('project', 'unitId').map(keyOf));
  const isUnit = (column: ListColumn): boolean => units.has(keyOf(column.heading));
  const seen = new Set<string>();
  return columns.map((column) => {
    const { key } = column;
    if (key === null) return column;
    const doubled = columns.some((other) => other !== column && other.key === key);
    if (doubled && isUnit(column) && entityOf(entity).scope === 'project') return { ...column, key: 'unit' };
    // Of two columns of one field the first counts.
    if (seen.has(key)) return { ...column, key: null };
    seen.add(key);
    return column;
  });
}

/** Where the headings of a list stand and which field each means; null where no row looks like headings. */
export function recogniseList(sheet: MergedGrid, entity: ListEntity): ListSheet | null {
  const words = vocabulary(entity);
  let best: { readonly head: number; readonly found: number } | null = null;
  for (let row = 0; row < Math.min(FIRST_ROWS, sheet.rowCount); row += 1) {
    const keys = new Set<string>();
    for (let column = 0; column < sheet.columnCount; column += 1) {
      const key = words.get(keyOf(sheet.seen(row, column)?.text ?? ''));
      if (key !== undefined) keys.add(key);
    }
    if (keys.size >= 2 && keys.size >= (best?.found ?? 0)) best = { head: row, found: keys.size };
  }
  if (best === null) return null;
  const { head } = best;
  let sheetUnit: MoneyUnit = '万元';
  for (let row = 0; row < head; row += 1)
    for (let column = 0; column < sheet.columnCount; column += 1)
      sheetUnit = unitOfTitle(sheet.own(row, column)?.text ?? '') ?? sheetUnit;
  const columns = Array.from({ length: sheet.columnCount }, (_, column): ListColumn => {
    const text = sheet.seen(head, column)?.text ?? '';
    const { key, unit } = readHeading(text);
    return {
      column,
      letter: columnName(column),
      heading: text.replace(/\s+/gu, ''),
      key: words.get(key) ?? null,
      unit: unit === null || unit === 'other' ? sheetUnit : unit,
    };
  });
  return {
    head,
    columns: withUnits(
      entity,
      columns.filter(({ heading }) => heading !== ''),
    ),
  };
}

/** 合计, 小计, 备注 and the like are no rows of the list. */
export function isListRow(texts: readonly string[]): boolean {
  const filled = texts.map(squeeze).filter((text) => text !== '');
  const [first] = filled;
  if (first === undefined) return false;
  if (/^(?:合计|总计|小计|注|备注|说明|填报|制表|审核|负责人)/u.test(first)) return false;
  return filled.length > 1;
}
