import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, escapeHtml } from '../../../electron/ledger/documents/escape.ts';
import {
  breakLines,
  breakTitle,
  type Line,
  NEVER_FIRST,
  NEVER_LAST,
} from '../../../electron/ledger/documents/line-break.ts';

const textOf = (line: Line): string => line.atoms.map((atom) => atom.text).join('');
const bare = (text: string): string => cleanText(text).replace(/[\s\u3000]/g, '');

const han = fc.constantFrom(...'重点项目建设进度滞后督办单位责任人年月日万元𠮷');
const mark = fc.constantFrom('，', '。', '、', '；', '：', '”', '）', '》', '〕', '……', '——');
const opening = fc.constantFrom('“', '（', '《', '〔');
const figure = fc.constantFrom('2021', '5', '1,234.56', '85.3%', 'G1X2', 'EPC');
/** Text as it is written: marks do not come in long rows. */
const phrase = fc
  .tuple(
    fc.option(opening, { nil: '' }),
    fc.array(fc.oneof({ weight: 5, arbitrary: han }, figure, fc.constant(' ')), { minLength: 1, maxLength: 30 }),
    fc.option(mark, { nil: '' }),
  )
  .map(([before, middle, after]) => `${before}${middle.join('')}${after}`);
const prose = fc.array(phrase, { minLength: 1, maxLength: 12 }).map((parts) => parts.join('项目'));

describe('[B8] line breaking', () => {
  it('never exceeds 28 cells, keeps every character once and in order', () => {
    fc.assert(
      fc.property(
        fc.oneof(prose, fc.string({ unit: 'binary', maxLength: 300 })),
        fc.constantFrom(0, 4),
        (text, firstIndent) => {
          const lines = breakLines([{ text, font: 'body' }], { width: 56, firstIndent });
          for (const line of lines) {
            expect(line.indent + line.width).toBeLessThanOrEqual(56);
            expect(line.width).toBe(line.atoms.reduce((sum, atom) => sum + atom.width, 0));
          }
          if (!/[\p{Mn}\p{Me}]/u.test(text)) expect(bare(lines.map(textOf).join(''))).toBe(bare(text));
        },
      ),
    );
  });

  it('begins no line with a closing mark and ends none with an opening one', () => {
    fc.assert(
      fc.property(prose, (text) => {
        const lines = breakLines([{ text, font: 'body' }], { width: 56, firstIndent: 4 });
        lines.slice(1).forEach((line) => {
          expect(NEVER_FIRST.has(textOf(line).charAt(0))).toBe(false);
        });
        lines.slice(0, -1).forEach((line) => {
          expect(NEVER_LAST.has(textOf(line).at(-1) ?? '')).toBe(false);
        });
      }),
    );
  });

  it('fills a line with exactly 28 Han characters', () => {
    const lines = breakLines([{ text: '项'.repeat(57), font: 'body' }], { width: 56 });
    expect(lines.map((line) => line.atoms.length)).toEqual([28, 28, 1]);
  });

  it('takes a character along rather than beginning with a comma, and keeps figures whole', () => {
    expect(breakLines([{ text: `${'项'.repeat(28)}，目`, font: 'body' }], { width: 56 }).map(textOf)).toEqual([
      '项'.repeat(27),
      '项，目',
    ]);
    expect(breakLines([{ text: `${'项'.repeat(26)}123,456.78万元`, font: 'body' }], { width: 56 }).map(textOf)).toEqual(
      ['项'.repeat(26), '123,456.78万元'],
    );
    expect(breakLines([{ text: `${'项'.repeat(27)}……目`, font: 'body' }], { width: 56 }).map(textOf)).toEqual([
      '项'.repeat(26),
      '项……目',
    ]);
  });

  it('balances a title and tears no word', () => {
    expect(breakTitle('关于甲河县3个重点项目进度滞后问题的督办单', 'title', 40).map(textOf)).toEqual([
      '关于甲河县3个重点项目',
      '进度滞后问题的督办单',
    ]);
    expect(breakTitle('关于加快推进\n玉米项目的提示', 'title', 40).map(textOf)).toEqual([
      '关于加快推进',
      '玉米项目的提示',
    ]);
    fc.assert(
      fc.property(prose, (text) => {
        const lines = breakTitle(text, 'title', 40);
        for (const line of lines) expect(line.width).toBeLessThanOrEqual(40);
        expect(bare(lines.map(textOf).join(''))).toBe(bare(text));
      }),
      { numRuns: 30 },
    );
  });
});

describe('[B8] text from data', () => {
  it('reaches HTML only escaped', () => {
    expect(escapeHtml(`<b a="1">&'`)).toBe('&lt;b a=&quot;1&quot;&gt;&amp;&#39;');
  });

  it('loses controls, directional overrides and broken surrogates', () => {
    expect(cleanText('甲\u0000乙\u202e丙\u200b丁\ud800戊\r\n己\t庚')).toBe('甲乙丙丁〓戊\n己 庚');
  });
});
