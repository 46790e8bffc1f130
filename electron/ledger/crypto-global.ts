import { webcrypto } from 'node:crypto';

// The Node 18 inside Electron 25 has no global crypto, which uuid expects. Imported first by the entry.
if (!('crypto' in globalThis)) Object.defineProperty(globalThis, 'crypto', { value: webcrypto });
