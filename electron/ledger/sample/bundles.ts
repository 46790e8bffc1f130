import type { Value } from '../../../shared/dictionary/index.ts';
import type { Change } from '../store/commit.ts';

/** Projects looked through for bundles; so many are held back until it is decided. */
export const LOOKED_THROUGH = 400;

const MOST_BUNDLES = 4;
const MOST_PARTS = 3;
const PACKED = new Set<Value>(['urban', 'agriculture', 'social']);
const EARLY = new Set<Value>(['reserve', 'planned', 'signed', 'preparing']);

const total = ({ set }: Change): number => Number(set['totalInvestment'] ?? 0);

/**
 * Marks a few projects as 打包项目 and smaller ones of their kind and unit, registered later, as their parts. Only works that
 * have neither begun nor a plan of this year: what the rates count stays as it is.
 */
export function withBundles(projects: readonly Change[]): readonly Change[] {
  const groups = new Map<string, Change[]>();
  for (const project of projects) {
    const { set } = project;
    const fits = PACKED.has(set['category'] ?? null) && EARLY.has(set['stage'] ?? null);
    if (!fits || (set['annualPlan'] ?? null) !== null) continue;
    const key = `${String(set['unitId'])} ${String(set['category'])}`;
    groups.set(key, [...(groups.get(key) ?? []), project]);
  }
  const marks = new Map<string, Readonly<Record<string, Value>>>();
  let bundles = 0;
  for (const [whole, ...others] of groups.values()) {
    if (whole === undefined || bundles === MOST_BUNDLES) continue;
    let left = total(whole);
    const parts = others.filter((part) => {
      const taken = total(part) <= left;
      if (taken) left -= total(part);
      return taken;
    });
    if (parts.length === 0) continue;
    bundles += 1;
    marks.set(whole.id, { isBundle: 1 });
    for (const part of parts.slice(0, MOST_PARTS)) marks.set(part.id, { bundleId: whole.id });
  }
  return projects.map((project) => {
    const mark = marks.get(project.id);
    return mark === undefined ? project : { ...project, set: { ...project.set, ...mark } };
  });
}
