import { formatChinese } from '../../../shared/domain/date.ts';
import { blankRows, blankSpace, type Flowed, type FlowItem, type Frame, flow } from './flow.ts';
import {
  DOUBLE_RULE,
  doubleRedLine,
  draftMark,
  pageNumber,
  singleLine,
  TRACE_BASELINE,
  traceElements,
} from './furniture.ts';
import {
  A4_PORTRAIT,
  ASCENT,
  baselineIn,
  CELL_PITCH,
  CELLS_PER_LINE,
  LINE_PITCH,
  TYPE_AREA,
  TYPE_SIZE,
} from './geometry.ts';
import type { LetterBlock, SupervisionLetter } from './letter-model.ts';
import { breakLines, breakTitle, type Line, type TextRun } from './line-break.ts';
import { movedRight, type Page, type PageElement, type Paper, pagesToHtml, placeLine, RED } from './page.ts';
import { laySlip } from './reply-slip.ts';
import { columnWidths, headingItem, type TableStyle, tableItems, tableSize } from './table.ts';

/** The letter format (信函格式) of GB/T 9704-2012 §10.1 for supervision papers (B8). */

export interface LetterOptions {
  /** Printed on both sides: even pages have their binding edge (28 mm) on the right. */
  readonly duplex?: boolean;
}

const LINE = CELLS_PER_LINE * 2;
const MARK_TOP = 30;
const MARK_TO_RULE = 4;
/** 距下页边 20 mm. */
const LOWER_RULE_TOP = A4_PORTRAIT.height - 20 - DOUBLE_RULE;
/** Seven eighths of a size-3 character between a red line and the text next to it. */
const RULE_TO_TEXT = (TYPE_SIZE.three * 7) / 8;
const TITLE_PITCH = 12;
const COPY_PITCH = 8;
/** White space between 抄送 and the line to cut along. */
const ABOVE_CUT = 4;

/** Lays a letter out on pages. */
export function layLetter(letter: SupervisionLetter, options: LetterOptions = {}): Paper {
  const head = layHead(letter);
  const items = bodyItems(letter);
  const copy = layCopyTo(letter.copyTo ?? []);
  const single = flow(items, framesFrom(head.bottom, null));
  const onePage = single.pages.length === 1 && single.end + copy.height <= TYPE_AREA.bottom;
  const flowed = onePage ? single : flow(items, framesFrom(head.bottom, firstPagePitch(head.bottom)));
  const pages = flowed.pages.map((page) => [...page]);
  pages[0]?.unshift(...head.elements);
  const end = placeEnd(letter, pages, flowed, copy);
  const finished = end.map((elements, index) => finishPage(elements, index, letter, options));
  return { title: `${letter.number} ${letter.title.replace(/\n/g, '')}`, pages: finished };
}

/** A letter as a self-contained HTML document for printing. */
export function letterHtml(letter: SupervisionLetter, options: LetterOptions = {}): string {
  const paper = layLetter(letter, options);
  return pagesToHtml(paper.title, paper.pages);
}

/** Copy-to and reply slip after the text has been laid out. */
function placeEnd(letter: SupervisionLetter, pages: PageElement[][], flowed: Flowed, copy: CopyTo): PageElement[][] {
  const slip = letter.replySlip
    ? laySlip({ ...letter.replySlip, number: letter.number, title: letter.title, issuer: letter.issuer }, 'short')
    : null;
  let end = flowed.end;
  const fits = (height: number): boolean => end + height <= TYPE_AREA.bottom + 1e-6;
  if (copy.height > 0 && !fits(copy.height)) {
    pages.push([]);
    end = TYPE_AREA.top;
  }
  const withSlip =
    slip !== null && letter.replySlip?.placement !== 'ownPage' && fits(copy.height + ABOVE_CUT + slip.height);
  const floor = withSlip ? TYPE_AREA.bottom - slip.height : TYPE_AREA.bottom;
  pages.at(-1)?.push(...copy.draw(floor - copy.height - (withSlip ? ABOVE_CUT : 0)));
  if (slip && withSlip) pages.at(-1)?.push(...slip.draw(TYPE_AREA.left, floor));
  else if (slip && letter.replySlip) {
    const tall = laySlip(
      { ...letter.replySlip, number: letter.number, title: letter.title, issuer: letter.issuer },
      'tall',
    );
    pages.push(tall.draw(TYPE_AREA.left, TYPE_AREA.top));
  }
  return pages;
}

