import type { FlowItem } from './flow.ts';
import type { FontRole } from './fonts.ts';
import { baselineIn, TYPE_SIZE } from './geometry.ts';
import { atomsOf, breakParagraphs, breakTitle, type Line } from './line-break.ts';
import { type PageElement, placeLine, rule } from './page.ts';

/** Ruled tables drawn from the same broken lines as running text, so that a row's height is known before printing. */

export interface TableCell {
  readonly text: string;
  readonly font?: FontRole;
  readonly align?: 'left' | 'center' | 'right';
  readonly valign?: 'top' | 'middle' | 'bottom';
  /** Lines of about equal length, as in a heading. */
  readonly balanced?: boolean;
  /** Columns it covers, 1 where absent. */
  readonly span?: number;
}

export interface TableRow {
  readonly cells: readonly TableCell[];
  /** Least height, millimetres. */
  readonly minHeight?: number;
}

export interface TableStyle {
  /** Column widths, millimetres. */
  readonly columns: readonly number[];
  readonly size: number;
  /** Line distance in ems, 1.35 where absent. */
  readonly leading?: number;
  /** White space left and right in a cell, millimetres; 1 where absent. */
  readonly padding?: number;
}

const THIN = 0.2;
export const THICK = 0.4;
/** From this many half cells on, lines in a cell are spread to both edges; narrower ones would gape. */
const WIDE_CELL = 30;
const VERTICAL_PADDING = 0.9;

interface LaidCell {
  readonly cell: TableCell;
  readonly x: number;
  readonly width: number;
  readonly lines: readonly Line[];
  readonly measure: number;
}

