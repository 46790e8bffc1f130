import { createHash } from 'node:crypto';
import type { PublicKeys } from '../bundle/suite.ts';

/**
 * An office's public keys as four groups of four digits, to be read over the telephone before the city admits the office:
 * '4821 0937 5516 2204'.
 */
export function fingerprintOf(keys: PublicKeys): string {
  const digest = createHash('sha256').update(`bbsync fingerprint 1\n${keys.sign}\n${keys.box}`, 'utf8').digest();
  const groups = [0, 8, 16, 24].map((offset) => (digest.readBigUInt64BE(offset) % 10_000n).toString().padStart(4, '0'));
  return groups.join(' ');
}

/** Whether what somebody typed or read out is that fingerprint; spaces and punctuation do not matter. */
export function sameFingerprint(typed: string, keys: PublicKeys): boolean {
  return typed.normalize('NFKC').replace(/\D/gu, '') === fingerprintOf(keys).replace(/ /gu, '');
}
