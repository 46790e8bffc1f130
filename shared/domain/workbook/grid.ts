/** What a cell holds. A date cell carries Excel's serial number of the 1900 system. */
export type CellType = 'text' | 'number' | 'date' | 'flag' | 'error';

export interface Cell {
  readonly type: CellType;
  readonly value: string | number | boolean;
  /** As Excel shows it. */
  readonly text: string;
}

/** A merged area, 0-based, both ends inside. */
export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** One sheet as a grid. Rows and cells may be missing where the sheet is empty. */
export interface Grid {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: readonly (readonly (Cell | undefined)[] | undefined)[];
  readonly columnCount: number;
  readonly merges: readonly Area[];
}

/** 0 → 'A', 27 → 'AB'. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** The name people use for a cell: 0-based row 6, column 2 → 'C7'. */
export function cellName(row: number, column: number): string {
  return `${columnName(column)}${row + 1}`;
}

/** A grid with its merges looked up: a covered position gives the cell of the area's upper left corner. */
export interface MergedGrid {
  readonly grid: Grid;
  readonly rowCount: number;
  readonly columnCount: number;
  /** The cell itself, ignoring merges. */
  readonly own: (row: number, column: number) => Cell | undefined;
  /** The cell seen there, through merges. */
  readonly seen: (row: number, column: number) => Cell | undefined;
  readonly areaAt: (row: number, column: number) => Area | undefined;
}

const KEY_WIDTH = 16_384;
/** A merge over more cells than this is a damaged or decorative one and is not unfolded. */
const LARGEST_AREA = 20_000;

export function withMerges(grid: Grid): MergedGrid {
  const areas = new Map<number, Area>();
  for (const area of grid.merges) {
    if ((area.bottom - area.top + 1) * (area.right - area.left + 1) > LARGEST_AREA) continue;
    for (let row = area.top; row <= area.bottom; row++) {
      for (let column = area.left; column <= area.right; column++) areas.set(row * KEY_WIDTH + column, area);
    }
  }
  const own = (row: number, column: number): Cell | undefined => grid.rows[row]?.[column];
  const areaAt = (row: number, column: number): Area | undefined => areas.get(row * KEY_WIDTH + column);
  return {
    grid,
    rowCount: grid.rows.length,
    columnCount: grid.columnCount,
    own,
    areaAt,
    seen: (row, column) => {
      const area = areas.size === 0 ? undefined : areaAt(row, column);
      return area === undefined ? own(row, column) : own(area.top, area.left);
    },
  };
}
