import { type EntityName, entityOf } from '../../../../shared/dictionary/index.ts';
import type { Store } from '../../store/open.ts';
import type { EntityTally } from './merge-tools.ts';

/** Fewer rows than this are never called a mass. */
const FEWEST = 10;
const SHARE = 0.2;

/** Rows of a kind that are here and answer to an office or those under it; all of the kind where that cannot be told or is not asked. */
function rowsOf(store: Store, entity: EntityName, officeId: string | null): number {
  const { scope } = entityOf(entity);
  const offices = 'SELECT "id" FROM "office" WHERE "id" = @officeId OR "parentOfficeId" = @officeId';
  const units = `SELECT "id" FROM "responsibilityUnit" WHERE "officeId" IN (${offices})`;
  const where = ((): string => {
    if (officeId === null) return '1';
    if (scope === 'unit') return `"unitId" IN (${units})`;
    if (scope === 'project') return `"projectId" IN (SELECT "id" FROM "project" WHERE "unitId" IN (${units}))`;
    return '1';
  })();
  const row = store.db.prepare(`SELECT count(*) AS c FROM "${entity}" WHERE ${where}`).get({ officeId }) as {
    c: number;
  };
  return row.c;
}

/**
 * Whether an import takes away unusually much: over a fifth of the rows of a kind 作废, or given to another unit or office,
 * at once.
 *
 * @returns '20 条项目中有 12 条被作废', or null when ordinary
 */
export function massChange(
  store: Store,
  tallies: ReadonlyMap<EntityName, EntityTally>,
  officeId: string | null,
): string | null {
  for (const [entity, { voided, moved }] of tallies) {
    if (voided < FEWEST && moved < FEWEST) continue;
    const rows = rowsOf(store, entity, officeId);
    const isMass = (count: number): boolean => count >= FEWEST && count > rows * SHARE;
    const among = `${rows} 条${entityOf(entity).label}中有`;
    if (isMass(voided)) return `${among} ${voided} 条被作废`;
    if (isMass(moved)) return `${among} ${moved} 条改由其他单位负责`;
  }
  return null;
}
