import { Fault } from '../../../shared/contract/faults.ts';
import { yearOf } from '../../../shared/domain/date.ts';
import { formatDocumentNumber } from '../documents/index.ts';
import type { Session } from '../session/index.ts';
import { type Change, commit } from '../store/commit.ts';
import { type Sheet, sheetsById } from './sheets.ts';

const nameOf = (sheet: Sheet): string => sheet.title ?? '督办文书';

function mustBe(sheet: Sheet, states: readonly Sheet['state'][], why: string, cure: string): void {
  if (!states.includes(sheet.state)) throw new Fault('RULE_BROKEN', { why: `“${nameOf(sheet)}”${why}`, cure });
}

function put(sheets: readonly Sheet[], set: Change['set']): Change[] {
  return sheets.map((sheet) => ({ entity: 'supervisionSheet', id: sheet.id, set }));
}

/**
 * Records who approved the papers, when and on what ground; without it no number is given (B8, 经请示市政府同意).
 *
 * @throws Fault RULE_BROKEN when one is no draft any more
 */
export async function approve(
  session: Session,
  request: {
    readonly ids: readonly string[];
    readonly approvedBy: string;
    readonly approvedOn: string;
    readonly note: string;
  },
): Promise<number> {
  const sheets = await sheetsById(session, request.ids);
  for (const sheet of sheets) mustBe(sheet, ['draft', 'approved'], '已编号印发', '如需更正请另行发文');
  const set = {
    state: 'approved',
    approvedBy: request.approvedBy,
    approvedOn: request.approvedOn,
    approvalNote: request.note,
  };
  commit(
    session.store,
    { kind: 'edit', title: `登记批准 ${sheets.length} 份`, changes: put(sheets, set) },
    session.actor(),
  );
  return sheets.length;
}

async function numberWord(session: Session): Promise<string> {
  const group = await session.store.query
    .selectFrom('leadingGroup')
    .select('numberWord')
    .where('voided', '=', 0)
    .executeTakeFirst();
  const word = group?.numberWord ?? '';
  if (word === '') {
    throw new Fault('RULE_BROKEN', { why: '还没有设置发文字号代字', cure: '请在“组织 → 领导小组”中填写后再编号' });
  }
  return word;
}

/**
 * Gives the approved papers the next numbers of the year, in the order asked for. A number once given is not taken back:
 * the commit is of a kind that undo leaves alone.
 *
 * @throws Fault RULE_BROKEN when one is not approved, or no number word is set
 */
export async function issue(
  session: Session,
  ids: readonly string[],
  issuedOn: string,
): Promise<{ readonly id: string; readonly number: string }[]> {
  const sheets = await sheetsById(session, ids);
  for (const sheet of sheets) {
    if (sheet.state === 'draft') mustBe(sheet, ['approved'], '还没有登记批准', '请先登记批准人、日期和依据');
    mustBe(sheet, ['approved'], '已经编号，不能重复编号', '可直接打印');
    if (sheet.approvedOn !== null && issuedOn < sheet.approvedOn) {
      throw new Fault('RULE_BROKEN', { why: `“${nameOf(sheet)}”的印发日期早于批准日期`, cure: '请核对日期' });
    }
  }
  const code = await numberWord(session);
  const year = yearOf(issuedOn);
  const last = await session.store.query
    .selectFrom('supervisionSheet')
    .select(({ fn }) => fn.max('numberSequence').as('last'))
    .where('numberYear', '=', year)
    .executeTakeFirst();
  let sequence = last?.last ?? 0;
  const numbered = sheets.map((sheet) => {
    sequence += 1;
    return { id: sheet.id, sequence, number: formatDocumentNumber({ code, year, sequence }) };
  });
  commit(
    session.store,
    {
      kind: 'supervision',
      title: `编号印发 ${numbered.map((item) => item.number).join('、')}`.slice(0, 120),
      changes: numbered.map((item) => ({
        entity: 'supervisionSheet',
        id: item.id,
        set: { state: 'issued', number: item.number, numberYear: year, numberSequence: item.sequence, issuedOn },
      })),
    },
    session.actor(),
  );
  return numbered.map(({ id, number }) => ({ id, number }));
}

export interface Reply {
  readonly id: string;
  readonly receivedBy: string | null;
  readonly receivedOn: string | null;
  readonly repliedOn: string | null;
  readonly replyText: string | null;
}

/** Records receipt and answer: the unit in its own ledger, or the city from the paper slip. @throws Fault RULE_BROKEN */
export async function recordReply(session: Session, reply: Reply): Promise<void> {
  const sheets = await sheetsById(session, [reply.id]);
  for (const sheet of sheets) {
    mustBe(sheet, ['issued', 'replied', 'closed'], '还没有印发，不能登记回复', '请先编号印发');
    if (reply.repliedOn !== null && sheet.issuedOn !== null && reply.repliedOn < sheet.issuedOn) {
      throw new Fault('RULE_BROKEN', { why: '回复日期早于印发日期', cure: '请核对日期' });
    }
    const { id, ...set } = reply;
    const title = `登记${sheet.number ?? ''}的回复`;
    commit(session.store, { kind: 'edit', title, changes: [{ entity: 'supervisionSheet', id, set }] }, session.actor());
  }
}

/** 办结. @throws Fault RULE_BROKEN when one was not issued */
export async function close(session: Session, ids: readonly string[]): Promise<void> {
  const sheets = await sheetsById(session, ids);
  for (const sheet of sheets) mustBe(sheet, ['issued', 'replied'], '还没有印发或已办结', '请核对后再办结');
  commit(
    session.store,
    { kind: 'edit', title: `督办办结 ${sheets.length} 份`, changes: put(sheets, { state: 'closed' }) },
    session.actor(),
  );
}
