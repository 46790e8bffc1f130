import { Fault } from '../../../shared/contract/faults.ts';
import type { SheetKind, Suggestion } from '../../../shared/contract/supervision.ts';
import { addDays } from '../../../shared/domain/date.ts';
import type { SchemeBody } from '../../../shared/presets/index.ts';
import { composeSupervision, type EarlierStep, formatBody, type SheetProject } from '../documents/index.ts';
import { type JudgedProject, judgeAll, unitNames } from '../rates/index.ts';
import type { Session } from '../session/index.ts';
import { type Change, commit } from '../store/commit.ts';
import { digestOf } from '../store/digest.ts';
import { newId } from '../store/id.ts';
import { sheetsById } from './sheets.ts';
import { standingOf } from './standing.ts';
import { suggest } from './suggest.ts';

export interface DraftRequest {
  /** Day the figures stand for. */
  readonly asOf: string;
  readonly sheets: readonly {
    readonly unitId: string;
    readonly kind: SheetKind;
    readonly projectIds: readonly string[];
  }[];
  /** 反馈期限; by the scheme's days for the kind when absent. */
  readonly replyDue?: string;
}

/** Days to answer when the scheme says nothing. */
const REPLY_DAYS = 5;

interface Scheme {
  readonly issuer: string;
  readonly basis: string | undefined;
  readonly approval: string;
  readonly replyDays: (kind: SheetKind) => number;
}

async function schemeOf(session: Session): Promise<Scheme> {
  const { query } = session.store;
  const group = await query.selectFrom('leadingGroup').select('issuer').where('voided', '=', 0).executeTakeFirst();
  const rule = await query
    .selectFrom('rule')
    .select('body')
    .where('kind', '=', 'scheme')
    .where('voided', '=', 0)
    .where('effectiveFrom', '<=', session.today())
    .orderBy('effectiveFrom', 'desc')
    .executeTakeFirst();
  const office = await query
    .selectFrom('office')
    .select('name')
    .where('id', '=', session.identity.officeId)
    .executeTakeFirst();
  const body = rule?.body == null ? null : (JSON.parse(rule.body) as SchemeBody);
  return {
    issuer: group?.issuer ?? office?.name ?? '',
    basis: body ? `《${body.name}行动方案》有关要求` : undefined,
    approval: body?.approvalSentence ?? '经请示市政府同意',
    replyDays: (kind) => body?.forms.find((form) => form.kind === kind)?.replyDays ?? REPLY_DAYS,
  };
}

async function peopleOf(session: Session): Promise<ReadonlyMap<string, string>> {
  const people = await session.store.query.selectFrom('person').select(['id', 'name']).execute();
  return new Map(people.map((person) => [person.id, person.name]));
}

/** The screen sets figures off with spaces; a paper does not. */
function inPrint(text: string): string {
  return text.replace(/(\d) %/gu, '$1%').replace(/(?<=[\p{sc=Han}]) (?=\d)|(?<=[\d%]) (?=[\p{sc=Han}])/gu, '');
}

function sheetProject(
  { figures, result }: JudgedProject,
  unit: string,
  people: ReadonlyMap<string, string>,
): SheetProject {
  const leader = people.get(figures.cityLeaderId ?? figures.countyLeaderId ?? '');
  return {
    name: figures.name,
    unit,
    totalInvestment: figures.totalInvestment ?? 0,
    annualPlan: figures.annualPlan ?? 0,
    yearToDate: figures.yearToDate ?? 0,
    lightReason: inPrint(result.text),
    ...(leader === undefined ? {} : { leader }),
    ...(figures.visibleProgress === null ? {} : { visibleProgress: figures.visibleProgress }),
    ...(figures.problems === null ? {} : { problem: figures.problems }),
  };
}

/** The earlier sheet as a step to refer to; none while it may still be answered in time. */
async function earlierStep(session: Session, earlier: NonNullable<Suggestion['earlier']>): Promise<EarlierStep | null> {
  const [sheet] = await sheetsById(session, [earlier.id]);
  if (!sheet || sheet.issuedOn === null || standingOf(sheet, session.today()) === 'issued') return null;
  return { kind: earlier.kind, number: earlier.number, date: sheet.issuedOn, answered: earlier.answered };
}

/**
 * Drafts one paper per unit with facts, reasons and demands filled in (B8). One undo step.
 *
 * @returns ids of the drafts, in the order asked for
 * @throws Fault UNKNOWN_ROW when a project is not in the ledger, NOT_ALLOWED outside the city
 */
export async function draftSheets(session: Session, request: DraftRequest): Promise<readonly string[]> {
  const all = request.sheets.flatMap((sheet) => sheet.projectIds);
  const judged = new Map(
    (await judgeAll(session.store, request.asOf, all)).projects.map((item) => [item.figures.id, item]),
  );
  const names = await unitNames(session.store);
  const people = await peopleOf(session);
  const scheme = await schemeOf(session);
  const changes: Change[] = [];
  for (const sheet of request.sheets) {
    const unit = names.get(sheet.unitId);
    if (unit === undefined) throw new Fault('UNKNOWN_ROW', { what: '责任单位' });
    const items = sheet.projectIds.map((id) => {
      const item = judged.get(id);
      if (!item) throw new Fault('UNKNOWN_ROW', { what: '项目' });
      return item;
    });
    const [suggestion] = await suggest(session, sheet.projectIds, request.asOf);
    const earlier = suggestion?.earlier ?? null;
    const replyDue = request.replyDue ?? addDays(session.today(), scheme.replyDays(sheet.kind));
    const step = earlier ? await earlierStep(session, earlier) : null;
    const composed = composeSupervision({
      kind: sheet.kind,
      unit,
      projects: items.map((item) => sheetProject(item, unit, people)),
      asOf: request.asOf,
      deadline: replyDue,
      replyTo: scheme.issuer,
      approval: scheme.approval,
      ...(scheme.basis === undefined ? {} : { basis: scheme.basis }),
      ...(step === null ? {} : { earlier: step }),
      ...(sheet.kind === 'talk'
        ? {
            talk: {
              time: '　年　月　日　时',
              place: '　　　　',
              participants: '责任单位主要负责人、专班班长',
              host: '　　　　',
            },
          }
        : {}),
    });
    const facts = items.map(({ figures, result }) => [
      figures.id,
      figures.reportId,
      figures.yearToDate,
      figures.annualPlan,
      result.text,
    ]);
    changes.push({
      entity: 'supervisionSheet',
      id: newId(),
      set: {
        kind: sheet.kind,
        unitId: sheet.unitId,
        state: 'draft',
        title: composed.title,
        body: formatBody(composed.body),
        projectIds: JSON.stringify(sheet.projectIds),
        addressee: unit,
        signer: scheme.issuer,
        replyDue,
        asOf: request.asOf,
        dataDigest: digestOf(JSON.stringify(facts)),
        escalatedFrom: earlier && earlier.kind !== sheet.kind ? earlier.id : null,
      },
    });
  }
  commit(session.store, { kind: 'edit', title: `拟督办文书 ${changes.length} 份`, changes }, session.actor());
  return changes.map((change) => change.id);
}
