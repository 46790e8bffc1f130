import { Fault } from '../../../shared/contract/faults.ts';
import { withLedger } from '../procedure.ts';
import { approve, close, issue, recordReply } from './decide.ts';
import { draftSheets } from './draft.ts';
import { paperOf } from './paper.ts';
import { sheetLines, sheetsById } from './sheets.ts';
import { suggest } from './suggest.ts';

export const supervisionHandlers = {
  list: withLedger.supervision.list.handler(({ context }) => sheetLines(context.session)),
  get: withLedger.supervision.get.handler(async ({ context, input }) => {
    const [line] = await sheetLines(context.session, [input.id]);
    const [sheet] = await sheetsById(context.session, [input.id]);
    if (!line || !sheet) throw new Fault('UNKNOWN_ROW', { what: '督办文书' });
    return {
      ...line,
      body: sheet.body ?? '',
      addressee: sheet.addressee ?? '',
      copyTo: sheet.copyTo ?? '',
      signer: sheet.signer ?? '',
      contact: sheet.contact ?? '',
    };
  }),
  suggest: withLedger.supervision.suggest.handler(({ context, input }) =>
    suggest(context.session, input.projectIds, input.asOf),
  ),
  draft: withLedger.supervision.draft.handler(async ({ context, input }) => {
    const { replyDue, ...request } = input;
    return {
      ids: [...(await draftSheets(context.session, replyDue === undefined ? request : { ...request, replyDue }))],
    };
  }),
  approve: withLedger.supervision.approve.handler(async ({ context, input }) => ({
    approved: await approve(context.session, input),
  })),
  issue: withLedger.supervision.issue.handler(async ({ context, input }) => ({
    numbers: await issue(context.session, input.ids, input.issuedOn),
  })),
  reply: withLedger.supervision.reply.handler(async ({ context, input }) => {
    await recordReply(context.session, input);
    return null;
  }),
  close: withLedger.supervision.close.handler(async ({ context, input }) => {
    await close(context.session, input.ids);
    return null;
  }),
  paper: withLedger.supervision.paper.handler(({ context, input }) => paperOf(context.session, input)),
};
