import {
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { Value } from '../../shared/dictionary/field.ts';
import { formatChinese, type IsoDate, isDate, isoWeekday } from '../../shared/domain/date.ts';
import type { Direction, Position } from './block.ts';
import { EditorPopup } from './cell-editor.tsx';
import type { ResolvedColumn } from './column.ts';
import { listOf } from './format-cell.ts';
import { filterItems, type PickItem, pickItems } from './pick-list.ts';
import type { Sheet } from './sheet.ts';
import type { ParseResult, Refs } from './types.ts';

type EditMode = 'type' | 'edit';

interface Editing<R> {
  readonly column: ResolvedColumn<R>;
  readonly row: R;
  readonly at: Position;
  /** Begun by typing: arrows leave the cell. Begun by F2: arrows move in the text. */
  readonly mode: EditMode;
  readonly draft: string;
  /** Something was typed or picked. */
  readonly touched: boolean;
  readonly items: readonly PickItem[] | null;
  readonly highlighted: number;
  /** The highlight was moved by hand, so Enter takes it. */
  readonly walked: boolean;
  readonly ticked: readonly string[] | null;
  readonly month: IsoDate | null;
  readonly error: string | null;
}

export interface CellHostApi {
  /** Takes the keyboard. */
  focus(): void;
  /** Opens the active cell; false when it cannot be edited. */
  begin(): boolean;
  isEditing(): boolean;
  /** Ends editing with what is typed; false when that cannot be a value, and editing goes on. */
  commit(): boolean;
  cancel(): void;
  /** Moves to where the active cell is now. */
  follow(): void;
}

export type MoveAfter = Direction | 'next' | 'previous' | 'none';

interface CellHostProps<R extends { readonly id: string }> {
  readonly ref: Ref<CellHostApi>;
  readonly sheet: Sheet<R>;
  readonly refs: Refs | undefined;
  readonly today: IsoDate;
  onCommit(column: ResolvedColumn<R>, row: R, value: Value): void;
  /** Ctrl+Enter: the typed text goes into every selected cell. */
  onFill(text: string): void;
  onMove(move: MoveAfter): void;
  onLocked(column: ResolvedColumn<R>, row: R): void;
  onDropped(column: ResolvedColumn<R>, reason: string): void;
  onIdleKey(event: KeyboardEvent<HTMLTextAreaElement>): void;
  onCopy(event: ClipboardEvent<HTMLTextAreaElement>): void;
  onCut(event: ClipboardEvent<HTMLTextAreaElement>): void;
  onPaste(event: ClipboardEvent<HTMLTextAreaElement>): void;
}

/**
 * The one text field of a grid. It lies, unseen, over the active cell and always has the keyboard, so that an input
 * method can begin a word there; once something is typed it becomes the editor of that cell.
 */
export function CellHost<R extends { readonly id: string }>(props: CellHostProps<R>) {
  const { sheet, refs, today } = props;
  const listId = useId();
  const host = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const [editing, setEditing] = useState<Editing<R> | null>(null);
  const current = useRef<Editing<R> | null>(null);
  const [anchor, setAnchor] = useState<DOMRect | null>(null);

  const update = (next: Editing<R> | null): void => {
    current.current = next;
    setEditing(next);
  };
  const shown = (state: Editing<R>): readonly PickItem[] | null =>
    state.items === null ? null : state.touched ? filterItems(state.items, state.draft) : state.items;

  const follow = (): void => {
    const element = host.current;
    const at = current.current?.at ?? sheet.active;
    if (element === null || sheet.root === null || at === null) return;
    const cell = sheet.elementAt(at);
    if (cell === null) return;
    const rect = cell.getBoundingClientRect();
    const frame = sheet.root.getBoundingClientRect();
    element.style.left = `${rect.left - frame.left}px`;
    element.style.top = `${rect.top - frame.top}px`;
    element.style.width = `${rect.width}px`;
    element.style.height = `${rect.height}px`;
    if (current.current !== null) {
      grow(element, input.current, rect, frame, current.current.column.wrap);
      setAnchor(element.getBoundingClientRect());
    }
  };

  const tellReader = (): void => {
    const at = sheet.active;
    const field = input.current;
    if (field === null || current.current !== null) return;
    const row = at === null ? undefined : sheet.rowAt(at.row);
    const column = at === null ? undefined : sheet.columnAt(at.col);
    const text = row === undefined || column === undefined ? '' : column.text(column.value(row), row);
    field.readOnly = row === undefined || column === undefined || !column.editable(row);
    field.setAttribute(
      'aria-label',
      at === null || column === undefined
        ? '表格'
        : `第 ${at.row + 1} 行，${column.label}：${text === '' ? '空白' : text}`,
    );
  };

  useLayoutEffect(() =>
    sheet.subscribe(() => {
      tellReader();
      follow();
    }),
  );

  const start = (mode: EditMode): boolean => {
    const at = sheet.active;
    const field = input.current;
    const row = at === null ? undefined : sheet.rowAt(at.row);
    const column = at === null ? undefined : sheet.columnAt(at.col);
    if (at === null || field === null || row === undefined || column === undefined) return false;
    if (!column.editable(row)) {
      field.value = '';
      props.onLocked(column, row);
      return false;
    }
    // The row may have become editable since the cell was chosen.
    field.readOnly = false;
    sheet.reveal(at);
    const value = column.value(row);
    const items = pickItems(column, refs);
    const many = column.field?.type === 'choices';
    if (mode === 'edit') {
      field.value = many ? '' : column.plain(value, row);
      if (items === null) field.setSelectionRange(field.value.length, field.value.length);
      else field.select();
    }
    const isDay = column.field?.type === 'date' && column.column.parse === undefined;
    update({
      column,
      row,
      at,
      mode,
      draft: field.value,
      touched: mode === 'type',
      items,
      highlighted: mode === 'edit' && !many ? Math.max(0, items?.findIndex((item) => item.value === value) ?? 0) : 0,
      walked: false,
      ticked: many ? listOf(value) : null,
      month: isDay ? (isDate(value) ? value : today) : null,
      error: null,
    });
    requestAnimationFrame(follow);
    return true;
  };

  const stop = (): void => {
    if (input.current !== null) input.current.value = '';
    update(null);
    setAnchor(null);
    tellReader();
    follow();
  };

  const read = (state: Editing<R>): ParseResult | 'unchanged' => {
    const text = input.current?.value ?? '';
    const { column, row } = state;
    const items = filtered(state, text);
    const chosen = items?.[state.highlighted];
    if (state.ticked !== null) {
      const extra = text.trim() !== '' && chosen !== undefined ? [String(chosen.value)] : [];
      if (text.trim() !== '' && chosen === undefined) return column.parse(text, row, today);
      const values = [...new Set([...state.ticked, ...extra])].sort();
      if (values.length === 0) return column.parse('', row, today);
      return { ok: true, value: JSON.stringify(values) };
    }
    if (items !== null) {
      if (!state.touched && !state.walked) return 'unchanged';
      if (state.walked && chosen !== undefined) return { ok: true, value: chosen.value };
      const exact = column.parse(text, row, today);
      return exact.ok || chosen === undefined ? exact : { ok: true, value: chosen.value };
    }
    if (!state.touched) return 'unchanged';
    return column.parse(text, row, today);
  };

  const filtered = (state: Editing<R>, text: string): readonly PickItem[] | null =>
    state.items === null ? null : state.touched ? filterItems(state.items, text) : state.items;

  const finish = (state: Editing<R>, value: Value): void => {
    stop();
    props.onCommit(state.column, state.row, value);
  };

  const commit = (): boolean => {
    const state = current.current;
    if (state === null) return true;
    const result = read(state);
    if (result === 'unchanged') stop();
    else if (result.ok) finish(state, result.value);
    else update({ ...state, error: result.reason });
    return result === 'unchanged' || result.ok;
  };

  const commitAndMove = (move: MoveAfter): void => {
    if (commit()) props.onMove(move);
  };

  const commitToAll = (state: Editing<R>): void => {
    const result = read(state);
    if (result !== 'unchanged' && !result.ok) {
      update({ ...state, error: result.reason });
      return;
    }
    const { column, row } = state;
    const text = column.plain(result === 'unchanged' ? column.value(row) : result.value, row);
    stop();
    props.onFill(text);
  };

  const pick = (state: Editing<R>, index: number): void => {
    const item = shown(state)?.[index];
    if (item === undefined) return;
    if (state.ticked === null) {
      finish(state, item.value);
      props.onMove('none');
      return;
    }
    const value = String(item.value);
    const ticked = state.ticked.includes(value)
      ? state.ticked.filter((other) => other !== value)
      : [...state.ticked, value];
    if (input.current !== null) input.current.value = '';
    const all = state.items ?? [];
    update({ ...state, ticked, draft: '', touched: true, highlighted: all.indexOf(item), error: null });
  };

  const create = (state: Editing<R>): void => {
    const entity = state.column.field?.ref;
    const make = entity === undefined ? undefined : refs?.[entity]?.create;
    const label = state.draft.trim();
    if (make === undefined || label === '') return;
    stop();
    void make(label).then((id) => {
      if (id !== null) props.onCommit(state.column, state.row, id);
      input.current?.focus({ preventScroll: true });
    });
  };

  const onInput = (): void => {
    if (current.current === null && !start('type')) return;
    const state = current.current;
    const text = input.current?.value ?? '';
    if (state === null) return;
    const parsed = state.month === null ? null : state.column.parse(text, state.row, today);
    const month = parsed?.ok === true && isDate(parsed.value) ? parsed.value : state.month;
    update({ ...state, draft: text, touched: true, highlighted: 0, walked: false, month, error: null });
    follow();
  };

  const walk = (state: Editing<R>, by: number): void => {
    const count = shown(state)?.length ?? 0;
    if (count === 0) return;
    update({ ...state, walked: true, highlighted: Math.max(0, Math.min(count - 1, state.highlighted + by)) });
  };

  const editKey = (event: KeyboardEvent<HTMLTextAreaElement>, state: Editing<R>): void => {
    const handled = handleEditKey(event, state, {
      cancel: stop,
      leave: commitAndMove,
      fill: () => commitToAll(state),
      walk: (by) => walk(state, by),
      tick: () => pick(state, state.highlighted),
      newLine: () => {
        input.current?.setRangeText('\n', input.current.selectionStart, input.current.selectionEnd, 'end');
        onInput();
      },
      asText: () => update({ ...state, mode: 'edit' }),
    });
    if (handled) event.preventDefault();
    // Keys of an open cell are its own: the window's shortcuts must not act on them.
    event.stopPropagation();
  };

  useImperativeHandle(props.ref, () => ({
    focus: () => input.current?.focus({ preventScroll: true }),
    begin: () => start('edit'),
    isEditing: () => current.current !== null,
    commit,
    cancel: stop,
    follow,
  }));

  const items = editing === null ? null : shown(editing);
  const isOpen = editing !== null;
  const entity = editing?.column.field?.ref;
  const canCreate = editing?.touched === true && entity !== undefined && refs?.[entity]?.create !== undefined;
  const draft = editing?.draft.trim() ?? '';
  return (
    <div
      ref={host}
      className={isOpen ? 'lg-host lg-host-open' : 'lg-host'}
      data-error={editing?.error !== null && isOpen}
    >
      <textarea
        ref={input}
        className={editing?.column.kind === 'number' ? 'lg-input lg-input-number' : 'lg-input'}
        rows={1}
        spellCheck={false}
        autoComplete="off"
        aria-label="表格"
        placeholder={editing === null ? '' : tickedLabels(editing)}
        {...(items === null
          ? {}
          : {
              'aria-autocomplete': 'list',
              'aria-haspopup': 'listbox',
              'aria-controls': listId,
              'aria-activedescendant': `${listId}-${editing?.highlighted ?? 0}`,
            })}
        aria-invalid={isOpen && editing.error !== null}
        onInput={onInput}
        onCompositionStart={() => {
          if (current.current === null) start('type');
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || event.keyCode === 229) return;
          if (current.current !== null) editKey(event, current.current);
          // A locked cell takes no input event: typing must still say why nothing happens.
          else if (input.current?.readOnly === true && isTyping(event)) start('type');
          else props.onIdleKey(event);
        }}
        onFocus={() => sheet.root?.classList.add('lg-focused')}
        onBlur={() => {
          sheet.root?.classList.remove('lg-focused');
          const state = current.current;
          // Switching to another program is not leaving the cell.
          if (state === null || !document.hasFocus()) return;
          const result = read(state);
          if (result === 'unchanged') stop();
          else if (result.ok) finish(state, result.value);
          else {
            stop();
            props.onDropped(state.column, result.reason);
          }
        }}
        onCopy={(event) => {
          if (current.current === null) props.onCopy(event);
        }}
        onCut={(event) => {
          if (current.current === null) props.onCut(event);
        }}
        onPaste={(event) => {
          if (current.current === null) props.onPaste(event);
        }}
      />
      {editing !== null && anchor !== null ? (
        <EditorPopup
          anchor={anchor}
          listId={listId}
          items={items}
          highlighted={editing.highlighted}
          ticked={editing.ticked}
          createLabel={canCreate && draft !== '' && items?.some((item) => item.label === draft) !== true ? draft : null}
          calendar={editing.month === null ? null : { month: editing.month, chosen: chosenDay(editing, today) }}
          today={today}
          hint={readAs(editing, today)}
          error={editing.error}
          onPick={(index) => pick(editing, index)}
          onCreate={() => create(editing)}
          onMonth={(month) => update({ ...editing, month })}
          onDate={(date) => {
            finish(editing, date);
            props.onMove('none');
          }}
        />
      ) : null}
    </div>
  );
}

