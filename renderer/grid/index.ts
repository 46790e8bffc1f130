export { LedgerGrid, type LedgerGridProps, type RowMenuEntry } from './ledger-grid.tsx';
export type {
  CellAddress,
  CellEdit,
  ColumnKind,
  EditOutcome,
  ExportedColumn,
  ExportedGrid,
  ExportedRow,
  GridColumn,
  GridNotice,
  LedgerGridApi,
  ParseResult,
  RefOption,
  RefSource,
  Refs,
  RefusedEdit,
} from './types.ts';
