import { existsSync } from 'node:fs';

/** From here on temporary ledgers lie where fsync costs nothing; what it is for is tortured elsewhere. */
export function onFastDisk(): void {
  if (existsSync('/dev/shm')) process.env['TMPDIR'] = '/dev/shm';
}
