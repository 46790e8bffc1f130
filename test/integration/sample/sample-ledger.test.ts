import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleCounty, createSampleLedger, SAMPLE_OFFICE } from '../../../electron/ledger/sample/index.ts';
import { commit } from '../../../electron/ledger/store/commit.ts';
import { readIdentity, readMeta } from '../../../electron/ledger/store/meta.ts';
import type { Store } from '../../../electron/ledger/store/open.ts';
import { undoSteps } from '../../../electron/ledger/store/undo.ts';

const NOW = Date.UTC(2026, 0, 5);
const SMALL = { projects: 60, reportsPerProject: 6 };

describe('the sample ledger', () => {
  let folder: string;
  let store: Store | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baobao-sample-'));
  });

  afterEach(() => {
    store?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const count = (opened: Store, table: string, where = '1'): number =>
    (opened.db.prepare(`SELECT count(*) AS c FROM "${table}" WHERE ${where}`).get() as { c: number }).c;

  it('is a city ledger with a day of its own, marked as a sample', () => {
    const seen: number[] = [];
    store = createSampleLedger(join(folder, '示例.bbledger'), NOW, SMALL, ({ rows }) => seen.push(rows));
    expect(readIdentity(store)).toMatchObject({ officeId: SAMPLE_OFFICE, level: 'city' });
    expect([readMeta(store, 'sample'), readMeta(store, 'today'), readMeta(store, 'preset')]).toEqual([
      '1',
      '2021-05-18',
      'hundredDays',
    ]);
    expect(count(store, 'project')).toBe(60);
    expect(count(store, 'promotionGroup')).toBe(6);
    expect(count(store, 'responsibilityUnit')).toBe(10);
    expect(count(store, 'rule')).toBe(4);
    expect(count(store, 'office', `"status" = 'invited' AND "level" = 'county'`)).toBe(10);
    expect(count(store, 'proposal')).toBe(0);
    expect(seen.at(-1)).toBe(count(store, 'change'));
  });

  it('is journalled in the order of its own days, beyond the reach of undo', () => {
    store = createSampleLedger(join(folder, '示例.bbledger'), NOW, SMALL);
    const stamps = store.db.prepare('SELECT "stamp" FROM "journal" ORDER BY "n"').pluck().all() as string[];
    expect(stamps).toEqual([...stamps].sort());
    const last = store.db.prepare('SELECT "title", "at" FROM "journal" ORDER BY "n" DESC LIMIT 1').get();
    expect(last).toMatchObject({ title: '收2021年5月上旬旬报' });
    expect(undoSteps(store, 5).undo).toEqual([]);
  });

  it('can be edited by the city afterwards', () => {
    store = createSampleLedger(join(folder, '示例.bbledger'), NOW, SMALL);
    const id = store.db.prepare('SELECT "id" FROM "project" LIMIT 1').pluck().get() as string;
    const result = commit(
      store,
      { kind: 'edit', title: '改', changes: [{ entity: 'project', id, set: { note: '甲', location: '乙' } }] },
      { operator: '王某', now: NOW },
    );
    expect(result).toMatchObject({ changed: 1, proposals: 0 });
  });

  it('has a county that holds its own projects only and may edit them', () => {
    store = createSampleCounty(join(folder, '青禾县.bbledger'), NOW, '青禾县', SMALL);
    const units = store.db
      .prepare('SELECT DISTINCT u."name" FROM "project" p JOIN "responsibilityUnit" u ON u."id" = p."unitId"')
      .pluck()
      .all();
    expect(units).toEqual(['青禾县']);
    expect(readIdentity(store).level).toBe('county');
    const orphans = `"projectId" NOT IN (SELECT "id" FROM "project") OR "submissionId" NOT IN (SELECT "id" FROM "submission")`;
    expect(count(store, 'report')).toBeGreaterThan(0);
    expect(count(store, 'report', orphans)).toBe(0);
    const id = store.db.prepare('SELECT "id" FROM "project" LIMIT 1').pluck().get() as string;
    const changes = [{ entity: 'project' as const, id, set: { location: '新址', annualPlan: 1 } }];
    const result = commit(store, { kind: 'edit', title: '改', changes }, { operator: '李某', now: NOW });
    expect(result).toMatchObject({ changed: 1, proposals: 1 });
  });

  it('is written fast enough to be opened from the start page', () => {
    const start = performance.now();
    store = createSampleLedger(join(folder, '示例.bbledger'), NOW);
    expect(performance.now() - start).toBeLessThan(15_000);
    expect(count(store, 'project')).toBe(300);
    expect(count(store, 'report')).toBeGreaterThan(6000);
  });
});
