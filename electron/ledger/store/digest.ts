import { createHash } from 'node:crypto';

/** SHA-256 in hex of one or more texts, joined by newlines. */
export function digestOf(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(part, 'utf8');
    hash.update('\n');
  }
  return hash.digest('hex');
}

/** chainₙ = H(chainₙ₋₁ ‖ n ‖ digest): the identity of everything a stream has written so far (exchange design, Streams). */
export function nextChain(previous: string, n: number, digest: string): string {
  return digestOf(previous, String(n), digest);
}
