/**
 * Few different texts among many rows, each kept once: a database or a parser gives every row texts of its own, which would
 * be held as long as the rows.
 */
export class SharedTexts {
  readonly #texts = new Map<string, string>();

  /** The same text, as it was met first. */
  of(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }

  /** In place, for a row that nobody has seen. */
  in<R extends object>(row: R, fields: readonly (keyof R)[]): void {
    for (const field of fields) {
      const value = row[field];
      if (typeof value === 'string') row[field] = this.of(value) as R[typeof field];
    }
  }
}
