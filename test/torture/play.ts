import fc from 'fast-check';
import { incarnate, ownStreams } from '../../electron/ledger/backup/incarnation.ts';
import { acceptAhead } from '../../electron/ledger/exchange/clock/accept-ahead.ts';
import { conflicts, decide, proposals, resolve } from '../../electron/ledger/exchange/register/disputes.ts';
import { newId } from '../../electron/ledger/store/id.ts';
import { readIdentity } from '../../electron/ledger/store/meta.ts';
import type { FileReport } from '../../shared/contract/exchange.ts';
import { Fault } from '../../shared/contract/faults.ts';
import { type EntityName, isEntityName, type Value } from '../../shared/dictionary/index.ts';
import { type Office, officeAbove, partnersOf, type Region } from '../stories/exchange/offices.ts';
import { Account } from './account.ts';

/** Kinds of rows that travel: what a county holds of its own must be what the city holds of it. */
const WORK: readonly EntityName[] = ['project', 'link', 'submission', 'report', 'conflict', 'proposal'];

/**
 * Up, down, what that brought up again, and its answer: more would be files answering each other without end. What a third
 * tier has to say takes a round longer each way.
 */
const MOST_ROUNDS = { twoTiers: 8, threeTiers: 12 } as const;

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** How far a PC's clock may be off: a little, hours, days either way, years. */
const SKEWS = [0, 0, 4 * 60_000, 5 * HOUR, -3 * DAY, 2 * DAY, -400 * DAY, 800 * DAY];

const row = fc.nat(5);

/**
 * What may happen in a city and the offices below it; each step does nothing where it cannot be done.
 *
 * @param below how many, counties first
 */
const stepIn = (below: number) => {
  const who = fc.nat(below);
  const county = fc.integer({ min: 1, max: below });
  const place = fc.nat(below - 1);
  return fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('edit' as const),
        who,
        row,
        field: fc.constantFrom('note', 'note', 'stage', 'annualPlan', 'content'),
        value: fc.nat(3),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('add' as const), who, row }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), row, to: place }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('send' as const), who, to: place }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('read' as const), file: fc.oneof(fc.nat(3), fc.nat(20)) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('report' as const), who: county, row, period: fc.nat(3) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('void' as const), who, row }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('decide' as const), who, accept: fc.boolean() }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('resolve' as const),
        who,
        choice: fc.constantFrom('kept' as const, 'other' as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('reassign' as const), unit: place, to: place }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('backUp' as const), who }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restore' as const), who }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('clone' as const), who: county }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('skew' as const), who, by: fc.nat(SKEWS.length - 1) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('ahead' as const), who: county, row, back: fc.boolean() }) },
  );
};
/** In a city and three counties; in a city, two counties and a town under each. */
export const steps = { 2: stepIn(3), 3: stepIn(4) } as const;
export type Step = (typeof steps)[2] extends fc.Arbitrary<infer T> ? T : never;

const STAGES = ['preparing', 'started', 'building', 'completed'];

/** What a schedule found wrong, with where. */
export class Broken extends Error {}

function hold(condition: boolean, what: () => string): void {
  if (!condition) throw new Broken(what());
}

const asText = (value: unknown): string => JSON.stringify(value, undefined, 1);

interface Sent {
  readonly path: string;
  readonly from: Office;
  readonly to: Office;
}

/** Plays a schedule over a region, and tells what does not hold at its end. */
export class Play {
  readonly #world: Region;
  readonly #offices: readonly Office[];
  #account: Account;
  readonly #files: Sent[] = [];
  readonly #backups = new Map<Office, string>();
  /** The other PC of an office that was cloned. */
  readonly #clones = new Map<Office, Office>();
  /** Offices whose clock ran ahead for a while, see `#ahead`. */
  readonly #fast = new Set<Office>();
  /** Offices that went back to a backup. */
  readonly #wentBack = new Set<Office>();
  #values = 0;

  constructor(world: Region) {
    this.#world = world;
    this.#offices = [world.city, ...world.counties, ...world.towns];
    this.#account = new Account(world.city, this.#offices);
  }

