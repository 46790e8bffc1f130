import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { admit, createEnrolment, exportTo, Importer, join } from '../../../electron/ledger/exchange/index.ts';
import { createCityLedger } from '../../../electron/ledger/session/index.ts';
import { type Actor, type Change, commit } from '../../../electron/ledger/store/commit.ts';
import { dump } from '../../../electron/ledger/store/dump.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { readIdentity } from '../../../electron/ledger/store/meta.ts';
import type { Store } from '../../../electron/ledger/store/open.ts';
import { selectRow } from '../../../electron/ledger/store/statements.ts';
import type { FileReport } from '../../../shared/contract/exchange.ts';
import type { EntityName, Value } from '../../../shared/dictionary/index.ts';

/** One wall clock for all offices of a story; every look at it is a second later. */
export class Clock {
  now = Date.UTC(2021, 4, 11, 1);

  tick(ms = 1000): number {
    this.now += ms;
    return this.now;
  }
}

export const PASSPHRASE = '百日会战2021';

/** One office with its ledger, doing what its clerk would. */
export class Office {
  readonly name: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly stick: string;
  /** How far this PC's clock is off. */
  skew = 0;

  constructor(name: string, store: Store, clock: Clock, stick: string) {
    this.name = name;
    this.store = store;
    this.clock = clock;
    this.stick = stick;
  }

  get officeId(): string {
    return readIdentity(this.store).officeId;
  }

  actor(): Actor {
    return { operator: `${this.name}经办人`, now: this.clock.tick() + this.skew };
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

  get(entity: EntityName, id: string, field: string): Value | undefined {
    return selectRow(this.store, entity, id)?.[field];
  }

  rows(entity: EntityName): Record<string, Value>[] {
    return this.store.db.prepare(`SELECT * FROM "${entity}" ORDER BY "id"`).all() as Record<string, Value>[];
  }

  /** Writes a file for another office onto the stick. @returns its path */
  async send(to: Office, full = false): Promise<string> {
    const result = await exportTo(this.store, { officeId: to.officeId, full }, this.stick, { actor: this.actor() });
    return result.path;
  }

  async preview(path: string): Promise<FileReport> {
    const importer = new Importer(this.store);
    try {
      return await importer.preview(path, { actor: this.actor() });
    } finally {
      importer.close();
    }
  }

  async read(path: string, allowMassChange = false): Promise<FileReport> {
    const importer = new Importer(this.store);
    try {
      return await importer.apply(path, { actor: this.actor(), allowMassChange });
    } finally {
      importer.close();
    }
  }

  dump(...only: EntityName[]): string {
    return [...dump(this.store, only.length > 0 ? only : undefined)].join('');
  }
}

export interface Region {
  readonly city: Office;
  readonly counties: readonly Office[];
  readonly clock: Clock;
  readonly folder: string;
  unitOf(county: Office): string;
  close(): void;
}

const NAMES = ['宝清县', '友谊县', '饶河县'];

/**
 * A city and counties that have joined, on real files in one folder. Counties are admitted with their first file and have
 * read the city's answer, so that every story starts where both sides know each other.
 */
export async function region(counties = 3): Promise<Region> {
  const folder = mkdtempSync(joinPath(tmpdir(), 'exchange-'));
  const clock = new Clock();
  const stickOf = (name: string): string => {
    const stick = joinPath(folder, `U盘-${name}`);
    mkdirSync(stick);
    return stick;
  };
  const cityStore = createCityLedger(
    {
      path: joinPath(folder, '市.bbledger'),
      place: '双鸭山市',
      placeShort: '双',
      operator: '王某',
      presetId: 'hundredDays',
      year: 2021,
    },
    clock.tick(),
  );
  const city = new Office('市办', cityStore, clock, stickOf('市'));
  const units = new Map<string, string>();
  const offices: Office[] = [];
  for (const name of NAMES.slice(0, counties)) {
    const unitId = city.add('responsibilityUnit', { name, kind: 'county' });
    units.set(name, unitId);
    const file = await createEnrolment(city.store, { unitId, passphrase: PASSPHRASE }, city.stick, {
      actor: city.actor(),
    });
    const store = await join(
      { enrolmentPath: file.path, passphrase: PASSPHRASE, ledgerPath: joinPath(folder, `${name}.bbledger`) },
      { actor: { operator: `${name}经办人`, now: clock.tick() } },
    );
    const office = new Office(name, store, clock, stickOf(name));
    offices.push(office);
    const first = await office.send(city);
    const candidate = await city.preview(first);
    await admit(city.store, first, candidate.fingerprint ?? '', city.actor());
    await city.read(first);
  }
  for (const office of offices) await office.read(await city.send(office));
  return {
    city,
    counties: offices,
    clock,
    folder,
    unitOf: (county) => units.get(county.name) ?? '',
    close() {
      for (const office of [city, ...offices]) office.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
