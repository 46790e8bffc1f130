import {
  type EntityName,
  entityNames,
  entityOf,
  type Field,
  isEntityName,
  type Value,
} from '../../../../shared/dictionary/index.ts';
import { isDecimal } from '../../../../shared/domain/decimal.ts';
import { LIMITS } from '../bundle/limits.ts';

/** Whether a value fits a column; a value that does not is parked, not lost (exchange design, 'No silent loss'). */
type Check = (value: Value) => boolean;

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/u;

const whole: Check = (value) => value === null || (typeof value === 'number' && Number.isSafeInteger(value));

function text(maxLength: number): Check {
  return (value) => value === null || (typeof value === 'string' && value.length <= maxLength);
}

function checkOf(field: Field): Check {
  switch (field.type) {
    case 'money':
    case 'integer':
    case 'instant':
      return whole;
    case 'decimal':
      return (value) => value === null || (typeof value === 'number' && isDecimal(value));
    case 'flag':
      return (value) => value === null || value === 0 || value === 1;
    case 'date':
      return (value) => value === null || (typeof value === 'string' && DATE.test(value));
    case 'choice': {
      const known = new Set(field.choices?.map((choice) => choice.value));
      return (value) => value === null || (typeof value === 'string' && known.has(value));
    }
    case 'text':
    case 'longText':
    case 'choices':
    case 'ref':
    case 'json':
      return text(Math.min(field.maxLength ?? LIMITS.valueChars, LIMITS.valueChars));
  }
}

const voided: Check = (value) => value === 0 || value === 1;

/** One table as it travels. */
export interface WireTable {
  readonly entity: EntityName;
  /** 'voided' and the dictionary's fields, in table order: the heading of whole rows. */
  readonly columns: readonly string[];
  readonly checks: ReadonlyMap<string, Check>;
}

function tableOf(entity: EntityName): WireTable {
  const { fields } = entityOf(entity);
  const checks = new Map<string, Check>([['voided', voided]]);
  for (const [key, field] of Object.entries(fields)) checks.set(key, checkOf(field));
  return { entity, columns: [...checks.keys()], checks };
}

const tables = new Map<EntityName, WireTable>(entityNames.map((entity) => [entity, tableOf(entity)]));

/** The table of that name, or undefined when this version has none or it never travels. */
export function wireTable(name: string): WireTable | undefined {
  return isEntityName(name) && entityOf(name).travels ? tables.get(name) : undefined;
}

/** Works something out once for each table: long texts of statements, which each file would make anew. */
export function onceATable<T>(make: (table: WireTable) => T): (table: WireTable) => T {
  const made = new Map<WireTable, T>();
  return (table) => {
    const known = made.get(table);
    if (known !== undefined) return known;
    const fresh = make(table);
    made.set(table, fresh);
    return fresh;
  };
}

/** Tables that travel, parents before children. */
export const wireTables: readonly WireTable[] = entityNames.flatMap((name) => {
  const table = wireTable(name);
  return table ? [table] : [];
});

/** What both sides' dictionaries have in common, as text for a digest. */
export function dictionaryText(): string {
  return wireTables
    .map(({ entity, columns }) => {
      const { fields } = entityOf(entity);
      return `${entity}: ${columns.map((column) => `${column} ${fields[column]?.type ?? ''} ${fields[column]?.owner ?? ''}`).join(', ')}`;
    })
    .join('\n');
}
