import { cleanText, escapeHtml } from './escape.ts';
import { type FontRole, fontStyles } from './fonts.ts';
import { A4_LANDSCAPE, A4_PORTRAIT, type SheetSize } from './geometry.ts';
import type { Line } from './line-break.ts';

/**
 * A printed page as a list of things at fixed places, all in millimetres from the sheet's upper left corner. Every
 * character has its own place, so that a substituted font changes the look of a paper but never its lines.
 */

/** Han characters of one face in one line: `characters[i]` begins at `xs[i]`. */
export interface GlyphElement {
  readonly kind: 'glyphs';
  readonly characters: readonly string[];
  readonly xs: readonly number[];
  readonly baseline: number;
  readonly size: number;
  readonly font: FontRole;
  readonly colour: string;
  /** Horizontal scale of each character, 1 where absent (长字 of an issuer mark). */
  readonly stretch?: number;
}

/** A Latin word or figure fitted into `width`. */
export interface WordElement {
  readonly kind: 'word';
  readonly text: string;
  readonly x: number;
  readonly width: number;
  readonly baseline: number;
  readonly size: number;
  readonly font: FontRole;
  readonly colour: string;
}

export interface RuleElement {
  readonly kind: 'rule';
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly width: number;
  readonly colour: string;
  readonly dashed?: boolean;
}

/** A picture fitted into a box, its proportions kept, the rest left white. */
export interface ImageElement {
  readonly kind: 'image';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** data: address; a printed paper fetches nothing. */
  readonly href: string;
}

export type PageElement = GlyphElement | WordElement | RuleElement | ImageElement;

export interface Page {
  readonly size: SheetSize;
  readonly elements: readonly PageElement[];
}

/** Pages of one paper, ready for printing or for a batch. */
export interface Paper {
  /** For the window's title and the PDF's, e.g. the document number. */
  readonly title: string;
  readonly pages: readonly Page[];
}

const BLACK = '#000';
/** Red of 红头 and red lines. */
export const RED = '#e60000';

export interface LinePlace {
  /** Left edge of the measure. */
  readonly x: number;
  readonly baseline: number;
  /** Size of the em square. */
  readonly size: number;
  /** Room of one Han character. */
  readonly cell: number;
  /** Width of the measure in half cells. */
  readonly measure: number;
  /** `justify` spreads all lines but a paragraph's last to the right edge. */
  readonly align: 'justify' | 'left' | 'center' | 'right';
  readonly colour?: string;
}

/** More white than this share of a cell between two characters would look torn; such a line stays ragged. */
const MAX_SPREAD = 0.25;

/** Places a broken line. */
export function placeLine(line: Line, place: LinePlace): PageElement[] {
  const half = place.cell / 2;
  const free = place.measure - line.indent - line.width;
  const gaps = line.atoms.length - 1;
  const spread =
    place.align === 'justify' && !line.last && free > 0 && free <= 2 * MAX_SPREAD * gaps ? (free * half) / gaps : 0;
  const shift = place.align === 'center' ? free / 2 : place.align === 'right' ? free : 0;
  const colour = place.colour ?? BLACK;
  const elements: PageElement[] = [];
  let x = place.x + (line.indent + shift) * half;
  let open: { font: FontRole; characters: string[]; xs: number[] } | null = null;
  for (const atom of line.atoms) {
    if (atom.kind === 'cell' && atom.text.length === 1) {
      if (!open || open.font !== atom.font) {
        open = { font: atom.font, characters: [], xs: [] };
        elements.push({ kind: 'glyphs', ...open, baseline: place.baseline, size: place.size, colour });
      }
      open.characters.push(atom.text);
      open.xs.push(x);
    } else if (atom.kind === 'cell') {
      // A surrogate pair or a base with marks: an x list would count its parts one by one.
      open = null;
      elements.push({
        kind: 'glyphs',
        characters: [atom.text],
        xs: [x],
        baseline: place.baseline,
        size: place.size,
        font: atom.font,
        colour,
      });
    } else if (atom.kind === 'word') {
      open = null;
      elements.push({
        kind: 'word',
        text: atom.text,
        x,
        width: atom.width * half,
        baseline: place.baseline,
        size: place.size,
        font: atom.font,
        colour,
      });
    }
    x += atom.width * half + spread;
  }
  return elements;
}

/** A straight line; horizontal or vertical. */
export function rule(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  width: number,
  colour: string = BLACK,
  dashed = false,
): RuleElement {
  return dashed
    ? { kind: 'rule', x1, y1, x2, y2, width, colour, dashed }
    : { kind: 'rule', x1, y1, x2, y2, width, colour };
}

