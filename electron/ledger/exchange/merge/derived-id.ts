import { createHash } from 'node:crypto';

/**
 * An id that every ledger works out alike, so that two offices that find the same conflict make one row of it. It has the
 * form of a UUIDv7 of that moment.
 *
 * @param ms UTC ms that the id sorts by
 * @param parts what makes it this one and no other
 */
export function derivedId(ms: number, ...parts: readonly string[]): string {
  const digest = createHash('sha256').update(parts.join('\n'), 'utf8').digest('hex');
  const time = Math.max(0, Math.min(ms, 2 ** 48 - 1))
    .toString(16)
    .padStart(12, '0');
  const variant = '89ab'[Number.parseInt(digest[3] ?? '0', 16) % 4] ?? '8';
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digest.slice(0, 3)}-${variant}${digest.slice(4, 7)}-${digest.slice(7, 19)}`;
}
