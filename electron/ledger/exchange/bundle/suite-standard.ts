import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  scryptSync,
  sign,
  verify,
} from 'node:crypto';
import { SCRYPT_COST, scryptAllowed } from './scrypt-cost.ts';
import type { KeyPair, PassphraseWrap, PublicKeys, SecretKeys, Suite, WrappedKey } from './suite.ts';

// DER frames around the raw 32 bytes: every runtime reads them, which is not so for OKP keys as JWK.
const SPKI = { ed25519: '302a300506032b6570032100', x25519: '302a300506032b656e032100' } as const;
const PKCS8 = { ed25519: '302e020100300506032b657004220420', x25519: '302e020100300506032b656e04220420' } as const;
type Curve = keyof typeof SPKI;

const KEY_BYTES = 32;
const TAG_BYTES = 16;

const text = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
const bytes = (encoded: string): Buffer => Buffer.from(encoded, 'base64url');

function publicKey(curve: Curve, raw: string): KeyObject {
  return createPublicKey({
    key: Buffer.concat([Buffer.from(SPKI[curve], 'hex'), bytes(raw)]),
    format: 'der',
    type: 'spki',
  });
}

function secretKey(curve: Curve, raw: string): KeyObject {
  return createPrivateKey({
    key: Buffer.concat([Buffer.from(PKCS8[curve], 'hex'), bytes(raw)]),
    format: 'der',
    type: 'pkcs8',
  });
}

function newPair(curve: Curve): { readonly public: string; readonly secret: string } {
  const options = {
    publicKeyEncoding: { format: 'der', type: 'spki' },
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
  } as const;
  // Two overloads, not one: the typings know each curve by its literal.
  const pair = curve === 'ed25519' ? generateKeyPairSync('ed25519', options) : generateKeyPairSync('x25519', options);
  return { public: text(pair.publicKey.subarray(-KEY_BYTES)), secret: text(pair.privateKey.subarray(-KEY_BYTES)) };
}

function sealWith(key: Uint8Array, nonce: Uint8Array, context: string, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function openWith(key: Uint8Array, nonce: Uint8Array, context: string, sealed: Uint8Array): Buffer | undefined {
  if (sealed.byteLength < TAG_BYTES || key.byteLength !== KEY_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** Content keys are used for one file only, so a counter is a nonce that never comes twice. */
function counterNonce(index: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 8);
  return nonce;
}

const ZERO_NONCE = Buffer.alloc(12);

function agreedKey(secret: KeyObject, peer: KeyObject, ephemeral: string, receiver: string): Buffer {
  const shared = diffieHellman({ privateKey: secret, publicKey: peer });
  return Buffer.from(hkdfSync('sha256', shared, bytes(ephemeral), `bbsync key wrap 1\n${receiver}`, KEY_BYTES));
}

function passphraseKey(passphrase: string, salt: Uint8Array, cost: PassphraseWrap['cost']): Buffer {
  const [logN, r, p] = cost;
  const N = 2 ** logN;
  // NFKC: full-width and half-width forms of the same characters are the same passphrase.
  return scryptSync(passphrase.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r });
}

export const standardSuite: Suite = {
  id: 1,
  slow: false,
  name: 'Ed25519 · X25519 · AES-256-GCM · SHA-256',

  newKeys(): KeyPair {
    const signing = newPair('ed25519');
    const boxing = newPair('x25519');
    return {
      public: { sign: signing.public, box: boxing.public },
      secret: { sign: signing.secret, box: boxing.secret },
    };
  },

  sign(secret: SecretKeys, message: Uint8Array): Uint8Array {
    return sign(null, message, secretKey('ed25519', secret.sign));
  },

  verify(keys: PublicKeys, message: Uint8Array, signature: Uint8Array): boolean {
    try {
      return verify(null, message, publicKey('ed25519', keys.sign), signature);
    } catch {
      return false;
    }
  },

  newContentKey: () => randomBytes(KEY_BYTES),

  wrap(receiver: PublicKeys, contentKey: Uint8Array, context: string): WrappedKey {
    const throwAway = newPair('x25519');
    const key = agreedKey(
      secretKey('x25519', throwAway.secret),
      publicKey('x25519', receiver.box),
      throwAway.public,
      receiver.box,
    );
    return { ephemeral: throwAway.public, sealed: text(sealWith(key, ZERO_NONCE, context, contentKey)) };
  },

  unwrap(own: KeyPair, wrapped: WrappedKey, context: string): Uint8Array | undefined {
    try {
      const key = agreedKey(
        secretKey('x25519', own.secret.box),
        publicKey('x25519', wrapped.ephemeral),
        wrapped.ephemeral,
        own.public.box,
      );
      return openWith(key, ZERO_NONCE, context, bytes(wrapped.sealed));
    } catch {
      return undefined;
    }
  },

  wrapUnderPassphrase(passphrase: string, contentKey: Uint8Array, context: string): PassphraseWrap {
    const salt = randomBytes(16);
    const key = passphraseKey(passphrase, salt, SCRYPT_COST);
    return { salt: text(salt), cost: SCRYPT_COST, sealed: text(sealWith(key, ZERO_NONCE, context, contentKey)) };
  },

  unwrapUnderPassphrase(passphrase: string, wrap: PassphraseWrap, context: string): Uint8Array | undefined {
    if (!scryptAllowed(wrap.cost)) return undefined;
    return openWith(passphraseKey(passphrase, bytes(wrap.salt), wrap.cost), ZERO_NONCE, context, bytes(wrap.sealed));
  },

  seal(contentKey: Uint8Array, index: number, context: string, plain: Uint8Array): Uint8Array {
    return sealWith(contentKey, counterNonce(index), context, plain);
  },

  sealedBytes: (plainBytes) => plainBytes + TAG_BYTES,

  open(contentKey: Uint8Array, index: number, context: string, sealed: Uint8Array): Uint8Array | undefined {
    return openWith(contentKey, counterNonce(index), context, sealed);
  },

  newDigest() {
    const hash = createHash('sha256');
    return {
      update(chunk) {
        hash.update(chunk);
      },
      hex: () => hash.digest('hex'),
    };
  },

  mac: (secret, message) => createHmac('sha256', bytes(secret)).update(message, 'utf8').digest('hex'),
};
