import type { Statement } from 'better-sqlite3';
import type { EntityName, Value } from '../../../../shared/dictionary/index.ts';
import { authority } from '../../../../shared/domain/authority.ts';
import { isUnwritten, type Stamp, stampStream } from '../../../../shared/domain/clock.ts';
import { holdsValue } from '../../store/change-record.ts';
import { prepared } from '../../store/prepared.ts';
import { changesOf } from '../../store/row-changes.ts';
import { packStamps } from '../../store/stamps.ts';
import { statementsOf } from '../../store/statements.ts';
import type { WireRow } from '../bundle/record.ts';
import type { Aside, Dispute } from './aside.ts';
import type { LocalHead, LocalRow } from './local-rows.ts';
import { noteLostPlace } from './lost-place.ts';
import { type Decision, decideField, takes } from './merge-rule.ts';
import { type EntityTally, isLeftOut, type Latest, type MergeTools, type Plan } from './merge-tools.ts';
import { type Outdone, outdoneKey, RefusedAbove } from './refusals.ts';
import { type Place, parentColumn } from './row-scope.ts';

/** A row of ours and what came for it, where at least one stamp differs. */
export interface Meeting {
  readonly plan: Plan;
  readonly row: WireRow;
  readonly head: LocalHead;
  /** Our exceptions. */
  readonly stamps: Readonly<Record<string, string>>;
  /** Columns of the row, by position, whose stamps differ. */
  readonly differing: readonly number[];
}

interface Ours {
  readonly value: Value;
  readonly stamp: string;
}

const NO_STAMPS: Readonly<Record<string, string>> = {};
const NOWHERE: Place = { unitAt: () => null, officeAt: () => null };

/** Rows that are here: their values are compared one by one where stamps differ. */
export class KnownRows {
  readonly #tools: MergeTools;
  readonly #aside: Aside;
  readonly #latest: Latest;
  readonly #refused: RefusedAbove;
  readonly outdone: Outdone = new Map();

  constructor(tools: MergeTools, aside: Aside, latest: Latest) {
    this.#tools = tools;
    this.#aside = aside;
    this.#latest = latest;
    this.#refused = new RefusedAbove(tools);
  }

  /** Null where every stamp is alike: there is nothing to do. */
  meet(plan: Plan, row: WireRow, head: LocalHead): Meeting | null {
    const { replay } = this.#tools;
    if (!replay && row.stamps === null && head.stamps === null && row.stamp === head.stamp) return null;
    const stamps = head.stamps === null ? NO_STAMPS : (JSON.parse(head.stamps) as Record<string, string>);
    const differing: number[] = [];
    for (let index = 0; index < row.columns.length; index += 1) {
      const stamp = row.stamps?.[index] ?? row.stamp;
      if (replay || stamp !== (stamps[row.columns[index] ?? ''] ?? head.stamp)) differing.push(index);
    }
    return differing.length === 0 ? null : { plan, row, head, stamps, differing };
  }

