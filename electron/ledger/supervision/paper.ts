import { formatChinese } from '../../../shared/domain/date.ts';
import {
  batchHtml,
  batchPages,
  layLetter,
  layOrderForm,
  type Paper,
  parseBody,
  SUPERVISION_KIND_NAMES,
} from '../documents/index.ts';
import type { Session } from '../session/index.ts';
import { type Sheet, sheetsById } from './sheets.ts';

export interface PaperRequest {
  readonly ids: readonly string[];
  /** 信函式 or 表单式. */
  readonly form: 'letter' | 'form';
  /** Printed on both sides. */
  readonly duplex: boolean;
  readonly replySlip: boolean;
}

const UNNUMBERED = '（未编号）';

function contactOf(sheet: Sheet): { contact: { name: string; phone: string } } | Record<never, never> {
  if (sheet.contact === null) return {};
  const match = /^(.*?)[\s，,：:]*([\d][\d\-—\s]{4,})$/u.exec(sheet.contact);
  return { contact: { name: match?.[1] ?? sheet.contact, phone: match?.[2] ?? '' } };
}

function common(sheet: Sheet, session: Session, request: PaperRequest, issuer: string) {
  return {
    issuer,
    number: sheet.number ?? UNNUMBERED,
    date: sheet.issuedOn ?? session.today(),
    trace: { dataDigest: sheet.dataDigest ?? '', asOf: sheet.asOf ?? session.today() },
    draft: sheet.number === null,
    ...contactOf(sheet),
    ...(request.replySlip
      ? { replySlip: { receiver: sheet.addressee ?? '', deadline: sheet.replyDue ?? '', returnTo: issuer } }
      : {}),
  };
}

function letterOf(sheet: Sheet, session: Session, request: PaperRequest, issuer: string): Paper {
  return layLetter(
    {
      ...common(sheet, session, request, issuer),
      kind: sheet.kind,
      title: sheet.title ?? SUPERVISION_KIND_NAMES[sheet.kind],
      addressees: [sheet.addressee ?? ''],
      body: parseBody(sheet.body ?? ''),
      signer: sheet.signer ?? issuer,
      ...(sheet.copyTo === null ? {} : { copyTo: sheet.copyTo.split(/[，,、；;]/u).filter((name) => name !== '') }),
    },
    { duplex: request.duplex },
  );
}

/** Body paragraphs of one first-level heading, as plain text. */
function sectionOf(sheet: Sheet, at: number): string {
  const sections: string[][] = [];
  for (const block of parseBody(sheet.body ?? '')) {
    if (block.type === 'table') continue;
    if (block.type === 'heading' && block.level === 1) sections.push([]);
    else sections.at(-1)?.push(block.text);
  }
  return (sections.at(at) ?? []).join('\n');
}

function formOf(sheet: Sheet, session: Session, request: PaperRequest, issuer: string): Paper {
  const approval =
    sheet.approvedOn === null
      ? undefined
      : `${sheet.approvalNote ?? ''}\n批准人：${sheet.approvedBy ?? ''}　${formatChinese(sheet.approvedOn)}`;
  return layOrderForm({
    ...common(sheet, session, request, issuer),
    name: SUPERVISION_KIND_NAMES[sheet.kind],
    leadUnit: sheet.addressee ?? '',
    matter: sheet.title ?? '',
    reason: sectionOf(sheet, 0),
    ...(approval === undefined ? {} : { instruction: approval }),
    requirements: sectionOf(sheet, -1),
    deadline: sheet.replyDue ?? '',
  });
}

/** The papers of one print run, each on a new sheet; drafts say so on every page (B8). @throws Fault UNKNOWN_ROW */
export async function paperOf(
  session: Session,
  request: PaperRequest,
): Promise<{ readonly html: string; readonly title: string; readonly pages: number }> {
  const sheets = await sheetsById(session, request.ids);
  const group = await session.store.query
    .selectFrom('leadingGroup')
    .select('issuer')
    .where('voided', '=', 0)
    .executeTakeFirst();
  const papers = sheets.map((sheet) => {
    const issuer = group?.issuer ?? sheet.signer ?? '';
    return request.form === 'letter'
      ? letterOf(sheet, session, request, issuer)
      : formOf(sheet, session, request, issuer);
  });
  const [only] = papers;
  const title = papers.length === 1 && only ? only.title : `督办文书 ${papers.length} 份`;
  const options = { duplex: request.duplex };
  return { html: batchHtml(title, papers, options), title, pages: batchPages(papers, options).length };
}
