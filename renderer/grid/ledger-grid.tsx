import { AG_GRID_LOCALE_CN } from '@ag-grid-community/locale';
import {
  AllCommunityModule,
  type GetRowIdParams,
  type GridApi,
  type GridState,
  type IRowNode,
  ModuleRegistry,
  type RowClassParams,
} from 'ag-grid-community';
import 'ag-grid-community/styles/ag-grid.css';
import 'ag-grid-community/styles/ag-theme-balham.css';
import { AgGridReact } from 'ag-grid-react';
import {
  type ClipboardEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { dateAt, type IsoDate } from '../../shared/domain/date.ts';
import { onCommand, runCommand } from '../app/commands.ts';
import { ExportButton } from '../components/export-button.tsx';
import { type Block, blockOf, isSingle, single, step, tabStep } from './block.ts';
import { CellHost, type CellHostApi, type MoveAfter } from './cell-host.tsx';
import { type RefLookup, type ResolvedColumn, refLookup, resolveColumn } from './column.ts';
import { ColumnChooser } from './column-chooser.tsx';
import { columnDefs, type GridContext } from './column-defs.ts';
import { type Action, clearAction, fillDownAction, fillDragAction, pasteAction, typedAction } from './edits.ts';
import { exportGrid } from './export-grid.ts';
import { GridMenu, type OpenMenu } from './grid-menu.tsx';
import { gridStorage } from './grid-storage.ts';
import { handleKey } from './keyboard.ts';
import './ledger-grid.css';
import { PendingEdits } from './pending-edits.ts';
import { RowSearch } from './row-search.ts';
import { figuresOf } from './selection-figures.ts';
import { Sheet } from './sheet.ts';
import { type SelectionFigures, StatusBar } from './status-bar.tsx';
import { totalsOf } from './totals.ts';
import { formatHtmlTable, formatTsv, parseTsv } from './tsv.ts';
import type { CellEdit, EditOutcome, GridColumn, GridNotice, LedgerGridApi, Refs, RefusedEdit } from './types.ts';
import { useSheetPointer } from './use-sheet-pointer.ts';

ModuleRegistry.registerModules([AllCommunityModule]);

export interface RowMenuEntry {
  readonly key: string;
  readonly label: string;
  readonly disabled?: boolean;
  run(): void;
}

export interface LedgerGridProps<R extends { readonly id: string }> {
  /** Keep the array the same between renders (useMemo): a new one redraws the cells. */
  readonly columns: readonly GridColumn<R>[];
  /** New objects for rows that changed, the same objects for others. */
  readonly rows: readonly R[];
  /** One call per action of the operator, `title` naming it ('粘贴 36 个单元格'). Not needed when `readOnly`. */
  readonly onEdit?: (edits: readonly CellEdit[], title: string) => Promise<EditOutcome>;
  readonly refs?: Refs;
  readonly quickSearch?: string;
  /** Columns and sorting are kept under this name; filter, scroll and place while the window lives. */
  readonly storageKey: string;
  readonly onOpenRow?: (row: R) => void;
  /** Rows ticked, when `selectable`. */
  readonly onSelectionChange?: (rows: readonly R[]) => void;
  readonly totals?: boolean;
  /** Which of the rows shown the totals leave out, by id, and how that is called: '打包计一个'. */
  readonly totalsOver?: { readonly note: string; leftOut(shown: readonly R[]): ReadonlySet<string> };
  /** Beside the counts below the grid. */
  readonly statusExtra?: ReactNode;
  /** False where the screen has its own way to Excel. */
  readonly excel?: boolean;
  /** Default: fills its container, which must have a height. */
  readonly height?: number | string;
  /** What belongs here and how to begin. */
  readonly emptyText?: string;
  readonly empty?: ReactNode;
  readonly loading?: boolean;
  readonly rowClass?: (row: R) => string | undefined;
  readonly selectable?: boolean;
  readonly readOnly?: boolean;
  /** Name for screen readers, such as '项目台账'. */
  readonly label?: string;
  /** What a row is, in the menu: '打开项目页'. */
  readonly openLabel?: string;
  /** More entries of the context menu, for the rows of the selection. */
  readonly rowMenu?: (rows: readonly R[]) => readonly RowMenuEntry[];
  /** Ctrl+F while the keyboard is in the grid and no cell is open. */
  readonly onFind?: () => void;
  /** Ctrl+Z, Ctrl+Y there. Default: the window's undo and redo. */
  readonly onUndo?: () => void;
  readonly onRedo?: () => void;
  /** Rows that pass filter and search, whenever they change; for figures beside the grid. */
  readonly onShownRowsChange?: (rows: readonly R[]) => void;
  /** Cell the keyboard is on. */
  readonly onActiveCellChange?: (cell: { readonly row: R; readonly key: string } | null) => void;
  /** Default: today in Beijing. For dates written without a year. */
  readonly today?: IsoDate;
  readonly apiRef?: Ref<LedgerGridApi<R>>;
}

const ROW_HEIGHT = 32;
const LOCALE = { ...AG_GRID_LOCALE_CN, noMatchingRows: '没有符合查找或筛选条件的内容' };
const UNSAVED = '没有保存，台账未改动。请再试一次；仍不行时从“帮助”打开日志文件夹，交技术人员查看。';

/** The grid of every list: a sheet as in Excel over AG Grid Community. */
export function LedgerGrid<R extends { readonly id: string }>(props: LedgerGridProps<R>) {
  const { columns, rows, refs, storageKey, readOnly = false } = props;
  // A screen that brings no search of its own gets the grid's.
  const findsItself = props.quickSearch === undefined;
  const [ownSearch, setOwnSearch] = useState<string | null>(null);
  const quickSearch = props.quickSearch ?? ownSearch ?? '';
  const latest = useRef(props);
  latest.current = props;
  const root = useRef<HTMLElement>(null);
  const host = useRef<CellHostApi>(null);
  const [sheet] = useState(() => new Sheet<R>());
  const [pending] = useState(() => new PendingEdits<R>());
  const [search] = useState(() => new RowSearch<R>());
  const [context] = useState<GridContext>(() => ({ totals: new Map() }));
  const today = useCallback((): IsoDate => latest.current.today ?? dateAt(Date.now()), []);

  const lookup = useMemo(() => refLookup(refs), [refs]);
  const lookupRef = useRef<RefLookup>(lookup);
  lookupRef.current = lookup;
  const resolved = useMemo(
    () =>
      columns.map((column) =>
        resolveColumn(readOnly ? { ...column, editable: false } : column, () => lookupRef.current),
      ),
    [columns, readOnly],
  );
  const byKey = useMemo(() => new Map(resolved.map((column) => [column.key, column])), [resolved]);
  const before = useRef(byKey);
  sheet.columns = byKey;
  sheet.fillable = !readOnly;
  sheet.dimLocked = !readOnly;

  // Definitions are built anew only when something AG Grid itself must know has changed.
  const signature = JSON.stringify(
    resolved.map(({ key, label, group, unit, width, hidden, kind, column }) => [
      key,
      label,
      group,
      unit,
      width,
      hidden,
      kind,
      column.pinned,
      column.render !== undefined,
      column.ownerMark,
    ]),
  );
  const resolvedRef = useRef(resolved);
  resolvedRef.current = resolved;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the columns
  const headerHeight = useMemo(() => headingHeight(resolvedRef.current), [signature]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the columns
  const defs = useMemo(() => columnDefs(resolvedRef.current, sheet, today), [signature, sheet, today]);
  const [initialState] = useState<GridState>(() => ({
    partialColumnState: true,
    ...(gridStorage.columns(storageKey) ?? {}),
    ...(placeOf(storageKey) ?? {}),
  }));

  const [firstTime] = useState(() => gridStorage.columns(storageKey) === null);
  const [gridRows, setGridRows] = useState<readonly R[]>(() => {
    pending.take(rows);
    return pending.rows();
  });
  const [counts, setCounts] = useState({ total: rows.length, shown: rows.length });
  const [ticked, setTicked] = useState(0);
  const [filtered, setFiltered] = useState(false);
  const [figures, setFigures] = useState<SelectionFigures | null>(null);
  const [notice, setNotice] = useState<GridNotice | null>(null);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [choosing, setChoosing] = useState(false);
  const [api, setApi] = useState<GridApi<R> | null>(null);
  const activeRowId = useRef<string | null>(null);
  const { totalsOver } = props;

  const shownRows = useCallback((): R[] => {
    const found: R[] = [];
    sheet.api?.forEachNodeAfterFilterAndSort((node) => {
      if (node.data !== undefined) found.push(node.data);
    });
    return found;
  }, [sheet]);

  const refreshTotals = useCallback((): void => {
    const grid = sheet.api;
    if (grid === null || grid.isDestroyed()) return;
    const found = shownRows();
    setCounts((old) =>
      old.total === pending.size && old.shown === found.length ? old : { total: pending.size, shown: found.length },
    );
    latest.current.onShownRowsChange?.(found);
    if (latest.current.totals !== true) return;
    const named = sheet.shown.filter((column) => column.total === 'none' && column.kind === 'text');
    const wide = named.find((column) => (grid.getColumn(column.key)?.getActualWidth() ?? 0) >= 150);
    const { totalsOver: over } = latest.current;
    const out = over?.leftOut(found);
    const counted = out === undefined ? found : found.filter(({ id }) => !out.has(id));
    const note = over === undefined ? '' : `，${over.note}`;
    context.totals = totalsOf(resolvedRef.current, counted, (wide ?? named[0])?.key ?? null, note);
    const pinned = grid.getPinnedBottomRow(0);
    if (pinned !== undefined) grid.refreshCells({ rowNodes: [pinned], force: true });
  }, [sheet, pending, context, shownRows]);

  const figuresTimer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const totalsTimer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const refreshSoon = useCallback((): void => {
    clearTimeout(totalsTimer.current);
    totalsTimer.current = setTimeout(refreshTotals, 30);
    clearTimeout(figuresTimer.current);
    figuresTimer.current = setTimeout(() => setFigures(figuresOf(sheet)), 60);
  }, [refreshTotals, sheet]);
  useEffect(
    () => () => {
      clearTimeout(totalsTimer.current);
      clearTimeout(figuresTimer.current);
    },
    [],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when other rows are counted
  useEffect(refreshSoon, [totalsOver, refreshSoon]);

  /** Redraws rows in place: no sorting, no filtering, so that nothing moves under the operator's hands. */
  const redraw = useCallback(
    (ids: Iterable<string>): void => {
      const grid = sheet.api;
      if (grid === null || grid.isDestroyed()) return;
      for (const id of ids) {
        const node = grid.getRowNode(id);
        const row = pending.row(id);
        const old = node?.data;
        if (node === undefined || row === undefined || old === undefined) continue;
        node.updateData(row);
        const { rowClass } = latest.current;
        if (rowClass !== undefined && rowClass(old) !== rowClass(row)) grid.redrawRows({ rowNodes: [node] });
        else sheet.restyle(node, old, row);
      }
      sheet.paint();
      refreshSoon();
    },
    [sheet, pending, refreshSoon],
  );

  const firstRows = useRef(true);
  useLayoutEffect(() => {
    if (firstRows.current) {
      firstRows.current = false;
      return;
    }
    const given = (cell: { readonly rowId: string; readonly key: string }): unknown =>
      (pending.row(cell.rowId) as Readonly<Record<string, unknown>> | undefined)?.[cell.key];
    const marked = sheet.refusedCells().map((cell) => ({ cell, before: given(cell) }));
    const changed = pending.take(rows);
    // A marked cell that was filled otherwise meanwhile: what was said of it is past.
    sheet.forgive(marked.filter(({ cell, before }) => given(cell) !== before).map(({ cell }) => cell));
    if (changed === null) setGridRows(pending.rows());
    else redraw(changed);
  }, [rows, pending, redraw, sheet]);

  useEffect(() => {
    const grid = sheet.api;
    if (grid === null || before.current === byKey) return;
    sheet.restyleAll(before.current);
    before.current = byKey;
    search.forget();
    sheet.columnsChanged();
    grid.refreshCells({ force: true });
    refreshSoon();
  }, [byKey, sheet, search, refreshSoon]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when labels of refs change
  useEffect(() => {
    search.forget();
    sheet.api?.refreshCells({ force: true });
  }, [lookup, sheet, search]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was made ready is out of date when columns or labels change
  useEffect(() => search.prepare(rows, () => resolvedRef.current), [rows, byKey, lookup, search]);

  useEffect(() => {
    search.setQuery(quickSearch);
    sheet.api?.onFilterChanged();
  }, [quickSearch, search, sheet]);

  const apply = useCallback(
    async ({ edits, title, notice: line, block, refused: unread }: Action): Promise<void> => {
      const { onEdit } = latest.current;
      if (block !== null)
        sheet.select(
          { anchor: { row: block.top, col: block.left }, head: { row: block.bottom, col: block.right } },
          false,
        );
      setNotice(line);
      sheet.forgive(edits);
      if (unread.length > 0) sheet.refuse(unread);
      if (edits.length === 0 || onEdit === undefined) return;
      const ids = new Set(edits.map(({ rowId }) => rowId));
      const end = pending.begin(edits);
      redraw(ids);
      let outcome: EditOutcome;
      try {
        outcome = await onEdit(edits, title);
      } catch {
        // The parent turns faults into outcomes; one that slips through must not leave unsaved figures on the screen.
        outcome = { ok: false, message: UNSAVED };
      }
      const refused = new Set(outcome.ok ? (outcome.refused ?? []).map(({ rowId, key }) => `${rowId}\n${key}`) : []);
      end((edit) => outcome.ok && !refused.has(`${edit.rowId}\n${edit.key}`));
      redraw(ids);
      if (!outcome.ok) setNotice({ kind: 'error', text: outcome.message });
      else if (outcome.refused !== undefined && outcome.refused.length > 0) {
        sheet.refuse(outcome.refused);
        setNotice(refusedNotice(outcome.refused, { edits: edits.length, unread, line }, sheet));
      }
    },
    [sheet, pending, redraw],
  );
  const act = (action: Action | null): void => {
    if (action !== null) void apply(action);
  };

  const edit = (): void => {
    host.current?.begin();
  };
  const open = (): boolean => {
    const active = sheet.active;
    const row = active === null ? undefined : sheet.rowAt(active.row);
    if (row === undefined || props.onOpenRow === undefined) return false;
    props.onOpenRow(row);
    return true;
  };
  const activate = (): void => {
    const active = sheet.active;
    const row = active === null ? undefined : sheet.rowAt(active.row);
    const column = active === null ? undefined : sheet.columnAt(active.col);
    if (row === undefined || column === undefined) return;
    if (column.editable(row) || !open()) edit();
  };
  const clear = (): void => {
    if (sheet.block !== null && !readOnly) act(clearAction(sheet, sheet.block));
  };
  const fillDown = (): void => {
    if (sheet.block !== null && !readOnly) act(fillDownAction(sheet, sheet.block));
  };
  const move = (after: MoveAfter): void => {
    const at = sheet.active;
    if (at === null || after === 'none') return;
    if (after === 'next' || after === 'previous') sheet.selectCell(tabStep(at, after === 'previous', sheet.bounds));
    else sheet.selectCell(step(at, after, sheet.bounds));
  };
  const focus = (): void => host.current?.focus();

  const onCopy = (event: ClipboardEvent): boolean => {
    const { block } = sheet;
    if (block === null) return false;
    const cells = copied(sheet, block);
    event.clipboardData.setData('text/plain', formatTsv(cells.map((line) => line.map(({ text }) => text))));
    event.clipboardData.setData('text/html', formatHtmlTable(cells));
    event.preventDefault();
    return true;
  };
  const paste = (text: string): void => {
    const { block } = sheet;
    if (block === null) return;
    if (readOnly) setNotice({ kind: 'info', text: '此表只供查看，不能粘贴' });
    else act(pasteAction(sheet, parseTsv(text), block, today()));
  };
  const pasteFromMenu = async (): Promise<void> => {
    focus();
    try {
      paste(await navigator.clipboard.readText());
    } catch {
      setNotice({ kind: 'info', text: '请按 Ctrl+V 粘贴' });
    }
  };

  const openMenu = (x: number, y: number): void => {
    const { block } = sheet;
    if (block === null) return;
    const chosen = rowsOf(sheet, block);
    const [first] = chosen;
    const { onOpenRow } = props;
    const more = props.rowMenu?.(chosen) ?? [];
    setMenu({
      x,
      y,
      groups: [
        onOpenRow === undefined || first === undefined
          ? []
          : [{ key: 'open', label: props.openLabel ?? '打开', run: () => onOpenRow(first) }],
        [
          {
            key: 'copy',
            label: '复制',
            shortcut: 'Ctrl+C',
            run: () => {
              focus();
              document.execCommand('copy');
            },
          },
          { key: 'paste', label: '粘贴', shortcut: 'Ctrl+V', disabled: readOnly, run: () => void pasteFromMenu() },
        ],
        readOnly
          ? []
          : [
              {
                key: 'fill',
                label: '向下填充',
                shortcut: 'Ctrl+D',
                run: () => {
                  focus();
                  fillDown();
                },
              },
              {
                key: 'clear',
                label: '清除内容',
                shortcut: 'Delete',
                run: () => {
                  focus();
                  clear();
                },
              },
            ],
        [{ key: 'only', label: '只看与此格相同的', run: () => filterLike(sheet) }],
        more,
      ],
    });
  };
  const headingMenu = (key: string, x: number, y: number): void => {
    const grid = sheet.api;
    if (grid === null) return;
    const sort = (direction: 'asc' | 'desc' | null): void => {
      grid.applyColumnState({ state: [{ colId: key, sort: direction }], defaultState: { sort: null } });
    };
    const sorted = grid.getColumn(key)?.getSort() ?? null;
    const pinned = grid.getColumn(key)?.isPinnedLeft() ?? false;
    setMenu({
      x,
      y,
      groups: [
        [
          { key: 'asc', label: '升序', disabled: sorted === 'asc', run: () => sort('asc') },
          { key: 'desc', label: '降序', disabled: sorted === 'desc', run: () => sort('desc') },
          { key: 'unsorted', label: '取消排序', disabled: sorted === null, run: () => sort(null) },
        ],
        [{ key: 'filter', label: '筛选…', run: () => grid.showColumnFilter(key) }],
        [
          pinned
            ? { key: 'unpin', label: '取消冻结', run: () => grid.setColumnsPinned([key], null) }
            : { key: 'pin', label: '冻结此列', run: () => grid.setColumnsPinned([key], 'left') },
          { key: 'fit', label: '适应内容宽度', run: () => grid.autoSizeColumns([key]) },
          { key: 'hide', label: '隐藏此列', run: () => grid.setColumnsVisible([key], false) },
          { key: 'columns', label: '列设置…', run: () => setChoosing(true) },
        ],
      ],
    });
  };
  const menuAtCell = (): void => {
    const rect = sheet.active === null ? undefined : sheet.elementAt(sheet.active)?.getBoundingClientRect();
    if (rect !== undefined) openMenu(rect.left + 8, rect.bottom);
  };
  const openFilter = (): void => {
    const column = sheet.active === null ? undefined : sheet.columnAt(sheet.active.col);
    if (column !== undefined) sheet.api?.showColumnFilter(column.key);
  };

  const pointer = {
    leaveCell: () => host.current?.commit() ?? true,
    focus,
    activate,
    fill: (to: { readonly row: number; readonly col: number }) => {
      if (sheet.block !== null) act(fillDragAction(sheet, sheet.block, to, today()));
    },
    menu: openMenu,
    headingMenu,
  };
  const pointerRef = useRef(pointer);
  pointerRef.current = pointer;
  useSheetPointer(root, sheet, pointerRef);

  useEffect(() => {
    return sheet.subscribe(() => {
      const { active } = sheet;
      const row = active === null ? undefined : sheet.rowAt(active.row);
      const column = active === null ? undefined : sheet.columnAt(active.col);
      const key = column?.key;
      activeRowId.current = row?.id ?? null;
      const reason = row === undefined || key === undefined ? undefined : sheet.refusal(row.id, key);
      if (reason !== undefined && column !== undefined && sheet.selection !== null && isSingle(sheet.selection))
        setNotice({ kind: 'warning', text: `“${column.label}”没有保存：${reason}` });
      latest.current.onActiveCellChange?.(row === undefined || key === undefined ? null : { row, key });
      refreshSoon();
    });
  }, [sheet, refreshSoon]);

  const saveState = useCallback((): void => {
    const grid = sheet.api;
    if (grid === null || grid.isDestroyed()) return;
    const key = sheet.active === null ? undefined : sheet.columnAt(sheet.active.col)?.key;
    const rowId = activeRowId.current;
    gridStorage.save(storageKey, grid.getState(), key === undefined || rowId === null ? undefined : { rowId, key });
  }, [sheet, storageKey]);

  useLayoutEffect(() => saveState, [saveState]);

  const leave = (): void => {
    const buttons = root.current?.querySelectorAll<HTMLElement>('.lg-status button');
    buttons?.[buttons.length - 1]?.focus();
  };

  const exported = useCallback(() => {
    const found = shownRows();
    const { totals, totalsOver: over } = latest.current;
    return exportGrid(sheet, found, totals === true ? context.totals : null, over?.leftOut(found));
  }, [sheet, context, shownRows]);
  const openFind = useCallback((): void => {
    setOwnSearch((old) => old ?? '');
    setTimeout(() => root.current?.querySelector<HTMLInputElement>('.lg-find input')?.select());
  }, []);
  useEffect(() => (findsItself ? onCommand('find', openFind) : undefined), [findsItself, openFind]);

  useImperativeHandle(
    props.apiRef,
    (): LedgerGridApi<R> => ({
      exportRows: exported,
      focusCell(rowId, key) {
        const at = sheet.positionOf(rowId, key);
        if (at === null) return false;
        sheet.selectCell(at);
        host.current?.focus();
        return true;
      },
      focus() {
        if (sheet.selection === null) sheet.selectCell({ row: 0, col: 0 });
        host.current?.focus();
      },
      flash(cells) {
        for (const { rowId, key } of cells) {
          const node = sheet.api?.getRowNode(rowId);
          if (node !== undefined)
            sheet.api?.flashCells({ rowNodes: [node], columns: [key], flashDuration: 1200, fadeDuration: 800 });
        }
      },
      selectedRows: () => tickedRows(sheet),
      setSelectedRows(ids) {
        const wanted = new Set(ids);
        sheet.api?.forEachNode((node) => node.setSelected(wanted.has(node.data?.id ?? '')));
      },
      shownRows,
      clearFilters: () => sheet.api?.setFilterModel(null),
      openColumnChooser: () => setChoosing(true),
      notify: setNotice,
    }),
    [sheet, shownRows, exported],
  );

  const { empty, emptyText } = props;
  const emptyParams = useMemo(
    () => ({ empty: empty ?? <div className="lg-empty">{emptyText ?? '还没有内容'}</div> }),
    [empty, emptyText],
  );
  // New functions here would make the grid filter anew at every render.
  const isSearching = useCallback(() => search.isActive, [search]);
  const passesSearch = useCallback(
    ({ data }: IRowNode<R>) => data === undefined || search.passes(data, resolvedRef.current),
    [search],
  );
  const getRowId = useCallback(({ data }: GetRowIdParams<R>) => data.id, []);
  const getRowClass = useCallback(
    ({ data, node }: RowClassParams<R>) =>
      data === undefined || node.rowPinned ? undefined : latest.current.rowClass?.(data),
    [],
  );
  return (
    <section
      ref={root}
      className="ledger-grid"
      style={{ height: props.height ?? '100%' }}
      aria-label={props.label ?? '表格'}
    >
      <div className="lg-body ag-theme-balham">
        <AgGridReact<R>
          theme="legacy"
          rowData={gridRows as R[]}
          columnDefs={defs}
          defaultColDef={DEFAULT_COLUMN}
          context={context}
          getRowId={getRowId}
          getRowClass={getRowClass}
          localeText={LOCALE}
          initialState={initialState}
          rowHeight={ROW_HEIGHT}
          headerHeight={headerHeight}
          groupHeaderHeight={26}
          animateRows={false}
          suppressCellFocus
          tabToNextHeader={({ backwards }) => {
            // The headings are one stop, walked with arrows: forty columns must not lie between the keyboard and the cells.
            if (backwards) return false;
            setTimeout(() => {
              if (sheet.selection === null) sheet.selectCell({ row: 0, col: 0 });
              focus();
            });
            return true;
          }}
          suppressColumnMoveAnimation
          suppressDragLeaveHidesColumns
          suppressMoveWhenRowDragging
          maintainColumnOrder
          enableFilterHandlers
          popupParent={document.body}
          tooltipShowDelay={600}
          loading={props.loading ?? false}
          noRowsOverlayComponent={NoRows}
          noRowsOverlayComponentParams={emptyParams}
          {...(props.selectable === true ? { rowSelection: ROW_SELECTION, selectionColumnDef: SELECTION_COLUMN } : {})}
          {...(props.totals === true ? { pinnedBottomRowData: TOTALS_ROW } : {})}
          isExternalFilterPresent={isSearching}
          doesExternalFilterPass={passesSearch}
          onGridReady={({ api: grid }) => {
            sheet.api = grid;
            sheet.root = root.current;
            setApi(grid);
            setFiltered(grid.isAnyFilterPresent());
          }}
          onFirstDataRendered={() => {
            if (firstTime) widen(sheet.api, resolvedRef.current);
            sheet.columnsChanged();
            const active = gridStorage.place(storageKey)?.active;
            const at = active === undefined ? null : sheet.positionOf(active.rowId, active.key);
            if (at !== null) sheet.select(single(at), false);
            refreshSoon();
          }}
          onModelUpdated={({ api: grid }) => {
            sheet.rowsChanged(activeRowId.current);
            grid.refreshCells({ columns: ROW_NUMBERS, force: true });
            refreshSoon();
          }}
          onFilterChanged={({ api: grid }) => setFiltered(grid.isColumnFilterPresent())}
          onDisplayedColumnsChanged={() => sheet.columnsChanged()}
          onBodyScroll={() => host.current?.follow()}
          onColumnResized={() => host.current?.follow()}
          onGridSizeChanged={() => host.current?.follow()}
          onStateUpdated={saveState}
          onSelectionChanged={() => {
            const found = tickedRows(sheet);
            setTicked(found.length);
            props.onSelectionChange?.(found);
          }}
        />
        <CellHost
          ref={host}
          sheet={sheet}
          refs={refs}
          today={today()}
          onCommit={(column, row, value) => {
            setNotice(null);
            sheet.forgive([{ rowId: row.id, key: column.key }]);
            sheet.paint();
            act(typedAction(column, row, value));
          }}
          onFill={(text) => {
            if (sheet.block !== null) act(pasteAction(sheet, [[text]], sheet.block, today(), '填充'));
          }}
          onMove={move}
          onLocked={(column, row) =>
            setNotice({
              kind: 'info',
              text: readOnly ? '此表只供查看' : `“${column.label}”：${column.lockedReason(row)}`,
            })
          }
          onDropped={(column, reason) => setNotice({ kind: 'warning', text: `“${column.label}”没有改动：${reason}` })}
          onIdleKey={(event) => {
            const used = handleKey(event, sheet, {
              edit,
              open,
              clear,
              fillDown,
              undo: props.onUndo ?? (() => runCommand('undo')),
              redo: props.onRedo ?? (() => runCommand('redo')),
              find: props.onFind ?? (findsItself ? openFind : undefined),
              tick: props.selectable === true ? () => tickBlock(sheet) : undefined,
              menu: menuAtCell,
              filter: openFilter,
              leave,
              page: () =>
                Math.max(
                  1,
                  Math.floor((root.current?.querySelector('.ag-grid-viewport')?.clientHeight ?? 0) / ROW_HEIGHT) - 1,
                ),
            });
            if (!used) return;
            event.preventDefault();
            event.stopPropagation();
          }}
          onCopy={(event) => {
            if (onCopy(event) && sheet.block !== null) setNotice({ kind: 'info', text: copiedText(sheet.block) });
          }}
          onCut={(event) => {
            const { block } = sheet;
            if (onCopy(event) && block !== null && !readOnly) act(clearAction(sheet, block, '剪切'));
          }}
          onPaste={(event) => {
            event.preventDefault();
            paste(event.clipboardData.getData('text/plain'));
          }}
        />
      </div>
      <StatusBar
        total={counts.total}
        shown={counts.shown}
        ticked={ticked}
        filtered={filtered}
        figures={figures}
        notice={notice}
        extra={props.statusExtra}
        find={
          findsItself
            ? {
                words: ownSearch,
                open: openFind,
                change: setOwnSearch,
                close: () => {
                  setOwnSearch(null);
                  focus();
                },
              }
            : null
        }
        excel={props.excel === false ? null : <ExportButton label={props.label ?? '表格'} exported={exported} />}
        onClearFilters={() => sheet.api?.setFilterModel(null)}
        onCloseNotice={() => {
          setNotice(null);
          sheet.refuse([]);
        }}
        onColumns={() => setChoosing(true)}
      />
      <GridMenu menu={menu} onClose={() => setMenu(null)} />
      <ColumnChooser
        open={choosing}
        api={api}
        columns={resolved}
        onClose={() => setChoosing(false)}
        onReset={() => {
          gridStorage.forgetColumns(storageKey);
          resetColumns(api, resolved);
        }}
      />
    </section>
  );
}

const DEFAULT_COLUMN = {
  sortable: true,
  resizable: true,
  suppressHeaderMenuButton: true,
  suppressKeyboardEvent: () => false,
} as const;
const ROW_SELECTION = {
  mode: 'multiRow',
  checkboxes: true,
  headerCheckbox: true,
  enableClickSelection: false,
  selectAll: 'filtered',
} as const;
const SELECTION_COLUMN = {
  width: 40,
  minWidth: 40,
  pinned: 'left',
  lockPosition: 'left',
  suppressMovable: true,
  resizable: false,
} as const;
const ROW_NUMBERS = ['baobao-row-number'];
const TOTALS_ROW = [{ id: 'baobao-totals' }] as never[];

/** Room for the longest heading: one or two lines, and the unit. */
function headingHeight<R>(columns: readonly ResolvedColumn<R>[]): number {
  const isLong = columns.some(({ label, width }) => label.length * 13 > width - 34);
  const hasUnit = columns.some(({ unit, column }) => unit !== null || column.ownerMark !== undefined);
  return 10 + (isLong ? 34 : 17) + (hasUnit ? 14 : 0) + (isLong || hasUnit ? 0 : 7);
}

function NoRows({ empty }: { readonly empty: ReactNode }) {
  return <>{empty}</>;
}

function placeOf(storageKey: string): Pick<GridState, 'filter' | 'scroll'> | null {
  const place = gridStorage.place(storageKey);
  if (place === null) return null;
  const { active: _active, ...state } = place;
  return state;
}

function copied<R extends { readonly id: string }>(sheet: Sheet<R>, block: Block) {
  const lines = [];
  for (let row = block.top; row <= block.bottom; row += 1) {
    const data = sheet.rowAt(row);
    const line = [];
    for (let col = block.left; col <= block.right; col += 1) {
      const column = sheet.columnAt(col);
      const known = column !== undefined && data !== undefined;
      line.push({ text: known ? column.plain(column.value(data), data) : '', numeric: column?.kind === 'number' });
    }
    lines.push(line);
  }
  return lines;
}

function copiedText({ top, bottom, left, right }: Block): string {
  return `已复制 ${bottom - top + 1} 行 ${right - left + 1} 列`;
}

function rowsOf<R extends { readonly id: string }>(sheet: Sheet<R>, block: Block): R[] {
  const found: R[] = [];
  for (let row = block.top; row <= block.bottom; row += 1) {
    const data = sheet.rowAt(row);
    if (data !== undefined) found.push(data);
  }
  return found;
}

function tickedRows<R extends { readonly id: string }>(sheet: Sheet<R>): R[] {
  const found: R[] = [];
  sheet.api?.forEachNodeAfterFilterAndSort((node) => {
    if (node.isSelected() === true && node.data !== undefined) found.push(node.data);
  });
  return found;
}

function tickBlock<R extends { readonly id: string }>(sheet: Sheet<R>): void {
  const { selection } = sheet;
  if (selection === null) return;
  const { top, bottom } = blockOf(selection);
  const on = sheet.nodeAt(top)?.isSelected() !== true;
  for (let row = top; row <= bottom; row += 1) sheet.nodeAt(row)?.setSelected(on);
}

/** 只看与此格相同的: filter by the value of the active cell. */
function filterLike<R extends { readonly id: string }>(sheet: Sheet<R>): void {
  const active = sheet.active;
  const row = active === null ? undefined : sheet.rowAt(active.row);
  const column = active === null ? undefined : sheet.columnAt(active.col);
  if (row === undefined || column === undefined) return;
  sheet.api?.setFilterModel({ ...sheet.api.getFilterModel(), [column.key]: { values: column.filterKeys(row) } });
}

/** Reasons listed one by one; a pasted column may have thousands. */
const MOST_DETAILS = 200;

/** What was not saved: by the ledger's rules, and before that by the grid, whose own line stays among the details. */
function refusedNotice<R extends { readonly id: string }>(
  byRules: readonly RefusedEdit[],
  before: { readonly edits: number; readonly unread: readonly RefusedEdit[]; readonly line: GridNotice | null },
  sheet: Sheet<R>,
): GridNotice {
  const refused = [...before.unread, ...byRules];
  // Locked cells and those beyond the table were never to be saved: they are told of, not counted.
  const total = before.edits + before.unread.length;
  const said = byRules.slice(0, MOST_DETAILS).map(({ rowId, key, reason }) => {
    const row = sheet.api?.getRowNode(rowId)?.rowIndex ?? null;
    return `${row === null ? '' : `第 ${row + 1} 行`}“${sheet.columns.get(key)?.label ?? key}”：${reason}`;
  });
  if (byRules.length > said.length) said.push(`另有 ${byRules.length - said.length} 个，已在表中标出`);
  const details = [...said, ...(before.line === null ? [] : (before.line.details ?? [before.line.text]))];
  const rows = new Set(refused.map(({ rowId }) => rowId)).size;
  const saved = total > refused.length ? '其余已保存。' : '';
  const text =
    total === 1
      ? `没有保存。${details[0] ?? ''}`
      : `${total} 个单元格中 ${refused.length} 个（${rows} 行）没有保存，已标出。${saved}${details[0] ?? ''}`;
  // The line is cut at its end; the list has the whole reasons.
  return { kind: 'warning', text, ...(details.length > 1 || total > 1 ? { details } : {}) };
}

/** A text column grows to so many times its width, not more: lines of text too long are read badly. */
const WIDEST = 1.8;

/** On a wide screen the columns of text share the room that is left, so that fewer of them are cut. */
function widen<R>(api: GridApi<R> | null, columns: readonly ResolvedColumn<R>[]): void {
  const viewport = api?.getHorizontalPixelRange();
  if (api === null || viewport === undefined) return;
  const shown = api.getAllDisplayedColumns();
  const free =
    viewport.right -
    viewport.left -
    shown.filter((column) => !column.isPinned()).reduce((sum, column) => sum + column.getActualWidth(), 0);
  const texts = columns.filter(
    ({ key, kind, width, hidden }) =>
      kind === 'text' && !hidden && width >= 140 && api.getColumn(key)?.isVisible() === true,
  );
  const total = texts.reduce((sum, { width }) => sum + width, 0);
  if (free < 40 || total === 0) return;
  const share = Math.min(WIDEST, 1 + free / total);
  api.setColumnWidths(texts.map(({ key, width }) => ({ key, newWidth: Math.floor(width * share) })));
}

function resetColumns<R>(api: GridApi<R> | null, columns: readonly ResolvedColumn<R>[]): void {
  api?.applyColumnState({
    state: columns.map(({ key, width, hidden, column }) => ({
      colId: key,
      width,
      hide: hidden,
      pinned: column.pinned ?? null,
      sort: null,
    })),
    applyOrder: true,
  });
}
