import type { CustomInnerHeaderProps } from 'ag-grid-react';
import type { ResolvedColumn } from './column.ts';

interface HeadingLabelProps extends CustomInnerHeaderProps {
  resolved(): ResolvedColumn<unknown> | undefined;
}

/** Heading of a column: label, unit below it, small mark of who decides the field. */
export function HeadingLabel({ resolved, displayName }: HeadingLabelProps) {
  const column = resolved();
  if (column === undefined) return <span>{displayName}</span>;
  const { label, unit, column: own } = column;
  return (
    <span className="lg-heading">
      <span className="lg-heading-text">{label}</span>
      {unit === null && own.ownerMark === undefined ? null : (
        <span className="lg-heading-unit">
          {unit}
          {own.ownerMark === undefined ? null : <span className="lg-heading-owner">{own.ownerMark}</span>}
        </span>
      )}
    </span>
  );
}