  #office(index: number): Office {
    const office = this.#offices[index];
    if (!office) throw new RangeError('no such office');
    return office;
  }

  /** The office's PC, or now and then its other one where it has two. */
  #desk(index: number, turn: number): Office {
    const office = this.#office(index);
    return turn % 2 === 1 ? (this.#clones.get(office) ?? office) : office;
  }

  #projectOf(office: Office, index: number): string | undefined {
    const ids = office.ids('project');
    return ids[index % Math.max(ids.length, 1)];
  }

  #above(office: Office): Office {
    return officeAbove(this.#world, office);
  }

  /** Each county and town has projects that all above know, so that there is something to disagree about from the start. */
  async begin(): Promise<void> {
    const { city, counties, towns } = this.#world;
    for (const each of [...counties, ...towns]) {
      for (const name of ['甲', '乙']) each.addProject(`${each.name}${name}`);
      const above = this.#above(each);
      await this.#pass(each, above);
      if (above !== city) {
        await this.#pass(above, city);
        await this.#pass(city, above);
      }
      await this.#pass(above, each);
    }
    this.#account = new Account(this.#world.city, this.#offices);
  }

  /** Office that answers for a project, as this office knows it. */
  #keeperOf(office: Office, project: string): unknown {
    return office.get('responsibilityUnit', String(office.get('project', project, 'unitId')), 'officeId');
  }

  async play(item: Step): Promise<void> {
    switch (item.kind) {
      case 'edit':
        return this.#edit(this.#desk(item.who, item.row), item);
      case 'add':
        return this.#add(this.#desk(item.who, item.row), item.row);
      case 'move':
        return this.#move(item.row, item.to);
      case 'report':
        return this.#report(this.#office(item.who), item.row, item.period);
      case 'void': {
        const office = this.#office(item.who);
        const id = this.#projectOf(office, item.row);
        if (id !== undefined) this.#set(office, 'project', id, { voided: item.row % 2 });
        return;
      }
      case 'decide':
        return this.#decide(this.#office(item.who), item.accept);
      case 'resolve':
        return this.#resolve(this.#office(item.who), item.choice);
      case 'reassign': {
        const unit = this.#office(1 + item.unit).unitId;
        this.#set(this.#world.city, 'responsibilityUnit', unit, { officeId: this.#office(1 + item.to).officeId });
        return;
      }
      case 'send': {
        const from = this.#desk(item.who, item.to);
        const partners = partnersOf(this.#world, from);
        const to = partners[item.to % partners.length] ?? this.#world.city;
        this.#files.push(await this.#send(from, to));
        return;
      }
      case 'read': {
        const file = this.#files.at(-1 - (item.file % Math.max(this.#files.length, 1)));
        if (file) await this.#read(file);
        return;
      }
      case 'backUp': {
        const office = this.#office(item.who);
        this.#backups.set(office, office.backUp());
        this.#account.backedUp(office);
        return;
      }
      case 'restore': {
        const office = this.#office(item.who);
        const backup = this.#backups.get(office);
        if (backup === undefined) return;
        // The note outside the ledger knows how far this PC was, and by which streams, also those that a clock put right has opened.
        const { incarnation } = readIdentity(office.store);
        const known = ownStreams(office.store);
        office.goBackTo(backup);
        this.#wentBack.add(office);
        this.#account.restored(office);
        incarnate(office.store, 'behind', this.#world.clock.tick(), { atLeast: Math.max(9, incarnation), known });
        return;
      }
      case 'clone': {
        const office = this.#office(item.who);
        if (!this.#clones.has(office) && !this.#fast.has(office))
          this.#clones.set(office, this.#account.cloned(office, office.clone()));
        return;
      }
      case 'ahead':
        return this.#ahead(this.#office(item.who), item);
      case 'skew':
        this.#office(item.who).skew = SKEWS[item.by] ?? 0;
    }
  }

  /**
   * A clock runs ahead for a while; what was written meanwhile is taken above as of now, where anything waits. Not where a
   * disk is cloned too: until their wall clocks have caught up both PCs would give out the same stamps.
   */
  async #ahead(office: Office, item: Extract<Step, { kind: 'ahead' }>): Promise<void> {
    if (this.#clones.has(office)) return;
    this.#fast.add(office);
    const above = this.#above(office);
    office.skew = [2 * DAY, 40 * DAY, 800 * DAY][item.row % 3] ?? 0;
    for (const field of ['note', 'stage'] as const)
      this.#edit(office, { ...item, kind: 'edit', field, value: item.row % 4 });
    this.#add(office, item.row);
    await this.#read(await this.#send(office, above));
    if (item.back) office.skew = 0;
    try {
      acceptAhead(above.store, office.officeId, above.actor());
      this.#account.see(above);
    } catch (error) {
      // Nothing waits, or not of an office that is under this one any more.
      if (!(error instanceof Fault && ['RULE_BROKEN', 'NOT_ALLOWED'].includes(error.code))) throw error;
    }
  }

  #set(office: Office, entity: EntityName, id: string, set: Record<string, Value>): void {
    office.set(entity, id, set);
    this.#account.see(office);
  }

  #edit(office: Office, item: Extract<Step, { kind: 'edit' }>): void {
    const id = this.#projectOf(office, item.row);
    if (id === undefined) return;
    // Now and then the same as somebody else's, mostly a value of its own.
    this.#values += 1;
    const mark = item.value === 0 ? '同' : `${this.#values}`;
    const values = {
      note: `备注${mark}`,
      content: `内容${mark}`,
      stage: STAGES[item.value] ?? null,
      annualPlan: item.value === 0 ? 0 : this.#values * 10_000,
    };
    this.#set(office, 'project', id, { [item.field]: values[item.field] });
  }

  #add(office: Office, index: number): void {
    const project = this.#projectOf(office, index);
    const unitId = office.unitId || this.#office(1).unitId;
    const isCity = office === this.#world.city;
    const mine = (id: string): boolean => isCity || this.#keeperOf(office, id) === office.officeId;
    if (index % 2 === 1 && project !== undefined && mine(project)) {
      office.add('link', { projectId: project, name: `环节${index}` });
    } else if (isCity || office.get('responsibilityUnit', unitId, 'officeId') === office.officeId) {
      office.addProject(`${office.name}${index}`, unitId);
    }
    this.#account.see(office);
  }

  #move(index: number, to: number): void {
    const { city } = this.#world;
    const id = this.#projectOf(city, index);
    if (id !== undefined) this.#set(city, 'project', id, { unitId: this.#office(1 + to).unitId });
  }

  #report(office: Office, index: number, period: number): void {
    const project = this.#projectOf(office, index);
    if (project === undefined || this.#keeperOf(office, project) !== office.officeId) return;
    const [submissionId, unitId] = [newId(), office.get('project', project, 'unitId') ?? null];
    const common = { kind: 'tenDay', period: `2021-0${period + 1}-1` };
    office.commit(
      '报送',
      { entity: 'submission', id: submissionId, set: { ...common, unitId, count: 1 } },
      {
        entity: 'report',
        id: newId(),
        set: { ...common, projectId: project, submissionId, periodInvestment: index * 10_000 },
      },
    );
    this.#account.see(office);
  }

  #decide(office: Office, accept: boolean): void {
    const first = proposals(office.store, true).find((proposal) => proposal.mine);
    if (first && isEntityName(first.entity) && office.get(first.entity, first.rowId, 'id') !== undefined) {
      this.#byRules(() => decide(office.store, [first.id], accept, office.moment()));
      this.#account.see(office);
    }
  }

  #resolve(office: Office, choice: 'kept' | 'other'): void {
    const [first] = conflicts(office.store, true);
    if (first && isEntityName(first.entity) && office.get(first.entity, first.rowId, 'id') !== undefined) {
      this.#byRules(() => resolve(office.store, { ids: [first.id], choice }, office.moment()));
      this.#account.see(office);
    }
  }

  async #send(from: Office, to: Office, full = false): Promise<Sent> {
    const path = await from.send(to, full);
    return { path, from, to };
  }

  /** What the rules across fields do not let stand is refused to the operator, in words, and changes nothing. */
  #byRules(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'RULE_BROKEN')) throw error;
    }
  }

  /** Reads a file. Only one of two PCs that write one stream may be refused, and then its office is told the cure. */
  async #read({ path, from, to }: Sent): Promise<FileReport> {
    const report = await to.read(path);
    if (report.fault === null) {
      this.#explained(report);
      return report;
    }
    hold(report.fault.code === 'SYNC_FORK' && this.#account.wasCloned(from), () => asText(report.fault));
    hold(report.fault.text.includes('换用新编号'), () => asText(report.fault));
    return report;
  }

  /** Whatever was not taken as it came is said in words. */
  #explained(report: FileReport): void {
    const { conflicts: disputed, proposals: proposed, waiting } = report;
    const unusual = disputed + proposed + Object.values(waiting).reduce((sum, count) => sum + count, 0);
    hold(unusual === 0 || report.notes.length > 0, () => `nothing said about ${asText(report)}`);
  }

  /** Files pass both ways until nobody has news; that this ends is part of what is tested. */
  async settle(): Promise<void> {
    // Every clock is put right, and the day comes that the fastest of them had shown.
    for (const office of this.#offices) office.skew = 0;
    for (const clone of this.#clones.values()) clone.skew = 0;
    this.#world.clock.tick(900 * DAY);
    await this.#cureClones();
    const { counties, towns } = this.#world;
    const most = towns.length === 0 ? MOST_ROUNDS.twoTiers : MOST_ROUNDS.threeTiers;
    const up = [...towns, ...counties].map((each) => [each, this.#above(each)] as const);
    const down = [...counties, ...towns].map((each) => [this.#above(each), each] as const);
    const round = [...up, ...down];
    let silent = 0;
    for (const [from, to] of Array.from({ length: most }, () => round).flat()) {
      silent = (await this.#pass(from, to)) === 0 ? silent + 1 : 0;
      if (silent === round.length) return;
    }
    throw new Broken(`still news after ${most} rounds`);
  }

  /** Each PC of an office that has two sends what it has; the first stays, as an incarnation of its own. */
  async #cureClones(): Promise<void> {
    for (const [office, clone] of this.#clones) {
      for (const desk of [clone, office]) {
        await this.#cure(desk);
        const above = this.#above(desk);
        // Its last word. What the office above has forgotten with its disk an ordinary file leaves out for that office's own.
        if (desk === clone && this.#wentBack.has(above)) await this.#read(await this.#send(clone, above, true));
        desk.skew = 0;
      }
      incarnate(office.store, 'elsewhere', this.#world.clock.tick(), { atLeast: 99 });
      const report = await this.#read(await this.#send(office, this.#above(office), true));
      hold(report.fault === null, () => asText(report.fault));
      clone.close();
    }
  }

  async #cure(desk: Office): Promise<void> {
    const { clock } = this.#world;
    const above = this.#above(desk);
    if ((await this.#read(await this.#send(desk, above))).fault === null) return;
    incarnate(desk.store, 'elsewhere', clock.tick(), { atLeast: 49 });
    const report = await this.#read(await this.#send(desk, above, true));
    hold(report.fault === null, () => asText(report.fault));
  }

  async #pass(from: Office, to: Office): Promise<number> {
    const report = await this.#read(await this.#send(from, to));
    hold(report.fault === null, () => asText(report.fault));
    const rows = report.entities.reduce((sum, entity) => sum + entity.added + entity.changed, 0);
    return rows + report.conflicts + report.proposals + report.placed + (report.gap === null ? 0 : 1);
  }

  /** What an office holds of its own and of those under it is what the city holds of it, and nothing that anybody wrote is without a trace. */
  check(): void {
    const { city, counties, towns } = this.#world;
    const above = new Holdings(city);
    for (const each of [...counties, ...towns]) {
      const below = new Holdings(each);
      for (const entity of WORK) {
        // Whatever either takes for the lower one's: of what has moved away both must know it.
        const [theirs, ours] = [below, above].map((held) =>
          held
            .rows(entity)
            .filter((row) => [above, below].some((knows) => knows.isOf(each.officeId, entity, row)))
            .map(({ _stamp, _stamps, ...values }) => values),
        );
        hold(asText(theirs) === asText(ours), () => `${each.name} ${entity}: ${difference(theirs ?? [], ours ?? [])}`);
      }
    }
    const lost = this.#account.missing();
    hold(lost.length === 0, () => `lost: ${lost.join('; ')}`);
  }
}

/** What an office holds at the end, and whose it takes it for; read once, for nothing changes any more. */
class Holdings {
  readonly #rows: ReadonlyMap<EntityName, readonly Row[]>;
  readonly #unitOf: ReadonlyMap<unknown, unknown>;
  /** The office that keeps a unit, and the one above that. */
  readonly #keepers: ReadonlyMap<unknown, readonly unknown[]>;

  constructor(office: Office) {
    this.#rows = new Map(WORK.map((entity) => [entity, office.rows(entity)]));
    this.#unitOf = new Map(this.rows('project').map((row) => [row['id'], row['unitId']]));
    const parents = new Map(office.rows('office').map((row) => [row['id'], row['parentOfficeId']]));
    this.#keepers = new Map(
      office.rows('responsibilityUnit').map(({ id, officeId }) => [id, [officeId, parents.get(officeId ?? null)]]),
    );
  }

  rows(entity: EntityName): readonly Row[] {
    return this.#rows.get(entity) ?? [];
  }

  /** Whether a row is of an office or of one under it. */
  isOf(officeId: string, entity: EntityName, row: Row): boolean {
    const project = entity === 'project' ? row['id'] : row['projectId'];
    const isOfProject = entity === 'project' || entity === 'link' || entity === 'report';
    const unit = isOfProject ? this.#unitOf.get(project) : row['unitId'];
    return this.#keepers.get(unit)?.includes(officeId) === true;
  }
}

type Row = Readonly<Record<string, unknown>>;

/** The first few differences of two lists of rows, short enough to read. */
function difference(county: readonly Row[], city: readonly Row[]): string {
  const told: string[] = [];
  const ids = new Set([...county, ...city].map((each) => String(each['id'])));
  for (const id of ids) {
    const [left, right] = [county, city].map((rows) => rows.find((each) => each['id'] === id));
    if (!left || !right) told.push(`${id} only ${left ? 'below' : 'above'}: ${asText(left ?? right)}`);
    else
      for (const field of Object.keys(left))
        if (left[field] !== right[field])
          told.push(`${id}.${field}: below ${String(left[field])}, above ${String(right[field])}`);
  }
  return told.slice(0, 6).join('\n');
}