  merge(meeting: Meeting, local: LocalRow, tally: EntityTally): void {
    const { plan, row, head } = meeting;
    const { table, description } = plan;
    if (description.appendOnly && row.whole && row.stamp !== head.stamp) {
      this.#aside.parkRow('digest', table.entity, row);
      return;
    }
    const parent = local.get(parentColumn(description.scope));
    const placeNow = (): Place => this.#tools.scope.placeOf(table.entity, parent, row.id) ?? NOWHERE;
    this.#learnLostPlace(meeting, local);
    let place = placeNow();
    const taken: number[] = [];
    let older = false;
    for (const index of this.#placeFirst(meeting)) {
      const decision = this.#decide(meeting, local, place, index);
      if (takes(decision)) taken.push(index);
      else if (decision === 'keep' || decision === 'keepWithConflict') older = true;
      if (this.#moves(table.entity, row.columns[index]) && takes(decision)) {
        this.#learn(meeting, index);
        place = placeNow();
      }
    }
    if (taken.length > 0) {
      this.#update(meeting, local, taken);
      tally.changed += 1;
      if (taken.some((index) => row.columns[index] === 'voided' && row.values[index] === 1)) tally.voided += 1;
      if (taken.some((index) => this.#moves(table.entity, row.columns[index]))) tally.moved += 1;
    } else if (older) tally.older += 1;
    else tally.same += 1;
  }

  /** Whether a column says which office answers for rows. */
  #moves(entity: EntityName, column: string | undefined): boolean {
    return (entity === 'project' && column === 'unitId') || (entity === 'responsibilityUnit' && column === 'officeId');
  }

  /** Where a row belongs decides who might set its other values: that comes first, in whatever order the columns stand. */
  #placeFirst({ plan, row, differing }: Meeting): readonly number[] {
    const at = differing.findIndex((index) => this.#moves(plan.table.entity, row.columns[index]));
    if (at <= 0) return differing;
    return [...differing.slice(at, at + 1), ...differing.slice(0, at), ...differing.slice(at + 1)];
  }

  /** Decides one value and notes what has to be noted beside the tables. */
  #decide(meeting: Meeting, row: LocalRow, place: Place, index: number): Decision {
    const { plan, row: wire, head, stamps } = meeting;
    const { entity } = plan.table;
    const { replay, waited, fromAbove } = this.#tools;
    const column = wire.columns[index] ?? '';
    const stamp = wire.stamps?.[index] ?? wire.stamp;
    const ours: Ours = { value: row.get(column), stamp: stamps[column] ?? head.stamp };
    if (stamp === ours.stamp && !replay) return 'same';
    const value = wire.values[index] ?? null;
    const check = plan.checks[index];
    if (replay && stamp === ours.stamp) {
      return ours.value === null && value !== null && check?.(value) === true ? 'take' : 'same';
    }
    const ahead = stamp > this.#tools.latest;
    if (!ahead) this.#latest.see(stamp);
    if (plan.description.appendOnly && column !== 'voided') {
      this.#aside.parkField('digest', entity, wire, index);
      return 'same';
    }
    const base = wire.bases?.[index] ?? wire.stamp;
    const decision = decideField({
      local: {
        value: ours.value,
        stamp: ours.stamp as Stamp,
        may: this.#localMay(plan, column, ours.stamp, head, place),
      },
      incoming: { value, stamp, may: this.#incomingMay(meeting, index, place) },
      base,
      forked: stamp.endsWith(stampStream(ours.stamp as Stamp)) && this.#tools.streams.isForked(stampStream(stamp)),
      seen: () => this.#hasSeen(entity, wire.id, column, stamp),
      known: check?.(value) === true,
      ahead,
    });
    if (fromAbove && (decision === 'same' || decision === 'keep' || decision === 'keepWithConflict'))
      this.outdone.set(outdoneKey(wire.id, column), { entity, rowId: wire.id, field: column, value, stamp, base });
    // What the office above has refused stays so, whoever brings it; save that office itself, which may have thought better of it.
    if (takes(decision) && (waited || !fromAbove) && this.#refused.has(entity, wire.id, column, stamp)) return 'keep';
    this.#note(decision, meeting, index, ours, place);
    return decision;
  }

  #note(decision: Decision, meeting: Meeting, index: number, ours: Ours, place: Place): void {
    const { plan, row } = meeting;
    const { entity } = plan.table;
    switch (decision) {
      case 'park':
        this.#aside.parkField(plan.checks[index] === undefined ? 'unknown' : 'value', entity, row, index);
        break;
      case 'quarantineClock':
        this.#aside.parkField('clock', entity, row, index);
        break;
      case 'proposal':
        this.#aside.dispute(this.#lost('proposal', meeting, index, ours, place), row, index);
        break;
      case 'keepWithConflict':
        this.#aside.dispute(this.#lost('conflict', meeting, index, ours, place), row, index);
        break;
      case 'takeWithConflict':
        this.#aside.dispute(this.#gaveWay(meeting, index, ours, place), row, index);
        break;
      case 'same':
      case 'take':
      case 'keep':
        break;
    }
  }

  #incomingMay({ plan, row, head }: Meeting, index: number, place: Place): boolean {
    const column = row.columns[index] ?? '';
    const stamp = row.stamps?.[index] ?? row.stamp;
    const writer = this.#tools.streams.writerOf(stamp);
    if (this.#tools.trusting || writer.vouched || stamp === head.stamp || isLeftOut(row, index)) return true;
    return authority(this.#tools.owners.of(plan.table.entity, column), writer, place.officeAt(stamp)) === 'may';
  }

  #localMay(plan: Plan, column: string, stamp: string, head: LocalHead, place: Place): boolean {
    // What its creator set stands as an initial value, whoever owns the field.
    if (stamp === head.stamp || isUnwritten(stamp)) return true;
    const writer = this.#tools.streams.localWriterOf(stamp);
    if (writer.vouched) return true;
    return authority(this.#tools.owners.of(plan.table.entity, column), writer, place.officeAt(stamp)) === 'may';
  }

  #hasSeen(entity: EntityName, rowId: string, column: string, stamp: string): boolean {
    const { store, log } = this.#tools;
    log.settle(rowId);
    return changesOf(store, entity, rowId).some(({ record }) => holdsValue(record, column, stamp));
  }

  /** The incoming value does not stand. */
  #lost(kind: Dispute['kind'], meeting: Meeting, index: number, ours: Ours, place: Place): Dispute {
    const { plan, row } = meeting;
    const column = row.columns[index] ?? '';
    const stamp = row.stamps?.[index] ?? row.stamp;
    return {
      kind,
      entity: plan.table.entity,
      rowId: row.id,
      field: column,
      unitId: place.unitAt(stamp),
      kept: ours.value,
      keptStamp: ours.stamp,
      other: row.values[index] ?? null,
      otherStamp: stamp,
      otherOfficeId: this.#tools.streams.writerOf(stamp).officeId,
      owner: this.#tools.owners.of(plan.table.entity, column),
    };
  }