function finishPage(
  elements: readonly PageElement[],
  index: number,
  letter: SupervisionLetter,
  options: LetterOptions,
): Page {
  const number = index + 1;
  const furniture: PageElement[] = [
    ...(number > 1 ? pageNumber(number, TYPE_AREA.left) : []),
    ...traceElements(letter.trace, letter.number, TYPE_AREA.left, TYPE_AREA.width, TRACE_BASELINE),
    ...(letter.draft ? draftMark() : []),
  ];
  const all = [...elements, ...furniture];
  // On the back of a sheet the binding edge is on the right: 210 − 28 − 156 = 26 mm remain on the left (§5.2.1).
  const mirrored = options.duplex === true && number % 2 === 0;
  return {
    size: A4_PORTRAIT,
    elements: mirrored ? movedRight(all, A4_PORTRAIT.width - 2 * TYPE_AREA.left - TYPE_AREA.width) : all,
  };
}

/**
 * The text of a full first page ends 7/8 of a character above the lower red line (§10.1). The row height there is
 * adjusted by a few hundredths for it, as §5.2.3 allows.
 */
function firstPagePitch(top: number): { readonly pitch: number; readonly rows: number } {
  const lowest = LOWER_RULE_TOP - RULE_TO_TEXT;
  const free = lowest - top - TYPE_SIZE.three / 2;
  const rows = Math.max(1, Math.round(free / LINE_PITCH + 0.5));
  return { pitch: free / (rows - 0.5), rows };
}

function framesFrom(
  firstTop: number,
  fitted: { readonly pitch: number; readonly rows: number } | null,
): (page: number) => Frame {
  const others: Frame = { left: TYPE_AREA.left, top: TYPE_AREA.top, bottom: TYPE_AREA.bottom, pitch: LINE_PITCH };
  const first: Frame = fitted
    ? { left: TYPE_AREA.left, top: firstTop, bottom: firstTop + fitted.rows * fitted.pitch, pitch: fitted.pitch }
    : { left: TYPE_AREA.left, top: firstTop, bottom: TYPE_AREA.bottom, pitch: LINE_PITCH };
  return (page) => (page === 0 ? first : others);
}

/** Issuer mark, red lines, number, marks at the left and title: fixed places on the first page. */
function layHead(letter: SupervisionLetter): { readonly elements: PageElement[]; readonly bottom: number } {
  const mark = layMark(letter.issuer);
  const ruleTop = mark.bottom + MARK_TO_RULE;
  const firstRow = ruleTop + DOUBLE_RULE + RULE_TO_TEXT;
  const size = TYPE_SIZE.three;
  const row = (index: number): number => firstRow + index * LINE_PITCH + ASCENT * size;
  const left = [letter.secrecy, letter.urgency].filter((text): text is string => text !== undefined && text !== '');
  const elements = [
    ...mark.elements,
    ...doubleRedLine(ruleTop, true),
    ...doubleRedLine(LOWER_RULE_TOP, false),
    ...left.flatMap((text, index) =>
      singleLine({ text, font: 'hei', size, x: TYPE_AREA.left, width: 60, baseline: row(index), align: 'left' }),
    ),
    ...singleLine({
      text: letter.number,
      font: 'body',
      size,
      x: TYPE_AREA.left + (left.length > 0 ? 62 : 0),
      width: TYPE_AREA.width - (left.length > 0 ? 62 : 0),
      baseline: row(0),
      align: 'right',
    }),
  ];
  const titleTop = firstRow + Math.max(0, left.length - 1) * LINE_PITCH + size + 2 * LINE_PITCH;
  const titleSize = TYPE_SIZE.two;
  const measure = Math.floor((TYPE_AREA.width / titleSize) * 2);
  const lines = breakTitle(letter.title, 'title', measure);
  lines.forEach((line, index) => {
    elements.push(
      ...placeLine(line, {
        x: TYPE_AREA.left + (TYPE_AREA.width - (measure * titleSize) / 2) / 2,
        baseline: titleTop + index * TITLE_PITCH + ASCENT * titleSize,
        size: titleSize,
        cell: titleSize,
        measure,
        align: 'center',
      }),
    );
  });
  return { elements, bottom: titleTop + (lines.length - 1) * TITLE_PITCH + titleSize };
}

/** Characters of the mark are set narrower when the issuer's name is long, down to this share of their height. */
const NARROWEST = 0.62;
const MARK_SIZE = 14;