/** The field grows with its text: to the right for one line, downwards for several. */
function grow(
  host: HTMLDivElement,
  field: HTMLTextAreaElement | null,
  cell: DOMRect,
  frame: DOMRect,
  wrap: boolean,
): void {
  if (field === null) return;
  if (wrap) host.style.width = `${Math.max(cell.width, Math.min(360, frame.right - cell.left - 8))}px`;
  field.style.whiteSpace = wrap ? 'pre-wrap' : 'pre';
  if (wrap) {
    host.style.height = `${cell.height}px`;
    host.style.height = `${Math.max(cell.height, Math.min(field.scrollHeight + 2, 200, frame.bottom - cell.top - 4))}px`;
  } else if (field.scrollWidth > field.clientWidth) {
    host.style.width = `${Math.max(cell.width, Math.min(field.scrollWidth + 16, frame.right - cell.left - 4))}px`;
  }
}

/** What is ticked so far, in an open cell of several choices. */
function tickedLabels<R>({ items, ticked }: Editing<R>): string {
  if (items === null || ticked === null) return '';
  return items
    .filter((item) => ticked.includes(String(item.value)))
    .map((item) => item.label)
    .join('、');
}

function chosenDay<R>(state: Editing<R>, today: IsoDate): IsoDate | null {
  const parsed = state.column.parse(state.draft, state.row, today);
  return parsed.ok && isDate(parsed.value) ? parsed.value : null;
}

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'] as const;