  /** Our value gives way. Where it had no right to stand it becomes a proposal, else a conflict. */
  #gaveWay(meeting: Meeting, index: number, ours: Ours, place: Place): Dispute {
    const { plan, row, head } = meeting;
    const column = row.columns[index] ?? '';
    const stamp = row.stamps?.[index] ?? row.stamp;
    const withdrawn =
      !this.#localMay(plan, column, ours.stamp, head, place) && this.#incomingMay(meeting, index, place);
    return {
      ...this.#lost(withdrawn ? 'proposal' : 'conflict', meeting, index, ours, place),
      unitId: place.unitAt(ours.stamp),
      kept: row.values[index] ?? null,
      keptStamp: stamp,
      other: ours.value,
      otherStamp: ours.stamp,
      otherOfficeId: this.#tools.streams.localWriterOf(ours.stamp).officeId,
    };
  }

  #update(meeting: Meeting, local: LocalRow, taken: readonly number[]): void {
    const { plan, row, head } = meeting;
    const { entity, columns: all } = plan.table;
    // Both made the row, as with a conflict found by both: the later making becomes the row's own.
    const remade = taken.length === all.length && row.stamp !== head.stamp;
    const rowStamp = remade ? row.stamp : head.stamp;
    const stamps: Record<string, string> = remade ? {} : { ...meeting.stamps };
    const values: Record<string, Value> = {};
    const given: Record<string, string> = {};
    const bases: Record<string, string> = {};
    const before: Record<string, readonly [Value, string]> = {};
    const columns: string[] = [];
    const parameters: Value[] = [];
    for (const index of taken) {
      const column = row.columns[index] ?? '';
      const stamp = row.stamps?.[index] ?? row.stamp;
      const base = row.bases?.[index];
      const value = row.values[index] ?? null;
      columns.push(column);
      parameters.push(value);
      values[column] = value;
      before[column] = [local.get(column), meeting.stamps[column] ?? head.stamp];
      if (stamp === rowStamp) delete stamps[column];
      else {
        stamps[column] = stamp;
        given[column] = stamp;
      }
      if (base !== undefined) bases[column] = base;
    }
    const packed = packStamps(stamps);
    parameters.push(packed, row.id);
    statementsOf(this.#tools.store, entity).update(columns).run(parameters);
    if (remade) this.#restamp(entity).run(rowStamp, packed, row.id);
    const record: unknown[] = [entity, row.id, rowStamp, values, given];
    if (packStamps(bases) !== null) record.push(bases);
    this.#tools.log.add(entity, row.id, JSON.stringify(record), JSON.stringify(before));
    if (entity === 'office') this.#tools.scope.forgetOffice(row.id);
  }

  #learn({ plan, row }: Meeting, index: number): void {
    const { scope } = this.#tools;
    const stamp = row.stamps?.[index] ?? row.stamp;
    const value = row.values[index] ?? null;
    if (plan.table.entity === 'project') scope.learnProject(row.id, stamp, value);
    else scope.learnUnit(row.id, stamp, value);
  }

  /** Where we ourselves had put a project before our disk failed: who wrote in it then had the right to. */
  #learnLostPlace(meeting: Meeting, local: LocalRow): void {
    const { plan, row, head, stamps } = meeting;
    if (plan.table.entity !== 'project' || this.#tools.fromAbove) return;
    const index = meeting.differing.find((each) => row.columns[each] === 'unitId');
    if (index === undefined) return;
    const lost = { unit: row.values[index] ?? null, stamp: row.stamps?.[index] ?? row.stamp };
    const ours = { unit: local.get('unitId'), stamp: stamps['unitId'] ?? head.stamp };
    if (lost.stamp >= ours.stamp || lost.unit === ours.unit || plan.checks[index]?.(lost.unit) !== true) return;
    const { streams, identity } = this.#tools;
    if (streams.writerOf(lost.stamp).officeId !== identity.officeId) return;
    if (this.#hasSeen('project', row.id, 'unitId', lost.stamp)) return;
    noteLostPlace(this.#tools, { project: row.id, rowStamp: head.stamp }, lost, ours);
    this.#learn(meeting, index);
  }

  #restamp(entity: EntityName): Statement {
    return prepared(this.#tools.store, `UPDATE "${entity}" SET "_stamp" = ?, "_stamps" = ? WHERE "id" = ?`);
  }
}