/** 发文机关标志: its upper edge 30 mm from the sheet's edge, red 小标宋, centred, at most as wide as the type area. */
function layMark(issuer: string): { readonly elements: PageElement[]; readonly bottom: number } {
  const oneLine = issuer.includes('\n') ? [] : breakTitle(issuer, 'title', 10_000);
  const longest = (lines: readonly Line[]): number => Math.max(2, ...lines.map((line) => line.width));
  const lines = oneLine.length > 0 && longest(oneLine) <= 52 ? oneLine : breakTitle(issuer, 'title', 52);
  const cells = longest(lines) / 2;
  const size = Math.min(MARK_SIZE, TYPE_AREA.width / (cells * NARROWEST));
  const stretch = Math.min(1, TYPE_AREA.width / (cells * size));
  // A short name is spread out, as on printed heads.
  const cell = cells * size < 100 ? Math.min(size * 1.5, 110 / cells) : size * stretch;
  const pitch = size * 1.25;
  // The ink of a Han character begins about 0.02 em under the top of its em square and ends 0.05 em above its foot.
  const firstBaseline = MARK_TOP - 0.02 * size + ASCENT * size;
  const elements = lines.flatMap((line, index) => {
    const width = (line.width * cell) / 2 - (cell - size * stretch);
    const baseline = firstBaseline + index * pitch;
    return placeLine(line, {
      x: (A4_PORTRAIT.width - width) / 2,
      baseline,
      size,
      cell,
      measure: line.width,
      align: 'left',
      colour: RED,
    }).map((element): PageElement => (element.kind === 'glyphs' ? { ...element, stretch } : element));
  });
  return { elements, bottom: firstBaseline + (lines.length - 1) * pitch + 0.09 * size };
}

/** A text line as a flowing row on the 28-cell grid. */
function lineItem(line: Line, keepWithNext: boolean, align: 'justify' | 'left' = 'justify'): FlowItem {
  return {
    height: { rows: 1 },
    keepWithNext,
    draw: (x, y, pitch) =>
      placeLine(line, {
        x,
        baseline: baselineIn(y, pitch, TYPE_SIZE.three),
        size: TYPE_SIZE.three,
        cell: CELL_PITCH,
        measure: LINE,
        align,
      }),
  };
}

const paragraphLines = (runs: readonly TextRun[], firstIndent: number, restIndent = 0): Line[] =>
  breakLines(runs, { width: LINE, firstIndent, restIndent });

function bodyItems(letter: SupervisionLetter): FlowItem[] {
  const items: FlowItem[] = [blankRows(1)];
  const addressees = `${letter.addressees.join('，').replace(/[：:]+$/, '')}：`;
  for (const line of paragraphLines([{ text: addressees, font: 'body' }], 0)) items.push(lineItem(line, true));
  for (const block of letter.body) items.push(...blockItems(block));
  const attachments = attachmentLines(letter.attachments ?? []);
  // The page with the signature must carry text of the paper as well (§7.3.5): the last paragraph's end goes along.
  const closing = letter.body.at(-1);
  keepWithNext(items, closing && blockItems(closing).length > 1 && closing.type !== 'table' ? 2 : 1);
  if (attachments.length > 0) items.push(blankRows(1, true), ...attachments.map((line) => lineItem(line, true)));
  items.push(...signatureItems(letter));
  return items;
}

/** Ties the last `count` items to what follows them. */
function keepWithNext(items: FlowItem[], count: number): void {
  for (const [back, item] of items.slice(-count).entries())
    items[items.length - Math.min(count, items.length) + back] = { ...item, keepWithNext: true };
}

/** Faces of a heading and of what runs on after its first full stop (§7.3.3). */
function headingRuns(level: 1 | 2 | 3 | 4, text: string): { readonly runs: TextRun[]; readonly runsOn: boolean } {
  const font = level === 1 ? 'hei' : level === 2 ? 'kai' : 'body';
  const stop = text.indexOf('。');
  // A numbered sentence is a paragraph with a number, not the title of what follows.
  const runsOn = stop >= 0;
  if (!runsOn || stop >= text.trimEnd().length - 1) return { runs: [{ text, font }], runsOn };
  return {
    runs: [
      { text: text.slice(0, stop + 1), font },
      { text: text.slice(stop + 1), font: 'body' },
    ],
    runsOn,
  };
}