/** A row ready to draw. */
export interface RowBox {
  readonly height: number;
  readonly draw: (x: number, y: number) => PageElement[];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function layCells(row: TableRow, style: TableStyle): LaidCell[] {
  const padding = style.padding ?? 1;
  let column = 0;
  return row.cells.map((cell) => {
    const span = cell.span ?? 1;
    const x = sum(style.columns.slice(0, column));
    const width = sum(style.columns.slice(column, column + span));
    column += span;
    const measure = Math.max(2, Math.floor(((width - 2 * padding) / style.size) * 2 + 1e-6));
    const font = cell.font ?? 'body';
    const lines = cell.balanced
      ? breakTitle(cell.text, font, measure)
      : breakParagraphs(cell.text, font, { width: measure });
    return { cell, x, width, lines, measure };
  });
}

interface Edges {
  readonly top: boolean;
  readonly bottom: boolean;
}

function boxOf(cells: readonly LaidCell[], height: number, style: TableStyle, edges: Edges): RowBox {
  const pitch = style.size * (style.leading ?? 1.35);
  const padding = style.padding ?? 1;
  const total = sum(style.columns);
  return {
    height,
    draw: (left, top) => {
      const elements: PageElement[] = [];
      for (const { cell, x, width, lines, measure } of cells) {
        const free = height - 2 * VERTICAL_PADDING - lines.length * pitch;
        const valign = cell.valign ?? 'middle';
        const shift = valign === 'top' ? 0 : valign === 'bottom' ? free : free / 2;
        const slack = width - 2 * padding - (measure * style.size) / 2;
        const align = cell.align ?? 'left';
        const inset = align === 'left' ? 0 : align === 'right' ? slack : slack / 2;
        lines.forEach((line, index) => {
          const rowTop = top + VERTICAL_PADDING + Math.max(0, shift) + index * pitch;
          elements.push(
            ...placeLine(line, {
              x: left + x + padding + inset,
              baseline: baselineIn(rowTop, pitch, style.size),
              size: style.size,
              cell: style.size,
              measure,
              align: align === 'left' && measure >= WIDE_CELL ? 'justify' : align,
            }),
          );
        });
        elements.push(rule(left + x, top, left + x, top + height, x === 0 ? THICK : THIN));
      }
      elements.push(rule(left + total, top, left + total, top + height, THICK));
      if (edges.top) elements.push(rule(left - THICK / 2, top, left + total + THICK / 2, top, THIN));
      if (edges.bottom)
        elements.push(rule(left - THICK / 2, top + height, left + total + THICK / 2, top + height, THIN));
      return elements;
    },
  };
}

/** Lays one row; a row higher than `maxHeight` comes back in pieces that follow each other without a rule between. */
export function layRow(row: TableRow, style: TableStyle, maxHeight: number): RowBox[] {
  const pitch = style.size * (style.leading ?? 1.35);
  const cells = layCells(row, style);
  const deepest = Math.max(1, ...cells.map((cell) => cell.lines.length));
  const height = Math.max(row.minHeight ?? 0, deepest * pitch + 2 * VERTICAL_PADDING);
  if (height <= maxHeight) return [boxOf(cells, height, style, { top: true, bottom: true })];
  const perPiece = Math.max(1, Math.floor((maxHeight - 2 * VERTICAL_PADDING) / pitch));
  const count = Math.ceil(deepest / perPiece);
  return Array.from({ length: count }, (_, index) => {
    const part = cells.map((cell) => ({
      ...cell,
      cell: { ...cell.cell, valign: 'top' as const },
      lines: cell.lines.slice(index * perPiece, (index + 1) * perPiece),
    }));
    const deep = Math.max(1, ...part.map((cell) => cell.lines.length));
    return boxOf(part, deep * pitch + 2 * VERTICAL_PADDING, style, { top: index === 0, bottom: index === count - 1 });
  });
}

export interface TableSpec {
  readonly style: TableStyle;
  readonly header?: FlowItem;
  readonly rows: readonly TableRow[];
  /** Rows higher than this are split, millimetres. */
  readonly maxRowHeight: number;
}

/** A heavier rule on top of and under a table's piece on each page. */
const closing = (x: number, y: number, width: number): PageElement =>
  rule(x - THICK / 2, y, x + width + THICK / 2, y, THICK);

/** A table as flowing items, its head repeated on each page it reaches. */
export function tableItems(spec: TableSpec): FlowItem[] {
  const width = sum(spec.style.columns);
  const boxes = spec.rows.flatMap((row) => layRow(row, spec.style, spec.maxRowHeight));
  const rows = boxes.map((box, index): FlowItem => {
    const first = index === 0 && !spec.header;
    const last = index === boxes.length - 1;
    return {
      height: { mm: box.height },
      draw: (x, y) => [
        ...box.draw(x, y),
        ...(first ? [closing(x, y, width)] : []),
        ...(last ? [closing(x, y + box.height, width)] : []),
      ],
      ...(spec.header ? { header: spec.header } : {}),
    };
  });
  return spec.header ? [{ ...spec.header, keepWithNext: true }, ...rows] : rows;
}

/** A heading of a column; neighbours with the same `group` share a heading above theirs. */
export interface HeadingColumn {
  readonly title: string;
  readonly group?: string;
}

/** A table head of one row, or of two where a column belongs to a group. */
export function headingItem(columns: readonly HeadingColumn[], style: TableStyle): FlowItem {
  const width = sum(style.columns);
  const groups = headingGroups(columns, style);
  const grouped = groups.filter((group) => group.title !== null);
  const ungrouped = groups.filter((group) => group.title === null);
  const deepest = (cells: readonly { readonly title: string | null; readonly width: number }[]): number =>
    Math.max(0, ...cells.map((cell) => headingCell(cell.title ?? '', cell.width, 0, style).height));
  const upper = deepest(grouped);
  const lower = deepest(grouped.flatMap((group) => group.members));
  const height = Math.max(upper + lower, deepest(ungrouped.flatMap((group) => group.members)));
  return {
    height: { mm: height },
    draw: (left, top) => {
      const elements: PageElement[] = [];
      for (const group of groups) {
        if (group.title !== null)
          elements.push(...thinned(headingCell(group.title, group.width, upper, style).draw(left + group.x, top)));
        const own = group.title === null ? height : height - upper;
        for (const member of group.members)
          elements.push(
            ...thinned(headingCell(member.title, member.width, own, style).draw(left + member.x, top + height - own)),
          );
      }
      elements.push(
        rule(left, top, left, top + height, THICK),
        rule(left + width, top, left + width, top + height, THICK),
        closing(left, top, width),
      );
      return elements;
    },
  };
}

function headingCell(title: string, width: number, minHeight: number, style: TableStyle): RowBox {
  const cells = layCells(
    { cells: [{ text: title, font: 'hei', align: 'center', balanced: true }] },
    { ...style, columns: [width] },
  );
  const lines = Math.max(1, cells[0]?.lines.length ?? 0);
  const height = Math.max(minHeight, lines * style.size * (style.leading ?? 1.35) + 2 * VERTICAL_PADDING);
  return boxOf(cells, height, { ...style, columns: [width] }, { top: true, bottom: true });
}

const thinned = (elements: readonly PageElement[]): PageElement[] =>
  elements.map((element) => (element.kind === 'rule' ? { ...element, width: THIN } : element));

interface HeadingGroup {
  readonly title: string | null;
  readonly x: number;
  readonly width: number;
  readonly members: readonly { readonly title: string; readonly x: number; readonly width: number }[];
}

function headingGroups(columns: readonly HeadingColumn[], style: TableStyle): HeadingGroup[] {
  const groups: HeadingGroup[] = [];
  let x = 0;
  columns.forEach((column, index) => {
    const width = style.columns[index] ?? 0;
    const member = { title: column.title, x, width };
    const previous = groups.at(-1);
    if (column.group !== undefined && previous && previous.title === column.group)
      groups[groups.length - 1] = {
        ...previous,
        width: previous.width + width,
        members: [...previous.members, member],
      };
    else groups.push({ title: column.group ?? null, x, width, members: [member] });
    x += width;
  });
  return groups;
}

/** Longest piece of a text that cannot be broken, in half cells. */
function stiffest(text: string): number {
  return Math.max(0, ...atomsOf([{ text, font: 'body' }]).map((atom) => atom.width));
}

const lengthOf = (text: string): number =>
  Math.max(
    0,
    ...text
      .split('\n')
      .map((part) => atomsOf([{ text: part, font: 'body' }]).reduce((total, atom) => total + atom.width, 0)),
  );

/**
 * Column widths that fill `total` millimetres: each column gets room for its longest figure and for two characters of its
 * heading, the rest goes where the long texts are.
 */
export function columnWidths(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  total: number,
  size: number,
  padding = 1,
): number[] {
  const half = size / 2;
  const least = headings.map((heading, column) => {
    const stiff = Math.max(4, stiffest(heading), ...rows.map((row) => stiffest(row[column] ?? '')));
    return (Math.min(stiff, 24) + 0.1) * half + 2 * padding;
  });
  const wished = headings.map((heading, column) => {
    const longest = Math.max(Math.min(lengthOf(heading), 12), ...rows.map((row) => lengthOf(row[column] ?? '')));
    return Math.max(least[column] ?? 0, Math.min(longest, 48) * half + 2 * padding);
  });
  const leastSum = sum(least);
  if (leastSum >= total) return least.map((width) => (width * total) / leastSum);
  const extra = wished.map((width, column) => Math.sqrt(Math.max(0, width - (least[column] ?? 0))));
  const wishedSum = sum(wished);
  if (wishedSum <= total) return wished.map((width) => (width * total) / wishedSum);
  const extraSum = sum(extra);
  return least.map((width, column) => width + ((total - leastSum) * (extra[column] ?? 0)) / extraSum);
}

/** Size 5 for up to eight columns, a smaller one beyond. */
export function tableSize(columnCount: number): number {
  return columnCount <= 8 ? TYPE_SIZE.five : TYPE_SIZE.smallFive;
}
