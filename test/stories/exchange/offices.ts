import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import {
  admit,
  createEnrolment,
  exportTo,
  Importer,
  join,
  registerBelow,
} from '../../../electron/ledger/exchange/index.ts';
import { disk, type Medium } from '../../../electron/ledger/exchange/medium.ts';
import { chooseSuite } from '../../../electron/ledger/exchange/offices/suite-choice.ts';
import { createCityLedger } from '../../../electron/ledger/session/index.ts';
import { type Actor, type Change, commit } from '../../../electron/ledger/store/commit.ts';
import { dump } from '../../../electron/ledger/store/dump.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { readIdentity } from '../../../electron/ledger/store/meta.ts';
import { openStore, type Store } from '../../../electron/ledger/store/open.ts';
import { verifyRebuild } from '../../../electron/ledger/store/rebuild.ts';
import { selectRow } from '../../../electron/ledger/store/statements.ts';
import { verify } from '../../../electron/ledger/store/verify.ts';
import type { FileReport } from '../../../shared/contract/exchange.ts';
import type { EntityName, Value } from '../../../shared/dictionary/index.ts';

/** One wall clock for all offices of a story; every look at it is a second later. */
export class Clock {
  now: number;

  constructor(now = Date.UTC(2021, 4, 11, 1)) {
    this.now = now;
  }

  tick(ms = 1000): number {
    this.now += ms;
    return this.now;
  }
}

export const PASSPHRASE = '百日会战2021';

interface Seat {
  readonly name: string;
  readonly clock: Clock;
  /** Folder that stands for the USB stick of this office. */
  readonly stick: string;
  readonly unitId: string;
}

/** One office with its ledger, doing what its clerk would. */
export class Office implements Seat {
  readonly name: string;
  readonly clock: Clock;
  readonly stick: string;
  readonly unitId: string;
  readonly medium: Medium;
  store: Store;
  /** How far this PC's clock is off, ms. */
  skew = 0;

  constructor(seat: Seat, store: Store, medium = disk) {
    this.name = seat.name;
    this.clock = seat.clock;
    this.stick = seat.stick;
    this.unitId = seat.unitId;
    this.store = store;
    this.medium = medium;
  }

  get officeId(): string {
    return readIdentity(this.store).officeId;
  }

  actor(): Actor {
    return { operator: `${this.name}经办人`, now: this.clock.tick() + this.skew };
  }

  moment(): { today: string; actor: Actor } {
    const actor = this.actor();
    return { today: new Date(actor.now).toISOString().slice(0, 10), actor };
  }

  commit(title: string, ...changes: Change[]): void {
    commit(this.store, { kind: 'edit', title, changes }, this.actor());
  }

  set(entity: EntityName, id: string, set: Record<string, Value>): void {
    this.commit('修改', { entity, id, set });
  }

  add(entity: EntityName, set: Record<string, Value>): string {
    const id = newId();
    this.set(entity, id, set);
    return id;
  }

  addProject(name: string, unitId = this.unitId): string {
    return this.add('project', { name, unitId, totalInvestment: 10_000_000, stage: 'preparing' });
  }

  get(entity: EntityName, id: string, field: string): Value | undefined {
    return selectRow(this.store, entity, id)?.[field];
  }

  rows(entity: EntityName): Record<string, Value>[] {
    return this.store.db.prepare(`SELECT * FROM "${entity}" ORDER BY "id"`).all() as Record<string, Value>[];
  }

  ids(entity: EntityName): string[] {
    return this.store.db.prepare(`SELECT "id" FROM "${entity}" ORDER BY "id"`).pluck().all() as string[];
  }

  /** Last number of the journal. */
  get journal(): number {
    return this.store.db.prepare('SELECT coalesce(max("n"), 0) FROM "journal"').pluck().get() as number;
  }

  /** Where the next file goes: a folder, or its full name. */
  place(): string {
    return this.stick;
  }

