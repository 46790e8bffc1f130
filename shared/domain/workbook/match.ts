import type { RecognisedRow } from './recognition.ts';
import { nameKey } from './text.ts';

/** A project of the ledger, as far as finding doubles needs it. */
export interface KnownProject {
  readonly id: string;
  readonly code: string | null;
  /** 国家项目代码: one for each project of the country. */
  readonly nationalCode?: string | null;
  readonly name: string;
  readonly unitId: string | null;
}

/** What is to become of a row: a new project, an update of one, or nothing. */
export type RowAction = 'create' | 'update' | 'skip';

export interface RowMatch {
  readonly rowNumber: number;
  readonly action: RowAction;
  /** Project to update, or the one that is like it. */
  readonly projectId: string | null;
  readonly projectName: string | null;
  /** Why, in Chinese. */
  readonly reason: string;
  /** Only a person can tell: like a project, but not surely the same. */
  readonly needsChoice: boolean;
}

/** Shares of common pairs of characters from which two names may mean one project. */
const ALIKE = 0.72;

/** '一期' and '二期', '1号' and '2号' are different projects however alike the rest is. */
function numerals(key: string): string {
  return (key.match(/\d+|[一二三四五六七八九十]+(?=期|号|标|批|阶段|段)|[ⅰ-ⅻ]|[东西南北](?=段|区|路|线)/g) ?? []).join(
    ',',
  );
}

function pairsOf(key: string): readonly string[] {
  return key.length < 2 ? [key] : Array.from({ length: key.length - 1 }, (_, index) => key.slice(index, index + 2));
}

interface Indexed {
  readonly project: KnownProject;
  readonly key: string;
  readonly pairs: ReadonlySet<string>;
}

interface Index {
  readonly byCode: ReadonlyMap<string, KnownProject>;
  readonly byNationalCode: ReadonlyMap<string, KnownProject>;
  readonly byName: ReadonlyMap<string, readonly KnownProject[]>;
  readonly byPair: ReadonlyMap<string, readonly Indexed[]>;
}

function group<T>(items: Iterable<readonly [string, T]>): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, item] of items) {
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [item]);
    else list.push(item);
  }
  return groups;
}

function indexOf(projects: readonly KnownProject[]): Index {
  const indexed = projects.map((project) => {
    const key = nameKey(project.name);
    return { project, key, pairs: new Set(pairsOf(key)) };
  });
  return {
    byCode: new Map(projects.flatMap((project) => (project.code === null ? [] : [[nameKey(project.code), project]]))),
    byNationalCode: new Map(
      projects.flatMap((each) => (each.nationalCode ? [[nameKey(each.nationalCode), each]] : [])),
    ),
    byName: group(indexed.map(({ project, key }) => [key, project] as const)),
    byPair: group(indexed.flatMap((entry) => [...entry.pairs].map((pair) => [pair, entry] as const))),
  };
}

/** '12' is as likely the place in a list as the number of a project. */
const isSerial = (code: string | null): boolean => code !== null && /^\d{1,4}$/.test(code.trim());

function isAlike(left: string, right: string): boolean {
  const index = indexOf([{ id: '', code: null, name: right, unitId: null }]);
  return nameKey(left) === nameKey(right) || nearest(index, left, null) !== null;
}

/** Finds the project most like a name among those of the same unit. */
function nearest(index: Index, name: string, unitId: string | null): KnownProject | null {
  const key = nameKey(name);
  if (key.length < 4) return null;
  const pairs = new Set(pairsOf(key));
  const common = new Map<Indexed, number>();
  for (const pair of pairs) {
    for (const entry of index.byPair.get(pair) ?? []) {
      if (unitId !== null && entry.project.unitId !== unitId) continue;
      common.set(entry, (common.get(entry) ?? 0) + 1);
    }
  }
  let best: Indexed | null = null;
  let bestShare = 0;
  for (const [entry, count] of common) {
    const dice = (2 * count) / (pairs.size + entry.pairs.size);
    const shorter = Math.min(key.length, entry.key.length);
    const contains = shorter >= 5 && (key.includes(entry.key) || entry.key.includes(key));
    const share = contains ? Math.max(dice, ALIKE) : dice;
    if (share > bestShare && numerals(key) === numerals(entry.key)) {
      best = entry;
      bestShare = share;
    }
  }
  return bestShare >= ALIKE && best !== null ? best.project : null;
}

const said = (text: unknown): string | null => (typeof text === 'string' && text !== '' ? text : null);

function sameName(index: Index, name: string, unitId: string | null): KnownProject | 'several' | null {
  const found = index.byName.get(nameKey(name)) ?? [];
  const ofUnit = found.filter((project) => unitId === null || project.unitId === unitId);
  const [only, another] = ofUnit.length > 0 ? ofUnit : found;
  if (only === undefined) return null;
  return another === undefined ? only : 'several';
}

