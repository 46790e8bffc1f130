/** Numbers that look random and are the same for the same seed, so that two samples are equal byte for byte. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  between(low: number, high: number): number;
  /** Both ends inside. */
  integer(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/** Mixes integers into one 32-bit number. */
function mix(...parts: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    hash = Math.imul(hash ^ (part & 0xffff), 0x01000193);
    hash = Math.imul(hash ^ (part >>> 16), 0x01000193);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** One number 0 ≤ x < 1 for these integers. */
export function fraction(...parts: readonly number[]): number {
  return mix(...parts) / 0x1_0000_0000;
}

/** mulberry32. */
export function randomOf(...seed: readonly number[]): Random {
  let state = mix(...seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    integer,
    chance: (probability) => next() < probability,
    pick(items) {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new RangeError('Nothing to pick from');
      return item;
    },
  };
}

/** A copy in another order. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = random.integer(0, last);
    const [a, b] = [copy[last] as T, copy[other] as T];
    copy[last] = b;
    copy[other] = a;
  }
  return copy;
}

/** Gives ids of the moment asked for (UTC ms), in rising order within one moment. */
export type IdMaker = (ms: number) => string;

const MOST_IN_ONE_MS = 0xfff;

/** UUIDv7 (RFC 9562 §5.7, method 1: counter in rand_a) whose random part comes from the seed. */
export function idMaker(seed: number): IdMaker {
  const random = randomOf(seed, 0x1d);
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
  const counters = new Map<number, number>();
  return (wanted) => {
    let ms = wanted;
    let count = counters.get(ms) ?? 0;
    while (count > MOST_IN_ONE_MS) {
      ms += 1;
      count = counters.get(ms) ?? 0;
    }
    counters.set(ms, count + 1);
    const time = hex(ms, 12);
    const high = hex(0x8000 | random.integer(0, 0x3fff), 4);
    const low = hex(random.integer(0, 0xffffff), 6) + hex(random.integer(0, 0xffffff), 6);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(count, 3)}-${high}-${low}`;
  };
}