  /** Writes a file for another office onto the stick. @returns its path */
  async send(to: Office, full = false): Promise<string> {
    const { medium } = this;
    const result = await exportTo(this.store, { officeId: to.officeId, full }, this.place(), {
      actor: this.actor(),
      medium,
    });
    return result.path;
  }

  async preview(path: string): Promise<FileReport> {
    const importer = new Importer(this.store, undefined, this.medium);
    try {
      return await importer.preview(path, { actor: this.actor() });
    } finally {
      await importer.close();
    }
  }

  async read(path: string, allowMassChange = false): Promise<FileReport> {
    const importer = new Importer(this.store, undefined, this.medium);
    try {
      return await importer.apply(path, { actor: this.actor(), allowMassChange });
    } finally {
      await importer.close();
    }
  }

  dump(...only: EntityName[]): string {
    return [...dump(this.store, only.length > 0 ? only : undefined)].join('');
  }

  /** What this office would miss if its disk failed now. */
  backUp(): string {
    const path = joinPath(this.stick, `backup-${newId()}.bbledger`);
    this.store.db.exec(`VACUUM INTO '${path}'`);
    return path;
  }

  /** The PC's disk is copied, as technicians do: another PC goes on as the same office, with the same ledger. */
  clone(): Office {
    const path = joinPath(this.stick, `clone-${newId()}.bbledger`);
    copyFileSync(this.backUp(), path);
    const { name, clock, unitId, stick } = this;
    return new Office({ name, clock, unitId, stick }, openStore(path));
  }

  close(): void {
    this.store.close();
  }

  /** The disk failed: a backup takes the ledger's place, as it is, without anybody telling it. */
  goBackTo(backup: string): void {
    const { path } = this.store;
    this.store.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    copyFileSync(backup, path);
    this.store = openStore(path);
  }

  /** What must hold of any ledger at any time; an empty list when it does. */
  complaints(): readonly string[] {
    const verdict = verify(this.store);
    const rebuilt = verifyRebuild(this.store.db);
    return [...verdict.pages, ...verdict.journal, ...rebuilt.told].map((text) => `${this.name}：${text}`);
  }
}

export interface Region {
  readonly city: Office;
  readonly counties: readonly Office[];
  /** Those under a county, each at its county's place: the first is under the first. None unless asked for. */
  readonly towns: readonly Office[];
  readonly clock: Clock;
  readonly folder: string;
  /** @throws when a ledger is not sound in itself */
  close(): void;
}

/** The office above: a town's is the county at its place. */
export function officeAbove({ city, counties, towns }: Region, office: Office): Office {
  return counties[towns.findIndex(({ officeId }) => officeId === office.officeId)] ?? city;
}

/** Those with whom an office exchanges files, the one above first. */
export function partnersOf(world: Region, office: Office): readonly Office[] {
  if (office.officeId === world.city.officeId) return world.counties;
  const above = officeAbove(world, office);
  return [above, ...world.towns.filter((town) => officeAbove(world, town).officeId === office.officeId)];
}

/** Who is in a region: counties under the city and, at the same place, towns under them. */
interface Cast {
  readonly counties: readonly string[];
  readonly towns: readonly string[];
}

const TWO_TIERS: Cast = { counties: ['宝清县', '友谊县', '饶河县'], towns: [] };
const THREE_TIERS: Cast = { counties: ['宝清县', '友谊县'], towns: ['七星泡镇', '兴隆镇'] };

