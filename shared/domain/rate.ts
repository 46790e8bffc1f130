/** A ratio kept unrounded: two safe integers. Percentages are rounded once, when they are shown. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
}

/** Two rates subtracted without rounding; `denominator` is positive. */
interface ExactDifference {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** numerator ÷ denominator (1 is 100 %), or null when the denominator is not positive. */
export function rateValue(rate: Rate): number | null {
  return rate.denominator > 0 ? rate.numerator / rate.denominator : null;
}

/** Integer nearest to numerator ÷ denominator, half up by magnitude; `denominator` is positive. */
function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * magnitude + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

function decimalText(scaled: bigint, digits: number): string {
  const magnitude = (scaled < 0n ? -scaled : scaled).toString().padStart(digits + 1, '0');
  const whole = magnitude.slice(0, magnitude.length - digits);
  const fraction = digits === 0 ? '' : `.${magnitude.slice(magnitude.length - digits)}`;
  return `${scaled < 0n ? '-' : ''}${whole}${fraction}`;
}

/** '22.3 %', rounded once, half up; '—' when the denominator is not positive (domain facts §9.3). */
export function formatRate(rate: Rate, digits = 1): string {
  if (rate.denominator <= 0) return '—';
  const scaled = divideRounded(BigInt(rate.numerator) * 100n * 10n ** BigInt(digits), BigInt(rate.denominator));
  return `${decimalText(scaled, digits)} %`;
}

function subtract(left: Rate, right: Rate): ExactDifference | null {
  if (left.denominator <= 0 || right.denominator <= 0) return null;
  const [leftBase, rightBase] = [BigInt(left.denominator), BigInt(right.denominator)];
  return {
    numerator: BigInt(left.numerator) * rightBase - BigInt(right.numerator) * leftBase,
    denominator: leftBase * rightBase,
  };
}

/**
 * `left` − `right` in percentage points, subtracted unrounded and rounded last (domain facts §3.7), or null when either
 * has no denominator.
 */
export function differenceInPoints(left: Rate, right: Rate, digits = 1): number | null {
  const text = formatPoints(left, right, digits);
  return text === null ? null : Number(text);
}

/** Like `differenceInPoints`, as text with fixed decimals: '13.8'. */
export function formatPoints(left: Rate, right: Rate, digits = 1): string | null {
  const difference = subtract(left, right);
  if (difference === null) return null;
  const scaled = divideRounded(difference.numerator * 100n * 10n ** BigInt(digits), difference.denominator);
  return decimalText(scaled, digits);
}

/** A percentage as a rate; kept to four decimals of a percent. */
export function fromPercent(percent: number): Rate {
  return { numerator: Math.round(percent * 10_000), denominator: 1_000_000 };
}

/** Sign of (`left` − `right`) − `points`, all unrounded; null when a rate has no denominator. */
export function compareDifference(left: Rate, right: Rate, points: number): -1 | 0 | 1 | null {
  const difference = subtract(left, right);
  if (difference === null) return null;
  const line = fromPercent(points);
  const side = difference.numerator * BigInt(line.denominator) - BigInt(line.numerator) * difference.denominator;
  if (side === 0n) return 0;
  return side < 0n ? -1 : 1;
}

/** `part` ÷ `whole` as a rate of its own (how much of the due share is done), or null when it cannot be formed. */
export function ratioOf(part: Rate, whole: Rate): number | null {
  const [left, right] = [rateValue(part), rateValue(whole)];
  return left === null || right === null || right === 0 ? null : left / right;
}

/** Sign of `part` − `percent` % of `whole`, unrounded; null when a rate has no denominator. */
export function compareShare(part: Rate, whole: Rate, percent: number): -1 | 0 | 1 | null {
  if (part.denominator <= 0 || whole.denominator <= 0) return null;
  const line = fromPercent(percent);
  const left = BigInt(part.numerator) * BigInt(whole.denominator) * BigInt(line.denominator);
  const right = BigInt(line.numerator) * BigInt(whole.numerator) * BigInt(part.denominator);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
