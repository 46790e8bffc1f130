import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCityLedger, Desk } from '../../../electron/ledger/session/index.ts';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import type { Store } from '../../../electron/ledger/store/open.ts';

const MINUTE = 60_000;

/** A PC of an office: a folder of the program, a folder of ledgers, a clock that a test may turn. */
export class Office {
  readonly root = mkdtempSync(join(tmpdir(), 'baobao-office-'));
  readonly path = join(this.root, '安澜市.bbledger');
  now = new Date(2021, 4, 18, 9).getTime();
  desk = this.start();

  get dataFolder(): string {
    return join(this.root, 'data');
  }

  /** The program is started; what was open stays to be opened. */
  start(dataFolder = join(this.root, 'data')): Desk {
    return new Desk({ dataFolder, now: () => this.now });
  }

  async create(): Promise<Store> {
    const store = createCityLedger(
      { path: this.path, place: '安澜市', placeShort: '安', operator: '王某', presetId: 'hundredDays', year: 2021 },
      this.now,
    );
    return (await this.desk.adopt(store)).store;
  }

  get store(): Store {
    return this.desk.requirePresent().session.store;
  }

  /** Registers people, one commit each. */
  register(...names: readonly string[]): void {
    for (const name of names) {
      this.now += MINUTE;
      commit(
        this.store,
        { kind: 'edit', title: `登记${name}`, changes: [{ entity: 'person', id: newId(), set: { name } }] },
        { operator: '王某', now: this.now },
      );
    }
  }

  people(): readonly string[] {
    return this.store.db
      .prepare('SELECT "name" FROM "person" WHERE "name" LIKE ? ORDER BY "name"')
      .pluck()
      .all('某%') as string[];
  }

  close(): void {
    this.desk.shutdown();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** An office with one person in its backup and two more since; the program has ended. */
export async function officeAfterBackup(): Promise<{ readonly office: Office; readonly backup: string }> {
  const office = new Office();
  await office.create();
  office.register('某甲');
  const backup = office.desk.requirePresent().keeper.take('manual').path;
  office.register('某乙', '某丙');
  office.desk.shutdown();
  return { office, backup };
}

/** Overwrites part of a file, as a failing disk does. */
export function damage(path: string, from: number, bytes: number): void {
  const size = statSync(path).size;
  const handle = openSync(path, 'r+');
  writeSync(handle, Buffer.alloc(Math.min(bytes, size - from), 0xa5), 0, Math.min(bytes, size - from), from);
  closeSync(handle);
}
