import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../electron/ledger/exchange/bundle/limits.ts';
import { type RowToWrite, SegmentEncoder } from '../../../electron/ledger/exchange/bundle/record.ts';
import { decodeSegment } from '../../../electron/ledger/exchange/bundle/segment-read.ts';
import { Fault } from '../../../shared/contract/faults.ts';

const stampArb = fc
  .tuple(fc.nat(0xffffff), fc.constantFrom('city00000000', 'baoqing00000', 'youyi0000000'))
  .map(([ms, stream]) => `${ms.toString(16).padStart(12, '0')}0000${stream}`);
const idArb = fc.uuid();
const valueArb = fc.oneof(
  fc.constant(null),
  fc.integer(),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom('', '换\n行', '"引号"', '\u2028'),
);
const columnsArb = fc.uniqueArray(fc.constantFrom('voided', 'name', 'stage', 'unitId', 'note', 'totalInvestment'), {
  minLength: 1,
  maxLength: 6,
});
const marksArb = (columns: readonly string[]) =>
  fc.option(fc.dictionary(fc.constantFrom(...columns), stampArb, { minKeys: 1 }), { nil: null });

const groupArb = columnsArb.chain((columns) =>
  fc.record({
    entity: fc.constantFrom('project', 'report', '_commit', 'somethingNew'),
    columns: fc.constant(columns),
    rows: fc.array(
      fc.boolean().chain((whole) =>
        (whole ? fc.constant(columns) : fc.subarray(columns, { minLength: 1 })).chain((used) =>
          fc.record({
            id: idArb,
            stamp: stampArb,
            whole: fc.constant(whole),
            columns: fc.constant(used),
            values: fc.array(valueArb, { minLength: used.length, maxLength: used.length }),
            stamps: marksArb(used),
            bases: marksArb(used),
          }),
        ),
      ),
      { maxLength: 8 },
    ),
  }),
);

const plain = (text: string): Buffer => Buffer.from(text, 'utf8');
/** Every row with its values: those of a whole row are read when they are asked for. */
function decode(text: string) {
  const groups = [...decodeSegment(plain(text), 'x.bbsync', '第 1 段')];
  for (const { rows } of groups) for (const row of rows) expect(row.values.length).toBe(row.columns.length);
  return groups;
}

function refusal(text: string): string {
  try {
    decode(text);
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
  return 'accepted';
}

const STAMP = '0000000000010000city00000000';
const HEAD = '{"e":"project","f":["voided","name"]}';

describe('[exchange] lines of a segment', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.array(groupArb, { maxLength: 5 }), (groups) => {
        const encoder = new SegmentEncoder();
        for (const group of groups) {
          encoder.group(group.entity, group.columns);
          for (const row of group.rows) encoder.row(row as RowToWrite);
        }
        const text = encoder.text();
        expect(Buffer.byteLength(text)).toBe(encoder.bytes || 1);
        const decoded = decode(text);
        const rows = decoded.flatMap((group) => group.rows);
        const sent = groups.flatMap((group) => group.rows);
        expect(rows.length).toBe(sent.length);
        rows.forEach((row, index) => {
          const original = sent[index] as RowToWrite;
          expect({ id: row.id, stamp: row.stamp, whole: row.whole }).toEqual({
            id: original.id,
            stamp: original.stamp,
            whole: original.whole,
          });
          expect([...row.columns]).toEqual([...original.columns]);
          expect([...row.values]).toEqual([...original.values]);
          const marks = (map: Readonly<Record<string, string>> | null) =>
            original.columns.map((column) => (map === null ? undefined : map[column]));
          expect(row.stamps ?? original.columns.map(() => undefined)).toEqual(marks(original.stamps));
          expect(row.bases ?? original.columns.map(() => undefined)).toEqual(marks(original.bases));
        });
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a row without heading', `["a","${STAMP}",[]]`],
    ['a prototype key', `${HEAD}\n["a","${STAMP}",{"__proto__":1}]`],
    ['a constructor column', '{"e":"project","f":["constructor"]}'],
    ['a column twice', '{"e":"project","f":["name","name"]}'],
    ['an entity with quotes', '{"e":"project\\" --","f":["name"]}'],
    ['an id with quotes', `${HEAD}\n["a';--","${STAMP}",[0,"x"]]`],
    ['an id that is no text', `${HEAD}\n[1,"${STAMP}",[0,"x"]]`],
    ['a stamp of no shape', `${HEAD}\n["a","yesterday",[0,"x"]]`],
    ['a stamp never given', `${HEAD}\n["a",7,[0,"x"]]`],
    ['a negative stamp', `${HEAD}\n["a",-1,[0,"x"]]`],
    ['more values than columns', `${HEAD}\n["a","${STAMP}",[0,"x","y"]]`],
    ['a value that is a list', `${HEAD}\n["a","${STAMP}",[0,["x"]]]`],
    ['a value that is an object', `${HEAD}\n["a","${STAMP}",[0,{"x":1}]]`],
    ['a truth value', `${HEAD}\n["a","${STAMP}",[true]]`],
    ['a stamp of an absent column', `${HEAD}\n["a","${STAMP}",[0,"x"],{"stage":0}]`],
    ['too many parts', `${HEAD}\n["a","${STAMP}",[0,"x"],0,{},1]`],
    ['half a line', `${HEAD}\n["a","${STAMP}",[0,"x`],
    ['a number for a line', `${HEAD}\n17`],
    ['a value past the limit', `${HEAD}\n["a","${STAMP}",[0,"${'x'.repeat(LIMITS.valueChars + 1)}"]]`],
    ['a line past the limit', `${HEAD}\n["a","${STAMP}",[0,"${'x'.repeat(LIMITS.lineChars + 1)}"]]`],
    [
      'too many columns',
      JSON.stringify({ e: 'project', f: Array.from({ length: LIMITS.fieldsPerRow + 1 }, (_, index) => `f${index}`) }),
    ],
  ])('refuse %s', (_, text) => {
    expect(refusal(text)).toBe('SYNC_MALFORMED');
  });

  it('say which line of which segment is wrong', () => {
    expect(() => decode(`${HEAD}\n["a","${STAMP}",[0,"x"]]\n["b"`)).toThrow(/第 1 段第 3 行/u);
  });
});