function blockItems(block: LetterBlock): FlowItem[] {
  switch (block.type) {
    case 'heading': {
      const { runs, runsOn } = headingRuns(block.level, block.text);
      return paragraphLines(runs, 4).map((line) => lineItem(line, !runsOn));
    }
    case 'paragraph':
      return paragraphLines([{ text: block.text, font: 'body' }], 4).map((line) => lineItem(line, false));
    case 'table': {
      const size = tableSize(block.columns.length);
      const style: TableStyle = { columns: columnWidths(block.columns, block.rows, TYPE_AREA.width, size), size };
      const rows = block.rows.map((row) => ({
        cells: block.columns.map((_, column) => {
          const text = row[column] ?? '';
          return { text, align: /^[-\d.,%—]*$/.test(text) ? ('center' as const) : ('left' as const) };
        }),
      }));
      return [
        blankSpace(1.5, true),
        ...tableItems({
          style,
          header: headingItem(
            block.columns.map((title) => ({ title })),
            style,
          ),
          rows,
          maxRowHeight: 120,
        }),
        blankSpace(1.5),
      ];
    }
  }
}

/** 附件说明: one row under the text, turn-over lines under the first character of the name (§7.3.4). */
function attachmentLines(names: readonly string[]): Line[] {
  if (names.length === 1) return paragraphLines([{ text: `附件：${names[0] ?? ''}`, font: 'body' }], 4, 10);
  return names.flatMap((name, index) => {
    const ordinal = `${index + 1}.`;
    const hang = 10 + ordinal.length;
    return paragraphLines(
      [
        { text: `${index === 0 ? '附件：' : ''}${ordinal}`, font: 'body' },
        { text: name, font: 'body' },
      ],
      index === 0 ? 4 : 10,
      hang,
    );
  });
}

const cellsOf = (text: string): number => breakLines([{ text, font: 'body' }], { width: 10_000 })[0]?.width ?? 0;

/**
 * 署名 and 成文日期 (§7.3.5). With a seal: the date four characters from the right, the signer centred on it, two free
 * rows above so that the seal's upper edge comes within one row of the text. Without: signer two characters from the
 * right, the date two characters further right than the signer's first.
 */
function signatureItems(letter: SupervisionLetter): FlowItem[] {
  const date = formatChinese(letter.date);
  const sealed = letter.sealed !== false;
  const signerWidth = Math.min(cellsOf(letter.signer), LINE);
  const dateWidth = cellsOf(date);
  let dateIndent: number;
  let signerIndent: number;
  if (sealed) {
    const centre = Math.min(LINE - 8 - dateWidth / 2, LINE - signerWidth / 2);
    dateIndent = centre - dateWidth / 2;
    signerIndent = Math.max(0, centre - signerWidth / 2);
  } else if (dateWidth <= signerWidth - 4) {
    signerIndent = Math.max(0, LINE - 4 - signerWidth);
    dateIndent = signerIndent + 4;
  } else {
    dateIndent = LINE - 4 - dateWidth;
    signerIndent = Math.max(0, dateIndent - 4);
  }
  const at = (text: string, indent: number): FlowItem[] =>
    breakLines([{ text, font: 'body' }], { width: LINE }).map((line) =>
      lineItem({ ...line, indent: line.width + indent > LINE ? 0 : indent, last: true }, true, 'left'),
    );
  const contact = letter.contact
    ? paragraphLines(
        [{ text: `（联系人：${letter.contact.name}；联系电话：${letter.contact.phone}）`, font: 'body' }],
        4,
      )
    : [];
  const rows = [
    blankRows(sealed ? 2 : 1, true),
    ...at(letter.signer, signerIndent),
    ...at(date, dateIndent),
    ...contact.map((line) => lineItem(line, true)),
  ];
  const last = rows.at(-1);
  if (last) rows[rows.length - 1] = { ...last, keepWithNext: false };
  return rows;
}

interface CopyTo {
  readonly height: number;
  readonly draw: (top: number) => PageElement[];
}

/** 抄送 of the letter format: size 4, one character free left and right, no dividing lines (§10.1, §7.4.1). */
function layCopyTo(names: readonly string[]): CopyTo {
  if (names.length === 0) return { height: 0, draw: () => [] };
  const size = TYPE_SIZE.four;
  const measure = Math.floor((TYPE_AREA.width / size - 2) * 2);
  const text = `抄送：${names.join('，').replace(/。+$/, '')}。`;
  const lines = breakLines([{ text, font: 'body' }], { width: measure, restIndent: 6 });
  return {
    height: lines.length * COPY_PITCH + 2,
    draw: (top) =>
      lines.flatMap((line, index) =>
        placeLine(line, {
          x: TYPE_AREA.left + size,
          baseline: baselineIn(top + 2 + index * COPY_PITCH, COPY_PITCH, size),
          size,
          cell: size,
          measure,
          align: 'justify',
        }),
      ),
  };
}
