import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHtmlTable, formatTsv, parseTsv } from '../../../renderer/grid/tsv.ts';

describe('clipboard text', () => {
  it('reads rows and cells as Excel writes them, CRLF and a last line break included', () => {
    expect(parseTsv('甲\t1\r\n乙\t2\r\n')).toEqual([
      ['甲', '1'],
      ['乙', '2'],
    ]);
  });

  it('reads quoted cells with line breaks, tabs and doubled quotes', () => {
    expect(parseTsv('"第一行\r\n第二行"\t"他说""好"""\t"a\tb"')).toEqual([['第一行\n第二行', '他说"好"', 'a\tb']]);
  });

  it('takes a quote that belongs to the text as it stands', () => {
    expect(parseTsv('"3寸"管\t5"\n"不闭合')).toEqual([['"3寸"管', '5"'], ['"不闭合']]);
  });

  it('keeps blank cells and blank rows inside', () => {
    expect(parseTsv('\t\r\n\r\n甲\t\r\n')).toEqual([['', ''], [''], ['甲', '']]);
  });

  it('reads lone CR and LF, BOM and the NUL some programs append', () => {
    expect(parseTsv('\ufeff甲\r乙\n丙\0')).toEqual([['甲'], ['乙'], ['丙']]);
    expect(parseTsv('')).toEqual([]);
  });

  it('gives back every block it has written', () => {
    const cell = fc.string({ unit: fc.constantFrom('甲', 'a', '"', '\t', '\n', ' ', '1') });
    const block = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(block, (rows) => {
        expect(parseTsv(formatTsv(rows))).toEqual(rows);
      }),
    );
  });

  it('marks texts in the HTML so that codes and phones stay texts', () => {
    const html = formatHtmlTable([
      [
        { text: '13800000000', numeric: false },
        { text: '12.5', numeric: true },
        { text: 'a<b\nc', numeric: false },
      ],
    ]);
    expect(html).toContain(`<td style="mso-number-format:'\\@'">13800000000</td>`);
    expect(html).toContain('<td>12.5</td>');
    expect(html).toContain('a&lt;b<br style="mso-data-placement:same-cell">c');
  });
});
