import type { PageElement } from './page.ts';

/** Pagination: things of known height put one under the other on pages, rows of text on the page's line grid. */

/** The part of a page that takes flowing matter; millimetres. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  /** Height of a text row on this page. */
  readonly pitch: number;
}

export interface FlowItem {
  /** Text rows on the grid, or a height of its own in millimetres. */
  readonly height: { readonly rows: number } | { readonly mm: number };
  /** Draws with its upper left corner at `x`, `y`; `pitch` is the page's row height. */
  readonly draw: (x: number, y: number, pitch: number) => readonly PageElement[];
  /** Must stand on the same page as the item that follows. */
  readonly keepWithNext?: boolean;
  /** White space: dropped at the head of a page. */
  readonly blank?: boolean;
  /** Drawn again above this item when it opens a page (table head). */
  readonly header?: FlowItem;
}

export interface Flowed {
  readonly pages: readonly (readonly PageElement[])[];
  /** Lower edge of the last thing on the last page. */
  readonly end: number;
}

const EPSILON = 1e-6;

const heightOf = (item: FlowItem, pitch: number): number =>
  'rows' in item.height ? item.height.rows * pitch : item.height.mm;

function snapped(item: FlowItem, y: number, frame: Frame): number {
  if (!('rows' in item.height)) return y;
  return frame.top + Math.ceil((y - frame.top) / frame.pitch - EPSILON) * frame.pitch;
}

/** Where the chain of kept-together items that begins at `index` would end if it began at `y`. */
function chainEnd(items: readonly FlowItem[], index: number, start: number, frame: Frame): number {
  let y = start;
  for (let at = index; at < items.length; at += 1) {
    const item = items[at];
    if (!item) break;
    y = snapped(item, y, frame) + heightOf(item, frame.pitch);
    if (!item.keepWithNext) break;
  }
  return y;
}

/**
 * Lays items out on as many pages as they need. A chain of kept-together items moves to the next page as a whole, unless
 * it is higher than a page; an item higher than a page overflows (callers split theirs before).
 * @param frameOf the frame of page 0, 1, …
 */
export function flow(items: readonly FlowItem[], frameOf: (page: number) => Frame): Flowed {
  const pages: PageElement[][] = [[]];
  let frame = frameOf(0);
  let y = frame.top;
  let chained = false;
  const turn = (): void => {
    pages.push([]);
    frame = frameOf(pages.length - 1);
    y = frame.top;
  };
  items.forEach((item, index) => {
    const atTop = y <= frame.top + EPSILON;
    if (item.blank && atTop && pages.length > 1) {
      chained = item.keepWithNext === true;
      return;
    }
    const ownEnd = snapped(item, y, frame) + heightOf(item, frame.pitch);
    const wanted = chained ? ownEnd : chainEnd(items, index, y, frame);
    if (wanted > frame.bottom + EPSILON && !atTop) {
      const next = frameOf(pages.length);
      const fitsNext = chainEnd(items, index, next.top, next) <= next.bottom + EPSILON;
      if (ownEnd > frame.bottom + EPSILON || fitsNext) {
        turn();
        if (item.blank) return;
        if (item.header) {
          pages.at(-1)?.push(...item.header.draw(frame.left, y, frame.pitch));
          y += heightOf(item.header, frame.pitch);
        }
      }
    }
    y = snapped(item, y, frame);
    pages.at(-1)?.push(...item.draw(frame.left, y, frame.pitch));
    y += heightOf(item, frame.pitch);
    chained = item.keepWithNext === true;
  });
  return { pages, end: y };
}

/** Rows of white space. */
export function blankRows(rows: number, keepWithNext = false): FlowItem {
  return { height: { rows }, draw: () => [], blank: true, keepWithNext };
}

/** White space of a height of its own. */
export function blankSpace(mm: number, keepWithNext = false): FlowItem {
  return { height: { mm }, draw: () => [], blank: true, keepWithNext };
}
