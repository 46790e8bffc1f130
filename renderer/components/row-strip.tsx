import type { ReactNode } from 'react';
import './row-strip.css';

/** The line under a grid that tells in full what the chosen row can only hint at. */
export function RowStrip({ children, hint }: { readonly children: ReactNode; readonly hint: string }) {
  return (
    <div className="row-strip" aria-live="polite">
      {children ?? <span className="quiet">{hint}</span>}
    </div>
  );
}
