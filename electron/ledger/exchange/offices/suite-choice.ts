import { Fault } from '../../../../shared/contract/faults.ts';
import { type Actor, type Change, commit } from '../../store/commit.ts';
import { readIdentity } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import type { Manifest, SuiteKeys } from '../bundle/manifest.ts';
import { defaultSuite, type PublicKeys, SUITE_IDS, type Suite, type SuiteId, suiteOf } from '../bundle/suite.ts';
import { allKeysText, ensureKeys, joinKeys, keysOf, type OfficeRow, officeRow } from './keys.ts';

interface SchemeRule {
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const SCHEME = `"rule" WHERE "kind" = 'scheme' AND "voided" = 0 ORDER BY "effectiveFrom" DESC, "id" LIMIT 1`;

function schemeRule(store: Store): SchemeRule | null {
  const row = prepared(store, `SELECT "id", "body" FROM ${SCHEME}`).get() as
    | { id: string; body: string | null }
    | undefined;
  if (!row) return null;
  const body: unknown = JSON.parse(row.body ?? '{}');
  return typeof body === 'object' && body !== null ? { id: row.id, body: { ...body } } : null;
}

/** The suite that the city has chosen for new files; it comes down with the 方案, which is long and read for this alone. */
export function chosenSuite(store: Store): Suite {
  const id: unknown = prepared(store, `SELECT "body" ->> '$.suite' FROM ${SCHEME}`, 'pluck').get();
  return (typeof id === 'number' ? suiteOf(id) : undefined) ?? defaultSuite;
}

/**
 * 密码套件 of the city's files. What is under way in the other suite is read all the same; partners that have not said that
 * they can check our new keys go on getting files of suite 1.
 *
 * @throws Fault NOT_ALLOWED below the city, UNKNOWN_ROW when the ledger has no scheme
 */
export function chooseSuite(store: Store, id: SuiteId, actor: Actor): void {
  const identity = readIdentity(store);
  if (identity.level !== 'city') throw new Fault('NOT_ALLOWED', { why: '密码套件由市级统一选择' });
  const rule = schemeRule(store);
  if (rule === null) throw new Fault('UNKNOWN_ROW', { what: '方案' });
  const own = officeRow(store, identity.officeId);
  const changes: Change[] = [
    { entity: 'rule', id: rule.id, set: { body: JSON.stringify({ ...rule.body, suite: id }) } },
  ];
  const keys = allKeysText(store);
  if (own && own.signKey !== keys.signKey) changes.push({ entity: 'office', id: own.id, set: keys });
  commit(store, { kind: 'setup', title: `密码套件改为${id === 2 ? '国密' : '国际'}算法`, changes }, actor);
}

/** Notes in which suites a partner can check what we sign. */
export function learnReadable(store: Store, officeId: string, manifest: Manifest): void {
  const note = prepared(store, 'INSERT INTO "peerSuite" ("officeId", "suite") VALUES (?, ?) ON CONFLICT DO NOTHING');
  for (const suite of manifest.readable) note.run(officeId, suite);
}

function canCheck(store: Store, officeId: string, suite: SuiteId): boolean {
  const row = store.db.prepare('SELECT 1 FROM "peerSuite" WHERE "officeId" = ? AND "suite" = ?').get(officeId, suite);
  return row !== undefined;
}

/**
 * The suite of the next file to an office: the city's choice where the receiver has keys of it and has told that it can check
 * ours, else suite 1, which everybody has.
 *
 * @param introduces the file brings proof of our keys itself, so that the receiver need not know them yet
 */
export function suiteFor(store: Store, receiver: OfficeRow, introduces: boolean): Suite {
  const suite = chosenSuite(store);
  if (suite.id === defaultSuite.id || keysOf(receiver, suite.id) === null) return defaultSuite;
  return introduces || canCheck(store, receiver.id, suite.id) ? suite : defaultSuite;
}

/** Suites in which this ledger can check what an office signs. */
export function readableFrom(office: OfficeRow): SuiteId[] {
  return SUITE_IDS.filter((suite) => keysOf(office, suite) !== null);
}

/** This office's public keys of the suites other than a file's own, so that the receiver can use those too. */
export function otherKeys(store: Store, suite: SuiteId): SuiteKeys[] {
  return SUITE_IDS.filter((id) => id !== suite).map((id) => ({ suite: id, ...ensureKeys(store, id).public }));
}

const isSuite = (suite: number): suite is SuiteId => (SUITE_IDS as readonly number[]).includes(suite);

/** Keys of all suites that a verified manifest shows, as an office row holds them. */
export function keysIn(manifest: Manifest): { readonly signKey: string; readonly boxKey: string } {
  const all = new Map<number, PublicKeys>([[manifest.suite, manifest.signer]]);
  for (const { suite, sign, box } of manifest.otherKeys) {
    if (isSuite(suite) && !all.has(suite)) all.set(suite, { sign, box });
  }
  return joinKeys(all);
}

/**
 * Notes keys of further suites that an admitted office shows in a file signed with keys on record: the older keys vouch for
 * the newer, nobody need telephone again.
 */
export function adoptKeys(store: Store, manifest: Manifest, actor: Actor): void {
  const office = officeRow(store, manifest.office.id);
  // Keys of the office above come down with its own row.
  if (office?.status !== 'admitted' || office.parentOfficeId !== readIdentity(store).officeId) return;
  const news = manifest.otherKeys.filter(({ suite }) => isSuite(suite) && keysOf(office, suite) === null);
  if (news.length === 0) return;
  const all = new Map<number, PublicKeys>(news.map(({ suite, sign, box }) => [suite, { sign, box }]));
  for (const suite of readableFrom(office)) {
    const known = keysOf(office, suite);
    if (known) all.set(suite, known);
  }
  const change: Change = { entity: 'office', id: office.id, set: { ...joinKeys(all) } };
  commit(store, { kind: 'setup', title: `登记${office.name}的新密钥`, changes: [change] }, actor);
}
