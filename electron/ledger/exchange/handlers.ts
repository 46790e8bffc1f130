import type { FileReport } from '../../../shared/contract/exchange.ts';
import { jobOf } from '../job.ts';
import { open, withLedger } from '../procedure.ts';
import { momentOf } from '../records/index.ts';
import { type Session, statusOf } from '../session/index.ts';
import { otherOwners } from '../store/owners.ts';
import { acceptAhead } from './clock/accept-ahead.ts';
import { warningsBefore } from './export/before-export.ts';
import { estimateExport } from './export/consignment.ts';
import { exportTo } from './export/export.ts';
import { listVolumes, writeVolume } from './export/volume-write.ts';
import { backupBeforeImport } from './import/before-import.ts';
import { Importer, type ImportOptions } from './import/importer.ts';
import { undoImport } from './import/undo-import.ts';
import { listParked } from './merge/parked.ts';
import { admit, createEnrolment, join, registerBelow, revoke } from './offices/enrolment.ts';
import { settleFork } from './offices/fork.ts';
import { chooseSuite } from './offices/suite-choice.ts';
import { conflicts, decide, proposals, resolve } from './register/disputes.ts';
import { filesIn, overview } from './register/overview.ts';
import { readRegister } from './register/register.ts';
import { registerPaper } from './register/register-paper.ts';
import { slipOf } from './register/slip.ts';

type Report = (title: string, share: number) => void;

/** One file after the other; a bad one does not stop the rest. */
async function each(
  session: Session,
  paths: readonly string[],
  report: Report,
  signal: AbortSignal,
  work: (importer: Importer, path: string, options: ImportOptions) => Promise<FileReport>,
  extra: Pick<ImportOptions, 'allowMassChange' | 'beforeWrite'> = {},
): Promise<FileReport[]> {
  const importer = new Importer(session.store);
  try {
    const reports: FileReport[] = [];
    for (const [index, path] of paths.entries()) {
      const next = paths[index + 1];
      const options: ImportOptions = {
        ...extra,
        ...(next === undefined ? {} : { next }),
        actor: session.actor(),
        signal,
        onProgress: (title, share) => report(`${index + 1}/${paths.length} ${title}`, (index + share) / paths.length),
      };
      reports.push(await work(importer, path, options));
    }
    return reports;
  } finally {
    await importer.close();
  }
}

export const exchangeHandlers = {
  otherOwners: withLedger.exchange.otherOwners.handler(({ context }) =>
    otherOwners(context.session.store).map(({ entity, field, city }) => ({ entity, field, city })),
  ),
  overview: withLedger.exchange.overview.handler(({ context }) => overview(context.session.store)),
  createEnrolment: withLedger.exchange.createEnrolment.handler(({ context, input, signal }) =>
    jobOf((onProgress, abort) => {
      const { path, ...request } = input;
      const options = { actor: context.session.actor(), signal: abort, onProgress };
      return createEnrolment(context.session.store, request, path, options);
    }, signal),
  ),
  registerBelow: withLedger.exchange.registerBelow.handler(({ context, input }) =>
    registerBelow(context.session.store, input, context.session.actor()),
  ),
  join: open.exchange.join.handler(({ context, input, signal }) =>
    jobOf(async (onProgress, abort) => {
      const actor = { operator: input.operator, now: context.desk.host.now() };
      const store = await join(input, { actor, signal: abort, onProgress });
      return statusOf(await context.desk.adopt(store));
    }, signal),
  ),
  admit: withLedger.exchange.admit.handler(({ context, input }) =>
    admit(context.session.store, input.path, input.fingerprint, context.session.actor()),
  ),
  chooseSuite: withLedger.exchange.chooseSuite.handler(({ context, input }) => {
    chooseSuite(context.session.store, input.suite, context.session.actor());
    return null;
  }),
  revoke: withLedger.exchange.revoke.handler(({ context, input }) => {
    revoke(context.session.store, input.officeId, context.session.actor());
    return null;
  }),
  renew: withLedger.exchange.renew.handler(({ context: { desk, session } }) => {
    desk.requirePresent().keeper.renew();
    settleFork(session.store);
    return null;
  }),
  dismissNotice: withLedger.exchange.dismissNotice.handler(({ context: { session } }) => {
    settleFork(session.store);
    return null;
  }),
  estimate: withLedger.exchange.estimate.handler(async ({ context, input }) => ({
    ...estimateExport(context.session.store, input),
    warnings: await warningsBefore(context.session, input.officeId),
  })),
  export: withLedger.exchange.export.handler(({ context, input, signal }) =>
    jobOf((onProgress, abort) => {
      const { path, ...request } = input;
      return exportTo(context.session.store, request, path, {
        actor: context.session.actor(),
        signal: abort,
        onProgress,
      });
    }, signal),
  ),
  volumes: withLedger.exchange.volumes.handler(({ context }) => listVolumes(context.session.store)),
  writeVolume: withLedger.exchange.writeVolume.handler(({ context, input, signal }) =>
    jobOf(
      (onProgress, abort) =>
        writeVolume(context.session.store, input, input.path, {
          actor: context.session.actor(),
          signal: abort,
          onProgress,
        }),
      signal,
    ),
  ),
  slip: withLedger.exchange.slip.handler(({ context, input }) => slipOf(context.session.store, input.exchangeId)),
  filesIn: withLedger.exchange.filesIn.handler(({ input }) => filesIn(input.folder)),
  preview: withLedger.exchange.preview.handler(({ context, input, signal }) =>
    jobOf(
      (report, abort) =>
        each(context.session, input.paths, report, abort, (importer, path, options) =>
          // The window imports only what can be imported; this is when a refused file was received.
          importer.preview(path, { ...options, registerRefused: true }),
        ),
      signal,
    ),
  ),
  import: withLedger.exchange.import.handler(({ context, input, signal }) =>
    jobOf((report, abort) => {
      const backup = backupBeforeImport(context.desk.keeper);
      return each(
        context.session,
        input.paths,
        report,
        abort,
        (importer, path, options) => importer.apply(path, options),
        {
          beforeWrite: backup,
          ...(input.allowMassChange === undefined ? {} : { allowMassChange: input.allowMassChange }),
        },
      );
    }, signal),
  ),
  undoImport: withLedger.exchange.undoImport.handler(({ context, input }) =>
    undoImport(context.session.store, input.exchangeId, context.session.actor()),
  ),
  acceptAhead: withLedger.exchange.acceptAhead.handler(({ context, input }) =>
    acceptAhead(context.session.store, input.officeId, context.session.actor()),
  ),
  register: withLedger.exchange.register.handler(({ context, input }) => readRegister(context.session.store, input)),
  registerPaper: withLedger.exchange.registerPaper.handler(({ context: { session }, input }) =>
    registerPaper(session.store, input, session.today()),
  ),
  conflicts: withLedger.exchange.conflicts.handler(({ context, input }) =>
    conflicts(context.session.store, input.open),
  ),
  resolve: withLedger.exchange.resolve.handler(({ context, input }) => {
    const { ids, choice, value } = input;
    const request = value === undefined ? { ids, choice } : { ids, choice, value };
    return resolve(context.session.store, request, momentOf(context.session));
  }),
  proposals: withLedger.exchange.proposals.handler(({ context, input }) =>
    proposals(context.session.store, input.open),
  ),
  decide: withLedger.exchange.decide.handler(({ context, input }) => ({
    decided: decide(context.session.store, input.ids, input.accept, momentOf(context.session)),
  })),
  parked: withLedger.exchange.parked.handler(({ context, input }) => listParked(context.session.store, input.limit)),
};
