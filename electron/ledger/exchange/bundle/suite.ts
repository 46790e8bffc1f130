import { smSuite } from './suite-sm.ts';
import { standardSuite } from './suite-standard.ts';

/** 1: Ed25519, X25519 + HKDF, AES-256-GCM, SHA-256. 2: SM2, SM4-CBC + HMAC-SM3, SM3 (exchange design, Suites). */
export type SuiteId = 1 | 2;
export const SUITE_IDS: readonly SuiteId[] = [1, 2];

/** Public keys of an office, base64url of the suite's raw form. */
export interface PublicKeys {
  readonly sign: string;
  readonly box: string;
}

/** Secret keys of an office, base64url; they leave the ledger in no file. */
export interface SecretKeys {
  readonly sign: string;
  readonly box: string;
}

export interface KeyPair {
  readonly public: PublicKeys;
  readonly secret: SecretKeys;
}

/** A content key sealed to the holder of one box key. */
export interface WrappedKey {
  /** Public half of the throw-away key, base64url. */
  readonly ephemeral: string;
  readonly sealed: string;
}

/** A content key sealed under a passphrase (enrolment file). */
export interface PassphraseWrap {
  readonly salt: string;
  /** scrypt cost: log2 N, r, p. */
  readonly cost: readonly [number, number, number];
  readonly sealed: string;
}

export interface Digest {
  update(bytes: Uint8Array): void;
  /** Lower-case hex; ends the digest. */
  hex(): string;
}

/**
 * Everything cryptographic that a sync file needs, so that a suite can be replaced whole. Opening functions give
 * `undefined` for anything that does not verify; they never throw for hostile input.
 */
export interface Suite {
  readonly id: SuiteId;
  readonly name: string;
  /** Plain JavaScript: pictures and videos are worked in a thread of their own. */
  readonly slow: boolean;
  newKeys(): KeyPair;
  sign(secret: SecretKeys, message: Uint8Array): Uint8Array;
  verify(keys: PublicKeys, message: Uint8Array, signature: Uint8Array): boolean;
  newContentKey(): Uint8Array;
  /** @param context bound to the result: who sends, which bundle */
  wrap(receiver: PublicKeys, contentKey: Uint8Array, context: string): WrappedKey;
  unwrap(own: KeyPair, wrapped: WrappedKey, context: string): Uint8Array | undefined;
  wrapUnderPassphrase(passphrase: string, contentKey: Uint8Array, context: string): PassphraseWrap;
  unwrapUnderPassphrase(passphrase: string, wrap: PassphraseWrap, context: string): Uint8Array | undefined;
  /** @param index of the segment under this content key; one index is used once */
  seal(contentKey: Uint8Array, index: number, context: string, plain: Uint8Array): Uint8Array;
  /** Length of what `seal` makes of that many bytes. */
  sealedBytes(plainBytes: number): number;
  open(contentKey: Uint8Array, index: number, context: string, sealed: Uint8Array): Uint8Array | undefined;
  newDigest(): Digest;
  /** Keyed digest for the proof of enrolment, hex. */
  mac(secret: string, message: string): string;
}

const suites: ReadonlyMap<number, Suite> = new Map([standardSuite, smSuite].map((suite) => [suite.id, suite]));

/** The suite of that number, or undefined when this version has none. */
export function suiteOf(id: number): Suite | undefined {
  return suites.get(id);
}

/** The suite that everybody has; the city may choose another for new files. */
export const defaultSuite: Suite = standardSuite;

/** Hex digest of a whole buffer. */
export function digestBytes(suite: Suite, bytes: Uint8Array): string {
  const digest = suite.newDigest();
  digest.update(bytes);
  return digest.hex();
}
