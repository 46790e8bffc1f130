import { withLedger } from '../procedure.ts';
import { ImportDesk, openImport } from './imports.ts';
import { applyList, openList } from './list-import.ts';
import { exportTables, previewImport, runImport, saveProblems } from './use-cases.ts';

/** Imports under way in this process; they do not outlive it, and nothing is lost with them. */
const desk = new ImportDesk();

export const workbookHandlers = {
  open: withLedger.workbook.open.handler(({ context, input, signal }) =>
    openImport(desk, context.session, input.path, signal),
  ),
  preview: withLedger.workbook.preview.handler(({ context, input, signal }) =>
    previewImport(context.session, desk.get(input.importId, context.session.store.path), input, signal),
  ),
  apply: withLedger.workbook.apply.handler(({ context, input, signal }) =>
    runImport(context.session, desk.get(input.importId, context.session.store.path), input, signal),
  ),
  saveProblems: withLedger.workbook.saveProblems.handler(({ context, input }) =>
    saveProblems(desk.get(input.importId, context.session.store.path), input.path, input),
  ),
  close: withLedger.workbook.close.handler(({ input }) => {
    desk.close(input.importId);
    return null;
  }),
  openList: withLedger.workbook.openList.handler(({ context, input: { path, ...target }, signal }) =>
    openList(desk, context.session, path, target, signal),
  ),
  applyList: withLedger.workbook.applyList.handler(({ context, input: { importId, ...target } }) =>
    applyList(context.session, desk.get(importId, context.session.store.path), target),
  ),
  exportTables: withLedger.workbook.exportTables.handler(({ input }) => exportTables(input.path, input.sheets)),
};
