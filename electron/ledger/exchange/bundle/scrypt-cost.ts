/** log2 N, r, p: 64 MB and about 0.2 s on an office PC. */
export const SCRYPT_COST = [16, 8, 1] as const;

/** A hostile file must not make us spend more than this. */
const SCRYPT_MOST = { logN: 18, r: 16, p: 4 } as const;

/** Whether a file may ask for that cost of its passphrase. */
export function scryptAllowed([logN, r, p]: readonly [number, number, number]): boolean {
  const whole = [logN, r, p].every((value) => Number.isInteger(value) && value >= 1);
  return whole && logN <= SCRYPT_MOST.logN && r <= SCRYPT_MOST.r && p <= SCRYPT_MOST.p;
}
