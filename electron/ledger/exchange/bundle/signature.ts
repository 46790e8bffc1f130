import type { PublicKeys } from './suite.ts';

/** `manifest.sig`: who says they signed the manifest, and the signature. Plain lines, read before anything is believed. */
export interface Signature {
  readonly suite: number;
  readonly officeId: string;
  /** As the signer gives them; believed only where they equal the keys on record, or where the operator admits them. */
  readonly keys: PublicKeys;
  readonly signature: Uint8Array;
}

const SHAPE =
  /^bbsync signature (\d{1,3})\nsuite (\d{1,3})\noffice ([0-9A-Za-z-]{1,40})\nsign ([A-Za-z0-9_-]{20,400})\nbox ([A-Za-z0-9_-]{20,400})\nsignature ([A-Za-z0-9_-]{20,1000})\n$/u;

export function signatureText(signature: Signature): string {
  const bytes = Buffer.from(signature.signature).toString('base64url');
  return [
    'bbsync signature 1',
    `suite ${signature.suite}`,
    `office ${signature.officeId}`,
    `sign ${signature.keys.sign}`,
    `box ${signature.keys.box}`,
    `signature ${bytes}`,
    '',
  ].join('\n');
}

/** The signature lines, 'newer' when a later format wrote them, or undefined when they are not signature lines. */
export function parseSignature(text: string): Signature | 'newer' | undefined {
  const match = SHAPE.exec(text);
  if (!match) return undefined;
  const [, version, suite, officeId = '', sign = '', box = '', signature = ''] = match;
  if (version !== '1') return 'newer';
  return { suite: Number(suite), officeId, keys: { sign, box }, signature: Buffer.from(signature, 'base64url') };
}
