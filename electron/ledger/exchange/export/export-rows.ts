import { type EntityName, entityOf, type Value } from '../../../../shared/dictionary/index.ts';
import { parseStamp } from '../../../../shared/domain/clock.ts';
import { readRecord } from '../../store/change-record.ts';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import type { RowToWrite } from '../bundle/record.ts';
import { wireRowOf } from '../merge/parked.ts';
import { type WireTable, wireTable, wireTables } from '../merge/wire-check.ts';
import { Lineage } from './lineage.ts';
import { isMovable, PastScope } from './past-scope.ts';

export interface ExportScope {
  /** Office that the file is for. */
  readonly officeId: string;
  /** To the office above everything that travels; to an office below its own rows and those of the city as a whole. */
  readonly upward: boolean;
  /** All rows, not only what the receiver has not acknowledged. */
  readonly full: boolean;
  /** Own changes after `from` up to `to`. */
  readonly from: number;
  readonly to: number;
  /** The receiver's present stream, whose own values it need not be told; null when nothing of it has been read. */
  readonly receiverStream: string | null;
}

export interface ExportRow {
  readonly entity: string;
  readonly columns: readonly string[];
  readonly row: RowToWrite;
}

/** Papers leave the city only once they are issued. */
const SENT_SHEETS = `"state" IN ('issued', 'replied', 'closed')`;

const UNDER = `WITH RECURSIVE "under"("id") AS (SELECT @office UNION SELECT o."id" FROM "office" o JOIN "under" u ON o."parentOfficeId" = u."id")`;

type RawRow = readonly Value[];

interface Pending {
  whole: boolean;
  readonly fields: Set<string>;
  /** It was in another unit before. */
  moved: boolean;
}

const nothingPending = (whole: boolean): Pending => ({ whole, fields: new Set(), moved: false });

/** Which rows a file carries, read from one snapshot of the ledger. Parents come before children. */
export class RowSource {
  readonly #store: Store;
  readonly #scope: ExportScope;
  readonly #lineage: Lineage;
  /** The receiver and those under it. */
  readonly #offices: ReadonlySet<string>;
  readonly #units: ReadonlySet<string>;
  readonly #projects = new Map<string, boolean>();
  readonly #past: PastScope;
  /** Streams whose stamps are in the file. */
  readonly streams = new Set<string>();
  /** Stamps in the file, to be explained by their commits. */
  readonly stamps = new Set<string>();

  constructor(store: Store, scope: ExportScope) {
    this.#store = store;
    this.#scope = scope;
    this.#lineage = new Lineage(store);
    // Upward everything goes, whosever it is.
    const ids = (sql: string): ReadonlySet<string> =>
      new Set(
        scope.upward ? [] : (prepared(store, `${UNDER} ${sql}`, 'pluck').all({ office: scope.officeId }) as string[]),
      );
    this.#offices = ids('SELECT "id" FROM "under"');
    this.#past = new PastScope(store, this.#offices);
    this.#units = ids('SELECT r."id" FROM "responsibilityUnit" r WHERE r."officeId" IN (SELECT "id" FROM "under")');
  }

