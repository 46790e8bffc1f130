import { type EntityName, isEntityName, type Value } from '../../../../shared/dictionary/index.ts';
import { parseStamp, type Stamp, stampMs, stampStream } from '../../../../shared/domain/clock.ts';
import { holdsValue, readMarks } from '../../store/change-record.ts';
import { prepared } from '../../store/prepared.ts';
import { changesOf } from '../../store/row-changes.ts';
import { packStamps, packWith, readStamps, stampOf } from '../../store/stamps.ts';
import { selectRow, statementsOf } from '../../store/statements.ts';
import type { Aside, Dispute } from './aside.ts';
import { derivedId } from './derived-id.ts';
import { asValue, uncovered } from './hidden.ts';
import { type MergeTools, stampAfter } from './merge-tools.ts';
import { wireTable } from './wire-check.ts';

interface Refusal {
  readonly id: string;
  readonly entity: string;
  readonly rowId: string;
  readonly field: string;
  readonly current: string | null;
  readonly currentStamp: string | null;
}

/** The proposal that every ledger makes of one value that was not taken. */
export function proposalId(entity: string, rowId: string, field: string, stamp: string): string {
  const parsed = parseStamp(stamp);
  return derivedId(parsed === null ? 0 : stampMs(parsed), 'proposal', entity, rowId, field, stamp);
}

/**
 * Values that came from the office above and lost to ours, by row and field: should it turn out that ours was refused there,
 * it is what stands there.
 */
export type Outdone = Map<string, Loser>;

interface Loser {
  readonly entity: EntityName;
  readonly rowId: string;
  readonly field: string;
  readonly value: Value;
  readonly stamp: string;
  /** Stamp of the value that it replaced. */
  readonly base: string;
}

export const outdoneKey = (rowId: string, field: string): string => `${rowId} ${field}`;

/** Stamp that a change gave to a field, if it set it. */
function stampIn(record: string, field: string): string {
  const { stamp, stamps } = readMarks(record);
  const given = stamps[field] ?? stamp;
  return holdsValue(record, field, given) ? given : '';
}

interface Refused {
  readonly id: string;
  readonly entity: string;
  readonly rowId: string;
  readonly field: string;
  readonly stamp: string;
}

const OPEN_OR_DECLINED = `"currentStamp" IS NOT NULL AND "state" <> 'accepted'`;

/** Values that the office above did not take, by the proposals that it made of them. Asked for only where there are some. */
export class RefusedAbove {
  readonly #tools: MergeTools;
  #ids: ReadonlySet<string> | null = null;
  #spots: ReadonlySet<string> = new Set();

  constructor(tools: MergeTools) {
    this.#tools = tools;
  }

  #load(): ReadonlySet<string> {
    const { store, streams } = this.#tools;
    const all = prepared(
      store,
      `SELECT "id", "entity", "rowId", "field", "_stamp" AS "stamp" FROM "proposal" WHERE ${OPEN_OR_DECLINED}`,
    ).all() as Refused[];
    const above = all.filter(({ stamp }) => streams.isFromAbove(stamp));
    this.#spots = new Set(above.map(({ rowId, field }) => outdoneKey(rowId, field)));
    return new Set(above.map(({ id }) => id));
  }

  has(entity: string, rowId: string, field: string, stamp: string): boolean {
    this.#ids ??= this.#load();
    return this.#spots.has(outdoneKey(rowId, field)) && this.#ids.has(proposalId(entity, rowId, field, stamp));
  }
}

/**
 * The office above has made a proposal of a value that stands here, be it ours or one that it had passed on before: here too
 * the value that stands there takes its place, else the two would differ for ever; or the one that had stood here before, if
 * it outranks that. Which value is meant is told by the id of the proposal; what was written over it since stays.
 *
 * @param outdone of this import
 * @returns the entity of each value that was put back
 */
