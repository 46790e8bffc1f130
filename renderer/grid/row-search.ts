import { buildSearchText, matches, queryWords } from '../components/search-match.ts';
import type { ResolvedColumn } from './column.ts';

const LATIN = /[a-z]/;
/** Longer texts are searched as they stand: nobody looks for a paragraph by its pinyin. */
const LONGEST_PINYIN = 60;

/** Quick search over whole rows. What a row is searched by is made once; the pinyin only when Latin letters are typed. */
export class RowSearch<R extends object> {
  #plain = new WeakMap<R, string>();
  #pinyin = new WeakMap<R, string>();
  #words: readonly string[] = [];

  get isActive(): boolean {
    return this.#words.length > 0;
  }

  setQuery(query: string): void {
    this.#words = queryWords(query);
  }

  /** Labels of refs or columns changed. */
  forget(): void {
    this.#plain = new WeakMap();
    this.#pinyin = new WeakMap();
  }

  /** Makes the pinyin of rows ready while nothing else is to be done. The result stops it. */
  prepare(rows: readonly R[], columns: () => readonly ResolvedColumn<R>[]): () => void {
    let next = 0;
    let handle = 0;
    const work = (deadline: IdleDeadline): void => {
      while (next < rows.length && deadline.timeRemaining() > 2) {
        const row = rows[next];
        if (row !== undefined) this.#pinyinOf(row, columns());
        next += 1;
      }
      if (next < rows.length) handle = requestIdleCallback(work);
    };
    handle = requestIdleCallback(work);
    return () => cancelIdleCallback(handle);
  }

  passes(row: R, columns: readonly ResolvedColumn<R>[]): boolean {
    return this.#words.every((word) => {
      if (this.#plainOf(row, columns).includes(word)) return true;
      return LATIN.test(word) && matches(this.#pinyinOf(row, columns), [word]);
    });
  }

  #plainOf(row: R, columns: readonly ResolvedColumn<R>[]): string {
    let text = this.#plain.get(row);
    if (text === undefined) {
      text = [...textsOf(row, columns)].join('\n').normalize('NFKC').toLowerCase();
      this.#plain.set(row, text);
    }
    return text;
  }

  #pinyinOf(row: R, columns: readonly ResolvedColumn<R>[]): string {
    let text = this.#pinyin.get(row);
    if (text === undefined) {
      text = buildSearchText(...[...textsOf(row, columns)].filter((part) => part.length <= LONGEST_PINYIN));
      this.#pinyin.set(row, text);
    }
    return text;
  }
}

function* textsOf<R>(row: R, columns: readonly ResolvedColumn<R>[]): Iterable<string> {
  for (const column of columns) {
    if (!column.searchable) continue;
    const text = column.text(column.value(row), row);
    if (text !== '') yield text;
  }
}
