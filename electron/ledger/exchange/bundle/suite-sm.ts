import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { hkdf, sm2, sm3, sm4 } from 'sm-crypto-v2';
import { SCRYPT_COST, scryptAllowed } from './scrypt-cost.ts';
import type { KeyPair, PassphraseWrap, PublicKeys, SecretKeys, Suite, WrappedKey } from './suite.ts';

/**
 * 国密: SM2 (GM/T 0003), SM3 (GM/T 0004), SM4 (GM/T 0002) in plain JavaScript. No certified module: the algorithms are those
 * of the standards, the implementation is not tested by the authority. Keep it replaceable.
 */

const CONTENT_KEY_BYTES = 32;
const MAC_BYTES = 32;
const BLOCK_BYTES = 16;
const SECRET_HEX = /^[0-9a-f]{64}$/u;
const PUBLIC_HEX = /^04[0-9a-f]{128}$/u;

const text = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
const bytes = (encoded: string): Buffer => Buffer.from(encoded, 'base64url');
const hexOf = (encoded: string): string => bytes(encoded).toString('hex');
const utf8 = (words: string): Buffer => Buffer.from(words, 'utf8');

const hmac = (key: Uint8Array, message: Uint8Array): Buffer => Buffer.from(sm3(message, { key, mode: 'hmac' }), 'hex');

function newPair(): { readonly public: string; readonly secret: string } {
  const pair = sm2.generateKeyPairHex();
  return {
    public: Buffer.from(pair.publicKey, 'hex').toString('base64url'),
    secret: Buffer.from(pair.privateKey, 'hex').toString('base64url'),
  };
}

/** An SM2 point as the library takes it; undefined when it is no point of the curve. */
function pointOf(encoded: string): string | undefined {
  const hex = hexOf(encoded);
  return PUBLIC_HEX.test(hex) && sm2.verifyPublicKey(hex) ? hex : undefined;
}

interface DerivedKeys {
  readonly cipher: Uint8Array;
  readonly mac: Uint8Array;
  readonly nonce: Uint8Array;
}

const derived = new WeakMap<Uint8Array, DerivedKeys>();

/** Three keys of one content key: none serves two purposes. */
function keysFrom(contentKey: Uint8Array): DerivedKeys {
  const known = derived.get(contentKey);
  if (known) return known;
  const material = hkdf(contentKey, new Uint8Array(), utf8('bbsync content keys 2'), 64);
  const keys = { cipher: material.slice(0, 16), mac: material.slice(16, 48), nonce: material.slice(48, 64) };
  derived.set(contentKey, keys);
  return keys;
}

/** Unforeseeable and never twice under one content key, because an index is used once. */
function ivOf(keys: DerivedKeys, index: number): Uint8Array {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(BigInt(index));
  return hmac(keys.nonce, place).subarray(0, BLOCK_BYTES);
}

function macOf(keys: DerivedKeys, index: number, context: string, cipherText: Uint8Array): Buffer {
  const frame = Buffer.alloc(12);
  const words = utf8(context);
  frame.writeBigUInt64BE(BigInt(index));
  // Lengths first: the border between context and content cannot be moved.
  frame.writeUInt32BE(words.length, 8);
  return hmac(keys.mac, Buffer.concat([frame, words, cipherText]));
}

function sealWith(contentKey: Uint8Array, index: number, context: string, plain: Uint8Array): Buffer {
  const keys = keysFrom(contentKey);
  const iv = ivOf(keys, index);
  const cipherText = sm4.encrypt(plain, keys.cipher, { mode: 'cbc', padding: 'pkcs#7', iv, output: 'array' });
  return Buffer.concat([cipherText, macOf(keys, index, context, cipherText)]);
}

/** Checks before it decrypts: a changed byte never reaches the padding. */
function openWith(contentKey: Uint8Array, index: number, context: string, sealed: Uint8Array): Buffer | undefined {
  const length = sealed.byteLength - MAC_BYTES;
  if (length < BLOCK_BYTES || length % BLOCK_BYTES !== 0 || contentKey.byteLength !== CONTENT_KEY_BYTES)
    return undefined;
  const keys = keysFrom(contentKey);
  const cipherText = sealed.subarray(0, length);
  if (!timingSafeEqual(macOf(keys, index, context, cipherText), sealed.subarray(length))) return undefined;
  try {
    const iv = ivOf(keys, index);
    return Buffer.from(sm4.decrypt(cipherText, keys.cipher, { mode: 'cbc', padding: 'pkcs#7', iv, output: 'array' }));
  } catch {
    return undefined;
  }
}

