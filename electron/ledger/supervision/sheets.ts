import { Fault } from '../../../shared/contract/faults.ts';
import type { SheetLine } from '../../../shared/contract/supervision.ts';
import type { Row } from '../../../shared/dictionary/index.ts';
import type { Session } from '../session/index.ts';
import { standingOf } from './standing.ts';

export type Sheet = Row<'supervisionSheet'>;

export function projectIdsOf(sheet: Pick<Sheet, 'projectIds'>): readonly string[] {
  return sheet.projectIds === null ? [] : (JSON.parse(sheet.projectIds) as string[]);
}

/** @throws Fault UNKNOWN_ROW when one is missing or 作废; in the order asked for. */
export async function sheetsById(session: Session, ids: readonly string[]): Promise<readonly Sheet[]> {
  const rows = await session.store.query
    .selectFrom('supervisionSheet')
    .selectAll()
    .where('id', 'in', [...ids])
    .where('voided', '=', 0)
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const sheet = byId.get(id);
    if (!sheet) throw new Fault('UNKNOWN_ROW', { what: '督办文书' });
    return sheet;
  });
}

/** Sheets with the names of unit and projects, the newest first; all when no ids are given. */
export async function sheetLines(session: Session, ids?: readonly string[]): Promise<SheetLine[]> {
  const { query } = session.store;
  let rows = query.selectFrom('supervisionSheet').selectAll().where('voided', '=', 0).orderBy('id', 'desc');
  if (ids) rows = rows.where('id', 'in', [...ids]);
  const sheets = await rows.execute();
  const units = new Map(
    (await query.selectFrom('responsibilityUnit').select(['id', 'name']).execute()).map((u) => [u.id, u.name]),
  );
  const wanted = [...new Set(sheets.flatMap(projectIdsOf))];
  const projects = new Map<string, string>();
  for (let at = 0; at < wanted.length; at += 500) {
    const part = await query
      .selectFrom('project')
      .select(['id', 'name'])
      .where('id', 'in', wanted.slice(at, at + 500))
      .execute();
    for (const project of part) projects.set(project.id, project.name);
  }
  const today = session.today();
  return sheets.map((sheet) => ({
    id: sheet.id,
    kind: sheet.kind,
    standing: standingOf(sheet, today),
    number: sheet.number,
    title: sheet.title ?? '',
    unitId: sheet.unitId,
    unitName: units.get(sheet.unitId) ?? '',
    projects: projectIdsOf(sheet).map((id) => ({ id, name: projects.get(id) ?? '（项目已不在台账）' })),
    approvedBy: sheet.approvedBy,
    approvedOn: sheet.approvedOn,
    approvalNote: sheet.approvalNote,
    issuedOn: sheet.issuedOn,
    replyDue: sheet.replyDue,
    receivedBy: sheet.receivedBy,
    receivedOn: sheet.receivedOn,
    repliedOn: sheet.repliedOn,
    replyText: sheet.replyText,
    asOf: sheet.asOf,
  }));
}
