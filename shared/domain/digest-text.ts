/** A digest as people compare it, on paper and on the screen: its first 32 hexadecimal digits in groups of eight. */
export function digestText(digest: string): string {
  return digest
    .replace(/\s/gu, '')
    .slice(0, 32)
    .replace(/(.{8})(?=.)/gu, '$1 ');
}
