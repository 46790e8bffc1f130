import { type EntityName, entityOf, type Value } from '../../../shared/dictionary/index.ts';
import type { Identity } from './meta.ts';
import type { Store } from './open.ts';

/**
 * Finds the office that answers for a row: its responsible unit's, once that office is admitted. Until then the city keeps
 * the rows. Caches for one transaction; make a new one per commit or merge.
 */
export class Scope {
  readonly #store: Store;
  readonly #identity: Identity;
  readonly #offices = new Map<string, string | null>();
  readonly #units = new Map<string, string | null>();

  constructor(store: Store, identity: Identity) {
    this.#store = store;
    this.#identity = identity;
  }

  officeOfUnit(unitId: string): string | null {
    let office = this.#offices.get(unitId);
    if (office === undefined) {
      const row = this.#store.db
        .prepare(
          'SELECT u."officeId" AS "officeId", o."status" AS "status" FROM "responsibilityUnit" u LEFT JOIN "office" o ON o."id" = u."officeId" WHERE u."id" = ?',
        )
        .get(unitId) as { officeId: string | null; status: string | null } | undefined;
      const own = row?.officeId === this.#identity.officeId;
      office = row?.officeId && (own || row.status === 'admitted') ? row.officeId : null;
      // The city's own departments have no ledger of their own: theirs is the city's.
      if (own && this.#identity.level === 'city') office = null;
      this.#offices.set(unitId, office);
    }
    return office;
  }

  unitOfProject(projectId: string): string | null {
    let unit = this.#units.get(projectId);
    if (unit === undefined) {
      const row = this.#store.db.prepare('SELECT "unitId" FROM "project" WHERE "id" = ?').get(projectId) as
        | { unitId: string | null }
        | undefined;
      unit = row?.unitId ?? null;
      this.#units.set(projectId, unit);
    }
    return unit;
  }

  /** A project that this transaction creates or moves. */
  learnProject(projectId: string, unitId: string | null): void {
    this.#units.set(projectId, unitId);
  }

  /** Organisation changed inside this transaction: ask again. */
  forgetOffices(): void {
    this.#offices.clear();
  }

  /** The office that answers for a row with these values, or null for a row of the city as a whole. */
  officeOf(entity: EntityName, values: Readonly<Record<string, Value>>): string | null {
    switch (entityOf(entity).scope) {
      case 'none':
      case 'office':
        return null;
      case 'above': {
        const above = values['parentOfficeId'];
        return typeof above === 'string' ? above : null;
      }
      case 'unit': {
        const unit = values['unitId'];
        return typeof unit === 'string' ? this.officeOfUnit(unit) : null;
      }
      case 'project': {
        const project = values['projectId'];
        const unit = typeof project === 'string' ? this.unitOfProject(project) : null;
        return unit === null ? null : this.officeOfUnit(unit);
      }
    }
  }
}
