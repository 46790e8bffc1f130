/** A value as the ledger stores it: TEXT, INTEGER or nothing. Flags are 0/1, lists are JSON text. */
export type Value = string | number | null;

/**
 * Who decides a field: the city's leading-group office, the office of the responsible unit, whoever wrote last; of an
 * office's own row the office above it, which admits it.
 */
export type Owner = 'city' | 'unit' | 'shared' | 'above';

export type FieldType =
  | 'text'
  | 'longText'
  | 'money'
  | 'integer'
  | 'decimal'
  | 'date'
  | 'instant'
  | 'choice'
  | 'choices'
  | 'flag'
  | 'ref'
  | 'json';

/** Display unit of a money column; the stored value is always INTEGER yuan. */
export type MoneyUnit = '元' | '万元' | '亿元';

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Other words met in Excel files for the same choice. */
  readonly aliases?: readonly string[];
}

/** One field, described once: grid, form, Excel, validation, audit wording, sync authority come from this. */
export interface Field<T = unknown> {
  readonly label: string;
  readonly type: FieldType;
  readonly owner: Owner;
  /** A row cannot be saved without it. */
  readonly required: boolean;
  /** For money: unit shown by default. For integers: the unit behind the number, such as '亩'. */
  readonly unit?: string;
  readonly choices?: readonly Choice[];
  readonly ref?: string;
  /** Excel headings that mean this field, besides the label (domain facts §3.5). */
  readonly aliases?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
  readonly pattern?: { readonly source: string; readonly message: string };
  /** Column width in px at 100 %. */
  readonly width?: number;
  /** Column group heading, such as '投资'. */
  readonly group?: string;
  /** Not among the columns shown at first. */
  readonly hidden?: boolean;
  /** Definition shown to the operator, in Chinese. */
  readonly help?: string;
  /** Phantom: the TypeScript type of the stored value. */
  readonly __type?: T;
}

type Options = Partial<Omit<Field, 'label' | 'type' | '__type' | 'required' | 'owner'>> & { readonly owner: Owner };
type Required = { readonly required: true };

function make(type: FieldType, label: string, options: Options & { required?: boolean }): Field<never> {
  return { ...options, label, type, required: options.required ?? false } as Field<never>;
}

export function text(label: string, options: Options & Required): Field<string>;
export function text(label: string, options: Options): Field<string | null>;
export function text(label: string, options: Options): Field<string | null> {
  return make('text', label, { maxLength: 200, ...options });
}

export function longText(label: string, options: Options): Field<string | null> {
  return make('longText', label, { maxLength: 5000, ...options });
}

/** INTEGER yuan; `unit` is how it is shown, 万元 unless said otherwise. */
export function money(label: string, options: Options): Field<number | null> {
  return make('money', label, { unit: '万元', min: 0, max: Number.MAX_SAFE_INTEGER, ...options });
}

export function integer(label: string, options: Options & Required): Field<number>;
export function integer(label: string, options: Options): Field<number | null>;
export function integer(label: string, options: Options): Field<number | null> {
  return make('integer', label, options);
}

/** A quantity with up to four decimals; see `shared/domain/decimal.ts`. */
export function decimal(label: string, options: Options): Field<number | null> {
  return make('decimal', label, options);
}

/** 'YYYY-MM-DD'. */
export function date(label: string, options: Options & Required): Field<string>;
export function date(label: string, options: Options): Field<string | null>;
export function date(label: string, options: Options): Field<string | null> {
  return make('date', label, options);
}

/** UTC milliseconds. */
export function instant(label: string, options: Options): Field<number | null> {
  return make('instant', label, options);
}

export function choice<const C extends readonly Choice[]>(
  label: string,
  choices: C,
  options: Options & Required,
): Field<C[number]['value']>;
export function choice<const C extends readonly Choice[]>(
  label: string,
  choices: C,
  options: Options,
): Field<C[number]['value'] | null>;
export function choice(label: string, choices: readonly Choice[], options: Options): Field<string | null> {
  return make('choice', label, { ...options, choices });
}

/** Several of the choices, stored as a sorted JSON array of values. */
export function choices(label: string, list: readonly Choice[], options: Options): Field<string | null> {
  return make('choices', label, { ...options, choices: list });
}

/** 0 or 1. */
export function flag(label: string, options: Options): Field<0 | 1 | null> {
  return make('flag', label, options);
}

/** Id of a row of another entity. */
export function ref(label: string, entity: string, options: Options & Required): Field<string>;
export function ref(label: string, entity: string, options: Options): Field<string | null>;
export function ref(label: string, entity: string, options: Options): Field<string | null> {
  return make('ref', label, { ...options, ref: entity });
}

/** JSON text for structures that are read as a whole (rule bodies, lists of ids). */
export function json(label: string, options: Options): Field<string | null> {
  return make('json', label, options);
}

export type Fields = Readonly<Record<string, Field>>;

export interface Entity<F extends Fields = Fields> {
  /** Chinese name of one such row. */
  readonly label: string;
  readonly fields: F;
  /** Rows never change after creation but for 作废; a correction is a new row (exchange design, append-only rows). */
  readonly appendOnly: boolean;
  /** Whether its changes leave the office in a sync file. */
  readonly travels: boolean;
  /**
   * Field that leads to the responsible unit: 'unitId' directly, or 'projectId' through the project; none: the city's.
   * 'above': the office above the one that the row describes answers for it.
   */
  readonly scope: 'unit' | 'project' | 'office' | 'above' | 'none';
  /** Who may create such rows. */
  readonly creator: 'city' | 'unit' | 'any';
  /** Once `when` has a value these fields stand as they are: what was printed and what is kept must agree. */
  readonly seal?: { readonly when: string; readonly fields: readonly string[] };
}

export function entity<F extends Fields>(
  label: string,
  traits: Partial<Omit<Entity, 'label' | 'fields'>>,
  fields: F,
): Entity<F> {
  return { label, appendOnly: false, travels: true, scope: 'none', creator: 'city', ...traits, fields };
}

/** Row of an entity as queries return it. */
export type RowOf<E extends Entity> = { readonly id: string; readonly voided: 0 | 1 } & {
  readonly [K in keyof E['fields']]: E['fields'][K] extends Field<infer T> ? T : never;
};