export function obeyRefusals(
  tools: MergeTools,
  proposals: readonly string[],
  outdone: Outdone,
  aside: Aside,
): readonly EntityName[] {
  const { store, log } = tools;
  const touched: EntityName[] = [];
  const select = prepared(
    store,
    `SELECT "id", "entity", "rowId", "field", "current", "currentStamp" FROM "proposal"
      WHERE "id" = ? AND ${OPEN_OR_DECLINED}`,
  );
  const refused = prepared(store, `SELECT 1 FROM "proposal" WHERE "id" = ? AND ${OPEN_OR_DECLINED}`);
  for (const id of proposals) {
    const refusal = select.get(id) as Refusal | undefined;
    if (!refusal || !isEntityName(refusal.entity)) continue;
    const { entity, rowId, field } = refusal;
    const row = selectRow(store, entity, rowId);
    const later = outdone.get(outdoneKey(rowId, field));
    const standing = parseStamp(later?.stamp ?? refusal.currentStamp);
    if (!row || standing === null || !Object.hasOwn(row, field)) continue;
    const stamps = readStamps(row);
    const ours = stampOf(stamps, field);
    if (ours === standing || proposalId(entity, rowId, field, ours) !== id) continue;
    const value = later === undefined ? asValue(refusal.current) : later.value;
    if (wireTable(entity)?.checks.get(field)?.(value) !== true) continue;
    const { stands, disputes } = uncovered(
      tools,
      { entity, row, field },
      ours,
      { ...(later ?? {}), value, stamp: standing },
      (stamp) => refused.get(proposalId(entity, rowId, field, stamp)) !== undefined,
    );
    for (const dispute of disputes) aside.between(dispute);
    const { value: put, stamp, base } = stands ?? { value, stamp: standing, base: undefined };
    statementsOf(store, entity)
      .update([field])
      .run(put, packWith(stamps, field, stamp), rowId);
    const record: unknown[] = [entity, rowId, stamps.row, { [field]: put }, { [field]: stamp }];
    if (base !== undefined) record.push({ [field]: base });
    log.add(entity, rowId, JSON.stringify(record), JSON.stringify({ [field]: [row[field] ?? null, ours] }));
    touched.push(entity);
  }
  return touched;
}

/**
 * The office above has taken after all what was a proposal here, and does not send a value of our own back: one that had
 * given way here, for who answered for the row at that time was not known, takes its place again.
 *
 * @returns the entity of each value that was put back
 */
export function takeBack(tools: MergeTools, proposals: readonly string[]): readonly EntityName[] {
  const { store, log } = tools;
  const touched: EntityName[] = [];
  const select = prepared(
    store,
    `SELECT "entity", "rowId", "field", "value" FROM "proposal"
      WHERE "id" = ? AND "currentStamp" IS NOT NULL AND "state" = 'accepted'`,
  );
  for (const id of proposals) {
    const taken = select.get(id) as
      | (Pick<Refusal, 'entity' | 'rowId' | 'field'> & { value: string | null })
      | undefined;
    if (!taken || !isEntityName(taken.entity)) continue;
    const { entity, rowId, field } = taken;
    const row = selectRow(store, entity, rowId);
    if (!row || !Object.hasOwn(row, field)) continue;
    const stamps = readStamps(row);
    const ours = stampOf(stamps, field);
    log.settle(rowId);
    const meant = changesOf(store, entity, rowId)
      .map(({ record }) => stampIn(record, field))
      .find((stamp) => stamp > ours && proposalId(entity, rowId, field, stamp) === id);
    const value = asValue(taken.value);
    if (meant === undefined || wireTable(entity)?.checks.get(field)?.(value) !== true) continue;
    statementsOf(store, entity)
      .update([field])
      .run(value, packWith(stamps, field, meant), rowId);
    const record = [entity, rowId, stamps.row, { [field]: value }, { [field]: meant }];
    log.add(entity, rowId, JSON.stringify(record), JSON.stringify({ [field]: [row[field] ?? null, ours] }));
    touched.push(entity);
  }
  return touched;
}

/**
 * The office above has read what stands here and yet says an older value: it had read a later one too, of another PC, and
 * that was refused further up. What stands here never went there, so it is sent again, to be taken or refused in its turn.
 *
 * @param outdone of this import, when all of it is merged
 */
