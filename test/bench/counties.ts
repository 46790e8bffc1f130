import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { admit, createEnrolment, exportTo, Importer, join } from '../../electron/ledger/exchange/index.ts';
import { createCityLedger } from '../../electron/ledger/session/index.ts';
import { type Actor, type Change, commit } from '../../electron/ledger/store/commit.ts';
import { newId } from '../../electron/ledger/store/id.ts';
import { readIdentity } from '../../electron/ledger/store/meta.ts';
import type { Store } from '../../electron/ledger/store/open.ts';
import { type EntityName, entityOf, type Value } from '../../shared/dictionary/index.ts';
import { randomOf } from '../helpers/random.ts';

/** The work of exchange.md, 'Speed': 20 counties × 100 projects × (40 fields + 36 rows); the city holds half of it, older. */
export const COUNTIES = 20;
/** Of one county. */
export const PROJECTS = 100;
/** Of one project. */
const ROWS = 36;

/**
 * What the 36 rows are. Ten-day reports, as the workload says: sealed, so that the city's older half of them is alike and its
 * projects are older. And, as the hardest case, steps of the chain, of which every older one has four values changed since:
 * the upsert then forgets what it overwrites, the merge keeps it.
 */
export type Child = 'report' | 'link';

const PHRASES = [
  '主体工程施工至地上',
  '基础开挖完成',
  '设备安装调试',
  '外网管线铺设',
  '厂房钢结构吊装',
  '征地手续办理中',
  '环评批复已取得',
  '施工许可证待核发',
  '资金拨付滞后',
  '冬季停工后恢复',
  '完成产值',
  '人员进场',
  '材料价格上涨',
  '雨季影响工期',
  '力争月底前完成',
  '协调电力部门接入',
  '土地指标尚未落实',
  '已报省厅审核',
  '专班现场调度',
  '计划下旬封顶',
];

class Writer {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = randomOf(seed);
  }

  number(below: number): number {
    return Math.floor(this.#next() * below);
  }

  text(phrases: number): string {
    return Array.from(
      { length: phrases },
      () => `${PHRASES[this.number(PHRASES.length)] ?? ''}${this.number(300)}`,
    ).join('，');
  }

  date(): string {
    return `2021-${String(1 + this.number(12)).padStart(2, '0')}-${String(1 + this.number(28)).padStart(2, '0')}`;
  }

  project(unitId: string, name: string): Record<string, Value> {
    const amount = (): number => this.number(90_000) * 10_000;
    return {
      code: `P${this.number(1e6)}`,
      name,
      unitId,
      lists: '["cityHundred"]',
      stage: 'building',
      category: 'industry',
      nature: 'new',
      manageClass: 'assessed',
      nationalCode: '2101-230521-04-01-123456',
      content: this.text(4),
      location: this.text(1),
      builder: `${this.text(1)}公司`,
      investorKind: 'private',
      startYear: 2020,
      endYear: 2022,
      isBundle: 0,
      totalInvestment: amount(),
      annualPlan: amount(),
      previousInvestment: amount(),
      annualGoal: this.text(3),
      fundCentral: amount(),
      fundProvince: amount(),
      fundCity: amount(),
      fundBond: amount(),
      fundTreasury: amount(),
      fundLoan: amount(),
      fundOwn: amount(),
      fundForeign: 0,
      plannedStart: this.date(),
      actualStart: this.date(),
      plannedCompletion: this.date(),
      actualCompletion: null,
      productionDate: this.date(),
      suspendedSince: null,
      builderContact: `联系人${this.number(500)}`,
      builderPhone: `139${10_000_000 + this.number(89_999_999)}`,
      landState: this.text(1),
      permitState: this.text(3),
      inStatistics: 'included',
      statisticsDate: this.date(),
      landArea: this.number(500),
      note: this.text(1),
    };
  }

  child(kind: Child, projectId: string, submissionId: string, period: number): Record<string, Value> {
    if (kind === 'link') {
      return {
        projectId,
        sequence: period,
        name: `环节${period}${this.text(1)}`,
        unitText: this.text(2),
        plannedStart: this.date(),
        deadline: this.date(),
        doneOn: this.date(),
        evidence: this.text(4),
        note: this.text(5),
      };
    }
    const key = `2021-${String(1 + Math.floor(period / 3)).padStart(2, '0')}-${1 + (period % 3)}`;
    const amount = this.number(9000) * 10_000;
    return {
      projectId,
      submissionId,
      kind: 'tenDay',
      period: key,
      periodInvestment: amount,
      yearToDate: amount * 7,
      fundsInPlace: amount * 5,
      visibleProgress: this.text(4),
      problems: this.text(3),
      nextSteps: this.text(3),
      explanation: this.text(1),
      supersedes: null,
    };
  }
}

export interface County {
  readonly store: Store;
  readonly unitId: string;
  readonly officeId: string;
  readonly writer: Writer;
  readonly projects: string[];
  readonly children: string[];
}

export class World {
  readonly folder = mkdtempSync(joinPath(tmpdir(), 'baobao-bench-'));
  readonly stick = joinPath(this.folder, 'stick');
  readonly counties: County[] = [];
  readonly city: Store;
  readonly kind: Child;
  readonly projects: number;
  #now = Date.UTC(2021, 0, 1);

