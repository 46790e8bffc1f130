import { type Direction, jump, type Position, type Selection, single, step, tabStep } from './block.ts';
import type { Sheet } from './sheet.ts';

/** What a key may ask of the grid while no cell is being edited. */
export interface SheetCommands {
  edit(): void;
  /** Ctrl+Enter, or Enter on a cell that cannot be edited. False when there is nothing to open. */
  open(): boolean;
  clear(): void;
  fillDown(): void;
  undo: (() => void) | undefined;
  redo: (() => void) | undefined;
  find: (() => void) | undefined;
  /** Shift+Space where rows can be ticked; undefined otherwise. */
  tick: (() => void) | undefined;
  menu(): void;
  filter(): void;
  /** F6: the keyboard goes on to what follows the grid. */
  leave(): void;
  /** Rows that fit on the screen. */
  page(): number;
}

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** Acts on a key. False when the key is not the grid's: typing, copy and paste, keys of the window. */
export function handleKey<R extends { readonly id: string }>(
  key: Key,
  sheet: Sheet<R>,
  commands: SheetCommands,
): boolean {
  const ctrl = key.ctrlKey || key.metaKey;
  const { selection } = sheet;
  if (ctrl && !key.altKey) {
    const command = ctrlCommand(key, sheet, commands);
    if (command !== null) return command;
  }
  if (key.key === 'F6') {
    commands.leave();
    return true;
  }
  if (selection === null) return false;
  const moved = target(key, ctrl, sheet, selection, commands);
  if (moved !== null) {
    sheet.select(moved);
    if (key.key === 'Home') sheet.scrollToStart();
    return true;
  }
  return plainKey(key, sheet, selection, commands);
}

function ctrlCommand<R extends { readonly id: string }>(
  { key, shiftKey }: Key,
  sheet: Sheet<R>,
  commands: SheetCommands,
): boolean | null {
  const run = (command: (() => void) | undefined): boolean => {
    command?.();
    return command !== undefined;
  };
  switch (key.toLowerCase()) {
    case 'a': {
      const { rows, cols } = sheet.bounds;
      sheet.select({ anchor: { row: 0, col: 0 }, head: { row: rows - 1, col: cols - 1 } }, false);
      return true;
    }
    case 'd':
      return run(commands.fillDown);
    case 'enter':
      return commands.open();
    case 'f':
      return run(commands.find);
    case 'y':
      return run(commands.redo);
    case 'z':
      return run(shiftKey ? commands.redo : commands.undo);
    case 'l':
      return shiftKey ? run(commands.filter) : null;
    default:
      return null;
  }
}

/** The selection an arrow, Home, End or Page key leads to; null for other keys. */
function target<R extends { readonly id: string }>(
  key: Key,
  ctrl: boolean,
  sheet: Sheet<R>,
  { anchor, head }: Selection,
  commands: SheetCommands,
): Selection | null {
  if (key.altKey) return null;
  const { bounds } = sheet;
  const from = key.shiftKey ? head : anchor;
  const to = (at: Position): Selection => (key.shiftKey ? { anchor, head: at } : single(at));
  const direction = ARROWS[key.key];
  if (direction !== undefined) {
    return to(ctrl ? jump(from, direction, bounds, (at) => sheet.filled(at)) : step(from, direction, bounds));
  }
  switch (key.key) {
    case 'Home':
      return to({ row: ctrl ? 0 : from.row, col: 0 });
    case 'End':
      return to({ row: ctrl ? bounds.rows - 1 : from.row, col: bounds.cols - 1 });
    case 'PageUp':
      return to(step(from, 'up', bounds, commands.page()));
    case 'PageDown':
      return to(step(from, 'down', bounds, commands.page()));
    case 'Tab':
      return ctrl ? null : single(tabStep(anchor, key.shiftKey, bounds));
    default:
      return null;
  }
}

function plainKey<R extends { readonly id: string }>(
  { key, shiftKey, altKey, ctrlKey }: Key,
  sheet: Sheet<R>,
  { anchor }: Selection,
  commands: SheetCommands,
): boolean {
  switch (key) {
    case 'Enter': {
      if (shiftKey) sheet.selectCell(step(anchor, 'up', sheet.bounds));
      else if (editable(sheet, anchor)) commands.edit();
      else if (!commands.open()) sheet.selectCell(step(anchor, 'down', sheet.bounds));
      return true;
    }
    case 'F2':
      commands.edit();
      return true;
    case 'ArrowDown':
      // With Alt, as in Excel: the list of the cell.
      if (altKey) commands.edit();
      return altKey;
    case 'Delete':
    case 'Backspace':
      commands.clear();
      return true;
    case 'Escape':
      sheet.select(single(anchor), false);
      return true;
    case 'ContextMenu':
      commands.menu();
      return true;
    case 'F10':
      if (shiftKey) commands.menu();
      return shiftKey;
    case ' ': {
      if (!shiftKey || ctrlKey) return false;
      if (commands.tick !== undefined) commands.tick();
      else sheet.select({ anchor: { ...anchor, col: 0 }, head: { ...anchor, col: sheet.bounds.cols - 1 } }, false);
      return true;
    }
    default:
      return false;
  }
}

function editable<R extends { readonly id: string }>(sheet: Sheet<R>, at: Position): boolean {
  const row = sheet.rowAt(at.row);
  return row !== undefined && sheet.columnAt(at.col)?.editable(row) === true;
}
