import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Fault } from '../../../../shared/contract/faults.ts';
import type { OfficeLevel } from '../../../../shared/domain/authority.ts';
import { type Actor, type Change, commit } from '../../store/commit.ts';
import { createStore } from '../../store/create.ts';
import { removeLedgerFile } from '../../store/files.ts';
import { newId } from '../../store/id.ts';
import { readIdentity } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import { type Bundle, openBundle, type Reader } from '../bundle/bundle-read.ts';
import { EXTENSION } from '../bundle/layout.ts';
import { ENROLMENT_COLUMNS, ENROLMENT_GROUP } from '../bundle/record.ts';
import { faultOf } from '../bundle/refuse.ts';
import { type ExportOptions, pack } from '../export/export.ts';
import { Importer } from '../import/importer.ts';
import { enter } from '../register/register.ts';
import { sameFingerprint } from './fingerprint.ts';
import { allKeysText, keysOf, officeRow, proofHolds, readerOf } from './keys.ts';
import { readPeer, writePeer } from './peers.ts';
import { chosenSuite, keysIn, readableFrom } from './suite-choice.ts';

export interface EnrolmentRequest {
  /** An office that exists, or */
  readonly officeId?: string | undefined;
  /** the unit whose office is made now. */
  readonly unitId?: string | undefined;
  readonly code?: string | undefined;
  readonly name?: string | undefined;
  readonly passphrase: string;
}

export interface EnrolmentFile {
  readonly officeId: string;
  readonly path: string;
  readonly fileName: string;
  readonly bytes: number;
}

/** The office to enrol: made for its unit, or the one that is there. */
function prepareOffice(store: Store, request: EnrolmentRequest, actor: Actor): string {
  const identity = readIdentity(store);
  const own = officeRow(store, identity.officeId);
  if (!own) throw new Fault('UNKNOWN_ROW', { what: '本单位' });
  const isCity = identity.level === 'city';
  const keys = allKeysText(store);
  const changes: Change[] = [];
  if (own.signKey !== keys.signKey) {
    if (!isCity)
      throw new Fault('NOT_ALLOWED', {
        why: '本单位的密钥市里还没有登记',
        cure: '请先向市里报送一次，并导入市里的回执',
      });
    changes.push({ entity: 'office', id: own.id, set: { ...keys } });
  }
  let officeId = request.officeId ?? null;
  if (officeId === null && request.unitId !== undefined) {
    const unit = needUnit(store, request.unitId);
    officeId = unit.officeId === own.id ? null : unit.officeId;
    if (officeId === null && isCity) {
      officeId = newId();
      changes.push(
        ...officeOfUnit(
          request.unitId,
          { name: request.name ?? unit.name, code: request.code ?? unit.name },
          officeId,
          {
            above: own.id,
            level: 'county',
            status: 'invited',
          },
        ),
      );
    }
  }
  if (officeId === null && !isCity) throw notRegistered();
  if (officeId === null) throw new Fault('INVALID_VALUE', { what: '入网', why: '没有选择单位' });
  const known = officeRow(store, officeId);
  // Who is under whom is the city's word; below it an office invites only those that the city has put under it.
  if (!isCity && known?.parentOfficeId !== own.id) throw notRegistered();
  if (known && (known.parentOfficeId !== own.id || known.status === null || known.status === 'revoked')) {
    const status = keysOf(known) !== null && known.status === 'admitted' ? 'admitted' : 'invited';
    const moved = known.parentOfficeId === own.id ? {} : { parentOfficeId: own.id, level: 'county' };
    changes.push({ entity: 'office', id: officeId, set: { ...moved, status } });
  }
  if (changes.length > 0) commit(store, { kind: 'setup', title: '办理入网', changes }, actor);
  return officeId;
}

function notRegistered(): Fault {
  return new Fault('NOT_ALLOWED', {
    why: '市里还没有把该单位登记为本单位的下级填报端',
    cure: '请市里登记后导出给本单位，导入后再制作入网文件',
  });
}

interface UnitFacts {
  readonly name: string;
  readonly officeId: string | null;
}

function needUnit(store: Store, id: string): UnitFacts {
  const unit = store.db.prepare('SELECT "name", "officeId" FROM "responsibilityUnit" WHERE "id" = ?').get(id) as
    | UnitFacts
    | undefined;
  if (!unit) throw new Fault('UNKNOWN_ROW', { what: '责任单位' });
  return unit;
}

/** The office of a unit that has none yet. */
function officeOfUnit(
  unitId: string,
  names: { readonly name: string; readonly code: string },
  officeId: string,
  { above, ...rank }: { readonly above: string; readonly level: OfficeLevel; readonly status: 'invited' | null },
): Change[] {
  return [
    { entity: 'office', id: officeId, set: { ...names, ...rank, parentOfficeId: above } },
    { entity: 'responsibilityUnit', id: unitId, set: { officeId } },
  ];
}

