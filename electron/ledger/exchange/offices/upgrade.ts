import type { UpgradeNotice } from '../../../../shared/contract/exchange.ts';
import { entityOf, type Owner } from '../../../../shared/dictionary/index.ts';
import { compareVersions } from '../../../../shared/domain/version.ts';
import { readIdentity, readMeta, writeMeta } from '../../store/meta.ts';
import { SCHEMA_VERSION } from '../../store/migrate.ts';
import type { Store } from '../../store/open.ts';
import { cityOwners, keepCityOwners, otherOwners, ownTable, tableDigest } from '../../store/owners.ts';
import { prepared } from '../../store/prepared.ts';
import { PROGRAM_VERSION } from '../../store/program-version.ts';
import type { Manifest } from '../bundle/manifest.ts';
import { LEAST_PROGRAM } from '../export/program.ts';
import { fieldLabel } from '../merge/settle.ts';
import type { EntryCounts } from '../register/register.ts';
import { officeRow } from './keys.ts';

type Ownership = NonNullable<Manifest['ownership']>;

/** What the receiver told in its last file that it holds. */
function heldBy(store: Store, officeId: string): string | null {
  const counts = prepared(
    store,
    `SELECT "counts" FROM "exchange" WHERE "officeId" = ? AND "direction" = 'in' AND "outcome" = 'applied' ORDER BY "at" DESC LIMIT 1`,
    'pluck',
  ).get(officeId) as string | undefined;
  return counts === undefined ? null : ((JSON.parse(counts) as EntryCounts).owners ?? null);
}

/** What a file downward says of who decides which field: the city's word, passed on by counties. */
export function ownershipTo(store: Store, officeId: string): Ownership {
  const city = readIdentity(store).level === 'city' ? null : cityOwners(store);
  const { version, program, digest, table } = city ?? {
    version: SCHEMA_VERSION,
    program: PROGRAM_VERSION,
    ...ownTable(),
  };
  const facts = { version, program, digest };
  if (heldBy(store, officeId) === digest) return facts;
  return { ...facts, table: Object.fromEntries(Object.entries(table).map(([entity, of]) => [entity, { ...of }])) };
}

/** The least program that this office asks those below for: its own program's, or what is asked of itself. */
export function leastProgram(store: Store): string {
  const asked = readMeta(store, 'leastProgram');
  return asked !== null && compareVersions(asked, LEAST_PROGRAM) > 0 ? asked : LEAST_PROGRAM;
}

/** Digest of the table by which this ledger goes, for the office above. */
export function ownersHeld(store: Store): string {
  return cityOwners(store)?.digest ?? ownTable().digest;
}

/**
 * Takes the city's table and what it asks of our program, from a file of the office above. A table of an older program, or
 * one that is not what its digest says, is left.
 */
export function learnFromAbove(store: Store, manifest: Manifest): void {
  const { officeId, level } = readIdentity(store);
  if (level === 'city' || officeRow(store, officeId)?.parentOfficeId !== manifest.office.id) return;
  if (manifest.leastProgram !== undefined) writeMeta(store, 'leastProgram', manifest.leastProgram);
  const told = manifest.ownership;
  const held = cityOwners(store);
  if (told?.table === undefined || told.version < (held?.version ?? 0)) return;
  if (tableDigest(told.table) !== told.digest) return;
  keepCityOwners(store, { version: told.version, digest: told.digest, table: told.table, program: told.program });
}

const WHO: Readonly<Record<Owner, string>> = {
  city: '由市级决定',
  unit: '由责任单位决定',
  shared: '双方都可填写',
  above: '由上级决定',
};
const NAMED = 3;

/** What this office should know of its program against the city's; null where all is in order. */
export function upgradeNotice(store: Store): UpgradeNotice | null {
  if (readIdentity(store).level === 'city') return null;
  const least = readMeta(store, 'leastProgram');
  const needed = least !== null && compareVersions(PROGRAM_VERSION, least) < 0 ? least : null;
  const owners = cityOwners(store);
  const others = owners === null || owners.digest === ownTable().digest ? [] : otherOwners(store);
  if (needed === null && others.length === 0) return null;
  const fields = others.map(
    ({ entity, field, city }) => `${entityOf(entity).label}“${fieldLabel(entity, field)}”${WHO[city]}`,
  );
  const listed = fields.slice(0, NAMED).join('，') + (fields.length > NAMED ? '等' : '');
  const cityProgram = owners?.program ?? null;
  const target =
    needed ?? (cityProgram !== null && compareVersions(PROGRAM_VERSION, cityProgram) < 0 ? cityProgram : null);
  const why =
    fields.length === 0 ? [] : [`市里的字段归属与本机程序有 ${fields.length} 处不同（${listed}），已按市里的执行`];
  const cure = target === null ? '请提醒市里升级程序' : `请把本机程序（${PROGRAM_VERSION}）升级到 ${target} 以上`;
  const needs = needed === null ? [] : ['市里要求较新的程序版本'];
  return { text: `${[...needs, ...why].join('；')}。数据没有丢失，${cure}。`, needed: target, fields };
}