  /** @param projects of one county */
  constructor(kind: Child, projects = PROJECTS) {
    this.kind = kind;
    this.projects = projects;
    mkdirSync(this.stick);
    this.city = createCityLedger(
      {
        path: joinPath(this.folder, 'city.bbledger'),
        place: '安澜市',
        placeShort: '安',
        operator: '市',
        presetId: 'hundredDays',
        year: 2021,
      },
      this.#now,
    );
  }

  get cityOffice(): string {
    return readIdentity(this.city).officeId;
  }

  actor(): Actor {
    this.#now += 1000;
    return { operator: '经办人', now: this.#now };
  }

  edit(store: Store, changes: readonly Change[]): void {
    commit(store, { kind: 'edit', title: '填报', changes }, this.actor());
  }

  /** Enrols a county, admits it and gives it the older half of its rows, which the city then reads. */
  async addCounty(index: number): Promise<void> {
    const name = `第${index + 1}县`;
    const unitId = newId();
    this.edit(this.city, [{ entity: 'responsibilityUnit', id: unitId, set: { name, kind: 'county' } }]);
    const enrolment = await createEnrolment(this.city, { unitId, passphrase: 'bench-bench' }, this.stick, {
      actor: this.actor(),
    });
    const store = await join(
      {
        enrolmentPath: enrolment.path,
        passphrase: 'bench-bench',
        ledgerPath: joinPath(this.folder, `${name}.bbledger`),
      },
      { actor: this.actor() },
    );
    const county: County = {
      store,
      unitId,
      officeId: enrolment.officeId,
      writer: new Writer(index),
      projects: [],
      children: [],
    };
    this.counties.push(county);
    this.#fill(county, 0, this.projects / 2);
    const first = await exportTo(store, { officeId: this.cityOffice, full: false }, this.stick, {
      actor: this.actor(),
    });
    const importer = new Importer(this.city);
    const candidate = await importer.preview(first.path, { actor: this.actor() });
    await admit(this.city, first.path, candidate.fingerprint ?? '', this.actor());
    await importer.apply(first.path, { actor: this.actor() });
    await importer.close();
    rmSync(first.path);
  }

  #fill(county: County, from: number, to: number): void {
    const { store, unitId, writer } = county;
    const projects = Array.from({ length: to - from }, (_, index): Change => {
      const id = newId();
      county.projects.push(id);
      return { entity: 'project', id, set: writer.project(unitId, `${from + index + 1}号${writer.text(1)}项目`) };
    });
    this.edit(store, projects);
    for (let period = 0; period < ROWS; period += 1) {
      const submission = newId();
      const rows: Change[] = projects.map(({ id }) => ({
        entity: this.kind,
        id: newId(),
        set: writer.child(this.kind, id, submission, period),
      }));
      county.children.push(...rows.map((row) => row.id));
      this.edit(store, rows);
    }
  }

  /** The county works on: the older half is changed where it may be, the other half is new. */
  advance(county: County): void {
    const { store, unitId, writer, projects, children } = county;
    const pick = (set: Record<string, Value>, fields: readonly string[]): Record<string, Value> =>
      Object.fromEntries(fields.map((field) => [field, set[field] ?? null]));
    const fields = [
      'stage',
      'content',
      'actualStart',
      'previousInvestment',
      'fundOwn',
      'fundLoan',
      'permitState',
      'landState',
      'builderContact',
      'builderPhone',
    ];
    this.edit(
      store,
      projects.map((id) => ({ entity: 'project', id, set: pick(writer.project(unitId, ''), fields) })),
    );
    if (this.kind === 'link') {
      const changed = children.map(
        (id): Change => ({
          entity: 'link',
          id,
          set: pick(writer.child('link', '', '', 1), ['doneOn', 'evidence', 'note', 'deadline']),
        }),
      );
      this.edit(store, changed);
    }
    this.#fill(county, this.projects / 2, this.projects);
  }

  /** The rows of a county, plain, in a file. */
  writePlain(county: County, name: string): string {
    const path = joinPath(this.stick, name);
    writeFileSync(path, plainRows(county.store, this.kind));
    return path;
  }

  /** The sync file with everything that the city has not acknowledged. */
  async export(county: County): Promise<string> {
    const request = { officeId: this.cityOffice, full: false };
    return (await exportTo(county.store, request, this.stick, { actor: this.actor() })).path;
  }

  close(): void {
    for (const store of [this.city, ...this.counties.map((county) => county.store)]) store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function entitiesOf(kind: Child): readonly EntityName[] {
  return ['project', kind];
}

/** The same rows, plain: one object a line, no stamps. */
function plainRows(store: Store, kind: Child): string {
  const lines: string[] = [];
  for (const entity of entitiesOf(kind)) {
    const columns = ['id', 'voided', ...Object.keys(entityOf(entity).fields)].map((column) => `"${column}"`).join(', ');
    for (const row of store.db.prepare(`SELECT ${columns} FROM "${entity}"`).iterate() as Iterable<
      Record<string, Value>
    >) {
      lines.push(JSON.stringify({ entity, ...row }));
    }
  }
  return `${lines.join('\n')}\n`;
}
