import { hasPinyin } from '../components/pinyin-find.ts';
import { queryWords } from '../components/search-match.ts';
import type { ResolvedColumn } from './column.ts';

const LATIN = /[a-z]/;
/** Longer texts are searched as they stand: nobody looks for a paragraph by its pinyin. */
const LONGEST_PINYIN = 60;

/** What a row is searched by: its texts, lower case, a line each. */
interface Texts {
  /** Those short enough to be looked for by pinyin. */
  readonly short: string;
  readonly long: string;
}

/** Quick search over whole rows. What a row is searched by is made once, at rest or at the first search. */
export class RowSearch<R extends object> {
  #texts = new WeakMap<R, Texts>();
  #words: readonly string[] = [];

  get isActive(): boolean {
    return this.#words.length > 0;
  }

  setQuery(query: string): void {
    this.#words = queryWords(query);
  }

  /** Labels of refs or columns changed. */
  forget(): void {
    this.#texts = new WeakMap();
  }

  /** Makes the texts of rows ready while nothing else is to be done. The result stops it. */
  prepare(rows: readonly R[], columns: () => readonly ResolvedColumn<R>[]): () => void {
    let next = 0;
    let handle = 0;
    const work = (deadline: IdleDeadline): void => {
      while (next < rows.length && deadline.timeRemaining() > 2) {
        const row = rows[next];
        if (row !== undefined) this.#textsOf(row, columns());
        next += 1;
      }
      if (next < rows.length) handle = requestIdleCallback(work);
    };
    handle = requestIdleCallback(work);
    return () => cancelIdleCallback(handle);
  }

  passes(row: R, columns: readonly ResolvedColumn<R>[]): boolean {
    const texts = this.#textsOf(row, columns);
    return this.#words.every(
      (word) =>
        texts.short.includes(word) || texts.long.includes(word) || (LATIN.test(word) && hasPinyin(texts.short, word)),
    );
  }

  #textsOf(row: R, columns: readonly ResolvedColumn<R>[]): Texts {
    const known = this.#texts.get(row);
    if (known !== undefined) return known;
    let short = '';
    let long = '';
    for (const column of columns) {
      if (!column.searchable) continue;
      const text = column.text(column.value(row), row);
      if (text === '') continue;
      if (text.length <= LONGEST_PINYIN) short += `${text}\n`;
      else long += `${text}\n`;
    }
    const texts = { short: short.normalize('NFKC').toLowerCase(), long: long.normalize('NFKC').toLowerCase() };
    this.#texts.set(row, texts);
    return texts;
  }
}
