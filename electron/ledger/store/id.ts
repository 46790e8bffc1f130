import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

/** A new row id: UUIDv7, so that rows lie in the order of their making. */
export function newId(): string {
  return v7();
}

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A new stream tag: 12 random characters; a stream is never used again by another incarnation. */
export function newStreamTag(): string {
  return Array.from(randomBytes(12), (byte) => ALPHABET[byte % 36]).join('');
}
