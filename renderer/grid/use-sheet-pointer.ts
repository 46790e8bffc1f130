import { type RefObject, useEffect } from 'react';
import { fillTarget, type Position } from './block.ts';
import { NUMBER_COLUMN, placeOf, type Sheet } from './sheet.ts';

interface PointerCommands {
  /** Ends editing before the selection moves; false keeps everything as it is. */
  leaveCell(): boolean;
  focus(): void;
  activate(): void;
  fill(to: Position): void;
  menu(x: number, y: number): void;
  headingMenu(key: string, x: number, y: number): void;
}

const HANDLE = 9;
const EDGE = 24;

/** Mouse on the cells: select, drag, fill handle, row numbers, headings with Ctrl, menus. */
export function useSheetPointer<R extends { readonly id: string }>(
  root: RefObject<HTMLElement | null>,
  sheet: Sheet<R>,
  commands: RefObject<PointerCommands>,
): void {
  useEffect(() => {
    const element = root.current;
    if (element === null) return undefined;
    let stopDrag: (() => void) | null = null;

    const onMouseDown = (event: MouseEvent): void => {
      const { target } = event;
      if (!(target instanceof Element) || target.closest('.lg-host') !== null) return;
      const place = placeOf(target);
      if (place === null) return;
      if (isControl(target)) return;
      const at = sheet.positionAt(target);
      if (at === null && place.key !== NUMBER_COLUMN) return;
      // Without this the press would take the keyboard away from the sheet's text field.
      event.preventDefault();
      if (!commands.current.leaveCell()) return;
      commands.current.focus();
      if (event.button === 2 && at !== null && isSelected(sheet, at)) return;
      const filling = event.button === 0 && at !== null && onHandle(event, sheet, at);
      if (filling) {
        stopDrag = drag(sheet, element, {
          move: (to) => sheet.previewFill(blockFor(sheet, to)),
          end: (to) => {
            sheet.previewFill(null);
            if (to !== null) commands.current.fill(to);
          },
        });
        return;
      }
      const last = sheet.bounds.cols - 1;
      const from = at ?? { row: place.row, col: 0 };
      const anchor =
        event.shiftKey && sheet.active !== null ? { ...sheet.active, ...(at === null ? { col: 0 } : {}) } : from;
      sheet.select({ anchor, head: at ?? { row: place.row, col: last } }, false);
      if (event.button !== 0) return;
      stopDrag = drag(sheet, element, {
        move: (to) => sheet.select({ anchor, head: at === null ? { row: to.row, col: last } : to }, false),
        end: () => undefined,
      });
    };

    const onDoubleClick = (event: MouseEvent): void => {
      if (event.target instanceof Element && !isControl(event.target) && sheet.positionAt(event.target) !== null) {
        commands.current.activate();
      }
    };

    const onContextMenu = (event: MouseEvent): void => {
      if (!(event.target instanceof Element)) return;
      const heading = event.target.closest('.ag-header-cell')?.getAttribute('col-id') ?? null;
      if (heading !== null && sheet.columns.has(heading)) {
        event.preventDefault();
        commands.current.headingMenu(heading, event.clientX, event.clientY);
      } else if (sheet.positionAt(event.target) !== null) {
        event.preventDefault();
        commands.current.menu(event.clientX, event.clientY);
      }
    };

    const onHeadingClick = (event: MouseEvent): void => {
      if (!(event.target instanceof Element)) return;
      const key = event.target.closest('.ag-header-cell')?.getAttribute('col-id') ?? null;
      if (key === null) return;
      const { rows, cols } = sheet.bounds;
      if (key === NUMBER_COLUMN)
        sheet.select({ anchor: { row: 0, col: 0 }, head: { row: rows - 1, col: cols - 1 } }, false);
      else if (event.ctrlKey || event.metaKey) {
        const col = sheet.shown.findIndex((column) => column.key === key);
        if (col === -1) return;
        event.stopPropagation();
        sheet.select({ anchor: { row: 0, col }, head: { row: rows - 1, col } }, false);
      } else {
        // A click that sorts leaves the keyboard in the cells.
        if (event.target.closest('.ag-header-cell-label') !== null && sheet.active !== null)
          setTimeout(commands.current.focus);
        return;
      }
      commands.current.focus();
    };

    element.addEventListener('mousedown', onMouseDown);
    element.addEventListener('dblclick', onDoubleClick);
    element.addEventListener('contextmenu', onContextMenu);
    element.addEventListener('click', onHeadingClick, true);
    return () => {
      stopDrag?.();
      element.removeEventListener('mousedown', onMouseDown);
      element.removeEventListener('dblclick', onDoubleClick);
      element.removeEventListener('contextmenu', onContextMenu);
      element.removeEventListener('click', onHeadingClick, true);
    };
  }, [root, sheet, commands]);
}