/** The same elements moved to the right by `dx`. */
export function movedRight(elements: readonly PageElement[], dx: number): PageElement[] {
  return elements.map((element): PageElement => {
    if (element.kind === 'glyphs') return { ...element, xs: element.xs.map((x) => x + dx) };
    if (element.kind === 'word' || element.kind === 'image') return { ...element, x: element.x + dx };
    return { ...element, x1: element.x1 + dx, x2: element.x2 + dx };
  });
}

/** Text of a page in reading order of its elements, one string per base line; for checks. */
export function pageLines(page: Page): string[] {
  const rows = new Map<string, { x: number; text: string }[]>();
  for (const element of page.elements) {
    if (element.kind === 'rule' || element.kind === 'image') continue;
    const key = element.baseline.toFixed(2);
    const row = rows.get(key) ?? [];
    rows.set(key, row);
    if (element.kind === 'word') row.push({ x: element.x, text: element.text });
    else row.push({ x: element.xs[0] ?? 0, text: element.characters.join('') });
  }
  return [...rows.entries()]
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, row]) =>
      row
        .sort((a, b) => a.x - b.x)
        .map((piece) => piece.text)
        .join(''),
    );
}

const mm = (value: number): string => String(Math.round(value * 1000) / 1000);

function drawn(element: PageElement): string {
  switch (element.kind) {
    case 'image':
      return `<image x="${mm(element.x)}" y="${mm(element.y)}" width="${mm(element.width)}" height="${mm(element.height)}" preserveAspectRatio="xMidYMid meet" href="${escapeHtml(element.href)}"/>`;
    case 'rule':
      return `<line x1="${mm(element.x1)}" y1="${mm(element.y1)}" x2="${mm(element.x2)}" y2="${mm(element.y2)}" stroke="${element.colour}" stroke-width="${mm(element.width)}"${element.dashed ? ' stroke-dasharray="2 1.5"' : ''}/>`;
    case 'word':
      return `<text class="${element.font}" x="${mm(element.x)}" y="${mm(element.baseline)}" font-size="${mm(element.size)}" fill="${element.colour}" textLength="${mm(element.width)}" lengthAdjust="spacingAndGlyphs">${escapeHtml(element.text)}</text>`;
    case 'glyphs': {
      const stretch = element.stretch ?? 1;
      const xs = element.xs.map((x) => mm(x / stretch)).join(' ');
      const transform = stretch === 1 ? '' : ` transform="scale(${mm(stretch)} 1)"`;
      return `<text class="${element.font}" x="${xs}" y="${mm(element.baseline)}" font-size="${mm(element.size)}" fill="${element.colour}"${transform}>${escapeHtml(element.characters.join(''))}</text>`;
    }
  }
}

/** One page as SVG; a landscape page inside a portrait print run is turned (GB/T 9704-2012 §8: 横排表格). */
function pageSvg(page: Page, sheet: SheetSize): string {
  const body = page.elements.map(drawn).join('\n');
  const turned = page.size.width !== sheet.width;
  const content = turned ? `<g transform="translate(0 ${sheet.height}) rotate(-90)">${body}</g>` : body;
  return `<section class="page"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${sheet.width} ${sheet.height}">${content}</svg></section>`;
}

/**
 * A self-contained HTML document. A page is a little lower than its sheet: Chromium's A4 across is 209.9 mm high, and what is
 * higher would be followed by an empty sheet. Inline style, no script, nothing fetched. Print it with the page size of the CSS
 * (`preferCSSPageSize`), no header or footer, backgrounds off.
 */
export function pagesToHtml(title: string, pages: readonly Page[]): string {
  const sheet =
    pages.length > 0 && pages.every((page) => page.size.width > page.size.height) ? A4_LANDSCAPE : A4_PORTRAIT;
  const orientation = sheet === A4_LANDSCAPE ? 'A4 landscape' : 'A4';
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeHtml(cleanText(title))}</title>
<style>
@page{size:${orientation};margin:0}
html,body{margin:0;padding:0}
.page{width:${sheet.width}mm;height:${sheet.height - 0.2}mm;position:relative;overflow:hidden;break-after:page;break-inside:avoid;background:#fff}
.page:last-child{break-after:auto}
.page svg{display:block;width:${sheet.width}mm;height:${sheet.height}mm}
text{font-weight:400;font-style:normal;font-kerning:none;font-variant-ligatures:none;text-spacing-trim:space-all;text-autospace:no-autospace;white-space:pre;text-rendering:geometricPrecision}
@media screen{body{background:#8a8f94}.page{margin:6mm auto;box-shadow:0 1mm 3mm rgba(0,0,0,.35)}}
${fontStyles()}
</style>
</head>
<body>
${pages.map((page) => pageSvg(page, sheet)).join('\n')}
</body>
</html>
`;
}