/** Enrols, joins, admits: what the first day looks like. Returns the counties, which have read the city's answer. */
async function foundRegion(folder: string, cast: Cast): Promise<void> {
  const clock = new Clock();
  const seat = (name: string, unitId: string): Seat => {
    const stick = joinPath(folder, `stick-${name}`);
    mkdirSync(stick, { recursive: true });
    return { name, clock, stick, unitId };
  };
  const city = new Office(
    seat('市办', ''),
    createCityLedger(
      {
        path: joinPath(folder, '市办.bbledger'),
        place: '双鸭山市',
        placeShort: '双',
        operator: '王某',
        presetId: 'hundredDays',
        year: 2021,
      },
      clock.tick(),
    ),
  );
  if (process.env['STORY_SUITE'] === '2') chooseSuite(city.store, 2, city.actor());
  /** The office above invites and admits, whichever it is. */
  const enter = async (above: Office, name: string, unitId: string): Promise<Office> => {
    const file = await createEnrolment(above.store, { unitId, passphrase: PASSPHRASE }, above.stick, {
      actor: above.actor(),
    });
    const ledgerPath = joinPath(folder, `${name}.bbledger`);
    const request = { enrolmentPath: file.path, passphrase: PASSPHRASE, ledgerPath };
    const store = await join(request, { actor: { operator: `${name}经办人`, now: clock.tick() } });
    const office = new Office(seat(name, unitId), store);
    const first = await office.send(above);
    const candidate = await above.preview(first);
    await admit(above.store, first, candidate.fingerprint ?? '', above.actor());
    await above.read(first);
    return office;
  };
  const counties: Office[] = [];
  for (const name of cast.counties) {
    const unitId = city.add('responsibilityUnit', { name, kind: 'county' });
    counties.push(await enter(city, name, unitId));
  }
  const units = cast.towns.map((name, at) => {
    const unitId = city.add('responsibilityUnit', { name, kind: 'town' });
    registerBelow(city.store, { unitId, aboveId: counties[at]?.officeId ?? '' }, city.actor());
    return unitId;
  });
  for (const county of counties) await county.read(await city.send(county));
  const towns: Office[] = [];
  for (const [at, name] of cast.towns.entries()) {
    const county = counties[at];
    if (!county) throw new RangeError(name);
    const town = await enter(county, name, units[at] ?? '');
    await city.read(await county.send(city));
    await county.read(await city.send(county));
    await town.read(await county.send(town));
    towns.push(town);
  }
  for (const office of [city, ...counties, ...towns]) office.store.close();
}

const templates = new Map<Cast, Promise<string>>();

/** Passphrases are slow on purpose: the first day is played once a process, then copied. */
function templateFolder(cast: Cast): Promise<string> {
  let template = templates.get(cast);
  template ??= (async () => {
    const folder = mkdtempSync(joinPath(tmpdir(), 'exchange-template-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    await foundRegion(folder, cast);
    return folder;
  })();
  templates.set(cast, template);
  return template;
}

/**
 * A city and three counties that have joined, on real files in one folder, so that every story starts where both sides
 * know each other and nothing is waiting; or a city, two counties and a town under each.
 */
export async function region(tiers: 2 | 3 = 2): Promise<Region> {
  const cast = tiers === 2 ? TWO_TIERS : THREE_TIERS;
  const from = await templateFolder(cast);
  const folder = mkdtempSync(joinPath(tmpdir(), 'exchange-'));
  for (const file of readdirSync(from).filter((name) => name.endsWith('.bbledger'))) {
    copyFileSync(joinPath(from, file), joinPath(folder, file));
  }
  // After everything that happened on the first day.
  const clock = new Clock(Date.UTC(2021, 4, 12, 1));
  const openOffice = (name: string, unitId: string): Office => {
    const stick = joinPath(folder, `stick-${name}`);
    mkdirSync(stick);
    return new Office({ name, clock, stick, unitId }, openStore(joinPath(folder, `${name}.bbledger`)));
  };
  const city = openOffice('市办', '');
  const unitOf = (name: string): string =>
    city.store.db.prepare('SELECT "id" FROM "responsibilityUnit" WHERE "name" = ?').pluck().get(name) as string;
  const [counties, towns] = [cast.counties, cast.towns].map((names) =>
    names.map((name) => openOffice(name, unitOf(name))),
  ) as [Office[], Office[]];
  return {
    city,
    counties,
    towns,
    clock,
    folder,
    close() {
      const offices = [city, ...counties, ...towns];
      const complaints = offices.flatMap((office) => office.complaints());
      for (const office of offices) office.store.close();
      rmSync(folder, { recursive: true, force: true });
      if (complaints.length > 0) throw new Error(complaints.join('\n'));
    },
  };
}