/** Something in a cell that has a click of its own. */
function isControl(target: Element): boolean {
  return target.closest('a, button, input, select, textarea, label, [role="button"], .ag-selection-checkbox') !== null;
}

function isSelected<R extends { readonly id: string }>(sheet: Sheet<R>, { row, col }: Position): boolean {
  const { block } = sheet;
  return block !== null && row >= block.top && row <= block.bottom && col >= block.left && col <= block.right;
}

function onHandle<R extends { readonly id: string }>(event: MouseEvent, sheet: Sheet<R>, at: Position): boolean {
  const { block } = sheet;
  if (!sheet.fillable || block === null || at.row !== block.bottom || at.col !== block.right) return false;
  const rect = sheet.elementAt(at)?.getBoundingClientRect();
  return rect !== undefined && rect.right - event.clientX <= HANDLE && rect.bottom - event.clientY <= HANDLE;
}

function blockFor<R extends { readonly id: string }>(sheet: Sheet<R>, to: Position) {
  return sheet.block === null ? null : (fillTarget(sheet.block, to)?.block ?? null);
}

interface DragHandlers {
  move(to: Position): void;
  end(to: Position | null): void;
}

/** Follows the mouse over the cells until the button is let go; scrolls when it is held beyond an edge. */
function drag<R extends { readonly id: string }>(
  sheet: Sheet<R>,
  root: HTMLElement,
  handlers: DragHandlers,
): () => void {
  let last: Position | null = null;
  let x = 0;
  let y = 0;
  const reach = (): void => {
    const to = underMouse(sheet, root, x, y);
    if (to === null || (last !== null && last.row === to.row && last.col === to.col)) return;
    last = to;
    handlers.move(to);
  };
  const timer = setInterval(() => {
    if (last === null) return;
    const beyond = edgeStep(root, x, y);
    if (beyond.row === 0 && beyond.col === 0) return;
    const { rows, cols } = sheet.bounds;
    const to = {
      row: Math.max(0, Math.min(rows - 1, last.row + beyond.row)),
      col: Math.max(0, Math.min(cols - 1, last.col + beyond.col)),
    };
    sheet.reveal(to);
    last = to;
    handlers.move(to);
  }, 50);
  const onMove = (event: MouseEvent): void => {
    x = event.clientX;
    y = event.clientY;
    reach();
  };
  const stop = (): void => {
    clearInterval(timer);
    window.removeEventListener('mousemove', onMove);
    window.removeEventListener('mouseup', onUp);
  };
  const onUp = (): void => {
    stop();
    handlers.end(last);
  };
  window.addEventListener('mousemove', onMove);
  window.addEventListener('mouseup', onUp);
  return stop;
}

/** Where rows can be seen: below the headings, above the totals row, right of the frozen columns from `centre` on. */
function viewOf(root: HTMLElement): { readonly view: DOMRect; readonly centre: number } {
  const viewport = root.querySelector('.ag-grid-viewport');
  const frame = (viewport ?? root).getBoundingClientRect();
  const head = root.querySelector('.ag-header')?.getBoundingClientRect().bottom ?? frame.top;
  const totals = root.querySelector('.ag-row-pinned')?.getBoundingClientRect().top;
  const right = frame.left + (viewport?.clientWidth ?? frame.width);
  const bottom = totals !== undefined && totals > head ? totals : frame.top + (viewport?.clientHeight ?? frame.height);
  const frozen = root.querySelector('.ag-row .ag-grid-pinned-left-cells')?.getBoundingClientRect().right ?? frame.left;
  return { view: new DOMRect(frame.left, head, right - frame.left, bottom - head), centre: frozen };
}

function underMouse<R extends { readonly id: string }>(
  sheet: Sheet<R>,
  root: HTMLElement,
  x: number,
  y: number,
): Position | null {
  const { view } = viewOf(root);
  const insideX = Math.max(view.left + 2, Math.min(view.right - 2, x));
  const insideY = Math.max(view.top + 2, Math.min(view.bottom - 2, y));
  const element = document.elementFromPoint(insideX, insideY);
  const at = sheet.positionAt(element);
  if (at !== null) return at;
  const place = placeOf(element);
  return place === null ? null : { row: place.row, col: 0 };
}

function edgeStep(root: HTMLElement, x: number, y: number): Position {
  const { view, centre } = viewOf(root);
  return {
    row: y < view.top ? -1 : y > view.bottom ? 1 : 0,
    col: x > view.right ? 1 : x < centre && x > centre - EDGE ? -1 : 0,
  };
}
