import { jobOf } from '../job.ts';
import { withLedger } from '../procedure.ts';
import type { Desk } from '../session/session.ts';
import { addFile, addPhoto, inspect, originalOf, takePiece } from './intake.ts';
import { attachmentsOf, countsOfPeriod, pictureOf, saveAs } from './read.ts';

/** Pictures lie beside the ledger itself, also while the window looks at a past day. */
const ledgerPath = (desk: Desk): string => desk.requirePresent().session.store.path;

export const attachmentsHandlers = {
  of: withLedger.attachments.of.handler(({ context, input }) =>
    attachmentsOf(context.session.store, ledgerPath(context.desk), input.projectId, input.period),
  ),
  counts: withLedger.attachments.counts.handler(({ context, input }) =>
    countsOfPeriod(context.session.store, input.period),
  ),
  inspect: withLedger.attachments.inspect.handler(({ context, input, signal }) =>
    jobOf((onProgress, abort) => inspect(context.session.store, input.paths, { signal: abort, onProgress }), signal),
  ),
  upload: withLedger.attachments.upload.handler(async ({ context, input }) => ({
    path: await takePiece(context.session.store, input),
  })),
  original: withLedger.attachments.original.handler(({ input }) => originalOf(input.path)),
  addPhoto: withLedger.attachments.addPhoto.handler(async ({ context, input }) => ({
    id: await addPhoto(context.session.store, input, context.session.actor()),
  })),
  addFile: withLedger.attachments.addFile.handler(({ context, input, signal }) =>
    jobOf(async (onProgress, abort) => {
      const { store } = context.session;
      return { id: await addFile(store, input, context.session.actor(), { signal: abort, onProgress }) };
    }, signal),
  ),
  picture: withLedger.attachments.picture.handler(({ context, input }) =>
    pictureOf(context.session.store, ledgerPath(context.desk), input.id),
  ),
  saveAs: withLedger.attachments.saveAs.handler(({ context, input, signal }) =>
    jobOf(async (onProgress, abort) => {
      const options = { signal: abort, onProgress };
      return { path: await saveAs(context.session.store, ledgerPath(context.desk), input, options) };
    }, signal),
  ),
};
