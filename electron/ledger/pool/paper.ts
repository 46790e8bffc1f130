import { formatChinese, type IsoDate } from '../../../shared/domain/date.ts';
import { formatMoney } from '../../../shared/domain/money.ts';
import { adjustmentName, listName } from '../../../shared/domain/pool.ts';
import { layTableReport, pagesToHtml, type ReportRow } from '../documents/index.ts';
import type { Store } from '../store/open.ts';
import { readBatch } from './batch.ts';

const wan = (yuan: number | null): string => (yuan === null ? '' : formatMoney(yuan, '万元', 'exact'));

/** 调整审批表: the rows of a run with their reasons, the lists before and after, room to sign and seal (B6). */
export async function batchPaper(store: Store, batch: string, date: IsoDate) {
  const sheet = await readBatch(store, batch, date);
  const group = await store.query
    .selectFrom('leadingGroup')
    .select('issuer')
    .where('voided', '=', 0)
    .executeTakeFirst();
  const kept = sheet.lines.filter((line) => line.state !== 'declined');
  const rows = kept.map(
    (line, index): ReportRow => ({
      cells: [
        String(index + 1),
        adjustmentName(line.kind),
        line.name,
        line.unitName,
        listName(line.list),
        wan(line.totalInvestment),
        wan(line.annualPlan),
        line.replacementName ?? '',
        wan(line.replacementInvestment),
        line.reason ?? '',
      ],
    }),
  );
  const approval = kept.find((line) => line.approvedOn !== null);
  const paper = layTableReport({
    title: `重点项目${sheet.label}审批表`,
    ...(group?.issuer ? { office: `填报单位：${group.issuer}` } : {}),
    unitNote: '单位：万元',
    orientation: 'landscape',
    columns: [
      { title: '序号', weight: 0.45, align: 'center' },
      { title: '类别', weight: 0.6, align: 'center' },
      { title: '项目名称', weight: 2.2 },
      { title: '责任单位', weight: 0.9 },
      { title: '清单', weight: 0.9 },
      { title: '总投资', weight: 0.9, align: 'right' },
      { title: '年度计划', weight: 0.9, align: 'right' },
      { title: '替换项目', weight: 1.9 },
      { title: '替换项目总投资', weight: 0.9, align: 'right' },
      { title: '调整理由', weight: 3 },
    ],
    rows,
    notes: [
      ...sheet.changes.map(
        ({ label, before, after, excused }) =>
          `${label}：项目数 ${before.count} → ${after.count}，年度计划投资 ${wan(before.annualPlan)} → ${wan(after.annualPlan)} 万元` +
          (excused.count > 0 ? `（竣工移出、升级转出 ${excused.count} 个，不计为减少）` : ''),
      ),
      ...(approval === undefined
        ? ['本表未经批准']
        : [
            `批准：${approval.approvedBy ?? ''}　${formatChinese(approval.approvedOn ?? date)}　${approval.approvalNote ?? ''}`,
          ]),
    ],
    signatures: ['填报人', '审核人', '负责人（盖章）'],
  });
  return { html: pagesToHtml(paper.title, paper.pages), title: paper.title, pages: paper.pages.length };
}
