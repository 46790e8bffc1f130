import { withLedger } from '../procedure.ts';
import { gridChanges } from './changes.ts';
import { gridSlices, readGrid } from './grid.ts';
import { readPage } from './page.ts';

export const projectsHandlers = {
  grid: withLedger.projects.grid.handler(({ context: { session }, input }) =>
    gridSlices(session.store, input.asOf ?? session.today()),
  ),
  changes: withLedger.projects.changes.handler(({ context: { session }, input }) =>
    gridChanges(session.store, input, input.asOf ?? session.today()),
  ),
  rows: withLedger.projects.rows.handler(({ context: { session }, input }) =>
    readGrid(session.store, input.asOf ?? session.today(), input.ids),
  ),
  page: withLedger.projects.page.handler(({ context: { session }, input }) =>
    readPage(session.store, input.id, input.asOf ?? session.today()),
  ),
};
