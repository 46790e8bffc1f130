import type { CustomCellRendererProps } from 'ag-grid-react';
import type { ResolvedColumn } from './column.ts';

interface CellContentProps extends CustomCellRendererProps {
  resolved(): ResolvedColumn<unknown> | undefined;
}

/** A cell drawn by its column's `render`; the totals row shows its text. */
export function CellContent({ resolved, node, data, valueFormatted }: CellContentProps) {
  if (node.rowPinned || data === undefined) return <>{valueFormatted ?? ''}</>;
  return <>{resolved()?.column.render?.(data)}</>;
}
