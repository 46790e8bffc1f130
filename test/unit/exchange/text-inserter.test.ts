import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WireRow } from '../../../electron/ledger/exchange/bundle/record.ts';
import { decodeSegment } from '../../../electron/ledger/exchange/bundle/segment-read.ts';
import { ChangeLog } from '../../../electron/ledger/exchange/merge/change-log.ts';
import { RowInserter } from '../../../electron/ledger/exchange/merge/row-inserter.ts';
import { wireTable } from '../../../electron/ledger/exchange/merge/wire-check.ts';
import { readRecord } from '../../../electron/ledger/store/change-record.ts';
import { createStore } from '../../../electron/ledger/store/create.ts';
import { digestOf } from '../../../electron/ledger/store/digest.ts';
import type { Store } from '../../../electron/ledger/store/open.ts';
import type { Value } from '../../../shared/dictionary/index.ts';

const STAMP = '0000000000010000city00000000';
const table = wireTable('report') ?? expect.fail('report');
const place = (column: string): number => table.columns.indexOf(column);

/** One value as a writer may put it, and what it means. */
interface Told {
  readonly text: string;
  readonly value: Value;
}

const told = (value: Value): Told => ({ text: JSON.stringify(value), value });
const textArb = fc.oneof(
  fc.constant(told(null)),
  fc.string({ unit: 'grapheme', maxLength: 40 }).map(told),
  fc
    .constantFrom('', '换\n行\t', '"引"\\号\\', 'a/b', '\b\f', '[1],"x",{', '\u{20000}扩展区', '\u2028', '\u007f')
    .map(told),
  fc.constant({ text: '"\\/路径"', value: '/路径' }),
);
const hardArb = fc.constantFrom(
  { text: '"\\u0000"', value: '\0' },
  { text: '"\\u4e2d"', value: '中' },
  { text: '"\\\\u4e2d"', value: '\\u4e2d' },
  { text: '"\\ud83d\\ude00"', value: '\u{1f600}' },
  { text: '"坏\\ud83d字"', value: '坏\ufffd字' },
  { text: '"\\ude00"', value: '\ufffd' },
);
/** Between two doubles, or close to it: the last bit is rounded by SQLite and by JavaScript each in its way. */
const unevenArb = fc.constantFrom(
  { text: '2006.99999999999988659376', value: 2007 },
  { text: '29.999999999999998227', value: 30 },
  { text: '29999999999999998227e-18', value: 30 },
  { text: '-4503599627370497.5', value: -4503599627370498 },
);
const wholeArb = fc.oneof(
  fc.maxSafeInteger().map(told),
  fc.constantFrom({ text: '12e2', value: 1200 }, { text: '-0', value: 0 }),
);

const rowArb = (strings: fc.Arbitrary<Told>, amounts: fc.Arbitrary<Told> = wholeArb) =>
  fc.record({
    space: fc.constantFrom('', ' ', '\t '),
    cut: fc.boolean(),
    progress: strings,
    problems: textArb,
    amount: amounts,
    stamp: fc.boolean(),
  });

type Row = typeof rowArb extends (strings: never) => fc.Arbitrary<infer R> ? R : never;