/**
 * 登记下级填报端: the city says which county a town or implementing unit reports to. The county hands out the enrolment file
 * and admits, as the city does for the county.
 *
 * @throws Fault NOT_ALLOWED below the city, UNKNOWN_ROW, INVALID_VALUE where the unit's office is admitted already
 */
export function registerBelow(
  store: Store,
  request: { readonly unitId: string; readonly aboveId: string },
  actor: Actor,
): { readonly officeId: string } {
  const identity = readIdentity(store);
  if (identity.level !== 'city') throw new Fault('NOT_ALLOWED', { why: '下级填报端由市级登记' });
  const above = officeRow(store, request.aboveId);
  if (above?.level !== 'county') throw new Fault('UNKNOWN_ROW', { what: '上级填报端' });
  const unit = needUnit(store, request.unitId);
  const known = unit.officeId === null ? undefined : officeRow(store, unit.officeId);
  const isOwn = known?.id === identity.officeId;
  if (known && !isOwn && known.status === 'admitted')
    throw new Fault('INVALID_VALUE', { what: unit.name, why: '该单位已经入网，请先注销' });
  const rank = { level: 'town', status: null } as const;
  const officeId = known && !isOwn ? known.id : newId();
  const changes: Change[] =
    known && !isOwn
      ? // Whatever keys it once had, its new superior is to compare the fingerprint itself.
        [{ entity: 'office', id: officeId, set: { ...rank, parentOfficeId: above.id, signKey: null, boxKey: null } }]
      : officeOfUnit(request.unitId, { name: unit.name, code: unit.name }, officeId, { ...rank, above: above.id });
  commit(store, { kind: 'setup', title: `登记${unit.name}，报${above.name}`, changes }, actor);
  return { officeId };
}

/**
 * 入网文件: organisation, rules and the office's own rows, under a passphrase that is told by another way. A second file for
 * the same office makes the first useless; the keys it was admitted with stay good until the new ones are admitted.
 *
 * @throws Fault NOT_ALLOWED for an office that nobody can be under, or that the city has not put under us; as `exportTo`
 */
export async function createEnrolment(
  store: Store,
  request: EnrolmentRequest,
  path: string,
  options: ExportOptions,
): Promise<EnrolmentFile> {
  if (request.passphrase.trim().length < 6) throw new Fault('INVALID_VALUE', { what: '口令', why: '至少 6 个字符' });
  if (readIdentity(store).level === 'town') {
    throw new Fault('NOT_ALLOWED', { why: '入网由上级单位办理', cure: '请联系上级单位' });
  }
  const officeId = prepareOffice(store, request, options.actor);
  const office = officeRow(store, officeId);
  if (!office) throw new Fault('UNKNOWN_ROW', { what: '填报端' });
  const secret = randomBytes(32).toString('base64url');
  const written = await pack(
    store,
    { officeId, full: true },
    path,
    {
      kind: 'enrolment',
      suite: chosenSuite(store),
      addressees: [{ kind: 'passphrase', passphrase: request.passphrase }],
      enrolment: null,
      name: `入网文件_${office.name}${EXTENSION}`,
      first: [
        {
          entity: ENROLMENT_GROUP,
          columns: ENROLMENT_COLUMNS,
          row: {
            id: officeId,
            stamp: enrolmentStamp(options.actor.now),
            whole: true,
            columns: ENROLMENT_COLUMNS,
            values: [secret, office.level],
            stamps: null,
            bases: null,
          },
        },
      ],
    },
    options,
  );
  writePeer(store, officeId, { enrolSecret: secret });
  return { officeId, path: written.path, fileName: written.fileName, bytes: written.bytes };
}

/** Rows must have a stamp; this one orders nothing. */
function enrolmentStamp(now: number): string {
  return `${now.toString(16).padStart(12, '0')}0000enrolment000`;
}

interface Invitation {
  readonly officeId: string;
  readonly secret: string;
  readonly level: OfficeLevel;
}

async function readInvitation(bundle: Bundle): Promise<Invitation> {
  const groups = [...(await bundle.segment(0)).groups];
  const row = groups.find((group) => group.entity === ENROLMENT_GROUP)?.rows[0];
  const [secret, level] = row?.values ?? [];
  if (!row || typeof secret !== 'string' || (level !== 'county' && level !== 'town')) {
    throw faultOf('SYNC_MALFORMED', bundle.path, '缺少入网凭据');
  }
  return { officeId: row.id, secret, level };
}

export interface JoinRequest {
  readonly enrolmentPath: string;
  readonly passphrase: string;
  readonly ledgerPath: string;
}

