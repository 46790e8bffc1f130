import { PERSON_RANKS } from '../dictionary/entities/organisation.ts';

const ORDER = PERSON_RANKS.map(({ value }) => value as string);
const LABELS = new Map<string, string>(PERSON_RANKS.map(({ value, label }) => [value, label]));

export type Rank = (typeof PERSON_RANKS)[number]['value'];

export function rankName(rank: string | null): string {
  return rank === null ? '未填' : (LABELS.get(rank) ?? rank);
}

/** Whether a rank is at least the lowest one asked for; null where the rank is not known. */
export function reachesRank(rank: string | null, lowest: Rank): boolean | null {
  if (rank === null || !ORDER.includes(rank)) return null;
  return ORDER.indexOf(rank) <= ORDER.indexOf(lowest);
}

/**
 * Roles that ask for a rank (B3): 绥化2020 '县级包保领导（副县级以上）'; city leaders likewise; 南昌2020: the task force of a
 * county is led by an official of deputy-county rank or above.
 */
export const LOWEST_RANKS: Readonly<Record<string, { readonly lowest: Rank; readonly label: string }>> = {
  countyLeaderId: { lowest: 'countyDeputy', label: '县级包保领导' },
  cityLeaderId: { lowest: 'cityDeputy', label: '市级责任领导' },
  countyForceLeader: { lowest: 'countyDeputy', label: '县级专班班长' },
};

/**
 * Why a person may not hold a role, with the way on; null when he may, or when his rank is not known.
 *
 * @param field key of `LOWEST_RANKS`: the project's field, or the role
 */
export function rankProblem(
  field: string,
  person: { readonly name: string; readonly rank: string | null },
): { readonly reason: string; readonly cure: string } | null {
  const asked = LOWEST_RANKS[field];
  if (asked === undefined || reachesRank(person.rank, asked.lowest) !== false) return null;
  return {
    reason: `“${person.name}”的职级是${rankName(person.rank)}，${asked.label}应为${rankName(asked.lowest)}以上`,
    cure: '请换人；如职级登记有误，先在“组织 → 人员”中更正',
  };
}
