import type { Statement } from 'better-sqlite3';
import { type Entity, type EntityName, entityOf, type Owner, type Value } from '../../../shared/dictionary/index.ts';
import { authority, mayCreate } from '../../../shared/domain/authority.ts';
import { isAheadOf, type Stamp } from '../../../shared/domain/clock.ts';
import type { Identity } from '../store/meta.ts';
import type { Store } from '../store/open.ts';
import { packStamps } from '../store/stamps.ts';
import { type StoredRow, statementsOf } from '../store/statements.ts';
import type { ChangeLog } from './change-log.ts';
import { type Decision, decideField } from './merge-rule.ts';
import type { WireGroup, WireRow } from './record.ts';
import { RowInserter } from './row-inserter.ts';
import type { RowScope } from './row-scope.ts';
import type { StreamBook } from './streams.ts';
import { type WireTable, wireTable } from './wire-check.ts';

/** Why a row or value waits beside the tables instead of being in them. */
export type ParkReason =
  /** A table or field of a newer version. */
  | 'unknown'
  /** Known, but the value does not fit this version's dictionary. */
  | 'value'
  /** The row it hangs on, or the row it changes, is not here yet. */
  | 'missing'
  /** Its writer may not create such a row. */
  | 'authority'
  /** A sealed row of that id is here with another content. */
  | 'digest'
  /** Its clock is more than a day ahead. */
  | 'clock';

export interface ParkedRow {
  readonly reason: ParkReason;
  readonly entity: string;
  readonly rowId: string;
  /** As `change.record`: [entity, id, stamp, values, stamps, bases, whole]. */
  readonly record: string;
}

/** A value that lost, with what it lost to. */
export interface Dispute {
  readonly kind: 'conflict' | 'proposal';
  readonly entity: EntityName;
  readonly rowId: string;
  readonly field: string;
  readonly unitId: string | null;
  readonly kept: Value;
  readonly keptStamp: string;
  readonly other: Value;
  readonly otherStamp: string;
  readonly otherOfficeId: string;
  readonly owner: Owner;
}

export interface EntityTally {
  added: number;
  changed: number;
  same: number;
  /** Rows of which at least one value came later than what is here. */
  older: number;
  voided: number;
}

export interface MergeTools {
  readonly store: Store;
  readonly identity: Identity;
  readonly scope: RowScope;
  readonly streams: StreamBook;
  readonly log: ChangeLog;
  /** UTC ms, for the quarantine of clocks. */
  readonly now: number;
  /** An enrolment file fills an empty ledger: what the city says stands. */
  readonly trusting: boolean;
  /** Replay of parked rows: a value of the row's own stamp fills an empty field. */
  readonly replay: boolean;
}

interface Plan {
  readonly table: WireTable;
  readonly description: Entity;
  /** For each column of the heading; undefined where this version has no such field. */
  readonly checks: readonly (((value: Value) => boolean) | undefined)[];
  /** Position in the heading for each column of the table, or null where both are alike. */
  readonly order: readonly number[] | null;
  /** Column of the heading that leads to the responsible unit. */
  readonly parentField: 'unitId' | 'projectId' | null;
}

interface LocalHead {
  readonly stamp: string;
  readonly stamps: string | null;
}

/** A row of ours with its values in the order of the table's columns. */
class LocalRow {
  readonly stamp: string;
  readonly stamps: Readonly<Record<string, string>>;
  readonly #raw: readonly Value[];
  readonly #positions: ReadonlyMap<string, number>;

  constructor(raw: readonly Value[], positions: ReadonlyMap<string, number>) {
    this.#raw = raw;
    this.#positions = positions;
    this.stamp = raw[raw.length - 2] as string;
    const packed = raw[raw.length - 1] as string | null;
    this.stamps = packed === null ? NO_STAMPS : (JSON.parse(packed) as Record<string, string>);
  }