async function fill(
  store: Store,
  request: JoinRequest,
  reader: Reader,
  invitation: Invitation,
  options: ExportOptions,
): Promise<void> {
  const importer = new Importer(store, reader);
  try {
    const report = await importer.apply(request.enrolmentPath, options);
    if (report.fault) throw new Fault(report.fault.code, { what: report.fileName });
    const above = report.sender?.officeId ?? '';
    const office = officeRow(store, above);
    const own = officeRow(store, invitation.officeId);
    if (!office || keysOf(office) === null || own?.parentOfficeId !== above) {
      throw faultOf('SYNC_MALFORMED', request.enrolmentPath, '缺少上级单位');
    }
    allKeysText(store);
    writePeer(store, above, { enrolSecret: invitation.secret });
  } finally {
    await importer.close();
  }
}

/**
 * 加入: makes this office's ledger from an enrolment file. Nothing is left behind when it fails.
 *
 * @throws Fault SYNC_WRONG_PASSPHRASE, SYNC_WRONG_KIND, LEDGER_EXISTS and as reading any sync file
 */
export async function join(request: JoinRequest, options: ExportOptions): Promise<Store> {
  if (existsSync(request.ledgerPath)) throw new Fault('LEDGER_EXISTS', { what: request.ledgerPath });
  const reader: Reader = {
    knownOffice: () => undefined,
    ownOfficeId: null,
    opener: { kind: 'passphrase', passphrase: request.passphrase },
  };
  const bundle = await openBundle(request.enrolmentPath, reader);
  let invitation: Invitation;
  let signer: Pick<Bundle['manifest'], 'signer' | 'suite'>;
  try {
    await bundle.verify(options.signal);
    invitation = await readInvitation(bundle);
    signer = bundle.manifest;
  } finally {
    await bundle.close();
  }
  const { operator, now } = options.actor;
  const store = createStore(request.ledgerPath, {
    officeId: invitation.officeId,
    level: invitation.level,
    operator,
    now,
  });
  try {
    await fill(store, request, reader, invitation, options);
    const above = officeRow(store, officeRow(store, invitation.officeId)?.parentOfficeId ?? '');
    const known = above ? readableFrom(above).find((suite) => suite === signer.suite) : undefined;
    if (!above || known === undefined || keysOf(above, known)?.sign !== signer.signer.sign)
      throw faultOf('SYNC_BAD_SIGNATURE', request.enrolmentPath, '签名密钥与内容不一致');
    return store;
  } catch (error) {
    store.close();
    removeLedgerFile(request.ledgerPath);
    throw error;
  }
}

/**
 * 核准入网: takes the keys of an office's first file on record, after its fingerprint was compared over the telephone.
 *
 * @throws Fault SYNC_ENROLMENT_REFUSED, RULE_BROKEN when the fingerprint is another, and as reading any sync file
 */
export async function admit(
  store: Store,
  path: string,
  fingerprint: string,
  actor: Actor,
): Promise<{ readonly officeId: string; readonly name: string }> {
  const bundle = await openBundle(path, readerOf(store, readIdentity(store)));
  try {
    const { office, signer, enrolment } = bundle.manifest;
    const known = officeRow(store, office.id);
    if (bundle.trust === 'admitted') return { officeId: office.id, name: known?.name ?? office.name };
    if (!proofHolds(store, office.id, signer, enrolment?.proof ?? null, bundle.manifest.suite))
      throw faultOf('SYNC_ENROLMENT_REFUSED', path, office.name);
    if (!sameFingerprint(fingerprint, signer)) {
      throw new Fault('RULE_BROKEN', {
        why: '指纹不一致，没有核准',
        cure: '请与对方重新核对；仍不一致时请对方停止使用该文件',
      });
    }
    const name = known?.name ?? office.name;
    const set = { ...keysIn(bundle.manifest), status: 'admitted' };
    commit(
      store,
      { kind: 'setup', title: `核准${name}入网`, changes: [{ entity: 'office', id: office.id, set }] },
      actor,
    );
    writePeer(store, office.id, { enrolSecret: null });
    enter(store, {
      direction: 'in',
      bundleId: null,
      officeId: office.id,
      number: bundle.manifest.number,
      kind: 'enrolment',
      period: null,
      at: actor.now,
      operator: actor.operator,
      path,
      bytes: bundle.size,
      digest: bundle.digest,
      from: null,
      to: null,
      journalN: null,
      counts: { rows: 0, byEntity: {} },
      outcome: 'admitted',
      note: `指纹 ${fingerprint}`,
    });
    return { officeId: office.id, name };
  } finally {
    await bundle.close();
  }
}

/** 注销: its files are refused from now on. Its rows stay; the city keeps them. */
export function revoke(store: Store, officeId: string, actor: Actor): void {
  const office = officeRow(store, officeId);
  if (!office) throw new Fault('UNKNOWN_ROW', { what: '填报端' });
  const change: Change = { entity: 'office', id: officeId, set: { status: 'revoked' } };
  commit(store, { kind: 'setup', title: `注销${office.name}`, changes: [change] }, actor);
  if (readPeer(store, officeId).enrolSecret !== null) writePeer(store, officeId, { enrolSecret: null });
}
