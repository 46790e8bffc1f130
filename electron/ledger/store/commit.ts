import { Fault } from '../../../shared/contract/faults.ts';
import { checkValue } from '../../../shared/dictionary/check.ts';
import { type Entity, type EntityName, entityOf, fieldOf, type Value } from '../../../shared/dictionary/index.ts';
import { authority, mayCreate } from '../../../shared/domain/authority.ts';
import {
  type ClockState,
  newClock,
  parseStamp,
  receive,
  type Stamp,
  type StreamTag,
  stampCounter,
  stampMs,
  tick,
} from '../../../shared/domain/clock.ts';
import { digestOf, nextChain } from './digest.ts';
import { newId } from './id.ts';
import { type Identity, readIdentity, readMeta, writeMeta } from './meta.ts';
import { requireFile, requireFree, type Store } from './open.ts';
import { type Owners, ownersOf } from './owners.ts';
import { prepared } from './prepared.ts';
import { Scope } from './scope.ts';
import { sqliteFault } from './sqlite-fault.ts';
import { packStamps, readStamps, stampOf } from './stamps.ts';
import { type StoredRow, selectRow, statementsOf } from './statements.ts';
import { wellFormed } from './well-formed.ts';

/** One row to create or change. `set` may hold 'voided' (作废) beside the entity's fields; unnamed fields stay. */
export interface Change {
  readonly entity: EntityName;
  readonly id: string;
  readonly set: Readonly<Record<string, Value>>;
}

export type CommitKind = 'setup' | 'edit' | 'excel' | 'report' | 'supervision' | 'decision' | 'sync' | 'undo' | 'redo';

export interface CommitRequest {
  readonly kind: CommitKind;
  /** What the operator did, in Chinese, for the undo list and the audit trail: '粘贴 36 个单元格'. */
  readonly title: string;
  readonly changes: readonly Change[];
  readonly undoOf?: number;
}

/** Who acts and when; passed in so that tests and the command line decide both. */
export interface Actor {
  readonly operator: string;
  /** UTC ms. */
  readonly now: number;
}

export interface CommitResult {
  /** Number in this ledger's journal; null when nothing differed and nothing was written. */
  readonly n: number | null;
  /** Rows created or changed. */
  readonly changed: number;
  /** Values that belong to the other side and became 建议修改. */
  readonly proposals: number;
}

interface Written {
  readonly entity: EntityName;
  readonly id: string;
  readonly record: string;
  readonly before: string | null;
}

interface Door {
  readonly store: Store;
  readonly identity: Identity;
  readonly scope: Scope;
  readonly owners: Owners;
  readonly actor: Actor;
  readonly stamp: Stamp;
  readonly written: Written[];
  proposals: number;
}

function checkSet(name: EntityName, set: Readonly<Record<string, Value>>): void {
  for (const [key, value] of Object.entries(set)) {
    if (key === 'voided') {
      if (value !== 0 && value !== 1)
        throw new Fault('INVALID_VALUE', { what: entityOf(name).label, why: '作废标记不正确' });
      continue;
    }
    const field = fieldOf(name, key);
    if (!field) throw new Fault('UNKNOWN_FIELD', { what: `${entityOf(name).label}.${key}` });
    const problem = checkValue(field, value);
    if (problem) throw new Fault('INVALID_VALUE', { what: entityOf(name).label, why: problem });
  }
}

function create(door: Door, change: Change): void {
  const description = entityOf(change.entity);
  for (const [key, field] of Object.entries(description.fields)) {
    if (field.required && (change.set[key] ?? null) === null) {
      throw new Fault('INVALID_VALUE', { what: description.label, why: `“${field.label}”不能为空` });
    }
  }
  const office = door.scope.officeOf(change.entity, change.set);
  if (!mayCreate(description.creator, door.identity, office)) {
    throw new Fault('NOT_ALLOWED', { why: `“${description.label}”不由本单位登记`, cure: '请联系领导小组办公室' });
  }
  const { fields, insert } = statementsOf(door.store, change.entity);
  const voided = change.set['voided'] ?? 0;
  insert.run(change.id, voided, ...fields.map((field) => normal(change.set[field])), door.stamp, null);
  const kept: Record<string, Value> = {};
  for (const field of fields) {
    const value = normal(change.set[field]);
    if (value !== null) kept[field] = value;
  }
  if (voided === 1) kept['voided'] = 1;
  remember(door, change.entity, change.id, kept, null);
}

