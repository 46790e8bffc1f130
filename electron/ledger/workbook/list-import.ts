import { Fault } from '../../../shared/contract/faults.ts';
import type { ListPreview, ListResult, ListRow } from '../../../shared/contract/workbook.ts';
import { type EntityName, entityOf, fieldOf, type Value } from '../../../shared/dictionary/index.ts';
import { mayCreate } from '../../../shared/domain/authority.ts';
import { cellName, type MergedGrid, withMerges } from '../../../shared/domain/workbook/grid.ts';
import {
  isListRow,
  LIST_KINDS,
  type ListColumn,
  type ListEntity,
  type ListKind,
  recogniseList,
} from '../../../shared/domain/workbook/list-sheet.ts';
import { nameKey, quote } from '../../../shared/domain/workbook/text.ts';
import { unitFinder } from '../../../shared/domain/workbook/units.ts';
import { readValue } from '../../../shared/domain/workbook/value.ts';
import { judge, refusalText } from '../records/index.ts';
import type { Session } from '../session/session.ts';
import { type Change, commit } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import type { Store } from '../store/open.ts';
import { Scope } from '../store/scope.ts';
import { type LedgerFacts, readFacts } from './facts.ts';
import type { ImportDesk, OpenImport } from './imports.ts';
import { PeoplePlan } from './people-plan.ts';
import { readWorkbook } from './read.ts';

export interface ListTarget {
  readonly entity: ListEntity;
  /** The rows are all of this project. */
  readonly projectId?: string | undefined;
}

type Set_ = Record<string, Value>;

interface PlannedRow {
  readonly shown: ListRow;
  /** Null where nothing is written of it. */
  readonly change: Change | null;
}

interface Plan {
  readonly sheet: string;
  readonly columns: readonly ListColumn[];
  readonly rows: readonly PlannedRow[];
  readonly changes: readonly Change[];
}

type Existing = Readonly<Record<string, Value>> & { readonly id: string };

const identityOf = (kind: ListKind, values: Readonly<Record<string, Value | undefined>>): string =>
  kind.same.map((field) => nameKey(String(values[field] ?? ''))).join('|');

/** Rows of the ledger that a row of the sheet may be; of doubled ones the first. */
function existingRows(store: Store, entity: ListEntity): ReadonlyMap<string, Existing> {
  const fields = Object.keys(entityOf(entity).fields);
  const open = entity === 'poolEntry' ? ' AND "leftOn" IS NULL' : '';
  const columns = ['id', ...fields].map((field) => `"${field}"`).join(', ');
  const rows = store.db
    .prepare(`SELECT ${columns} FROM "${entity}" WHERE "voided" = 0${open} ORDER BY "id" DESC`)
    .all() as Existing[];
  return new Map(rows.map((row) => [identityOf(LIST_KINDS[entity], row), row]));
}

/** Rows that a reference of the sheet may name, by name; null where two have it. */
function namesOf(store: Store, entity: EntityName): ReadonlyMap<string, string | null> {
  const short = fieldOf(entity, 'shortName') === undefined ? '' : ', "shortName"';
  const rows = store.db.prepare(`SELECT "id", "name"${short} FROM "${entity}" WHERE "voided" = 0`).all() as {
    readonly id: string;
    readonly name: string | null;
    readonly shortName?: string | null;
  }[];
  const names = new Map<string, string | null>();
  for (const { id, name, shortName } of rows)
    for (const word of new Set([name, shortName].map((text) => nameKey(text ?? ''))))
      if (word !== '') names.set(word, names.has(word) && names.get(word) !== id ? null : id);
  return names;
}

class Reader {
  readonly #store: Store;
  readonly #target: ListTarget;
  readonly #facts: LedgerFacts;
  readonly #people: PeoplePlan;
  readonly #findUnit: ReturnType<typeof unitFinder>;
  readonly #year: number;
  readonly #named = new Map<EntityName, ReadonlyMap<string, string | null>>();
  readonly #projects = new Map<string, string[]>();
  readonly #codes = new Map<string, string>();