  get(column: string): Value {
    const position = this.#positions.get(column);
    return position === undefined ? null : (this.#raw[position] ?? null);
  }

  stampOf(column: string): string {
    return this.stamps[column] ?? this.stamp;
  }
}

const LOOKUP = 500;
const NO_STAMPS: Readonly<Record<string, string>> = {};
/** These lists are the means of settling disputes; a dispute about them settles itself by time. */
const UNDISPUTED: ReadonlySet<EntityName> = new Set(['proposal', 'conflict']);
/** Who an office is and with which keys it signs: decided at admission, never by suggestion in a file. */
const NEVER_PROPOSED: ReadonlySet<string> = new Set(['signKey', 'boxKey', 'status', 'parentOfficeId', 'level']);

function ownerOf(description: Entity, field: string): Owner {
  if (field === 'voided') return description.creator === 'city' ? 'city' : 'shared';
  return description.fields[field]?.owner ?? 'shared';
}

/**
 * Merges rows of one file into the tables, inside the caller's transaction: new rows many at a time, known rows by their
 * stamps, values only where stamps differ. What cannot be placed goes to `parked`, what lost to `disputes`.
 */
export class Merge {
  readonly tallies = new Map<EntityName, EntityTally>();
  readonly parked: ParkedRow[] = [];
  readonly disputes: Dispute[] = [];
  latest = '';

  readonly #tools: MergeTools;
  readonly #plans = new WeakMap<readonly string[], Plan>();
  readonly #lookups = new Map<EntityName, Statement>();
  readonly #inserters = new Map<EntityName, RowInserter>();
  readonly #restamps = new Map<EntityName, Statement>();
  readonly #seen: Statement;

  constructor(tools: MergeTools) {
    this.#tools = tools;
    this.#seen = tools.store.db.prepare('SELECT "record" FROM "change" WHERE "rowId" = ?').pluck();
  }

  apply(group: WireGroup): void {
    const table = wireTable(group.entity);
    if (!table) {
      for (const row of group.rows) this.#park('unknown', group.entity, row);
      return;
    }
    for (let start = 0; start < group.rows.length; start += LOOKUP) {
      this.#chunk(table, group.rows.slice(start, start + LOOKUP));
    }
  }

  #chunk(table: WireTable, rows: readonly WireRow[]): void {
    const known = this.#lookup(table.entity, rows);
    const inserter = this.#inserter(table);
    const tally = this.#tally(table.entity);
    const fresh = new Set<string>();
    for (const row of rows) {
      if (isAheadOf(row.stamp, this.#tools.now)) {
        this.#park('clock', table.entity, row);
        continue;
      }
      if (row.stamp > this.latest) this.latest = row.stamp;
      let head = known.get(row.id);
      if (!head && fresh.has(row.id)) {
        // The same row twice in one file: the first must be in its table before the second is compared with it.
        inserter.flush();
        head = this.#lookup(table.entity, [row]).get(row.id);
      }
      const plan = this.#plan(table, row);
      if (head) this.#mergeKnown(plan, row, head, tally);
      else if (this.#insert(plan, row, inserter)) {
        tally.added += 1;
        fresh.add(row.id);
      }
    }
    inserter.flush();
  }

  #tally(entity: EntityName): EntityTally {
    let tally = this.tallies.get(entity);
    if (!tally) {
      tally = { added: 0, changed: 0, same: 0, older: 0, voided: 0 };
      this.tallies.set(entity, tally);
    }
    return tally;
  }

