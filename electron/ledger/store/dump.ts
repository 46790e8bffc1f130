import { type EntityName, entityNames, entityOf, type Value } from '../../../shared/dictionary/index.ts';
import type { Store } from './open.ts';

/**
 * The ledger's content as canonical JSON: entities in dictionary order, rows by id, fields by name, empty ones left out;
 * equal text means equal data. 作废 rows are included, stamps and what stays in the office are not.
 */
export function* dump(store: Store, only?: readonly EntityName[]): Generator<string> {
  const names = entityNames.filter((name) => entityOf(name).travels && (only === undefined || only.includes(name)));
  yield '{\n';
  for (const [index, name] of names.entries()) {
    const fields = ['id', 'voided', ...Object.keys(entityOf(name).fields)].sort();
    const columns = fields.map((field) => `"${field}"`).join(', ');
    yield `"${name}": [`;
    let first = true;
    for (const row of store.db.prepare(`SELECT ${columns} FROM "${name}" ORDER BY "id"`).iterate() as Iterable<
      Record<string, Value>
    >) {
      const kept = Object.fromEntries(
        fields.filter((field) => row[field] !== null).map((field) => [field, row[field]]),
      );
      yield `${first ? '\n' : ',\n'}${JSON.stringify(kept)}`;
      first = false;
    }
    yield `${first ? '' : '\n'}]${index < names.length - 1 ? ',' : ''}\n`;
  }
  yield '}\n';
}
