import type { EntityName, Value } from '../../../../shared/dictionary/index.ts';
import { authority, mayCreate } from '../../../../shared/domain/authority.ts';
import { type Stamp, type StreamTag, stampStream, unwritten } from '../../../../shared/domain/clock.ts';
import { packStamps } from '../../store/stamps.ts';
import { statementsOf } from '../../store/statements.ts';
import type { WireGroup, WireRow } from '../bundle/record.ts';
import type { Aside } from './aside.ts';
import { isLeftOut, type Latest, type MergeTools, type Plan, stampAfter } from './merge-tools.ts';
import type { RowInserter } from './row-inserter.ts';
import type { Place } from './row-scope.ts';

interface Refused {
  readonly entity: EntityName;
  readonly id: string;
  readonly stamp: string;
  readonly stamps: Readonly<Record<string, string>>;
}

/** Rows that are not here yet: taken as they came, save what their writer may not set or this version cannot place. */
export class NewRows {
  readonly #tools: MergeTools;
  readonly #aside: Aside;
  readonly #latest: Latest;
  #refused: Refused[] = [];

  constructor(tools: MergeTools, aside: Aside, latest: Latest) {
    this.#tools = tools;
    this.#aside = aside;
    this.#latest = latest;
  }

  /** @returns whether the row is on its way into the table; otherwise it waits beside it */
  insert(plan: Plan, row: WireRow, group: WireGroup, inserter: RowInserter): boolean {
    const { table, description } = plan;
    const place = row.whole ? this.#tools.scope.placeOf(table.entity, row.values[plan.parent] ?? null) : null;
    if (place === null) {
      this.#aside.parkRow('missing', table.entity, row);
      return false;
    }
    const writer = this.#tools.streams.writerOf(row.stamp);
    const unchecked = this.#tools.trusting || writer.vouched;
    const refused = !unchecked && !mayCreate(description.creator, writer, place.officeAt(row.stamp));
    if (refused && description.creator === 'city') {
      this.#aside.parkRow('authority', table.entity, row);
      return false;
    }
    const fits = this.#setAsideMisfits(plan, row);
    const stamps = row.stamps === null ? null : this.#stampsThatStand(plan, row, row.stamps, place);
    this.#learn(table.entity, row, stamps);
    const text = fits && plan.textual ? row.text : null;
    if (text !== null) inserter.addText(row, group, text, this.#tools.log);
    else inserter.add(row, plan.order, stamps, this.#tools.log);
    if (refused && row.values[row.columns.indexOf('voided')] !== 1)
      this.#refused.push({ entity: table.entity, id: row.id, stamp: row.stamp, stamps: stamps ?? {} });
    return true;
  }

  /**
   * 作废 of rows that an office made after they had passed to another: kept and shown as 作废 on both sides, so that neither
   * ledger has a row that the other lacks, and who answers for them now may take them up. Call when the rows are in.
   */
  withdrawRefused(): void {
    for (const { entity, id, stamp, stamps } of this.#refused) {
      const old = stamps['voided'] ?? stamp;
      const voided = stampAfter(old as Stamp, this.#tools.identity.streamTag as StreamTag);
      statementsOf(this.#tools.store, entity)
        .update(['voided'])
        .run(1, packStamps({ ...stamps, voided }), id);
      const before = { voided: [0, old] };
      this.#tools.log.add(
        entity,
        id,
        JSON.stringify([entity, id, stamp, { voided: 1 }, { voided }]),
        JSON.stringify(before),
      );
      this.#aside.withdrawn += 1;
    }
    this.#refused = [];
  }

  /** @returns whether the row is as it came */
  #setAsideMisfits(plan: Plan, row: WireRow): boolean {
    let fits = true;
    for (let index = 0; index < row.values.length; index += 1) {
      const value = row.values[index] ?? null;
      const check = plan.checks[index];
      if (check === undefined ? value === null : check(value)) continue;
      this.#aside.parkField(check === undefined ? 'unknown' : 'value', plan.table.entity, row, index);
      this.#blank(row, index);
      fits = false;
    }
    return fits;
  }

  #blank(row: WireRow, index: number): void {
    (row.values as Value[])[index] = row.columns[index] === 'voided' ? 0 : null;
  }

  /**
   * Of a field that is left empty. Under the row's stamp it would pass for what the row was made with, wherever that is known;
   * only 作废 is known: a row is made as one that is not.
   */
  #stampOfEmpty(row: WireRow, index: number): Stamp {
    if (row.columns[index] === 'voided') return row.stamp;
    return this.#tools.shifts.read(unwritten(stampStream(row.stamp)));
  }

  /** Leaves out a value that was written over another one, which did not come. */
  #leaveOut(row: WireRow, index: number, stamps: Record<string, string>): void {
    const empty = this.#stampOfEmpty(row, index);
    if (empty !== row.stamp) stamps[row.columns[index] ?? ''] = empty;
    this.#blank(row, index);
  }

  /** Stamps of values younger than the row; a value that its writer does not own becomes a proposal for the empty field. */
  #stampsThatStand(
    plan: Plan,
    row: WireRow,
    given: NonNullable<WireRow['stamps']>,
    place: Place,
  ): Readonly<Record<string, string>> {
    const stamps: Record<string, string> = {};
    for (let index = 0; index < given.length; index += 1) {
      const stamp = given[index];
      const column = row.columns[index];
      if (stamp === undefined || column === undefined || plan.checks[index] === undefined) continue;
      if (stamp > this.#tools.latest) {
        this.#aside.parkField('clock', plan.table.entity, row, index);
        this.#leaveOut(row, index, stamps);
      } else if (isLeftOut(row, index) || this.#may(plan, column, stamp, place)) {
        this.#latest.see(stamp);
        stamps[column] = stamp;
      } else {
        this.#propose(plan, row, index, stamp, place);
        this.#leaveOut(row, index, stamps);
      }
    }
    return stamps;
  }

  #may(plan: Plan, column: string, stamp: string, place: Place): boolean {
    const { trusting, fromAbove, streams } = this.#tools;
    const writer = streams.writerOf(stamp);
    // A row that passes to us comes as it stands above: who answered for it before is not known here.
    if (trusting || fromAbove || writer.vouched) return true;
    return authority(this.#tools.owners.of(plan.table.entity, column), writer, place.officeAt(stamp)) === 'may';
  }

  #propose(plan: Plan, row: WireRow, index: number, stamp: string, place: Place): void {
    const column = row.columns[index] ?? '';
    this.#aside.dispute(
      {
        kind: 'proposal',
        entity: plan.table.entity,
        rowId: row.id,
        field: column,
        unitId: place.unitAt(stamp),
        kept: column === 'voided' ? 0 : null,
        keptStamp: this.#stampOfEmpty(row, index),
        other: row.values[index] ?? null,
        otherStamp: stamp,
        otherOfficeId: this.#tools.streams.writerOf(stamp).officeId,
        owner: this.#tools.owners.of(plan.table.entity, column),
      },
      row,
      index,
    );
  }

  #learn(entity: EntityName, row: WireRow, stamps: Readonly<Record<string, string>> | null): void {
    const learn = (column: string): readonly [string, Value] => [
      stamps?.[column] ?? row.stamp,
      row.values[row.columns.indexOf(column)] ?? null,
    ];
    if (entity === 'project') this.#tools.scope.learnProject(row.id, ...learn('unitId'));
    else if (entity === 'responsibilityUnit') this.#tools.scope.learnUnit(row.id, ...learn('officeId'));
    else if (entity === 'office') this.#tools.scope.forgetOffice(row.id);
  }
}