describe('[exchange] rows taken by their text', () => {
  let folder: string;
  let store: Store;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baobao-text-'));
    store = createStore(join(folder, '市.bbledger'), { officeId: 'city', level: 'city', operator: '王某', now: 0 });
  });
  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Writes the rows as lines, reads them as an import does, and tells which were taken by their text. */
  function take(rows: readonly Row[], extra?: Buffer): readonly boolean[] {
    const lines = rows.map(({ space, progress, problems, amount, cut, stamp }, index) => {
      const values: string[] = table.columns.map(() => 'null');
      values[0] = '0';
      values[place('periodInvestment')] = amount.text;
      values[place('visibleProgress')] = progress.text;
      values[place('problems')] = problems.text;
      if (cut) values.length = place('problems') + 1;
      const reference = stamp || index === 0 ? `"${STAMP}"` : '0';
      return `[${space}"row-${index}",${space}${reference},[${space}${values.join(`${space},`)}${space}]${space}]${space}`;
    });
    const heading = JSON.stringify({ e: 'report', f: table.columns });
    const bytes = Buffer.concat([Buffer.from([heading, ...lines].join('\n')), extra ?? Buffer.alloc(0)]);
    store.db.exec('DELETE FROM "report"; DELETE FROM "change"; DELETE FROM "received"');
    const log = new ChangeLog(store, 1);
    const inserter = new RowInserter(store, table);
    const byText: boolean[] = [];
    log.receive({ packed: gzipSync(bytes), plain: bytes });
    for (const group of decodeSegment(bytes, 'x.bbsync', '第 1 段')) {
      for (const row of group.rows as readonly WireRow[]) {
        const { text } = row;
        byText.push(text !== null);
        if (text !== null) inserter.addText(row, group, text, log);
        else inserter.add(row, null, null, log);
      }
    }
    inserter.flush();
    const digest = log.finish();
    const records = store.db.prepare('SELECT "record" FROM "change" ORDER BY "seq"').pluck().all() as string[];
    expect(digest).toBe(digestOf(...records));
    expect(log.rows).toBe(records.length);
    return byText;
  }

  function expectTaken(rows: readonly Row[]): void {
    for (const [index, { progress, problems, amount }] of rows.entries()) {
      const id = `row-${index}`;
      const meant = {
        voided: 0,
        periodInvestment: amount.value,
        visibleProgress: progress.value,
        problems: problems.value,
        nextSteps: null,
        _stamp: STAMP,
        _stamps: null,
      };
      expect(store.db.prepare('SELECT * FROM "report" WHERE "id" = ?').get(id)).toMatchObject(meant);
      const record = readRecord(
        store,
        store.db.prepare('SELECT "record" FROM "change" WHERE "rowId" = ?').pluck().get(id) as string,
      );
      const set = Object.entries({
        periodInvestment: amount.value,
        visibleProgress: progress.value,
        problems: problems.value,
      }).filter(([, value]) => value !== null);
      expect(record).toMatchObject({ entity: 'report', id, stamp: STAMP, stamps: {}, bases: null });
      expect(
        Object.fromEntries(Object.entries(record.values).map(([field, value]) => [field, value === 0 ? 0 : value])),
      ).toEqual(Object.fromEntries(set));
    }
  }

  it('mean in the table and in the journal what JSON.parse makes of them', () => {
    fc.assert(
      fc.property(fc.array(rowArb(textArb), { minLength: 1, maxLength: 90 }), (rows) => {
        // Our own writer puts no blanks in.
        expect(take(rows)).toEqual(rows.map(({ space }) => space === ''));
        expectTaken(rows);
      }),
      { numRuns: 60 },
    );
  });

  it('are taken value by value where SQLite would read another text than we do', () => {
    fc.assert(
      fc.property(fc.array(rowArb(hardArb), { minLength: 1, maxLength: 5 }), (rows) => {
        expect(take(rows).some(Boolean)).toBe(false);
        expectTaken(rows);
      }),
      { numRuns: 30 },
    );
    fc.assert(
      fc.property(fc.array(rowArb(textArb, unevenArb), { minLength: 1, maxLength: 5 }), (rows) => {
        expect(take(rows).some(Boolean)).toBe(false);
        expectTaken(rows);
      }),
      { numRuns: 30 },
    );
    const plain: Row = {
      space: '',
      cut: false,
      progress: told('完成'),
      problems: told(null),
      amount: told(1),
      stamp: true,
    };
    const broken = Buffer.concat([Buffer.from('\n["row-1",0,[0,"'), Buffer.from([0xe4, 0xb8]), Buffer.from('"]]')]);
    expect(take([plain], broken)).toEqual([false, false]);
  });

  it('are written whatever their length', () => {
    const rows = Array.from(
      { length: 12 },
      (_, index): Row => ({
        space: '',
        cut: index % 2 === 0,
        progress: told('进展'.repeat(index === 5 ? 90_000 : 20_000)),
        problems: told('"'),
        amount: told(index),
        stamp: false,
      }),
    );
    // Our own writer puts no blanks in.
    expect(take(rows)).toEqual(rows.map(({ space }) => space === ''));
    expectTaken(rows);
  });
});
