import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packRows, RowUnpacker } from '../../../shared/domain/packed-rows.ts';

const columns = ['id', 'name', 'amount', 'note'] as const;
const value = fc.oneof(
  fc.constant(null),
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

describe('rows packed by column', () => {
  it('come out as they went in, in any number of slices', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.tuple(value, value, value, value))), (slices) => {
        const unpacker = new RowUnpacker(columns);
        const out = slices.flatMap((slice) => unpacker.unpack(packRows(columns, slice)));
        const given = slices.flat().map((row) => columns.map((_, index) => row[index] ?? null));
        // JSON has no -0; money and counts have none either.
        expect(out.map((row) => columns.map((column) => row[column]))).toEqual(
          given.map((row) => row.map((each) => (Object.is(each, -0) ? 0 : each))),
        );
      }),
    );
  });

  it('name a text of many rows once', () => {
    const rows = Array.from({ length: 500 }, (_, n) => [`${n}`, '安澜市青禾县', null, null]);
    expect(packRows(columns, rows).split('安澜市青禾县')).toHaveLength(2);
  });
});
