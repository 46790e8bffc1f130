import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { createStore } from '../../../electron/ledger/store/create.ts';
import { newId } from '../../../electron/ledger/store/id.ts';
import { openStore } from '../../../electron/ledger/store/open.ts';
import { Fault } from '../../../shared/contract/faults.ts';

const OPEN = join(import.meta.dirname, 'hold-ledger.ts');

function faultOf(work: () => unknown): Fault | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

describe('two programs on one ledger', () => {
  let folder: string;
  let path: string;
  const children: ChildProcess[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baobao-lock-'));
    path = join(folder, '市.bbledger');
    createStore(path, { officeId: newId(), level: 'city', operator: '王某', now: 0 }).close();
  });

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  /** Another process that opens the ledger; resolves with what it says. */
  function other(): Promise<{ child: ChildProcess; said: string }> {
    const child = spawn(process.execPath, [OPEN, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    return new Promise((resolve, reject) => {
      child.stdout?.once('data', (data: Buffer) => resolve({ child, said: data.toString().trim() }));
      child.once('error', reject);
    });
  }

  it('the second is told who has it open and since when, and leaves everything as it is', async () => {
    expect((await other()).said).toBe('open');
    const fault = faultOf(() => openStore(path));
    expect(fault?.code).toBe('LEDGER_BUSY');
    expect(fault?.message).toMatch(/^该台账已在另一窗口打开（操作人王某，\d+月\d+日 \d\d:\d\d 时打开）/u);
  });

  it('reading is allowed beside it', async () => {
    await other();
    const store = openStore(path, { readOnly: true });
    expect(store.db.prepare('SELECT count(*) FROM "meta"').pluck().get()).toBeGreaterThan(0);
    store.close();
  });

  it('a program that was killed leaves no mark that holds', async () => {
    const { child } = await other();
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(`${path}-lock`)).toBe(true);
    openStore(path).close();
  });

  it('closing leaves nothing beside the ledger', () => {
    openStore(path).close();
    expect(readdirSync(folder)).toEqual(['市.bbledger']);
  });

  it('the same file under another name is the same ledger', () => {
    const store = openStore(path);
    const link = join(folder, '快捷.bbledger');
    symlinkSync(path, link);
    expect(faultOf(() => openStore(link))?.code).toBe('LEDGER_BUSY');
    store.close();
  });

  it('a damaged mark is thrown away', () => {
    writeFileSync(`${path}-lock`, 'x'.repeat(5000));
    openStore(path).close();
  });

  it('of many that start at once exactly one gets it', async () => {
    const said = await Promise.all(Array.from({ length: 6 }, async () => (await other()).said));
    expect(said.filter((text) => text === 'open')).toHaveLength(1);
    expect(said.filter((text) => text === 'LEDGER_BUSY')).toHaveLength(5);
  });
});

describe('a ledger file that vanishes while it is open', () => {
  it('takes no more changes, for they would be lost with it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'baobao-gone-'));
    const path = join(folder, '市.bbledger');
    const store = createStore(path, { officeId: newId(), level: 'city', operator: '王某', now: 0 });
    const register = () =>
      commit(
        store,
        { kind: 'edit', title: '登记', changes: [{ entity: 'person', id: newId(), set: { name: '某甲' } }] },
        { operator: '王某', now: 1 },
      );
    register();
    renameSync(path, `${path}.away`);
    expect(faultOf(register)?.code).toBe('FILE_GONE');
    writeFileSync(path, 'another file of that name');
    expect(faultOf(register)?.code).toBe('FILE_GONE');
    renameSync(`${path}.away`, path);
    register();
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
