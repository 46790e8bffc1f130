import { formatChinese } from '../../../shared/domain/date.ts';
import { cleanText } from './escape.ts';
import type { FontRole } from './fonts.ts';
import { ASCENT, baselineIn, TYPE_AREA, TYPE_SIZE } from './geometry.ts';
import type { PrintTrace } from './letter-model.ts';
import { breakLines } from './line-break.ts';
import { type PageElement, placeLine, RED, rule } from './page.ts';

/** Things outside the running text: page numbers, red lines, the trace line, single lines of text. */

export interface SingleLine {
  readonly text: string;
  readonly font: FontRole;
  readonly size: number;
  readonly x: number;
  readonly width: number;
  readonly baseline: number;
  readonly align: 'left' | 'center' | 'right';
  readonly colour?: string;
}

/** One line of text within `x` … `x + width`; longer text is set narrower rather than cut. */
export function singleLine(line: SingleLine): PageElement[] {
  const [broken] = breakLines([{ text: line.text, font: line.font }], { width: 10_000 });
  if (!broken) return [];
  const natural = (broken.width * line.size) / 2;
  const cell = natural > line.width ? (line.width * 2) / broken.width : line.size;
  const size = Math.min(line.size, cell * 1.05);
  return placeLine(broken, {
    x:
      line.align === 'left'
        ? line.x
        : line.align === 'right'
          ? line.x + line.width - (broken.width * cell) / 2
          : line.x + (line.width - (broken.width * cell) / 2) / 2,
    baseline: line.baseline,
    size,
    cell,
    measure: broken.width,
    align: 'left',
    ...(line.colour === undefined ? {} : { colour: line.colour }),
  });
}

/** The digest as printed: the first 16 hexadecimal digits in groups of four. */
export function shortDigest(digest: string): string {
  const clean = cleanText(digest).replace(/\s/g, '');
  return (clean.slice(0, 16).match(/.{1,4}/g) ?? []).join(' ');
}

/** The small line at the foot of every sheet: number, date of the figures, digest of the data. */
export function traceElements(
  trace: PrintTrace,
  number: string,
  left: number,
  width: number,
  baseline: number,
): PageElement[] {
  const parts = [number, `数据截至${formatChinese(trace.asOf)}`, `数据摘要 ${shortDigest(trace.dataDigest)}`].filter(
    (part) => part !== '',
  );
  return singleLine({
    text: parts.join('\u3000'),
    font: 'song',
    size: TYPE_SIZE.trace,
    x: left,
    width,
    baseline,
    align: 'left',
    colour: '#555',
  });
}

/** Base line of the trace line on a portrait sheet, below the type area and the lower red line. */
export const TRACE_BASELINE = 285;

/**
 * Page number of GB/T 9704-2012 §7.5: size 4 宋体 between one-character dashes, 7 mm under the type area, one character in
 * from the outer edge: odd pages right, even pages left.
 */
export function pageNumber(
  number: number,
  left: number,
  width: number = TYPE_AREA.width,
  areaBottom: number = TYPE_AREA.bottom,
): PageElement[] {
  const size = TYPE_SIZE.four;
  return singleLine({
    text: `— ${number} —`,
    font: 'song',
    size,
    x: left + size,
    width: width - 2 * size,
    baseline: areaBottom + 7 + 0.36 * size,
    align: number % 2 === 1 ? 'right' : 'left',
  });
}

const LETTER_RULE_LENGTH = 170;
const THICK_RED = 1.05;
const RED_GAP = 0.5;
const THIN_RED = 0.35;
/** Height of a double red line. */
export const DOUBLE_RULE = THICK_RED + RED_GAP + THIN_RED;

/** Double red line of the letter format (§10.1), 170 mm, centred on the sheet; `top` is its upper edge. */
export function doubleRedLine(top: number, thickAbove: boolean): PageElement[] {
  const x1 = (210 - LETTER_RULE_LENGTH) / 2;
  const x2 = x1 + LETTER_RULE_LENGTH;
  const [first, second] = thickAbove ? [THICK_RED, THIN_RED] : [THIN_RED, THICK_RED];
  return [
    rule(x1, top + first / 2, x2, top + first / 2, first, RED),
    rule(x1, top + DOUBLE_RULE - second / 2, x2, top + DOUBLE_RULE - second / 2, second, RED),
  ];
}

/** The words on every page of a paper whose approval is not recorded (B8). */
export function draftMark(): PageElement[] {
  return singleLine({
    text: '送审稿（未经批准，不得印发）',
    font: 'hei',
    size: TYPE_SIZE.four,
    x: TYPE_AREA.left,
    width: TYPE_AREA.width,
    baseline: 18 + ASCENT * TYPE_SIZE.four,
    align: 'center',
    colour: '#555',
  });
}

/** A dashed line to cut along, 4 mm high with its words. */
export function cutLine(left: number, width: number, y: number): PageElement[] {
  const size = TYPE_SIZE.smallFive;
  const words = '沿 此 线 裁 下 回 执';
  const room = 36;
  const middle = left + width / 2;
  return [
    rule(left, y + 2, middle - room / 2, y + 2, 0.2, '#000', true),
    ...singleLine({
      text: words,
      font: 'song',
      size,
      x: middle - room / 2,
      width: room,
      baseline: baselineIn(y, 4, size),
      align: 'center',
    }),
    rule(middle + room / 2, y + 2, left + width, y + 2, 0.2, '#000', true),
  ];
}
