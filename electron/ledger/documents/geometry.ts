/** Millimetres in one typographic point (DTP point, as printers and Word use it). */
const MM_PER_POINT = 25.4 / 72;

/** Chinese type sizes (字号) used on official papers, in millimetres of the em square. */
export const TYPE_SIZE = {
  /** 2号 22 pt: titles. */
  two: 22 * MM_PER_POINT,
  /** 3号 16 pt: body text. */
  three: 16 * MM_PER_POINT,
  /** 4号 14 pt: 抄送, page numbers. */
  four: 14 * MM_PER_POINT,
  /** 小4号 12 pt: forms. */
  smallFour: 12 * MM_PER_POINT,
  /** 5号 10.5 pt: tables. */
  five: 10.5 * MM_PER_POINT,
  /** 小5号 9 pt: dense tables. */
  smallFive: 9 * MM_PER_POINT,
  /** 6.5 pt: the line that ties a sheet to its data. */
  trace: 6.5 * MM_PER_POINT,
} as const;

/** A sheet of paper, millimetres. */
export interface SheetSize {
  readonly width: number;
  readonly height: number;
}

export const A4_PORTRAIT: SheetSize = { width: 210, height: 297 };
export const A4_LANDSCAPE: SheetSize = { width: 297, height: 210 };

/** The type area (版心) of GB/T 9704-2012 §5.2: 156 × 225 mm, 37 mm from the top, 28 mm from the binding edge. */
export const TYPE_AREA = {
  left: 28,
  top: 37,
  width: 156,
  height: 225,
  right: 28 + 156,
  bottom: 37 + 225,
} as const;

/** Lines a page and characters a line, GB/T 9704-2012 §5.2.3: 22 × 28, filling the type area. */
const LINES_PER_PAGE = 22;
export const CELLS_PER_LINE = 28;

/** Distance of two base lines on a full page: 225/22 = 10.227 mm. */
export const LINE_PITCH = TYPE_AREA.height / LINES_PER_PAGE;

/** Distance of two Han characters in a body line: 156/28 = 5.571 mm (a size-3 em is 5.644 mm). */
export const CELL_PITCH = TYPE_AREA.width / CELLS_PER_LINE;

/** Share of the em square above the base line in Chinese fonts (Noto 0.88, 仿宋_GB2312 0.859). */
export const ASCENT = 0.86;

/** Base line of text of size `em` centred in a row that begins at `top` and is `height` high, millimetres. */
export function baselineIn(top: number, height: number, em: number): number {
  return top + (height - em) / 2 + em * ASCENT;
}