export function sayAgain({ store, log, acknowledged }: MergeTools, outdone: Outdone): void {
  for (const { entity, rowId, field, value: theirs, stamp } of outdone.values()) {
    const row = selectRow(store, entity, rowId);
    if (!row) continue;
    const stamps = readStamps(row);
    const ours = stampOf(stamps, field);
    const value = row[field] ?? null;
    if (ours <= stamp || value === theirs) continue;
    const said = [...changesOf(store, entity, rowId)].reverse();
    const last = said.find(({ record }) => holdsValue(record, field, ours));
    if (last === undefined || last.n > acknowledged) continue;
    const record = [entity, rowId, stamps.row, { [field]: value }, { [field]: ours }];
    log.add(entity, rowId, JSON.stringify(record), JSON.stringify({ [field]: [value, ours] }));
  }
}

/**
 * A value that became a proposal because of who brought it, and then came from its rightful writer, was taken after all: its
 * proposal is no refusal any more. For the office that decides what stands, after its merge.
 *
 * @param stamp of this import
 * @returns how many proposals
 */
export function closeTakenAfterAll(tools: MergeTools, stamp: Stamp): number {
  const { store, log } = tools;
  const open = prepared(
    store,
    `SELECT "id", "entity", "rowId", "field" FROM "proposal" WHERE "state" = 'open' AND "voided" = 0 AND "currentStamp" IS NOT NULL`,
  ).all() as Pick<Refusal, 'id' | 'entity' | 'rowId' | 'field'>[];
  let closed = 0;
  for (const { id, entity, rowId, field } of open) {
    const row = isEntityName(entity) ? selectRow(store, entity, rowId) : undefined;
    if (!row || proposalId(entity, rowId, field, stampOf(readStamps(row), field)) !== id) continue;
    const proposal = selectRow(store, 'proposal', id);
    // Only who made it can say that it is over.
    if (!proposal || tools.streams.isFromAbove(proposal._stamp)) continue;
    const stamps = readStamps(proposal);
    const old = stampOf(stamps, 'state');
    const later = stamp > old ? stamp : stampAfter(old as Stamp, stampStream(stamp));
    statementsOf(store, 'proposal')
      .update(['state'])
      .run('accepted', packWith(stamps, 'state', later), id);
    const record = ['proposal', id, stamps.row, { state: 'accepted' }, { state: later }];
    log.add('proposal', id, JSON.stringify(record), JSON.stringify({ state: ['open', old] }));
    closed += 1;
  }
  return closed;
}

/**
 * Who took a proposal up may have had no right to any more: its row had passed on. Then the value was refused with this import,
 * and the proposal is open again, for who has the right now; else its maker would take it for what stands. For the office that
 * decides what stands, after its merge.
 *
 * @param disputes of this import
 * @param stamp of this import
 */
export function reopenRefused(tools: MergeTools, disputes: readonly Dispute[], stamp: Stamp): void {
  const { store, log, streams } = tools;
  const accepted = prepared(
    store,
    `SELECT "id" FROM "proposal" WHERE "entity" = ? AND "rowId" = ? AND "field" = ? AND "state" = 'accepted' AND "voided" = 0`,
    'pluck',
  );
  for (const { kind, entity, rowId, field, otherStamp } of disputes) {
    if (kind !== 'proposal') continue;
    for (const id of accepted.all(entity, rowId, field) as string[]) {
      const proposal = selectRow(store, 'proposal', id);
      if (!proposal || streams.isFromAbove(proposal._stamp)) continue;
      const stamps = readStamps(proposal);
      // Value and decision were written at one time.
      if (stampOf(stamps, 'state') !== otherStamp) continue;
      const later = stamp > otherStamp ? stamp : stampAfter(otherStamp as Stamp, stampStream(stamp));
      const { state: _, decidedBy: __, ...others } = stamps.fields;
      statementsOf(store, 'proposal')
        .update(['state', 'decidedBy'])
        .run('open', null, packStamps({ ...others, state: later, decidedBy: later }), id);
      const record = [
        'proposal',
        id,
        stamps.row,
        { state: 'open', decidedBy: null },
        { state: later, decidedBy: later },
      ];
      const before = {
        state: ['accepted', otherStamp],
        decidedBy: [proposal['decidedBy'] ?? null, stampOf(stamps, 'decidedBy')],
      };
      log.add('proposal', id, JSON.stringify(record), JSON.stringify(before));
    }
  }
}
