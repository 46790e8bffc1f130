import { nameKey } from './text.ts';

/** A responsibility unit as the ledger knows it. */
export interface UnitName {
  readonly id: string;
  readonly name: string;
  readonly shortName: string | null;
}

export type UnitMatch =
  | { readonly kind: 'found'; readonly id: string; readonly name: string }
  | { readonly kind: 'several'; readonly names: readonly string[] }
  | { readonly kind: 'none' };

export type UnitFinder = (text: string) => UnitMatch;

const GOVERNMENT = /(?:人民政府|县政府|区政府|市政府|政府|管理委员会|管委会|党工委|党委|办事处)$/;
const KIND = /(?:自治县|经济技术开发区|经济开发区|经开区|高新技术产业开发区|高新区|开发区|县|区|市|旗|镇|乡|街道)$/;

const core = (key: string): string => key.replace(GOVERNMENT, (word) => (/^[县区市]/.test(word) ? word.charAt(0) : ''));
const stem = (key: string): string => (core(key).length > 2 ? core(key).replace(KIND, '') : core(key));

/**
 * Finds a unit by name, short name or what is left without 人民政府, 管委会, 县 and the like
 * ('宝清', '双鸭山市宝清县人民政府' → 宝清县). A name that fits several units finds none of them.
 */
export function unitFinder(units: readonly UnitName[]): UnitFinder {
  const entries = units.flatMap((unit) =>
    [unit.name, unit.shortName]
      .filter((name): name is string => name !== null && name.trim() !== '')
      .map((name) => ({ unit, key: nameKey(name) })),
  );
  const cache = new Map<string, UnitMatch>();
  const among = (fits: (key: string) => boolean): UnitMatch | null => {
    const found = new Map(entries.filter(({ key }) => fits(key)).map(({ unit }) => [unit.id, unit.name]));
    const [first] = found;
    if (first === undefined) return null;
    return found.size === 1
      ? { kind: 'found', id: first[0], name: first[1] }
      : { kind: 'several', names: [...found.values()] };
  };
  const find = (text: string): UnitMatch => {
    const key = nameKey(text);
    if (key === '') return { kind: 'none' };
    const exact = among((name) => name === key) ?? among((name) => core(name) === core(key));
    if (exact !== null) return exact;
    const byStem = stem(key).length < 2 ? null : among((name) => stem(name) === stem(key));
    if (byStem !== null) return byStem;
    // '双鸭山市宝清县' ends with the unit; a longer unit name wins over a shorter one inside it.
    const tail = among((name) => name.length >= 2 && core(key).endsWith(core(name)));
    return tail ?? { kind: 'none' };
  };
  return (text) => {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const match = find(text);
    if (cache.size < 2000) cache.set(text, match);
    return match;
  };
}
