import { type Entity, type EntityName, entityOf, type Value } from '../../../../shared/dictionary/index.ts';
import type { Identity } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import { changesOf, replacedIn } from '../../store/row-changes.ts';
import type { ShiftBook } from '../clock/shift-book.ts';

/** A value as it was over time: from each stamp on, ascending. */
type Timeline = readonly (readonly [stamp: string, value: string | null])[];

interface Placed {
  readonly now: string | null;
  /** Null where it never changed. */
  readonly timeline: Timeline | null;
}

function at(placed: Placed, stamp: string): string | null {
  if (placed.timeline === null) return placed.now;
  let value = placed.timeline[0]?.[1] ?? null;
  for (const [since, next] of placed.timeline) {
    if (since > stamp) break;
    value = next;
  }
  return value;
}

function following(placed: Placed | undefined, stamp: string, value: string | null): Placed {
  if (!placed) return { now: value, timeline: null };
  const past = placed.timeline ?? [['', placed.now] as const];
  return {
    now: value,
    timeline: [...past, [stamp, value] as const].sort(([left], [right]) => (left < right ? -1 : 1)),
  };
}

/** The unit and the office that answer for a row at the time of a stamp; null for the city as a whole. */
export interface Place {
  unitAt(stamp: string): string | null;
  officeAt(stamp: string): string | null;
}

const NOWHERE: Place = { unitAt: () => null, officeAt: () => null };

/** Column of a row that leads to the office that answers for it. */
export function parentColumn(scope: Entity['scope']): string {
  switch (scope) {
    case 'project':
      return 'projectId';
    case 'above':
      return 'parentOfficeId';
    case 'unit':
    case 'office':
    case 'none':
      return 'unitId';
  }
}

const asText = (value: Value | undefined): string | null => (typeof value === 'string' ? value : null);

/**
 * The office that answers for a row at the time of a stamp, following reassignments of projects and units (exchange design,
 * Ownership). Unlike the door of `commit`, an office answers for its rows from its enrolment file on, admitted or not:
 * otherwise what it wrote before the city admitted it would not be its own.
 */
export class RowScope {
  readonly #store: Store;
  readonly #shifts: ShiftBook;
  readonly #cityOffice: string | null;
  readonly #units = new Map<string, Placed | null>();
  readonly #projects = new Map<string, Placed | null>();
  readonly #revoked = new Map<string, boolean>();

  constructor(store: Store, identity: Identity, shifts: ShiftBook) {
    this.#store = store;
    this.#shifts = shifts;
    this.#cityOffice = identity.level === 'city' ? identity.officeId : null;
  }

  #load(entity: 'project' | 'responsibilityUnit', field: 'unitId' | 'officeId', id: string): Placed | null {
    const sql = `SELECT "${field}" AS "now", "_stamp" AS "stamp", "_stamps" AS "stamps" FROM "${entity}" WHERE "id" = ?`;
    const row = prepared(this.#store, sql).get(id) as
      | { now: string | null; stamp: string; stamps: string | null }
      | undefined;
    if (!row) return null;
    const stamps = row.stamps === null ? {} : (JSON.parse(row.stamps) as Record<string, string>);
    const since = stamps[field];
    if (since === undefined) return { now: row.now, timeline: null };
    const timeline = changesOf(this.#store, entity, id).flatMap((change): (readonly [string, string | null])[] => {
      const old = replacedIn(change, field);
      return old ? [[this.#shifts.read(old[1]), asText(old[0])]] : [];
    });
    timeline.push([since, row.now]);
    timeline.sort(([left], [right]) => (left < right ? -1 : 1));
    return { now: row.now, timeline };
  }

  #unit(id: string): Placed | null {
    let placed = this.#units.get(id);
    if (placed === undefined) {
      placed = this.#load('responsibilityUnit', 'officeId', id);
      this.#units.set(id, placed);
    }
    return placed;
  }

  #project(id: string): Placed | null {
    let placed = this.#projects.get(id);
    if (placed === undefined) {
      placed = this.#load('project', 'unitId', id);
      this.#projects.set(id, placed);
    }
    return placed;
  }

  #isRevoked(officeId: string): boolean {
    let revoked = this.#revoked.get(officeId);
    if (revoked === undefined) {
      const row = prepared(this.#store, 'SELECT "status" FROM "office" WHERE "id" = ?').get(officeId) as
        | { status: string | null }
        | undefined;
      revoked = row?.status === 'revoked';
      this.#revoked.set(officeId, revoked);
    }
    return revoked;
  }

  /** A project of this merge, new or about to be moved: where it was until now is looked up before. */
  learnProject(id: string, stamp: string, unitId: Value): void {
    this.#projects.set(id, following(this.#project(id) ?? undefined, stamp, asText(unitId)));
  }

  learnUnit(id: string, stamp: string, officeId: Value): void {
    this.#units.set(id, following(this.#unit(id) ?? undefined, stamp, asText(officeId)));
  }

  /** Stamps are read otherwise from now on. */
  forgetTimes(): void {
    this.#units.clear();
    this.#projects.clear();
  }

  forgetOffice(id: string): void {
    this.#revoked.delete(id);
  }

  /** Null for rows of the city as a whole, its own departments and units without an office. */
  officeOfUnit(unitId: string, stamp: string): string | null {
    const placed = this.#unit(unitId);
    const office = placed ? at(placed, stamp) : null;
    if (office === null || office === this.#cityOffice || this.#isRevoked(office)) return null;
    return office;
  }

  /**
   * Where a row belongs, looked up once for all its fields.
   *
   * @param parent value of its `unitId`, `projectId` or `parentOfficeId`, see `parentColumn`
   * @param known id of the row where it is here already: a project may have moved since
   * @returns null where the row it hangs on is not here
   */
  placeOf(entity: EntityName, parent: Value, known?: string): Place | null {
    if (entity === 'project' && known !== undefined) return this.#placeOfProject(known);
    switch (entityOf(entity).scope) {
      case 'none':
        return NOWHERE;
      case 'above': {
        const above = asText(parent);
        return { unitAt: () => null, officeAt: () => above };
      }
      case 'office': {
        const unit = asText(parent);
        return { unitAt: () => unit, officeAt: () => null };
      }
      case 'unit': {
        const unit = asText(parent);
        if (unit === null) return NOWHERE;
        return this.#unit(unit) === null ? null : this.#placeOfUnit(unit);
      }
      case 'project': {
        const id = asText(parent);
        return id === null ? null : this.#placeOfProject(id);
      }
    }
  }

  #placeOfProject(id: string): Place | null {
    const project = this.#project(id);
    if (project === null) return null;
    if (project.timeline === null) return project.now === null ? NOWHERE : this.#placeOfUnit(project.now);
    return {
      unitAt: (stamp) => at(project, stamp),
      officeAt: (stamp) => {
        const unit = at(project, stamp);
        return unit === null ? null : this.officeOfUnit(unit, stamp);
      },
    };
  }

  #placeOfUnit(unit: string): Place {
    if (this.#unit(unit)?.timeline != null)
      return { unitAt: () => unit, officeAt: (stamp) => this.officeOfUnit(unit, stamp) };
    const office = this.officeOfUnit(unit, '');
    return { unitAt: () => unit, officeAt: () => office };
  }
}
