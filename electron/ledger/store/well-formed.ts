/**
 * A text as UTF-8 can hold it: half of a surrogate pair, which broken software leaves behind, becomes U+FFFD. SQLite would
 * replace it in the table, while the JSON of the journal would keep it.
 */
export function wellFormed(text: string): string {
  // Under `u` a whole pair is one character and no surrogate.
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
