import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incarnate } from '../../../electron/ledger/backup/incarnation.ts';
import type { EntityName } from '../../../shared/dictionary/index.ts';
import { type Office, type Region, region } from '../../stories/exchange/offices.ts';

const WORK: readonly EntityName[] = ['project', 'link', 'conflict', 'proposal'];
const RUNS = Number(process.env['EXCHANGE_SCHEDULES'] ?? 25);

/** Up, down, what that brought up again, and its answer: more would be files answering each other without end. */
const MOST_ROUNDS = 8;

const who = fc.nat(3);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      who,
      row: fc.nat(5),
      field: fc.constantFrom('note', 'stage', 'annualPlan', 'content'),
      value: fc.nat(3),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('add' as const), who, row: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), row: fc.nat(5), to: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('send' as const), who, to: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('read' as const), file: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('backUp' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restore' as const), who }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const STAGES = ['preparing', 'started', 'building', 'completed'];

class Play {
  readonly #world: Region;
  readonly #offices: readonly Office[];
  readonly #files: { readonly path: string; readonly to: Office }[] = [];
  readonly #backups = new Map<Office, string>();

  constructor(world: Region) {
    this.#world = world;
    this.#offices = [world.city, ...world.counties];
  }

  #office(index: number): Office {
    const office = this.#offices[index];
    if (!office) throw new RangeError('no such office');
    return office;
  }

  #projectOf(office: Office, row: number): string | undefined {
    const rows = office.rows('project');
    return rows[row % Math.max(rows.length, 1)]?.['id'] as string | undefined;
  }

  async play(item: Step): Promise<void> {
    switch (item.kind) {
      case 'edit': {
        const office = this.#office(item.who);
        const id = this.#projectOf(office, item.row);
        const values = {
          note: `备注${item.value}`,
          content: `内容${item.value}`,
          stage: STAGES[item.value] ?? null,
          annualPlan: item.value * 10_000,
        };
        if (id !== undefined) office.set('project', id, { [item.field]: values[item.field] });
        return;
      }
      case 'add': {
        const office = this.#office(item.who);
        const project = this.#projectOf(office, item.row);
        const mine =
          project !== undefined &&
          (office === this.#world.city || office.get('project', project, 'unitId') === office.unitId);
        if (item.row % 2 === 0 || !mine)
          office.addProject(`${office.name}${item.row}`, office.unitId || this.#office(1).unitId);
        else office.add('link', { projectId: project ?? null, name: `环节${item.row}` });
        return;
      }
      case 'move': {
        const id = this.#projectOf(this.#world.city, item.row);
        if (id !== undefined) this.#world.city.set('project', id, { unitId: this.#office(1 + item.to).unitId });
        return;
      }
      case 'send': {
        const from = this.#office(item.who);
        const to = item.who === 0 ? this.#office(1 + item.to) : this.#world.city;
        this.#files.push({ path: await from.send(to), to });
        return;
      }
      case 'read': {
        const file = this.#files[item.file % Math.max(this.#files.length, 1)];
        if (!file) return;
        const report = await file.to.read(file.path);
        expect(report.fault).toBeNull();
        return;
      }
      case 'backUp': {
        const office = this.#office(item.who);
        this.#backups.set(office, office.backUp());
        return;
      }
      case 'restore': {
        const office = this.#office(item.who);
        const backup = this.#backups.get(office);
        if (backup === undefined) return;
        office.goBackTo(backup);
        incarnate(office.store, 'behind', this.#world.clock.tick(), { atLeast: 9 });
      }
    }
  }

  /** Files pass both ways until nobody has news; that this ends is part of what is tested. */
  async settle(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      let news = 0;
      for (const county of this.#world.counties) news += await this.#pass(county, this.#world.city);
      for (const county of this.#world.counties) news += await this.#pass(this.#world.city, county);
      if (news === 0) return;
    }
    throw new Error(`still news after ${MOST_ROUNDS} rounds`);
  }

  async #pass(from: Office, to: Office): Promise<number> {
    const report = await to.read(await from.send(to));
    expect(report.fault).toBeNull();
    const rows = report.entities.reduce((sum, entity) => sum + entity.added + entity.changed, 0);
    return rows + report.conflicts + report.proposals + report.placed + (report.gap === null ? 0 : 1);
  }

  /** What a county holds of its own is what the city holds of it. */
  check(): void {
    const { city, counties } = this.#world;
    for (const county of counties) {
      const own = (office: Office, entity: EntityName): unknown[] =>
        office
          .rows(entity)
          .filter((row) => this.#belongs(city, entity, row, county.unitId))
          .map(({ _stamp, _stamps, ...row }) => row);
      for (const entity of WORK) expect(own(county, entity)).toEqual(own(city, entity));
    }
  }

  #belongs(city: Office, entity: EntityName, row: Record<string, unknown>, unitId: string): boolean {
    if (entity === 'project') return city.get('project', String(row['id']), 'unitId') === unitId;
    if (entity === 'link') return city.get('project', String(row['projectId']), 'unitId') === unitId;
    return row['unitId'] === unitId;
  }
}

describe('[exchange] convergence over real ledgers and files', () => {
  it('whatever is edited, moved, lost, doubled, reordered or restored, city and counties end alike', {
    timeout: 600_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const world = await region();
        const play = new Play(world);
        for (const item of steps) await play.play(item);
        await play.settle();
        play.check();
        world.close();
      }),
      { numRuns: RUNS },
    );
  });
});
