import type { Row } from '../../../shared/dictionary/index.ts';
import type { UnitName } from '../../../shared/domain/workbook/units.ts';
import { type Identity, readIdentity } from '../store/meta.ts';
import type { Store } from '../store/open.ts';

export type ProjectRow = Row<'project'>;
export type KnownPerson = Pick<Row<'person'>, 'id' | 'name' | 'title'>;

/** What an import is compared with. */
export interface LedgerFacts {
  readonly identity: Identity;
  readonly units: readonly UnitName[];
  readonly projects: ReadonlyMap<string, ProjectRow>;
  readonly people: readonly KnownPerson[];
}

/** Reads units, projects and people that are not 作废. */
export async function readFacts(store: Store): Promise<LedgerFacts> {
  const { query } = store;
  const [units, projects, people] = await Promise.all([
    query
      .selectFrom('responsibilityUnit')
      .select(['id', 'name', 'shortName'])
      .where('voided', '=', 0)
      .orderBy('sequence')
      .execute(),
    query.selectFrom('project').selectAll().where('voided', '=', 0).execute(),
    query.selectFrom('person').select(['id', 'name', 'title']).where('voided', '=', 0).execute(),
  ]);
  return {
    identity: readIdentity(store),
    units,
    projects: new Map(projects.map((project) => [project.id, project])),
    people,
  };
}