/** How a text is read, where that is not plain to see: '1.2亿' is 12,000 万元. */
function readAs<R>({ column, row, draft, touched }: Editing<R>, today: IsoDate): string | null {
  const { field, unit } = column;
  if (!touched || field === null || draft.trim() === '' || column.column.parse !== undefined) return null;
  if (field.type !== 'money' && field.type !== 'date') return null;
  const parsed = column.parse(draft, row, today);
  if (!parsed.ok || parsed.value === null) return null;
  if (field.type === 'money') return `${column.text(parsed.value, row)} ${unit ?? ''}`;
  if (!isDate(parsed.value)) return null;
  return `${formatChinese(parsed.value)} 星期${WEEKDAYS[isoWeekday(parsed.value) - 1] ?? ''}`;
}

interface EditKeyCommands {
  cancel(): void;
  leave(move: MoveAfter): void;
  fill(): void;
  walk(by: number): void;
  tick(): void;
  newLine(): void;
  asText(): void;
}

/** Keys of an open cell. True when the key is used up. */
function handleEditKey<R>(
  event: { readonly key: string; readonly shiftKey: boolean; readonly altKey: boolean; readonly ctrlKey: boolean },
  state: Editing<R>,
  commands: EditKeyCommands,
): boolean {
  const picking = state.items !== null;
  switch (event.key) {
    case 'Escape':
      commands.cancel();
      return true;
    case 'Enter':
      if (event.altKey && !picking) {
        if (state.column.wrap) commands.newLine();
      } else if (event.ctrlKey) commands.fill();
      else if (state.ticked !== null && state.draft.trim() !== '') commands.tick();
      else commands.leave(event.shiftKey ? 'up' : 'down');
      return true;
    case 'Tab':
      commands.leave(event.shiftKey ? 'previous' : 'next');
      return true;
    case 'F2':
      commands.asText();
      return true;
    case ' ':
      if (state.ticked === null || state.draft.trim() !== '') return false;
      commands.tick();
      return true;
    case 'ArrowUp':
    case 'ArrowDown': {
      const up = event.key === 'ArrowUp';
      if (picking) commands.walk(up ? -1 : 1);
      else if (state.mode === 'type') commands.leave(up ? 'up' : 'down');
      else return false;
      return true;
    }
    case 'PageUp':
    case 'PageDown':
      if (picking) commands.walk(event.key === 'PageUp' ? -8 : 8);
      return picking;
    case 'ArrowLeft':
    case 'ArrowRight':
      if (state.mode !== 'type' || picking || event.shiftKey || event.ctrlKey) return false;
      commands.leave(event.key === 'ArrowLeft' ? 'left' : 'right');
      return true;
    default:
      return false;
  }
}

function isTyping(event: KeyboardEvent): boolean {
  return event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
}
