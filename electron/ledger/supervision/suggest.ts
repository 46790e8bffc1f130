import type { Suggestion } from '../../../shared/contract/supervision.ts';
import { groupBy, judgeAll, unitNames } from '../rates/index.ts';
import type { Session } from '../session/index.ts';
import { projectIdsOf, type Sheet } from './sheets.ts';
import { nextStep, standingOf } from './standing.ts';

const NAMES: Readonly<Record<Suggestion['kind'], string>> = {
  reminder: '工作提示单',
  order: '督办单',
  warning: '警示函',
  talk: '约谈通知书',
};

/** The latest issued sheet to the unit that is about one of these projects. */
function latestAbout(sheets: readonly Sheet[], unitId: string, projectIds: ReadonlySet<string>): Sheet | undefined {
  return sheets
    .filter(
      (sheet) =>
        sheet.unitId === unitId && sheet.number !== null && projectIdsOf(sheet).some((id) => projectIds.has(id)),
    )
    .sort((a, b) => (a.issuedOn ?? '').localeCompare(b.issuedOn ?? '') || a.id.localeCompare(b.id))
    .at(-1);
}

function proposeKind(latest: Sheet | undefined, today: string): Pick<Suggestion, 'kind' | 'reason'> {
  if (!latest) return { kind: 'reminder', reason: '该事项首次督办，先发工作提示单' };
  const standing = standingOf(latest, today);
  const name = `${NAMES[latest.kind]}（${latest.number ?? ''}）`;
  if (standing === 'issued') return { kind: latest.kind, reason: `${name}尚在反馈期限内` };
  const kind = nextStep(latest.kind);
  const why = standing === 'overdue' ? '逾期未反馈' : '反馈后仍未达到进度';
  return { kind, reason: `${name}${why}，升级为${NAMES[kind]}` };
}

/**
 * What to send about these projects, by unit: one matter climbs one step at a time (domain facts §2.1).
 *
 * @param asOf day of the lights
 */
export async function suggest(session: Session, projectIds: readonly string[], asOf: string): Promise<Suggestion[]> {
  const { store } = session;
  const judged = (await judgeAll(store, asOf, projectIds)).projects;
  const names = await unitNames(store);
  const sheets = await store.query.selectFrom('supervisionSheet').selectAll().where('voided', '=', 0).execute();
  const byUnit = groupBy(judged, ({ figures }) => figures.unitId);
  return [...byUnit].map(([unitId, projects]) => {
    const ids = new Set(projects.map(({ figures }) => figures.id));
    const latest = latestAbout(sheets, unitId, ids);
    return {
      unitId,
      unitName: names.get(unitId) ?? '',
      ...proposeKind(latest, session.today()),
      projects: projects.map(({ figures, result }) => ({
        id: figures.id,
        name: figures.name,
        light: result.light,
        text: result.text,
      })),
      earlier: latest
        ? { id: latest.id, kind: latest.kind, number: latest.number ?? '', answered: latest.repliedOn !== null }
        : null,
    };
  });
}
