import type { Field, Value } from '../../shared/dictionary/field.ts';
import { choiceLabels, editText, formatCell, kindOf, unitOf } from './format-cell.ts';
import { parseCell } from './parse-cell.ts';
import type { ColumnKind, GridColumn, ParseResult, RefOption, Refs } from './types.ts';

/** A column with everything decided that its description leaves open. */
export interface ResolvedColumn<R> {
  readonly key: string;
  readonly column: GridColumn<R>;
  readonly field: Field | null;
  readonly label: string;
  readonly group: string | null;
  readonly unit: string | null;
  readonly kind: ColumnKind;
  readonly width: number;
  readonly hidden: boolean;
  readonly help: string | null;
  readonly total: 'sum' | 'count' | 'none';
  readonly searchable: boolean;
  readonly wrap: boolean;
  value(row: R): Value;
  /** As shown. */
  text(value: Value, row: R): string;
  /** As typed and as copied: no thousands marks. */
  plain(value: Value, row: R): string;
  parse(text: string, row: R, today: string): ParseResult;
  editable(row: R): boolean;
  lockedReason(row: R): string;
  /** Names under which the filter by value lists a cell: one, or one per choice. '' is a blank. */
  filterKeys(row: R): readonly string[];
  compare(left: Value, right: Value, leftRow: R, rightRow: R): number;
}

/** Ref options by entity, with the labels looked up once. */
export interface RefLookup {
  optionsOf(entity: string): readonly RefOption[];
  labelOf(entity: string, id: string): string | undefined;
}

export function refLookup(refs: Refs | undefined): RefLookup {
  const labels = new Map<string, ReadonlyMap<string, string>>();
  return {
    optionsOf: (entity) => refs?.[entity]?.options ?? [],
    labelOf(entity, id) {
      let known = labels.get(entity);
      if (known === undefined) {
        known = new Map((refs?.[entity]?.options ?? []).map((option) => [option.id, option.label]));
        labels.set(entity, known);
      }
      return known.get(id);
    },
  };
}

const WIDTH: Readonly<Record<Field['type'], number>> = {
  text: 140,
  longText: 220,
  money: 110,
  integer: 90,
  decimal: 90,
  date: 112,
  instant: 140,
  choice: 100,
  choices: 120,
  flag: 72,
  ref: 110,
  json: 140,
};

const collator = new Intl.Collator('zh-CN', { numeric: true });

function rawValue(row: object, key: string): Value {
  const value = (row as Readonly<Record<string, unknown>>)[key];
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

export function resolveColumn<R extends object>(column: GridColumn<R>, lookup: () => RefLookup): ResolvedColumn<R> {
  const { key } = column;
  const field = column.field ?? null;
  const type = field?.type;
  const entity = field?.ref;
  const kind = column.kind ?? (field === null ? 'text' : kindOf(field));
  const labelOf = entity === undefined ? undefined : (id: string) => lookup().labelOf(entity, id);
  const value = column.value ?? ((row: R) => rawValue(row, key));
  const text = (cell: Value, row: R): string => {
    if (column.format !== undefined) return column.format(cell, row);
    if (field === null) return cell === null ? '' : String(cell);
    return formatCell(cell, field, labelOf);
  };
  const canEdit = type !== 'instant' && type !== 'json' && (field !== null || column.parse !== undefined);
  const editable = column.editable ?? column.value === undefined;
  return {
    key,
    column,
    field,
    label: column.label ?? field?.label ?? key,
    group: column.group ?? field?.group ?? null,
    unit: column.unit ?? (field === null ? null : unitOf(field)),
    kind,
    width: column.width ?? field?.width ?? (type === undefined ? 110 : WIDTH[type]),
    hidden: column.hidden ?? field?.hidden ?? false,
    help: column.help ?? field?.help ?? null,
    total: column.total ?? (type === 'money' ? 'sum' : 'none'),
    searchable: column.searchable ?? (kind === 'text' && type !== 'json' && type !== 'flag'),
    wrap: type === 'longText',
    value,
    text,
    plain(cell, row) {
      if (column.format !== undefined && column.parse === undefined && kind === 'text') return column.format(cell, row);
      if (field === null) return cell === null ? '' : String(cell);
      return editText(cell, field, labelOf);
    },
    parse(typed, row, today) {
      if (column.parse !== undefined) return column.parse(typed, row);
      if (field === null) return { ok: false, reason: '此列不能填写' };
      return parseCell(typed, field, entity === undefined ? { today } : { today, options: lookup().optionsOf(entity) });
    },
    editable: (row) => canEdit && (typeof editable === 'function' ? editable(row) : editable),
    lockedReason(row) {
      const { lockedReason } = column;
      if (lockedReason !== undefined) return typeof lockedReason === 'function' ? lockedReason(row) : lockedReason;
      return column.value === undefined ? '此格不能修改' : '此列由系统计算，不能修改';
    },
    filterKeys(row) {
      const cell = value(row);
      if (type === 'choices' && field !== null) {
        const labels = choiceLabels(cell, field);
        return labels.length === 0 ? [''] : labels;
      }
      return [text(cell, row)];
    },
    compare: comparator(field, kind, text),
  };
}

function comparator<R>(
  field: Field | null,
  kind: ColumnKind,
  text: (value: Value, row: R) => string,
): ResolvedColumn<R>['compare'] {
  if (kind !== 'text' || field?.type === 'flag') {
    return (left, right) => {
      if (typeof left === 'number' && typeof right === 'number') return left - right;
      return String(left) < String(right) ? -1 : String(left) > String(right) ? 1 : 0;
    };
  }
  if (field?.type === 'choice') {
    const order = new Map<Value, number>((field.choices ?? []).map((choice, index) => [choice.value, index]));
    return (left, right) => (order.get(left) ?? order.size) - (order.get(right) ?? order.size);
  }
  return (left, right, leftRow, rightRow) => collator.compare(text(left, leftRow), text(right, rightRow));
}

/** Compares two texts as Chinese readers expect: by pinyin, numbers by size. */
export function compareText(left: string, right: string): number {
  return collator.compare(left, right);
}