function decide(row: RecognisedRow, index: Index, onlyExisting: boolean): RowMatch {
  const name = said(row.values['name']) ?? row.label;
  const unitId = said(row.values['unitId']);
  const code = said(row.values['code']);
  const match = (action: RowAction, project: KnownProject | null, reason: string, needsChoice = false): RowMatch => ({
    rowNumber: row.rowNumber,
    action,
    projectId: project?.id ?? null,
    projectName: project?.name ?? null,
    reason,
    needsChoice,
  });
  const byCode = code === null ? undefined : index.byCode.get(nameKey(code));
  if (byCode !== undefined && isSerial(code) && !isAlike(name, byCode.name))
    return match('skip', byCode, `项目编号 ${code} 与台账里的“${byCode.name}”相同，名称不同，请选择更新或新增`, true);
  if (byCode !== undefined) return match('update', byCode, `项目编号 ${code} 与台账相同`);
  const national = said(row.values['nationalCode']);
  const byNational = national === null ? undefined : index.byNationalCode.get(nameKey(national));
  // The parts of a bundle may stand under the code of the whole: only a person can tell.
  if (byNational !== undefined && !isAlike(name, byNational.name))
    return match(
      'skip',
      byNational,
      `国家项目代码与台账里的“${byNational.name}”相同，名称不同，请选择更新或新增`,
      true,
    );
  if (byNational !== undefined) return match('update', byNational, '国家项目代码与台账相同');
  const same = sameName(index, name, unitId);
  if (same === 'several') return match('skip', null, '台账里有几个同名项目，请写上项目编号或责任单位', true);
  if (same !== null && (unitId === null || same.unitId === unitId)) return match('update', same, '名称与台账相同');
  if (same !== null) return match('skip', same, '台账里另一个责任单位有同名项目，请选择更新或新增', true);
  const near = nearest(index, name, unitId);
  if (near !== null) return match('skip', near, `与台账里的“${near.name}”相近，请选择更新或新增`, true);
  if (onlyExisting) return match('skip', null, '台账里没有这个项目，请先登记项目');
  return match('create', null, '台账里没有，新增');
}

/** The project of the ledger that a new one may well be, with the reason; null where none is like it. */
export function doubleOf(
  name: string,
  unitId: string | null,
  projects: readonly KnownProject[],
): { readonly id: string; readonly reason: string } | null {
  const index = indexOf(projects);
  const same = sameName(index, name, unitId);
  if (same === 'several') return { id: '', reason: '台账里已有几个同名项目' };
  if (same !== null)
    return { id: same.id, reason: same.unitId === unitId ? '台账里已有同名项目' : '台账里另一个责任单位有同名项目' };
  const near = nearest(index, name, unitId);
  return near === null ? null : { id: near.id, reason: `台账里有名称相近的项目“${near.name}”` };
}

/** The numbers of a row that no other row should have. */
function numbersOf(row: RecognisedRow): readonly { readonly key: string; readonly words: string }[] {
  const [code, national] = [said(row.values['code']), said(row.values['nationalCode'])];
  return [
    ...(code === null ? [] : [{ key: `code ${nameKey(code)}`, words: `项目编号 ${code} ` }]),
    ...(national === null ? [] : [{ key: `national ${nameKey(national)}`, words: `国家项目代码 ${national} ` }]),
  ];
}

/**
 * Finds doubles: by code, by name, by near name within the unit, and within the file. Gives each project row a default
 * action with its reason; the operator can change it.
 *
 * @param onlyExisting for reports: a project that is not in the ledger is not created
 */
export function matchRows(
  rows: readonly RecognisedRow[],
  projects: readonly KnownProject[],
  onlyExisting: boolean,
): readonly RowMatch[] {
  const index = indexOf(projects);
  const seen = new Map<string, number>();
  const codes = new Map<string, { readonly rowNumber: number; readonly label: string }>();
  return rows
    .filter((row) => row.kind === 'data')
    .map((row) => {
      const found = decide(row, index, onlyExisting);
      const key =
        found.action === 'update'
          ? (found.projectId ?? '')
          : `${nameKey(row.label)}|${String(row.values['unitId'] ?? '')}`;
      const earlier = row.label === '' ? undefined : seen.get(key);
      seen.set(key, earlier ?? row.rowNumber);
      if (earlier === undefined) {
        const numbers = numbersOf(row);
        const met = found.action === 'create' ? numbers.find(({ key: number }) => codes.has(number)) : undefined;
        const other = met === undefined ? undefined : codes.get(met.key);
        for (const { key: number } of numbers) if (!codes.has(number)) codes.set(number, row);
        return met === undefined || other === undefined
          ? found
          : {
              ...found,
              action: 'skip' as const,
              reason: `${met.words}与第${other.rowNumber}行“${other.label}”相同，请核对后选择新增或不导入`,
              needsChoice: true,
            };
      }
      return {
        ...found,
        action: 'skip' as const,
        reason: `与第${earlier}行是同一个项目，只导入第${earlier}行`,
        needsChoice: false,
      };
    });
}