  constructor(session: Session, target: ListTarget, facts: LedgerFacts, people: PeoplePlan) {
    this.#store = session.store;
    this.#target = target;
    this.#facts = facts;
    this.#people = people;
    this.#findUnit = unitFinder(facts.units);
    this.#year = Number(session.today().slice(0, 4));
    for (const project of facts.projects.values()) {
      const key = nameKey(project.name);
      this.#projects.set(key, [...(this.#projects.get(key) ?? []), project.id]);
      if (project.code !== null) this.#codes.set(nameKey(project.code), project.id);
    }
  }

  /** What a row of the sheet says, with what is wrong with it at its cells. */
  row(sheet: MergedGrid, index: number, columns: readonly ListColumn[]): { set: Set_; problems: string[] } {
    const set: Set_ = {};
    const problems: string[] = [];
    const told = new Map(columns.map((column) => [column.key, sheet.seen(index, column.column)?.text.trim() ?? '']));
    for (const column of columns) {
      const { key } = column;
      const field = key === null ? undefined : fieldOf(this.#target.entity, key);
      if (key === null || field === undefined) continue;
      const at = `${field.label}（${cellName(index, column.column)}）`;
      const cell = sheet.seen(index, column.column);
      if (field.type === 'ref' && field.ref !== 'person' && field.ref !== 'responsibilityUnit') {
        const text = cell?.text.trim() ?? '';
        const id = text === '' ? undefined : this.#nameOf(field.ref as EntityName, text);
        if (id === undefined) continue;
        if (id === null) problems.push(`${at}台账里没有${quote(text)}，或不止一个`);
        else set[key] = id;
        continue;
      }
      const context = { unit: column.unit, findUnit: this.#findUnit, sheetYear: this.#year };
      const reading = readValue(cell, key, field, context);
      for (const issue of reading.issues) if (issue.severity === 'error') problems.push(`${at}${issue.text}`);
      if (reading.person !== null) set[key] = this.#people.find(reading.person).id;
      else if (reading.value !== null) set[key] = reading.value;
    }
    if (entityOf(this.#target.entity).scope === 'project') {
      const project = this.#projectOf(told);
      if (typeof project === 'string') set['projectId'] = project;
      else problems.push(project.problem);
    }
    return { set, problems };
  }

  #nameOf(entity: EntityName, text: string): string | null {
    if (entity === 'project') {
      const [id, another] = this.#projects.get(nameKey(text)) ?? [];
      return id === undefined || another !== undefined ? null : id;
    }
    if (fieldOf(entity, 'name') === undefined) return null;
    let names = this.#named.get(entity);
    if (names === undefined) {
      names = namesOf(this.#store, entity);
      this.#named.set(entity, names);
    }
    return names.get(nameKey(text)) ?? null;
  }

  #projectOf(told: ReadonlyMap<string | null, string>): string | { readonly problem: string } {
    if (this.#target.projectId !== undefined) return this.#target.projectId;
    const code = told.get('code') ?? '';
    const byCode = code === '' ? undefined : this.#codes.get(nameKey(code));
    const name = told.get('project') ?? '';
    if (name === '') return byCode ?? { problem: '没有写项目名称' };
    const found = this.#projects.get(nameKey(name)) ?? [];
    const unit = this.#findUnit(told.get('unit') ?? '');
    const ofUnit = found.filter((id) => unit.kind === 'found' && this.#facts.projects.get(id)?.unitId === unit.id);
    const [only, another] = ofUnit.length > 0 ? ofUnit : found;
    if (only === undefined) return byCode ?? { problem: `台账里没有项目${quote(name)}，请先登记项目或改正名称` };
    if (another === undefined) return only;
    if (byCode !== undefined && found.includes(byCode)) return byCode;
    return { problem: `台账里有几个项目叫${quote(name)}，请写上项目编号或责任单位` };
  }
}

/** The first sheet that has the headings of the list. @throws Fault RULE_BROKEN */
function sheetOf({ content }: OpenImport, entity: ListEntity) {
  for (const grid of content.sheets) {
    if (grid.hidden) continue;
    const sheet = withMerges(grid);
    const found = recogniseList(sheet, entity);
    if (found !== null) return { name: grid.name, sheet, ...found };
  }
  const labels = Object.values(entityOf(entity).fields).map(({ label }) => label);
  throw new Fault('RULE_BROKEN', {
    why: `“${content.fileName}”里没有找到${entityOf(entity).label}的表头`,
    cure: `表头应是这些列中的几列：${labels.join('、')}。可先在本表“导出 Excel”，按它的表头填写`,
  });
}

/** A row of the ledger that lacks what would tell it from others of its name, and that no earlier line has taken. */
function unknownBefore(
  kind: ListKind,
  set: Set_,
  existing: ReadonlyMap<string, Existing>,
  taken: ReadonlySet<string>,
): Existing | undefined {
  if (kind.unknown === undefined) return undefined;
  const found = existing.get(identityOf(kind, { ...set, [kind.unknown]: null }));
  return found === undefined || taken.has(found.id) ? undefined : found;
}

const STATES = { create: 'new', update: 'update', same: 'same' } as const;

async function planList(session: Session, opened: OpenImport, target: ListTarget): Promise<Plan> {
  const { store } = session;
  const { entity } = target;
  const kind: ListKind = LIST_KINDS[entity];
  const description = entityOf(entity);
  const facts = await readFacts(store);
  const people = new PeoplePlan(facts.people, newId);
  const reader = new Reader(session, target, facts, people);
  const scope = new Scope(store, facts.identity);
  const existing = existingRows(store, entity);
  const { name, sheet, head, columns } = sheetOf(opened, entity);
  const seen = new Map<string, number>();
  const taken = new Set<string>();
  const planned: { shown: Omit<ListRow, 'state'>; state: ListRow['state']; change: Change | null }[] = [];
  for (let index = head + 1; index < sheet.rowCount; index += 1) {
    const texts = columns.map(({ column }) => sheet.seen(index, column)?.text.trim() ?? '');
    if (!isListRow(texts)) continue;
    const { set, problems } = reader.row(sheet, index, columns);
    if (entity === 'leadVisit' && typeof set['leadId'] === 'string')
      set['unitId'] = store.db
        .prepare('SELECT "unitId" FROM "investmentLead" WHERE "id" = ?')
        .pluck()
        .get(set['leadId']) as Value;
    const identity = identityOf(kind, set);
    const before = existing.get(identity) ?? unknownBefore(kind, set, existing, taken);
    if (before !== undefined) taken.add(before.id);
    const earlier = seen.get(identity);
    if (earlier !== undefined && problems.length === 0) problems.push(`与第${earlier}行是同一条`);
    else seen.set(identity, index + 1);
    const full: Set_ = before === undefined ? { ...kind.defaults, ...set } : { ...before, ...set };
    for (const [key, field] of Object.entries(description.fields))
      if (field.required && (full[key] ?? null) === null && key !== 'projectId')
        problems.push(`没有填“${field.label}”`);
    if (problems.length === 0 && before === undefined) {
      const office = scope.officeOf(entity, full);
      if (!mayCreate(description.creator, facts.identity, office))
        problems.push('不由本单位登记，请由责任单位自己登记');
    }
    const differs =
      before === undefined
        ? full
        : Object.fromEntries(Object.entries(set).filter(([key, value]) => (before[key] ?? null) !== value));
    const step = before === undefined ? 'create' : Object.keys(differs).length === 0 ? 'same' : 'update';
    const isBad = problems.length > 0;
    planned.push({
      shown: { rowNumber: index + 1, texts, problems },
      state: isBad ? 'bad' : STATES[step],
      change: isBad || step === 'same' ? null : { entity, id: before?.id ?? newId(), set: differs },
    });
  }
  const wanted = planned.flatMap(({ change }) => (change === null ? [] : [change]));
  const used = new Set(wanted.flatMap(({ set }) => Object.values(set)));
  const added = people.added
    .filter(({ id }) => used.has(id))
    .map(
      ({ id, name: person, title, phone }): Change => ({ entity: 'person', id, set: { name: person, title, phone } }),
    );
  const note = `导入 Excel：${opened.content.fileName}`.slice(0, 200);
  const { changes, refused } = judge(store, [...added, ...wanted], session.today(), { note, moves: 'reasoned' });
  const reasons = new Map(
    refused.map(({ change, findings }) => [change.id, findings.map((each) => refusalText(each))]),
  );
  const met = new Set(added.map(({ id }) => id));
  const kept = new Set(changes.flatMap(({ set }) => Object.values(set)));
  return {
    sheet: name,
    columns,
    rows: planned.map(({ shown, state, change }): PlannedRow => {
      const broken = change === null ? undefined : reasons.get(change.id);
      return broken === undefined
        ? { shown: { ...shown, state }, change }
        : { shown: { ...shown, state: 'bad', problems: [...shown.problems, ...broken] }, change: null };
    }),
    changes: changes.filter((change) => !met.has(change.id) || kept.has(change.id)),
  };
}

const countOf = (plan: Plan, state: ListRow['state']): number =>
  plan.rows.filter(({ shown }) => shown.state === state).length;

/** Rows shown at a look; a sheet may have more. */
const MOST_ROWS = 500;

/**
 * Looks at a list in Excel as it would be imported: rows that the ledger has are updated or left, others are new.
 *
 * @throws Fault FILE_GONE, FILE_LOCKED, FILE_UNREADABLE, RULE_BROKEN
 */
export async function openList(
  desk: ImportDesk,
  session: Session,
  path: string,
  target: ListTarget,
  signal?: AbortSignal,
): Promise<ListPreview> {
  const content = await readWorkbook(path, { signal });
  const opened = desk.add(content, session.store.path);
  const plan = await planList(session, opened, target);
  const rows = plan.rows.map(({ shown }) => shown);
  const first = (row: ListRow): number => (row.state === 'bad' ? 0 : row.state === 'same' ? 2 : 1);
  return {
    importId: opened.id,
    fileName: content.fileName,
    sheet: plan.sheet,
    columns: plan.columns.map(({ letter, heading, key }) => ({ letter, heading, read: key !== null })),
    rows: [...rows].sort((left, right) => first(left) - first(right)).slice(0, MOST_ROWS),
    counts: {
      new: countOf(plan, 'new'),
      update: countOf(plan, 'update'),
      same: countOf(plan, 'same'),
      bad: countOf(plan, 'bad'),
    },
  };
}

/**
 * Imports the rows of the list that are in order, in one commit and one undo step; the others stay out.
 *
 * @throws Fault RULE_BROKEN when nothing is left to import, and whatever `commit` throws
 */
export async function applyList(session: Session, opened: OpenImport, target: ListTarget): Promise<ListResult> {
  const plan = await planList(session, opened, target);
  const [created, updated] = [countOf(plan, 'new'), countOf(plan, 'update')];
  if (created + updated === 0)
    throw new Fault('RULE_BROKEN', { why: '没有可以导入的行', cure: '请按每行的原因改正后重新选择文件' });
  const { fileName } = opened.content;
  const title = `导入 Excel：${fileName.length > 48 ? `${fileName.slice(0, 47)}…` : fileName}，${entityOf(target.entity).label}新增 ${created} 条，更新 ${updated} 条`;
  const { n, proposals } = commit(session.store, { kind: 'excel', title, changes: plan.changes }, session.actor());
  return { n, title, created, updated, unchanged: countOf(plan, 'same'), returned: countOf(plan, 'bad'), proposals };
}
