import { type EntityName, isEntityName, type Value } from '../../../shared/dictionary/index.ts';
import { parseStamp, stampMs } from '../../../shared/domain/clock.ts';
import { packStamps, readStamps, stampOf } from '../store/stamps.ts';
import { selectRow, statementsOf } from '../store/statements.ts';
import { derivedId } from './derived-id.ts';
import type { MergeTools } from './merge-tools.ts';
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

function asValue(json: string | null): Value {
  const value: unknown = json === null ? null : JSON.parse(json);
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/**
 * The office above has made a proposal of a value of ours: in our ledger too the value that stands there takes its place,
 * else the two would differ for ever. Which value is meant is told by the id of the proposal; what was written over it
 * since stays.
 *
 * @returns entities touched
 */
export function obeyRefusals(tools: MergeTools, proposals: readonly string[]): ReadonlySet<EntityName> {
  const { store, identity, log } = tools;
  const touched = new Set<EntityName>();
  const select = store.db.prepare(
    'SELECT "id", "entity", "rowId", "field", "current", "currentStamp" FROM "proposal" WHERE "id" = ? AND "fromOfficeId" = ? AND "currentStamp" IS NOT NULL',
  );
  for (const id of proposals) {
    const refusal = select.get(id, identity.officeId) as Refusal | undefined;
    if (!refusal || !isEntityName(refusal.entity)) continue;
    const { entity, rowId, field } = refusal;
    const row = selectRow(store, entity, rowId);
    const standing = parseStamp(refusal.currentStamp);
    if (!row || standing === null || !Object.hasOwn(row, field)) continue;
    const stamps = readStamps(row);
    const ours = stampOf(stamps, field);
    if (ours === standing || proposalId(entity, rowId, field, ours) !== id) continue;
    const value = asValue(refusal.current);
    if (wireTable(entity)?.checks.get(field)?.(value) !== true) continue;
    const { [field]: _, ...others } = stamps.fields;
    const exceptions = standing === stamps.row ? others : { ...others, [field]: standing };
    statementsOf(store, entity).update([field]).run(value, packStamps(exceptions), rowId);
    const record = [entity, rowId, stamps.row, { [field]: value }, { [field]: standing }];
    log.add(entity, rowId, JSON.stringify(record), JSON.stringify({ [field]: [row[field] ?? null, ours] }));
    touched.add(entity);
  }
  return touched;
}
