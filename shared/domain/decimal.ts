/**
 * Quantities with decimals (66.7 亩, 0.35 万千瓦时): at most four, stored as the number they are written as. Whatever is
 * reckoned with them is reckoned in whole ten-thousandths, so that 0.1 + 0.2 is 0.3.
 */
export const DECIMALS = 4;
const SCALE = 10 ** DECIMALS;
/** Beyond it ten-thousandths would no longer be exact. */
const LARGEST = 100_000_000_000;

const toUnits = (value: number): number => Math.round(value * SCALE);

/** The nearest quantity that is kept. */
export const roundDecimal = (value: number): number => toUnits(value) / SCALE;

/** Whether a number has no more decimals than are kept. */
export function isDecimal(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) <= LARGEST && roundDecimal(value) === value;
}

export function addDecimals(left: number, right: number): number {
  return (toUnits(left) + toUnits(right)) / SCALE;
}

export function subtractDecimals(left: number, right: number): number {
  return (toUnits(left) - toUnits(right)) / SCALE;
}

/** '1,234.5': as many decimals as there are. */
export function decimalText(value: number, marks = true): string {
  const [whole = '', decimals] = value
    .toFixed(DECIMALS)
    .replace(/\.?0+$/u, '')
    .split('.');
  const counted = marks ? whole.replace(/\B(?=(\d{3})+$)/gu, ',') : whole;
  return decimals === undefined ? counted : `${counted}.${decimals}`;
}