/** Empty text is nothing; a table and the journal keep the same text. */
function normal(value: Value | undefined): Value {
  if (value === undefined || value === '') return null;
  return typeof value === 'string' ? wellFormed(value) : value;
}

function remember(
  door: Door,
  entity: EntityName,
  id: string,
  values: Readonly<Record<string, Value>>,
  before: Readonly<Record<string, readonly [Value, string]>> | null,
  later: Readonly<Record<string, string>> = {},
): void {
  const record = [entity, id, door.stamp, values];
  door.written.push({
    entity,
    id,
    record: JSON.stringify(packStamps(later) === null ? record : [...record, later]),
    before: before === null ? null : JSON.stringify(before),
  });
  if (entity === 'project' && 'unitId' in values) door.scope.learnProject(id, values['unitId'] as string | null);
  if (entity === 'office' || entity === 'responsibilityUnit') door.scope.forgetOffices();
}

function update(door: Door, change: Change, row: StoredRow): void {
  const description = entityOf(change.entity);
  const stamps = readStamps(row);
  const office = door.scope.officeOf(change.entity, row);
  const values: Record<string, Value> = {};
  const before: Record<string, readonly [Value, string]> = {};
  for (const [key, raw] of Object.entries(change.set)) {
    const value = normal(raw);
    const old = row[key] ?? null;
    if (old === value) continue;
    if (description.appendOnly && key !== 'voided') throw new Fault('SEALED_ROW', { what: description.label });
    refuseSealed(description, row, key);
    const owner = door.owners.of(change.entity, key);
    if (authority(owner, door.identity, office) === 'propose') {
      const to = owner === 'city' || office === null ? 'city' : 'unit';
      propose(door, { ...change, field: key, old, value, to }, row);
      continue;
    }
    values[key] = value;
    before[key] = [old, stampOf(stamps, key)];
  }
  const changed = Object.keys(values);
  if (changed.length === 0) return;
  const exceptions = { ...stamps.fields };
  const later: Record<string, string> = {};
  for (const key of changed) {
    const stamp = stampAbove(before[key]?.[1] ?? '', door);
    exceptions[key] = stamp;
    if (stamp !== door.stamp) later[key] = stamp;
  }
  statementsOf(door.store, change.entity)
    .update(changed)
    .run(...changed.map((key) => values[key]), packStamps(exceptions), change.id);
  remember(door, change.entity, change.id, values, before, later);
}

/**
 * The stamp of a value that replaces another. A value from an office whose clock runs ahead (accepted up to a day) may be
 * later than ours; what replaces it must be later still, or the next exchange would bring the old value back.
 */
function stampAbove(old: string, door: Door): Stamp {
  const stamp = parseStamp(old);
  if (stamp === null || stamp < door.stamp) return door.stamp;
  return tick(
    { ms: stampMs(stamp), counter: stampCounter(stamp), stream: door.identity.streamTag as StreamTag },
    door.actor.now,
  ).stamp;
}

interface Wish extends Pick<Change, 'entity' | 'id'> {
  readonly field: string;
  readonly old: Value;
  readonly value: Value;
  readonly to: 'city' | 'unit';
}

function propose(door: Door, { field, old, value, to, ...change }: Wish, row: StoredRow): void {
  door.proposals += 1;
  const unitId =
    row['unitId'] ?? (typeof row['projectId'] === 'string' ? door.scope.unitOfProject(row['projectId']) : null);
  create(door, {
    entity: 'proposal',
    id: newId(),
    set: {
      entity: change.entity,
      rowId: change.id,
      field,
      value: JSON.stringify(value),
      current: JSON.stringify(old),
      fromOfficeId: door.identity.officeId,
      toOwner: to,
      unitId: unitId ?? null,
      operator: door.actor.operator,
      state: 'open',
    },
  });
}

/** Whether what was printed under a number holds this field of the row. */
export function isSealed({ seal }: Entity, row: StoredRow, key: string): boolean {
  return seal?.fields.includes(key) === true && (row[seal.when] ?? null) !== null;
}

/** What was printed under a number stays as it was printed. @throws Fault RULE_BROKEN */
function refuseSealed(description: Entity, row: StoredRow, key: string): void {
  if (!isSealed(description, row, key)) return;
  const { fields, label } = description;
  throw new Fault('RULE_BROKEN', {
    why: `这份${label}已编号印发，“${fields[key]?.label ?? key}”不能再改`,
    cure: '如需更正，请另行发文',
  });
}