  *rows(): Generator<ExportRow> {
    if (this.#scope.full) yield* this.#allRows();
    else yield* this.#changedRows();
    yield* this.#parkedRows();
  }

  // --- full ---------------------------------------------------------------------------------------------------------

  *#allRows(): Generator<ExportRow> {
    for (const table of wireTables) {
      const filter = this.#scope.upward ? '1' : this.#whereInScope(table.entity);
      const statement = this.#store.db.prepare(`${selectOf(table)} WHERE ${filter} ORDER BY "id"`).raw();
      for (const raw of statement.iterate() as Iterable<RawRow>) yield this.#whole(table, raw);
      if (table.entity !== 'project' || this.#scope.upward) continue;
      // Gone back to an older state, the receiver would hold them for its own for ever.
      for (const raw of this.#projectsThatLeft(table)) yield this.#whole(table, raw);
    }
  }

  /** Projects that were the receiver's and have moved away. */
  #projectsThatLeft(table: WireTable): RawRow[] {
    if (this.#scope.receiverStream === null) return [];
    const moved = this.#store.db.prepare(`${selectOf(table)} WHERE "_stamps" LIKE ? ORDER BY "id"`).raw();
    return (moved.all('%"unitId"%') as RawRow[]).filter(
      (raw) => !this.#isInScope(table, raw) && this.#past.firstIn('project', String(raw[0])) !== null,
    );
  }

  #whereInScope(entity: EntityName): string {
    const among = (ids: ReadonlySet<string>): string =>
      `IN (${[...ids].map((id) => `'${id.replace(/'/gu, '')}'`).join(', ')})`;
    const units = `"unitId" ${among(this.#units)}`;
    switch (entityOf(entity).scope) {
      case 'none':
      case 'above':
        return '1';
      case 'office':
        return [
          units,
          `"entity" = 'project' AND "rowId" IN (SELECT "id" FROM "project" WHERE ${units})`,
          entity === 'proposal' ? `"fromOfficeId" ${among(this.#offices)}` : '"unitId" IS NULL',
        ].join(' OR ');
      case 'unit':
        return entity === 'supervisionSheet' ? `${units} AND ${SENT_SHEETS}` : units;
      case 'project':
        return `"projectId" IN (SELECT "id" FROM "project" WHERE ${units})`;
    }
  }

  // --- what changed -------------------------------------------------------------------------------------------------

  *#changedRows(): Generator<ExportRow> {
    const pending = this.#pending();
    if (!this.#scope.upward) this.#addNewlyInScope(pending);
    for (const table of wireTables) {
      const rows = pending.get(table.entity);
      if (!rows) continue;
      const select = this.#store.db.prepare(`${selectOf(table)} WHERE "id" = ?`).raw();
      for (const [id, changed] of [...rows].sort(([left], [right]) => (left < right ? -1 : 1))) {
        const raw = select.get(id) as RawRow | undefined;
        if (!raw || !(this.#scope.upward || this.#isInScope(table, raw) || this.#follows(table.entity, id, changed)))
          continue;
        const row = this.#changed(table, raw, changed);
        if (row) yield row;
      }
    }
  }

  /** What changed since the receiver's acknowledgement, by entity and id. */
  #pending(): Map<string, Map<string, Pending>> {
    const { from, to, receiverStream } = this.#scope;
    const pending = new Map<string, Map<string, Pending>>();
    const changes = this.#store.db
      .prepare(
        'SELECT "entity", "rowId", "record", "before" FROM "change" WHERE "n" > ? AND "n" <= ? ORDER BY "n", "seq"',
      )
      .raw()
      .iterate(from, to) as Iterable<[string, string, string, string | null]>;
    for (const [entity, rowId, record, before] of changes) {
      if (!wireTable(entity)) continue;
      if (before === null && isEcho(entity, rowId, record, receiverStream)) continue;
      let rows = pending.get(entity);
      if (!rows) {
        rows = new Map();
        pending.set(entity, rows);
      }
      let row = rows.get(rowId);
      if (!row) {
        row = nothingPending(false);
        rows.set(rowId, row);
      }
      if (before === null) row.whole = true;
      // Also of a row that is new since: the receiver may have made it, or have it by a file that it has not acknowledged.
      if (isMovable(entity) && before?.includes('"unitId"') === true) row.moved = true;
      if (row.whole) continue;
      for (const field of Object.keys(readRecord(this.#store, record).values)) row.fields.add(field);
    }
    return pending;
  }

  /**
   * A project that was ever the receiver's is followed wherever it moves, or it would take it for its own once it is given the
   * unit in which it saw it last; so are disputes, of which two offices may have seen in whose unit they are differently.
   */
  #follows(entity: EntityName, id: string, changed: Pending): boolean {
    const since = changed.moved && isMovable(entity) ? this.#past.firstIn(entity, id) : null;
    if (since === null) return false;
    // No file may have told of it while it was the receiver's.
    if (since > this.#scope.from) changed.whole = true;
    return true;
  }

  /** A project that moved to the receiver, or a unit that became its, comes with everything that hangs on it. */
  #addNewlyInScope(pending: Map<string, Map<string, Pending>>): void {
    const moved = [...(pending.get('project') ?? [])].flatMap(([id, row]) =>
      row.fields.has('unitId') && !row.whole ? [id] : [],
    );
    const units = [...(pending.get('responsibilityUnit') ?? [])].flatMap(([id, row]) =>
      row.fields.has('officeId') && this.#units.has(id) ? [id] : [],
    );
    const rowsOf = (entity: EntityName): Map<string, Pending> => {
      const rows = pending.get(entity) ?? new Map<string, Pending>();
      pending.set(entity, rows);
      return rows;
    };
    const addWhole = (entity: EntityName, ids: readonly string[]): void => {
      const rows = rowsOf(entity);
      for (const id of ids) {
        const row = rows.get(id);
        if (row) row.whole = true;
        else rows.set(id, nothingPending(true));
      }
    };
    const idsOf = (entity: EntityName, column: string, owner: string): string[] =>
      this.#store.db.prepare(`SELECT "id" FROM "${entity}" WHERE "${column}" = ?`).pluck().all(owner) as string[];
    for (const unit of units) {
      for (const { entity } of wireTables) {
        const { scope } = entityOf(entity);
        if (scope === 'unit' || scope === 'office') addWhole(entity, idsOf(entity, 'unitId', unit));
      }
      moved.push(...idsOf('project', 'unitId', unit));
    }
    // What left such a unit while it was another's the receiver may still see in it.
    const projects = wireTable('project');
    if (units.length > 0 && projects) {
      const left = this.#projectsThatLeft(projects).map(([id]) => String(id));
      for (const id of left) rowsOf('project').set(id, { ...nothingPending(true), moved: true });
    }
    for (const project of moved) {
      if (!this.#isProjectInScope(project)) continue;
      addWhole('project', [project]);
      for (const entity of ['conflict', 'proposal'] as const) addWhole(entity, idsOf(entity, 'rowId', project));
      for (const { entity } of wireTables) {
        if (entityOf(entity).scope === 'project') addWhole(entity, idsOf(entity, 'projectId', project));
      }
    }
  }

  #isProjectInScope(projectId: string): boolean {
    let inside = this.#projects.get(projectId);
    if (inside === undefined) {
      const unit = this.#store.db.prepare('SELECT "unitId" FROM "project" WHERE "id" = ?').pluck().get(projectId) as
        | string
        | null
        | undefined;
      inside = typeof unit === 'string' && this.#units.has(unit);
      this.#projects.set(projectId, inside);
    }
    return inside;
  }

  #isInScope(table: WireTable, raw: RawRow): boolean {
    const value = (column: string): Value => raw[1 + table.columns.indexOf(column)] ?? null;
    const inUnit = (): boolean => {
      const unit = value('unitId');
      return typeof unit === 'string' && this.#units.has(unit);
    };
    switch (entityOf(table.entity).scope) {
      case 'none':
      case 'above':
        return true;
      case 'office':
        // About a row of the receiver's, whosever it was when they differed.
        if (inUnit() || (value('entity') === 'project' && this.#isProjectInScope(String(value('rowId'))))) return true;
        return table.entity === 'proposal'
          ? this.#offices.has(String(value('fromOfficeId')))
          : value('unitId') === null;
      case 'unit':
        if (table.entity !== 'supervisionSheet') return inUnit();
        return inUnit() && ['issued', 'replied', 'closed'].includes(String(value('state')));
      case 'project': {
        const project = value('projectId');
        return typeof project === 'string' && this.#isProjectInScope(project);
      }
    }
  }

  // --- rows as they travel ------------------------------------------------------------------------------------------

  #note(stamp: string): void {
    this.stamps.add(stamp);
    this.streams.add(stamp.slice(16));
  }

  /** The receiver is to see who wrote the value that lost, which no row carries any more. */
  #noteDisputed(table: WireTable, raw: RawRow): void {
    for (const column of ['keptStamp', 'otherStamp']) {
      const stamp = raw[1 + table.columns.indexOf(column)];
      if (typeof stamp === 'string' && parseStamp(stamp) !== null) this.#note(stamp);
    }
  }

  #whole(table: WireTable, raw: RawRow): ExportRow {
    const id = raw[0] as string;
    const stamp = raw[raw.length - 2] as string;
    const packed = raw[raw.length - 1] as string | null;
    this.#note(stamp);
    const stamps = packed === null ? null : (JSON.parse(packed) as Record<string, string>);
    if (stamps) for (const each of Object.values(stamps)) this.#note(each);
    if (table.entity === 'conflict') this.#noteDisputed(table, raw);
    return {
      entity: table.entity,
      columns: table.columns,
      row: {
        id,
        stamp,
        whole: true,
        columns: table.columns,
        values: raw.slice(1, -2),
        stamps,
        bases: stamps === null ? null : this.#lineage.basesOf(table.entity, id, stamp),
      },
    };
  }

  #changed(table: WireTable, raw: RawRow, changed: Pending): ExportRow | null {
    // A paper that became visible by its state is new to the receiver, whatever field it was.
    if (changed.whole || (table.entity === 'supervisionSheet' && !this.#scope.upward)) return this.#whole(table, raw);
    const id = raw[0] as string;
    const rowStamp = raw[raw.length - 2] as string;
    const packed = raw[raw.length - 1] as string | null;
    const exceptions = packed === null ? {} : (JSON.parse(packed) as Record<string, string>);
    const columns: string[] = [];
    const values: Value[] = [];
    const stamps: Record<string, string> = {};
    for (const field of changed.fields) {
      const position = table.columns.indexOf(field);
      if (position < 0) continue;
      const stamp = exceptions[field] ?? rowStamp;
      if (stamp.slice(16) === this.#scope.receiverStream) continue;
      columns.push(field);
      values.push(raw[1 + position] ?? null);
      if (stamp !== rowStamp) stamps[field] = stamp;
      this.#note(stamp);
    }
    if (columns.length === 0) return null;
    const all = this.#lineage.basesOf(table.entity, id, rowStamp) ?? {};
    const bases = Object.fromEntries(Object.entries(all).filter(([field]) => columns.includes(field)));
    return {
      entity: table.entity,
      columns: table.columns,
      row: {
        id,
        stamp: rowStamp,
        whole: false,
        columns,
        values,
        stamps: Object.keys(stamps).length === 0 ? null : stamps,
        bases: Object.keys(bases).length === 0 ? null : bases,
      },
    };
  }

  /**
   * What this version could not place is carried on unchanged: the receiver may be newer. Where everything goes, because the
   * receiver may have lost what it had, so does what it brought itself and has waited here since.
   */
  *#parkedRows(): Generator<ExportRow> {
    const { officeId, full } = this.#scope;
    const rows = this.#store.db
      .prepare(
        `SELECT "record", "officeId" FROM "parked"
          WHERE CASE "officeId" WHEN ? THEN ? AND "reason" IN ('unknown', 'value', 'missing', 'clock')
                ELSE "reason" IN ('unknown', 'value') END ORDER BY "id"`,
      )
      .all(officeId, full ? 1 : 0) as { readonly record: string; readonly officeId: string }[];
    for (const { record, officeId: from } of rows) {
      const wire = wireRowOf(record);
      if (!wire || !(from === officeId || this.#isParkedInScope(wire.entity, wire.row.id))) continue;
      const { id, stamp, whole, columns, values } = wire.row;
      for (const mark of [stamp, ...(wire.row.stamps ?? [])]) if (mark !== undefined) this.#note(mark);
      const named = (marks: readonly (string | undefined)[] | null): Record<string, string> | null => {
        const pairs = (marks ?? []).flatMap((mark, index): [string, string][] =>
          mark === undefined ? [] : [[columns[index] ?? '', mark]],
        );
        return pairs.length === 0 ? null : Object.fromEntries(pairs);
      };
      const row: RowToWrite = {
        id,
        stamp,
        whole,
        columns,
        values,
        stamps: named(wire.row.stamps),
        bases: named(wire.row.bases),
      };
      yield { entity: wire.entity, columns, row };
    }
  }

  #isParkedInScope(entity: string, rowId: string): boolean {
    if (this.#scope.upward) return true;
    const table = wireTable(entity);
    if (!table) return false;
    const raw = this.#store.db
      .prepare(`${selectOf(table)} WHERE "id" = ?`)
      .raw()
      .get(rowId) as RawRow | undefined;
    return raw !== undefined && this.#isInScope(table, raw);
  }
}

function selectOf(table: WireTable): string {
  const columns = ['id', ...table.columns, '_stamp', '_stamps'].map((column) => `"${column}"`).join(', ');
  return `SELECT ${columns} FROM "${table.entity}"`;
}

/** `["entity","id","stamp",…`: what stands before the stream inside the text of a record. */
const BEFORE_STREAM = '["","","'.length + 16;

/**
 * Whether the record of a new row is the receiver's own, with no value of anybody else in it. Told by its text, for there
 * may be very many; where the text is not plain the answer is no, which only sends a row too much.
 */
function isEcho(entity: string, rowId: string, record: string, receiverStream: string | null): boolean {
  if (receiverStream === null) return false;
  const ofReceiver = record.startsWith(receiverStream, entity.length + rowId.length + BEFORE_STREAM);
  return ofReceiver && !/\},\{[^{}]*\}\]$/u.test(record);
}