/** What the wrapped key is bound to, inside the SM2 ciphertext. */
const contextDigest = (context: string): Buffer => Buffer.from(sm3(utf8(`bbsync key wrap 2\n${context}`)), 'hex');

function passphraseKey(passphrase: string, salt: Uint8Array, cost: PassphraseWrap['cost']): Uint8Array {
  const [logN, r, p] = cost;
  const N = 2 ** logN;
  const slow = scryptSync(passphrase.normalize('NFKC'), salt, CONTENT_KEY_BYTES, { N, r, p, maxmem: 256 * N * r });
  // No SM standard has a passphrase function that resists guessing hardware: scrypt first, its result through SM3.
  return hkdf(slow, salt, utf8('bbsync passphrase 2'), CONTENT_KEY_BYTES);
}

export const smSuite: Suite = {
  id: 2,
  slow: true,
  name: 'SM2 · SM4-CBC · HMAC-SM3 · SM3',

  newKeys(): KeyPair {
    const signing = newPair();
    const boxing = newPair();
    return {
      public: { sign: signing.public, box: boxing.public },
      secret: { sign: signing.secret, box: boxing.secret },
    };
  },

  sign(secret: SecretKeys, message: Uint8Array): Uint8Array {
    return Buffer.from(sm2.doSignature(message, hexOf(secret.sign), { hash: true }), 'hex');
  },

  verify(keys: PublicKeys, message: Uint8Array, signature: Uint8Array): boolean {
    try {
      const point = pointOf(keys.sign);
      const hex = Buffer.from(signature).toString('hex');
      return point !== undefined && hex.length === 128 && sm2.doVerifySignature(message, hex, point, { hash: true });
    } catch {
      return false;
    }
  },

  newContentKey: () => randomBytes(CONTENT_KEY_BYTES),

  wrap(receiver: PublicKeys, contentKey: Uint8Array, context: string): WrappedKey {
    const message = Buffer.concat([contentKey, contextDigest(context)]);
    const sealed = Buffer.from(sm2.doEncrypt(message, hexOf(receiver.box), 1), 'hex');
    // C1 ‖ C3 ‖ C2; C1 is the throw-away point without its leading 04.
    return { ephemeral: text(sealed.subarray(0, 64)), sealed: text(sealed.subarray(64)) };
  },

  unwrap(own: KeyPair, wrapped: WrappedKey, context: string): Uint8Array | undefined {
    const secret = hexOf(own.secret.box);
    const first = hexOf(wrapped.ephemeral);
    if (first.length !== 128 || !SECRET_HEX.test(secret)) return undefined;
    try {
      if (!sm2.verifyPublicKey(`04${first}`)) return undefined;
      const plain = Buffer.from(sm2.doDecrypt(first + hexOf(wrapped.sealed), secret, 1, { output: 'array' }));
      if (plain.length !== CONTENT_KEY_BYTES + MAC_BYTES) return undefined;
      const bound = timingSafeEqual(plain.subarray(CONTENT_KEY_BYTES), contextDigest(context));
      return bound ? plain.subarray(0, CONTENT_KEY_BYTES) : undefined;
    } catch {
      return undefined;
    }
  },

  wrapUnderPassphrase(passphrase: string, contentKey: Uint8Array, context: string): PassphraseWrap {
    const salt = randomBytes(16);
    const key = passphraseKey(passphrase, salt, SCRYPT_COST);
    return { salt: text(salt), cost: SCRYPT_COST, sealed: text(sealWith(key, 0, context, contentKey)) };
  },

  unwrapUnderPassphrase(passphrase: string, wrap: PassphraseWrap, context: string): Uint8Array | undefined {
    if (!scryptAllowed(wrap.cost)) return undefined;
    return openWith(passphraseKey(passphrase, bytes(wrap.salt), wrap.cost), 0, context, bytes(wrap.sealed));
  },

  seal: sealWith,
  sealedBytes: (plainBytes) => (Math.floor(plainBytes / BLOCK_BYTES) + 1) * BLOCK_BYTES + MAC_BYTES,
  open: openWith,

  newDigest() {
    // The library digests whole messages only; what is digested here is a segment or a manifest, never a whole file.
    const chunks: Uint8Array[] = [];
    return {
      update(chunk) {
        chunks.push(chunk);
      },
      hex: () => sm3(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
    };
  },

  mac: (secret, message) => hmac(bytes(secret), utf8(message)).toString('hex'),
};