  #lookup(entity: EntityName, rows: readonly WireRow[]): ReadonlyMap<string, LocalHead> {
    let statement = this.#lookups.get(entity);
    if (!statement) {
      const marks = Array(LOOKUP).fill('?').join(', ');
      statement = this.#tools.store.db
        .prepare(`SELECT "id", "_stamp", "_stamps" FROM "${entity}" WHERE "id" IN (${marks})`)
        .raw();
      this.#lookups.set(entity, statement);
    }
    const ids = new Array<string | null>(LOOKUP).fill(null);
    for (let index = 0; index < rows.length; index += 1) ids[index] = rows[index]?.id ?? null;
    const found = statement.all(ids) as [string, string, string | null][];
    return new Map(found.map(([id, stamp, stamps]) => [id, { stamp, stamps }]));
  }

  #inserter(table: WireTable): RowInserter {
    let inserter = this.#inserters.get(table.entity);
    if (!inserter) {
      inserter = new RowInserter(this.#tools.store, table);
      this.#inserters.set(table.entity, inserter);
    }
    return inserter;
  }

  #plan(table: WireTable, row: WireRow): Plan {
    const { columns } = row;
    let plan = this.#plans.get(columns);
    if (!plan) {
      const { scope } = entityOf(table.entity);
      const alike =
        columns.length === table.columns.length && columns.every((column, index) => column === table.columns[index]);
      plan = {
        table,
        description: entityOf(table.entity),
        checks: columns.map((column) => table.checks.get(column)),
        order: alike || !row.whole ? null : table.columns.map((column) => columns.indexOf(column)),
        parentField: scope === 'unit' ? 'unitId' : scope === 'project' ? 'projectId' : null,
      };
      this.#plans.set(columns, plan);
    }
    return plan;
  }

  // --- rows that are not here yet -----------------------------------------------------------------------------------

  #insert(plan: Plan, row: WireRow, inserter: RowInserter): boolean {
    const { table, description } = plan;
    const { scope } = this.#tools;
    if (!row.whole) {
      this.#park('missing', table.entity, row);
      return false;
    }
    const parent = this.#parentValues(plan, row);
    if (!scope.hasParent(table.entity, parent)) {
      this.#park('missing', table.entity, row);
      return false;
    }
    const writer = this.#tools.streams.writerOf(row.stamp);
    const unchecked = this.#tools.trusting || writer.vouched;
    if (!unchecked && !mayCreate(description.creator, writer, scope.officeOf(table.entity, parent, row.stamp))) {
      this.#park('authority', table.entity, row);
      return false;
    }
    const stamps = this.#admit(plan, row, parent);
    this.#learn(table.entity, row, stamps);
    inserter.add(row, plan.order, stamps, this.#tools.log);
    return true;
  }

  #parentValues(plan: Plan, row: WireRow): Readonly<Record<string, Value>> {
    if (plan.parentField === null) return NO_STAMPS;
    return { [plan.parentField]: row.values[row.columns.indexOf(plan.parentField)] ?? null };
  }

  /**
   * The exceptions of a new row that stand. Values that this version cannot place are parked; values that their writer does
   * not own become proposals against the empty field.
   */
  #admit(plan: Plan, row: WireRow, parent: Readonly<Record<string, Value>>): Readonly<Record<string, string>> | null {
    const values = row.values as Value[];
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index] ?? null;
      const check = plan.checks[index];
      if (check === undefined ? value !== null : !check(value)) {
        this.#parkField(check === undefined ? 'unknown' : 'value', plan.table.entity, row, index);
        values[index] = row.columns[index] === 'voided' ? 0 : null;
      }
    }
    if (row.stamps === null) return null;
    const stamps: Record<string, string> = {};
    for (let index = 0; index < row.stamps.length; index += 1) {
      const stamp = row.stamps[index];
      const column = row.columns[index];
      if (stamp === undefined || column === undefined || plan.checks[index] === undefined) continue;
      if (isAheadOf(stamp, this.#tools.now)) {
        this.#parkField('clock', plan.table.entity, row, index);
        values[index] = column === 'voided' ? 0 : null;
        continue;
      }
      if (stamp > this.latest) this.latest = stamp;
      if (this.#incomingMay(plan, column, stamp, parent)) {
        stamps[column] = stamp;
      } else {
        this.#dispute('proposal', plan, row, index, { value: null, stamp: row.stamp }, parent);
        values[index] = column === 'voided' ? 0 : null;
      }
    }
    return stamps;
  }

  #learn(entity: EntityName, row: WireRow, stamps: Readonly<Record<string, string>> | null): void {
    const at = (column: string): Value => row.values[row.columns.indexOf(column)] ?? null;
    const stamp = (column: string): string => stamps?.[column] ?? row.stamp;
    if (entity === 'project') this.#tools.scope.learnProject(row.id, stamp('unitId'), at('unitId'));
    else if (entity === 'responsibilityUnit') this.#tools.scope.learnUnit(row.id, stamp('officeId'), at('officeId'));
    else if (entity === 'office') this.#tools.scope.forgetOffice(row.id);
  }

  // --- rows that are here -------------------------------------------------------------------------------------------

  #mergeKnown(plan: Plan, row: WireRow, head: LocalHead, tally: EntityTally): void {
    if (row.stamps === null && head.stamps === null && row.stamp === head.stamp && !this.#tools.replay) {
      tally.same += 1;
      return;
    }
    const { table, description } = plan;
    if (description.appendOnly && row.whole && row.stamp !== head.stamp) {
      this.#park('digest', table.entity, row);
      return;
    }
    const localStamps = head.stamps === null ? NO_STAMPS : (JSON.parse(head.stamps) as Record<string, string>);
    let stored: StoredRow | undefined;
    const taken: number[] = [];
    let older = false;
    for (let index = 0; index < row.columns.length; index += 1) {
      const column = row.columns[index] ?? '';
      const stamp = row.stamps?.[index] ?? row.stamp;
      const localStamp = localStamps[column] ?? head.stamp;
      if (stamp === localStamp && !this.#tools.replay) continue;
      stored ??= statementsOf(this.#tools.store, table.entity).select.get(row.id) as StoredRow;
      const decision = this.#decide(plan, row, index, stored, localStamp);
      if (decision === 'take' || decision === 'takeWithConflict') taken.push(index);
      else if (decision === 'keep' || decision === 'keepWithConflict') older = true;
    }
    if (taken.length > 0 && stored) {
      this.#update(plan, row, head, localStamps, stored, taken);
      tally.changed += 1;
      if (taken.some((index) => row.columns[index] === 'voided' && row.values[index] === 1)) tally.voided += 1;
    } else if (older) tally.older += 1;
    else tally.same += 1;
  }

  /** Decides one value and notes what has to be noted beside the tables. */
  #decide(plan: Plan, row: WireRow, index: number, stored: StoredRow, localStamp: string): Decision {
    const { table, description } = plan;
    const column = row.columns[index] ?? '';
    const value = row.values[index] ?? null;
    const stamp = row.stamps?.[index] ?? row.stamp;
    const check = plan.checks[index];
    if (stamp > this.latest && !isAheadOf(stamp, this.#tools.now)) this.latest = stamp;
    if (description.appendOnly && column !== 'voided' && !(this.#tools.replay && stored[column] === null)) {
      if (stamp !== localStamp) this.#parkField('digest', table.entity, row, index);
      return 'same';
    }
    const local = stored[column] ?? null;
    if (this.#tools.replay && stamp === localStamp && local === null && value !== null && check?.(value)) return 'take';
    const decision = decideField({
      local: { value: local, stamp: localStamp as Stamp, may: this.#localMay(plan, column, localStamp, stored) },
      incoming: { value, stamp, may: this.#incomingMay(plan, column, stamp, stored) },
      base: row.bases?.[index] ?? row.stamp,
      seen: () => this.#hasSeen(row.id, column, stamp),
      known: check?.(value) === true,
      ahead: isAheadOf(stamp, this.#tools.now),
    });
    switch (decision) {
      case 'park':
        if (stamp !== localStamp) this.#parkField(check === undefined ? 'unknown' : 'value', table.entity, row, index);
        break;
      case 'quarantineClock':
        this.#parkField('clock', table.entity, row, index);
        break;
      case 'proposal':
        this.#dispute('proposal', plan, row, index, { value: local, stamp: localStamp }, stored);
        break;
      case 'keepWithConflict':
        this.#dispute('conflict', plan, row, index, { value: local, stamp: localStamp }, stored);
        break;
      case 'takeWithConflict':
        this.#overruled(plan, row, index, { value: local, stamp: localStamp }, stored);
        break;
      case 'same':
      case 'take':
      case 'keep':
        break;
    }
    return decision;
  }

  #incomingMay(plan: Plan, column: string, stamp: string, values: Readonly<Record<string, Value>>): boolean {
    const writer = this.#tools.streams.writerOf(stamp);
    if (this.#tools.trusting || writer.vouched) return true;
    if (values['_stamp'] === stamp) return true;
    const office = this.#tools.scope.officeOf(plan.table.entity, values, stamp);
    return authority(ownerOf(plan.description, column), writer, office) === 'may';
  }

  #localMay(plan: Plan, column: string, stamp: string, stored: StoredRow): boolean {
    // What its creator set stands as an initial value, whoever owns the field.
    if (stamp === stored._stamp) return true;
    const writer = this.#tools.streams.localWriterOf(stamp);
    if (writer.vouched) return true;
    const office = this.#tools.scope.officeOf(plan.table.entity, stored, stamp);
    return authority(ownerOf(plan.description, column), writer, office) === 'may';
  }

  #hasSeen(rowId: string, column: string, stamp: string): boolean {
    return (this.#seen.all(rowId) as string[]).some((record) => {
      if (!record.includes(stamp)) return false;
      const [, , rowStamp, values, stamps] = JSON.parse(record) as [
        string,
        string,
        string,
        Record<string, Value>,
        Record<string, string>?,
      ];
      return (stamps?.[column] ?? rowStamp) === stamp && (Object.hasOwn(values, column) || rowStamp === stamp);
    });
  }

  #update(
    plan: Plan,
    row: WireRow,
    head: LocalHead,
    localStamps: Readonly<Record<string, string>>,
    stored: StoredRow,
    taken: readonly number[],
  ): void {
    const { entity, columns: all } = plan.table;
    // Both made the row, as with a conflict found by both: the later making becomes the row's own.
    const remade = taken.length === all.length && row.stamp !== head.stamp;
    const rowStamp = remade ? row.stamp : head.stamp;
    const stamps: Record<string, string> = remade ? {} : { ...localStamps };
    const values: Record<string, Value> = {};
    const given: Record<string, string> = {};
    const bases: Record<string, string> = {};
    const before: Record<string, readonly [Value, string]> = {};
    const columns: string[] = [];
    for (const index of taken) {
      const column = row.columns[index] ?? '';
      const stamp = row.stamps?.[index] ?? row.stamp;
      const base = row.bases?.[index];
      columns.push(column);
      values[column] = row.values[index] ?? null;
      before[column] = [stored[column] ?? null, localStamps[column] ?? head.stamp];
      if (stamp === rowStamp) delete stamps[column];
      else {
        stamps[column] = stamp;
        given[column] = stamp;
      }
      if (base !== undefined) bases[column] = base;
    }
    const packed = packStamps(stamps);
    statementsOf(this.#tools.store, entity)
      .update(columns)
      .run(...columns.map((column) => values[column] ?? null), packed, row.id);
    if (remade) this.#restamp(entity).run(rowStamp, packed, row.id);
    const record: unknown[] = [entity, row.id, rowStamp, values, given];
    if (packStamps(bases) !== null) record.push(bases);
    this.#tools.log.add(entity, row.id, JSON.stringify(record), JSON.stringify(before));
    if (Object.hasOwn(values, 'unitId') && entity === 'project') {
      this.#tools.scope.learnProject(row.id, stamps['unitId'] ?? rowStamp, values['unitId'] ?? null);
    }
    if (Object.hasOwn(values, 'officeId') && entity === 'responsibilityUnit') {
      this.#tools.scope.learnUnit(row.id, stamps['officeId'] ?? rowStamp, values['officeId'] ?? null);
    }
    if (entity === 'office') this.#tools.scope.forgetOffice(row.id);
  }

  #restamp(entity: EntityName): Statement {
    let statement = this.#restamps.get(entity);
    if (!statement) {
      statement = this.#tools.store.db.prepare(`UPDATE "${entity}" SET "_stamp" = ?, "_stamps" = ? WHERE "id" = ?`);
      this.#restamps.set(entity, statement);
    }
    return statement;
  }

  // --- what stays beside the tables ---------------------------------------------------------------------------------

  /** A value of ours gives way. Where it had no right to stand it becomes a proposal, else a conflict. */
  #overruled(
    plan: Plan,
    row: WireRow,
    index: number,
    local: { readonly value: Value; readonly stamp: string },
    stored: StoredRow,
  ): void {
    const column = row.columns[index] ?? '';
    if (UNDISPUTED.has(plan.table.entity)) return;
    const stamp = row.stamps?.[index] ?? row.stamp;
    const withdrawn =
      !this.#localMay(plan, column, local.stamp, stored) && this.#incomingMay(plan, column, stamp, stored);
    this.disputes.push({
      kind: withdrawn ? 'proposal' : 'conflict',
      entity: plan.table.entity,
      rowId: row.id,
      field: column,
      unitId: this.#tools.scope.unitOf(plan.table.entity, stored, stamp),
      kept: row.values[index] ?? null,
      keptStamp: stamp,
      other: local.value,
      otherStamp: local.stamp,
      otherOfficeId: this.#tools.streams.localWriterOf(local.stamp).officeId,
      owner: ownerOf(plan.description, column),
    });
  }

  #dispute(
    kind: Dispute['kind'],
    plan: Plan,
    row: WireRow,
    index: number,
    local: { readonly value: Value; readonly stamp: string },
    values: Readonly<Record<string, Value>>,
  ): void {
    const column = row.columns[index] ?? '';
    const { entity } = plan.table;
    if (UNDISPUTED.has(entity)) return;
    if (kind === 'proposal' && entity === 'office' && NEVER_PROPOSED.has(column)) {
      this.#parkField('authority', entity, row, index);
      return;
    }
    const stamp = row.stamps?.[index] ?? row.stamp;
    this.disputes.push({
      kind,
      entity,
      rowId: row.id,
      field: column,
      unitId: this.#tools.scope.unitOf(entity, values, stamp),
      kept: local.value,
      keptStamp: local.stamp,
      other: row.values[index] ?? null,
      otherStamp: stamp,
      otherOfficeId: this.#tools.streams.writerOf(stamp).officeId,
      owner: ownerOf(plan.description, column),
    });
  }

  #park(reason: ParkReason, entity: string, row: WireRow): void {
    this.#parkColumns(
      reason,
      entity,
      row,
      row.columns.map((_, index) => index),
      row.whole,
    );
  }

  #parkField(reason: ParkReason, entity: string, row: WireRow, index: number): void {
    this.#parkColumns(reason, entity, row, [index], false);
  }

  #parkColumns(reason: ParkReason, entity: string, row: WireRow, indexes: readonly number[], whole: boolean): void {
    const values: [string, Value][] = [];
    const stamps: [string, string][] = [];
    const bases: [string, string][] = [];
    for (const index of indexes) {
      const column = row.columns[index];
      if (column === undefined) continue;
      values.push([column, row.values[index] ?? null]);
      const stamp = row.stamps?.[index];
      if (stamp !== undefined) stamps.push([column, stamp]);
      const base = row.bases?.[index];
      if (base !== undefined) bases.push([column, base]);
    }
    const record = [
      entity,
      row.id,
      row.stamp,
      Object.fromEntries(values),
      Object.fromEntries(stamps),
      Object.fromEntries(bases),
      whole,
    ];
    this.parked.push({ reason, entity, rowId: row.id, record: JSON.stringify(record) });
  }
}
