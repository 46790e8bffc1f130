import type { Value } from '../../shared/dictionary/field.ts';
import { buildSearchText, matches } from '../components/search-match.ts';
import type { ResolvedColumn } from './column.ts';
import { refLabel } from './parse-cell.ts';
import type { Refs } from './types.ts';

export interface PickItem {
  readonly value: Value;
  readonly label: string;
  /** Made by `buildSearchText`, when first needed. */
  readonly search: () => string;
}

const searches = new WeakMap<object, string>();

function lazily(owner: object, ...texts: readonly string[]): () => string {
  return () => {
    let text = searches.get(owner);
    if (text === undefined) {
      text = buildSearchText(...texts);
      searches.set(owner, text);
    }
    return text;
  };
}

const YES_NO: readonly PickItem[] = [
  { value: 1, label: '是', search: () => '是\nshi\ns\n1' },
  { value: 0, label: '否', search: () => '否\nfou\nf\n0' },
];

/** What may be picked in a column; null when its cells are typed. */
export function pickItems<R>({ field, column }: ResolvedColumn<R>, refs: Refs | undefined): readonly PickItem[] | null {
  if (field === null || column.parse !== undefined) return null;
  switch (field.type) {
    case 'flag':
      return YES_NO;
    case 'choice':
    case 'choices':
      return (field.choices ?? []).map((choice) => ({
        value: choice.value,
        label: choice.label,
        search: lazily(choice, choice.label, ...(choice.aliases ?? [])),
      }));
    case 'ref':
      return (field.ref === undefined ? [] : (refs?.[field.ref]?.options ?? [])).map((option) => ({
        value: option.id,
        label: refLabel(option),
        search:
          option.pinyin === undefined
            ? lazily(option, refLabel(option))
            : () => `${refLabel(option)}\n${option.pinyin}`,
      }));
    default:
      return null;
  }
}

/** Items that match what is typed: those that begin with it first, in Chinese or in pinyin. */
export function filterItems(items: readonly PickItem[], typed: string): readonly PickItem[] {
  const query = typed.trim().toLowerCase();
  if (query === '') return items;
  const begins = (item: PickItem): boolean =>
    item.label.startsWith(query) || `\n${item.search()}`.includes(`\n${query}`);
  const found = items.filter((item) => matches(item.search(), query));
  return [...found.filter(begins), ...found.filter((item) => !begins(item))];
}
