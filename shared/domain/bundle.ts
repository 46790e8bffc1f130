import { moneyText, sumMoney } from './money.ts';

/** 打包项目: a project with parts. A part is no bundle, and nothing is a part of itself. */
export interface BundleNode {
  readonly id: string;
  readonly name: string;
  readonly isBundle: boolean;
  readonly bundleId: string | null;
}

/**
 * Why a project may not become a part of another, with the way on; null when it may.
 *
 * @param parts whether the project itself has parts
 */
export function partProblem(
  project: BundleNode,
  bundle: BundleNode,
  parts: boolean,
): { readonly reason: string; readonly cure: string } | null {
  if (project.id === bundle.id)
    return { reason: `“${project.name}”不能是自己的子项`, cure: '请选择另一个打包项目，或把“所属打包项目”清空' };
  if (bundle.bundleId !== null)
    return {
      reason: `“${bundle.name}”本身是别的打包项目的子项，不能再有子项`,
      cure: '请把本项目直接归到最上面的打包项目',
    };
  if (project.isBundle || parts)
    return {
      reason: `“${project.name}”本身是打包项目${parts ? '，并有子项' : ''}，不能再作为子项`,
      cure: '请先取消它的打包标记、移出它的子项',
    };
  return null;
}

/** 打包项目 counted as one, or as their parts. */
export type Counting = 'whole' | 'parts';

export const COUNTING_NAMES: Readonly<Record<Counting, string>> = { whole: '打包计一个', parts: '按子项计' };

interface Countable {
  readonly id: string;
  readonly bundleId: string | null;
}

/**
 * The projects that a count or sum leaves out so that a bundle is counted once: the parts whose bundle is among these, or
 * the bundles whose parts are.
 */
export function leftOutOf(projects: readonly Countable[], counting: Counting): ReadonlySet<string> {
  const present = new Set(projects.map(({ id }) => id));
  const parts = projects.filter(({ bundleId, id }) => bundleId !== null && bundleId !== id && present.has(bundleId));
  return new Set(counting === 'whole' ? parts.map(({ id }) => id) : parts.map(({ bundleId }) => bundleId ?? ''));
}

/** '打包计一个 40 个，按子项计 46 个'; '' where both are the same, for there is no bundle among them. */
export function countedBothWays(projects: readonly Countable[]): string {
  const count = (counting: Counting): number => projects.length - leftOutOf(projects, counting).size;
  const hasBundles = leftOutOf(projects, 'whole').size > 0;
  return hasBundles
    ? (['whole', 'parts'] as const).map((way) => `${COUNTING_NAMES[way]} ${count(way)} 个`).join('，')
    : '';
}

/** Amounts of a bundle or part in yuan. */
export interface BundleAmounts {
  readonly totalInvestment: number | null;
  readonly annualPlan: number | null;
  readonly yearToDate: number | null;
}

export interface BundleDifference {
  readonly key: keyof BundleAmounts;
  readonly label: string;
  readonly whole: number | null;
  readonly parts: number;
  /** Parts less whole; null where the bundle has no figure. */
  readonly difference: number | null;
  /** '子项合计比打包项目多 200 万元'; '一致'. */
  readonly text: string;
}

const LABELS: readonly (readonly [keyof BundleAmounts, string])[] = [
  ['totalInvestment', '总投资'],
  ['annualPlan', '年度计划投资'],
  ['yearToDate', '自年初累计'],
];

/** A bundle against the sum of its parts, figure by figure. */
export function compareBundle(whole: BundleAmounts, parts: readonly BundleAmounts[]): readonly BundleDifference[] {
  return LABELS.map(([key, label]) => {
    const own = whole[key];
    const sum = sumMoney(parts.map((part) => part[key]));
    const nothing = own === null && parts.every((part) => part[key] === null);
    const difference = own === null ? (nothing ? 0 : null) : sum - own;
    const text =
      difference === null
        ? '打包项目未填'
        : difference === 0
          ? '一致'
          : `子项合计比打包项目${difference > 0 ? '多' : '少'} ${moneyText(Math.abs(difference))}`;
    return { key, label, whole: own, parts: sum, difference, text };
  });
}
