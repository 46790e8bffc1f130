import type * as z from 'zod';
import { Fault } from '../../../shared/contract/faults.ts';
import type { OfficeLevel } from '../../../shared/domain/authority.ts';
import { parseStamp, parseStreamTag } from '../../../shared/domain/clock.ts';
import { isDate } from '../../../shared/domain/date.ts';
import type { Store } from './open.ts';
import { prepared } from './prepared.ts';

/** Local facts about this ledger; never sent. */
export type MetaKey =
  | 'ledgerId'
  | 'officeId'
  | 'level'
  | 'operator'
  | 'incarnation'
  | 'streamTag'
  | 'lastStamp'
  | 'createdAt'
  | 'preset'
  | 'sample'
  | 'today'
  | 'guarded'
  /** Version of the program that last brought the tables up to date: an older one says that it needs this one. */
  | 'program'
  /** What the office above has told of two PCs writing as this office, JSON. */
  | 'forkTold'
  /** The city's table of who decides which field, JSON. */
  | 'cityOwners'
  /** The least program version that the office above asks for, JSON. */
  | 'leastProgram';

export function readMeta(store: Pick<Store, 'db'>, key: MetaKey): string | null {
  const value = prepared(store, 'SELECT "value" FROM "meta" WHERE "key" = ?', 'pluck').get(key) as string | undefined;
  return value ?? null;
}

export function writeMeta(store: Store, key: MetaKey, value: string): void {
  store.db
    .prepare(
      'INSERT INTO "meta" ("key", "value") VALUES (?, ?) ON CONFLICT ("key") DO UPDATE SET "value" = excluded."value"',
    )
    .run(key, value);
}

/** A fact kept as JSON; null where there is none. @throws Fault LEDGER_DAMAGED where it is not what the program writes */
export function readNote<T>(store: Pick<Store, 'db' | 'path'>, key: MetaKey, shape: z.ZodType<T>): T | null {
  const text = readMeta(store, key);
  if (text === null) return null;
  try {
    return shape.parse(JSON.parse(text));
  } catch (error) {
    throw notOurs(store, key, error);
  }
}

function notOurs({ path }: Pick<Store, 'path'>, key: MetaKey, cause?: unknown): Fault {
  return new Fault('LEDGER_DAMAGED', { what: path, why: `“${key}”不是本程序写入的值` }, { cause });
}

/** What goes for a fact that the program works with at once. */
const SHAPES: Partial<Record<MetaKey, (text: string) => boolean>> = {
  level: (text) => ['city', 'county', 'town'].includes(text),
  incarnation: (text) => /^[1-9]\d{0,8}$/u.test(text),
  streamTag: (text) => parseStreamTag(text) !== null,
  lastStamp: (text) => parseStamp(text) !== null,
  today: isDate,
};

/** Who this ledger is. */
export interface Identity {
  readonly ledgerId: string;
  readonly officeId: string;
  readonly level: OfficeLevel;
  readonly incarnation: number;
  /** 12 characters that end every stamp of this ledger. */
  readonly streamTag: string;
}

const IDENTITY = ['ledgerId', 'officeId', 'level', 'incarnation', 'streamTag'] as const satisfies readonly MetaKey[];
const SELECT_IDENTITY = `SELECT "key", "value" FROM "meta" WHERE "key" IN (${IDENTITY.map((key) => `'${key}'`).join(', ')})`;

export function readIdentity(store: Pick<Store, 'db' | 'path'>): Identity {
  const rows = prepared(store, SELECT_IDENTITY, 'raw').all() as [MetaKey, string][];
  const known = new Map(rows);
  const of = (key: (typeof IDENTITY)[number]): string => {
    const value = known.get(key);
    if (value === undefined) throw new Fault('LEDGER_DAMAGED', { what: store.path, why: `缺少“${key}”` });
    return value;
  };
  return {
    ledgerId: of('ledgerId'),
    officeId: of('officeId'),
    level: of('level') as OfficeLevel,
    incarnation: Number(of('incarnation')),
    streamTag: of('streamTag'),
  };
}

/** @throws Fault LEDGER_DAMAGED where a fact is missing or not what the program writes */
export function checkMeta(store: Pick<Store, 'db' | 'path'>): void {
  readIdentity(store);
  for (const [key, fits] of Object.entries(SHAPES) as [MetaKey, (text: string) => boolean][]) {
    const text = readMeta(store, key);
    if (text !== null && !fits(text)) throw notOurs(store, key);
  }
}
