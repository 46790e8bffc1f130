import { readFileSync } from 'node:fs';
import { rowAgrees } from '../../electron/ledger/store/rebuild.ts';
import { type Clock, Office, type Region, region } from '../stories/exchange/offices.ts';
import { onFastDisk } from './fast-disk.ts';
import { headOf } from './head.ts';
import { type MemoryLedger, memoryLedger, memoryMedium } from './memory.ts';
import { Play } from './play.ts';

type MemoryMedium = ReturnType<typeof memoryMedium>;

/** An office whose ledger and files are in memory. */
class MemoryOffice extends Office {
  readonly #ledger: MemoryLedger;
  readonly #files: MemoryMedium;
  #officeId: string | null = null;

  constructor(of: Pick<Office, 'name' | 'clock' | 'unitId'>, ledger: MemoryLedger, files: MemoryMedium) {
    super({ name: of.name, clock: of.clock, unitId: of.unitId, stick: '/memory' }, ledger.store, files.medium);
    this.#ledger = ledger;
    this.#files = files;
  }

  /** Asked for again and again, and never another. */
  override get officeId(): string {
    this.#officeId ??= super.officeId;
    return this.#officeId;
  }

  override place(): string {
    return this.#files.path();
  }

  override backUp(): string {
    return this.#ledger.backUp();
  }

  override goBackTo(backup: string): void {
    this.#ledger.goBackTo(backup);
  }

  override clone(): Office {
    return new MemoryOffice(this, this.#ledger.clone(), this.#files);
  }

  override close(): void {
    this.#ledger.close();
  }

  begin(): void {
    this.skew = 0;
    this.#ledger.begin();
  }
}

/** Regions in memory one after the other, each as if the first day were just over. */
export class MemoryRegions {
  readonly #offices: readonly MemoryOffice[];
  /** How many of them are counties; the city comes first, the towns come last. */
  readonly #counties: number;
  readonly #heads: readonly number[];
  readonly #files: MemoryMedium;
  readonly #clock: Clock;
  readonly #start: number;

  private constructor(offices: readonly MemoryOffice[], counties: number, files: MemoryMedium, clock: Clock) {
    this.#offices = offices;
    this.#counties = counties;
    this.#heads = offices.map(({ store }) => headOf(store).n);
    this.#files = files;
    this.#clock = clock;
    this.#start = clock.now;
  }

  /** Founded on a disk with real files, once. */
  static async found(tiers: 2 | 3 = 2): Promise<MemoryRegions> {
    onFastDisk();
    const world = await region(tiers);
    const files = memoryMedium();
    try {
      await new Play(world).begin();
      const offices = [world.city, ...world.counties, ...world.towns].map(
        (office) => new MemoryOffice(office, memoryLedger(readFileSync(office.backUp())), files),
      );
      return new MemoryRegions(offices, world.counties.length, files, world.clock);
    } finally {
      world.close();
    }
  }

  next(): Region {
    this.#clock.now = this.#start;
    this.#files.forget();
    for (const office of this.#offices) office.begin();
    const [city, ...below] = this.#offices;
    if (!city) throw new Error('no city');
    return {
      city,
      counties: below.slice(0, this.#counties),
      towns: below.slice(this.#counties),
      clock: this.#clock,
      folder: '/memory',
      close: () => {
        const complaints = this.#complaints();
        if (complaints.length > 0) throw new Error(complaints.join('\n'));
      },
    };
  }

  /** Rows of which the journal tells another story than the tables. */
  #complaints(): string[] {
    return this.#offices.flatMap(({ name, store }, index) => {
      const touched = store.db
        .prepare('SELECT DISTINCT "entity", "rowId" FROM "change" WHERE "n" > ?')
        .all(this.#heads[index] ?? 0) as { entity: string; rowId: string }[];
      return touched
        .filter(({ rowId }) => !rowAgrees(store.db, rowId))
        .map(({ entity, rowId }) => `${name}: ${entity} ${rowId}`);
    });
  }

  close(): void {
    for (const office of this.#offices) office.close();
  }
}
