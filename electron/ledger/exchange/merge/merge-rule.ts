import type { Value } from '../../../../shared/dictionary/index.ts';
import { compareStamps, isUnwritten, type Stamp, stampStream } from '../../../../shared/domain/clock.ts';

/**
 * What becomes of one incoming value:
 * - `same`: it is here already;
 * - `take`, `takeWithConflict`: it replaces ours; with conflict where neither writer had seen the other's value;
 * - `keep`, `keepWithConflict`: ours stays;
 * - `proposal`: its writer does not own the field; it becomes a 建议修改;
 * - `park`: this version does not know the field; carried on unchanged;
 * - `quarantineClock`: its clock is more than a day ahead of ours.
 */
export type Decision =
  | 'same'
  | 'take'
  | 'keep'
  | 'takeWithConflict'
  | 'keepWithConflict'
  | 'proposal'
  | 'park'
  | 'quarantineClock';

export interface FieldValue {
  readonly value: Value;
  readonly stamp: Stamp;
  /** Whether its writer was allowed to set this field of this row (`authority`, or as its creator). */
  readonly may: boolean;
}

export interface FieldCase {
  readonly local: FieldValue;
  readonly incoming: FieldValue;
  /** Stamp of the last value of another stream that the incoming one replaced. */
  readonly base: Stamp;
  /** Both values are of one stream, which two PCs have written: neither need have seen the other's. */
  readonly forked: boolean;
  /** Asked only where it matters: whether our history already holds the incoming value. */
  readonly seen: () => boolean;
  /** The dictionary knows the field and the value fits it. */
  readonly known: boolean;
  readonly ahead: boolean;
}

/**
 * Which of two values is later: clock, then stream, then the value itself, so that every tie has the same winner in every
 * ledger. Equal stamps with different values come only from a cloned ledger or a forger.
 */
function isLater(left: FieldValue, right: FieldValue): boolean {
  const order = compareStamps(left.stamp, right.stamp);
  if (order !== 0) return order > 0;
  return JSON.stringify(left.value) > JSON.stringify(right.value);
}

/** Whether the writer of the incoming value may not have seen ours when writing. */
function isConcurrent({ local, incoming, base, forked }: FieldCase): boolean {
  if (local.stamp === base || isUnwritten(local.stamp)) return false;
  const ours = stampStream(local.stamp);
  // A later value of the same writer may have to give way to an earlier one, where it had no right to stand.
  if (ours === stampStream(incoming.stamp)) return forked || local.stamp > incoming.stamp;
  // The replaced value was a later one of the stream that ours is of: ours is merely old.
  return !(ours === stampStream(base) && local.stamp <= base);
}

function byTime(field: FieldCase): Decision {
  const { local, incoming } = field;
  if (isLater(incoming, local)) {
    if (incoming.value === local.value) return 'take';
    return incoming.stamp === local.stamp || isConcurrent(field) ? 'takeWithConflict' : 'take';
  }
  if (incoming.value === local.value) return 'same';
  if (isUnwritten(incoming.stamp)) return 'keep';
  if (incoming.stamp === local.stamp) return 'keepWithConflict';
  if (stampStream(local.stamp) === stampStream(incoming.stamp) && !field.forked) return 'keep';
  return field.seen() ? 'keep' : 'keepWithConflict';
}

/**
 * The merge of one field (exchange design, Protocol): authority before time, then time. Commutative, associative and
 * idempotent in what value and stamp remain, so order, repetition and overlap of files never matter.
 */
export function decideField(field: FieldCase): Decision {
  const { local, incoming } = field;
  if (!field.known) return 'park';
  if (incoming.stamp === local.stamp && incoming.value === local.value) return 'same';
  if (field.ahead) return 'quarantineClock';
  if (incoming.may === local.may) return byTime(field);
  if (incoming.may) return incoming.value !== local.value && isConcurrent(field) ? 'takeWithConflict' : 'take';
  return field.seen() ? 'keep' : 'proposal';
}

/** Whether the incoming value is the one that remains. */
export function takes(decision: Decision): boolean {
  return decision === 'take' || decision === 'takeWithConflict';
}
