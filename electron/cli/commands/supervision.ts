import { writeFileSync } from 'node:fs';
import { Fault } from '../../../shared/contract/faults.ts';
import type { SheetKind } from '../../../shared/contract/supervision.ts';
import { groupBy, lightsAt } from '../../ledger/rates/index.ts';
import { approve, draftSheets, issue, paperOf, suggest } from '../../ledger/supervision/index.ts';
import { type CommonOptions, withSession } from '../context.ts';
import { type Result, table } from '../output.ts';
import { printPdf } from '../print-pdf.ts';

export interface SupervisionOptions extends CommonOptions {
  readonly date?: string;
  readonly unit?: string[];
  readonly limit?: string;
  readonly kind?: SheetKind;
  readonly approvedBy?: string;
  readonly note: string;
  readonly form: 'letter' | 'form';
  readonly pdf?: string;
  readonly html?: string;
}

/** Red projects → one sheet per unit → approval → number → one print run (B8). */
export function supervision(options: SupervisionOptions): Promise<Result> {
  return withSession(options, async (session) => {
    const asOf = options.date ?? session.today();
    const { lights } = await lightsAt(session.store, asOf);
    const red = lights
      .filter((item) => item.light === 'red' && (options.unit === undefined || options.unit.includes(item.unitName)))
      .slice(0, options.limit === undefined ? undefined : Number(options.limit));
    if (red.length === 0) return { value: { sheets: [] }, lines: ['没有红灯项目，不需要督办'] };
    const sheets: { unitId: string; kind: SheetKind; projectIds: string[] }[] = [];
    for (const [unitId, projects] of groupBy(red, (item) => item.unitId)) {
      const projectIds = projects.map((item) => item.projectId);
      const [proposed] = await suggest(session, projectIds, asOf);
      sheets.push({ unitId, kind: options.kind ?? proposed?.kind ?? 'reminder', projectIds });
    }
    const ids = [...(await draftSheets(session, { asOf, sheets }))];
    let numbers: { id: string; number: string }[] = [];
    if (options.approvedBy !== undefined) {
      await approve(session, { ids, approvedBy: options.approvedBy, approvedOn: session.today(), note: options.note });
      numbers = await issue(session, ids, session.today());
    }
    const paper = await paperOf(session, { ids, form: options.form, duplex: false, replySlip: true });
    if (options.html !== undefined) writeFileSync(options.html, paper.html);
    if (options.pdf !== undefined) {
      if (options.approvedBy === undefined)
        throw new Fault('RULE_BROKEN', { why: '没有批准的文书只能打印送审稿', cure: '请加 --approved-by' });
      await printPdf(paper.html, options.pdf);
    }
    const names = new Map(red.map((item) => [item.unitId, item.unitName]));
    return {
      value: {
        asOf,
        ids,
        numbers,
        pages: paper.pages,
        projects: red.map((item) => ({ id: item.projectId, name: item.name, text: item.text })),
      },
      lines: [
        ...table(
          ['文号', '主送', '项目数'],
          sheets.map((sheet, index) => [
            numbers[index]?.number ?? '（未编号）',
            names.get(sheet.unitId) ?? '',
            String(sheet.projectIds.length),
          ]),
        ),
        `共 ${paper.pages} 页${options.pdf === undefined ? '' : `，已存为 ${options.pdf}`}`,
      ],
    };
  });
}
