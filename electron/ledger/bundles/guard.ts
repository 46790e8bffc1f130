import { Fault } from '../../../shared/contract/faults.ts';
import { type BundleNode, partProblem } from '../../../shared/domain/bundle.ts';
import type { Change } from '../store/commit.ts';
import type { Store } from '../store/open.ts';
import { selectRow } from '../store/statements.ts';

/** A project as it would be after these changes, or null where there is none. */
function nodeOf(store: Store, changes: ReadonlyMap<string, Change['set']>, id: string): BundleNode | null {
  const row = selectRow(store, 'project', id);
  const set = changes.get(id);
  if (!row && !set) return null;
  const value = (key: string) => (set && key in set ? set[key] : row?.[key]);
  const bundleId = value('bundleId');
  return {
    id,
    name: String(value('name') ?? ''),
    isBundle: value('isBundle') === 1,
    bundleId: typeof bundleId === 'string' && bundleId !== '' ? bundleId : null,
  };
}

function partsIn(store: Store, changes: ReadonlyMap<string, Change['set']>, id: string): number {
  const stored = store.db
    .prepare('SELECT "id" FROM "project" WHERE "bundleId" = ? AND "voided" = 0')
    .pluck()
    .all(id) as string[];
  const ids = new Set(stored);
  for (const [other, set] of changes) {
    if (!('bundleId' in set)) continue;
    if (set['bundleId'] === id) ids.add(other);
    else ids.delete(other);
  }
  return ids.size;
}

/**
 * What must hold of 打包项目 where a project is put into one: no nesting, nothing in itself; the whole is marked as a bundle.
 *
 * @throws Fault RULE_BROKEN with the way on
 */
export function bundleCompanions(store: Store, changes: readonly Change[]): Change[] {
  const sets = new Map<string, Change['set']>();
  for (const change of changes) {
    if (change.entity === 'project') sets.set(change.id, { ...sets.get(change.id), ...change.set });
  }
  const marked: Change[] = [];
  for (const [id, set] of sets) {
    if (!('bundleId' in set) && !('isBundle' in set)) continue;
    const node = nodeOf(store, sets, id);
    if (node === null) continue;
    const parts = partsIn(store, sets, id);
    if (node.bundleId !== null) {
      const bundle = nodeOf(store, sets, node.bundleId);
      if (bundle === null) throw new Fault('RULE_BROKEN', { why: '所属打包项目不在台账中', cure: '请重新选择' });
      const problem = partProblem(node, bundle, parts > 0);
      if (problem !== null) throw new Fault('RULE_BROKEN', { why: problem.reason, cure: problem.cure });
      if (!bundle.isBundle) marked.push({ entity: 'project', id: bundle.id, set: { isBundle: 1 } });
    } else if ('isBundle' in set && !node.isBundle && parts > 0)
      throw new Fault('RULE_BROKEN', {
        why: `“${node.name}”还有 ${parts} 个子项，不能取消打包标记`,
        cure: '请先把子项的“所属打包项目”清空',
      });
  }
  return marked;
}