/** Later changes of the same row in one request are one change. */
export function coalesce(changes: readonly Change[]): readonly Change[] {
  const merged = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.entity}:${change.id}`;
    const earlier = merged.get(key);
    merged.set(key, earlier ? { ...earlier, set: { ...earlier.set, ...change.set } } : change);
  }
  return [...merged.values()];
}

/** The clock as this ledger left it. */
export function readClock(store: Store, identity: Identity): ClockState {
  const start = newClock(identity.streamTag as StreamTag);
  const last = parseStamp(readMeta(store, 'lastStamp'));
  return last === null ? start : receive(start, last, Number.MAX_SAFE_INTEGER);
}

/** Appends one journal row and its changes; the caller has written the tables in the same transaction. */
export function appendJournal(
  store: Store,
  entry: {
    readonly identity: Identity;
    readonly stamp: Stamp;
    readonly actor: Actor;
    readonly kind: CommitKind;
    readonly title: string;
    readonly bundleId: string | null;
    readonly undoOf: number | null;
    readonly changes: number;
    readonly digest: string;
  },
): number {
  const last = prepared(store, 'SELECT "n", "chain" FROM "journal" ORDER BY "n" DESC LIMIT 1').get() as
    | { n: number; chain: string }
    | undefined;
  const n = (last?.n ?? 0) + 1;
  prepared(
    store,
    'INSERT INTO "journal" ("n", "stream", "stamp", "at", "officeId", "operator", "kind", "title", "bundleId", "undoOf", "undoneBy", "changes", "digest", "chain") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)',
  ).run(
    n,
    entry.identity.streamTag,
    entry.stamp,
    entry.actor.now,
    entry.identity.officeId,
    entry.actor.operator,
    entry.kind,
    entry.title,
    entry.bundleId,
    entry.undoOf,
    entry.changes,
    entry.digest,
    nextChain(last?.chain ?? '', n, entry.digest),
  );
  return n;
}

/** Tells whoever watches the ledger which entities changed. Call it after the transaction. */
export function announce(store: Store, touched: ReadonlySet<EntityName>): void {
  for (const listener of store.listeners) listener(touched);
}

/**
 * The one door: every write of this office goes through here. Checks each value against the dictionary and who may set it,
 * writes the tables and the journal in one transaction, and tells the windows. All or nothing.
 *
 * @throws Fault INVALID_VALUE, UNKNOWN_FIELD, SEALED_ROW, NOT_ALLOWED, DISK_FULL, READ_ONLY, FILE_GONE, LEDGER_BUSY,
 *   LEDGER_HELD, LEDGER_PAST
 */
export function commit(store: Store, request: CommitRequest, actor: Actor): CommitResult {
  if (store.asOf !== null) throw new Fault('LEDGER_PAST', { what: store.gate.holder ?? '正在查看过去的台账' });
  requireFree(store);
  requireFile(store);
  const touched = new Set<EntityName>();
  const run = store.db.transaction((): CommitResult => {
    const identity = readIdentity(store);
    const ticked = tick(readClock(store, identity), actor.now);
    const door: Door = {
      store,
      identity,
      scope: new Scope(store, identity),
      owners: ownersOf(store),
      actor,
      stamp: ticked.stamp,
      written: [],
      proposals: 0,
    };
    for (const change of coalesce(request.changes)) {
      checkSet(change.entity, change.set);
      const row = selectRow(store, change.entity, change.id);
      if (row) update(door, change, row);
      else create(door, change);
    }
    if (door.written.length === 0) return { n: null, changed: 0, proposals: 0 };
    const n = appendJournal(store, {
      identity,
      stamp: ticked.stamp,
      actor,
      kind: request.kind,
      title: request.title,
      bundleId: null,
      undoOf: request.undoOf ?? null,
      changes: door.written.length,
      digest: digestOf(...door.written.map((written) => written.record)),
    });
    const insert = prepared(
      store,
      'INSERT INTO "change" ("n", "entity", "rowId", "record", "before") VALUES (?, ?, ?, ?, ?)',
    );
    for (const written of door.written) {
      insert.run(n, written.entity, written.id, written.record, written.before);
      touched.add(written.entity);
    }
    writeMeta(store, 'lastStamp', ticked.stamp);
    return { n, changed: door.written.length - door.proposals, proposals: door.proposals };
  });

  let result: CommitResult;
  try {
    result = run.immediate();
  } catch (error) {
    throw sqliteFault(error, store.path);
  }
  if (result.n !== null) announce(store, touched);
  return result;
}
