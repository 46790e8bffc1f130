import type { PermitCell } from '../../../shared/contract/permits.ts';
import { formatChinese, type IsoDate } from '../../../shared/domain/date.ts';
import { PERMIT_SIGNS } from '../../../shared/domain/permit.ts';
import { layTableReport, pagesToHtml } from '../documents/index.ts';
import { digestOf } from '../store/digest.ts';
import type { Store } from '../store/open.ts';
import { readBoard } from './permits.ts';

function cellText(cell: PermitCell | undefined): string {
  if (cell === undefined) return '';
  const sign = PERMIT_SIGNS[cell.state];
  const late = cell.tone === 'late' && cell.state !== 'blocked' ? '！' : '';
  const day = cell.day === null ? '' : `\n${cell.day.slice(2).replaceAll('-', '.')}`;
  return `${sign}${late}${day}`;
}

/** 项目办证推进表 on paper, by unit (C5). */
export async function boardPaper(
  store: Store,
  unitId: string | undefined,
  date: IsoDate,
): Promise<{ readonly html: string; readonly title: string; readonly pages: number }> {
  const { kinds, rows } = await readBoard(store, unitId, date);
  const used = new Set(rows.flatMap((row) => row.cells.map((cell) => cell.kindId)));
  const columns = kinds.filter((kind) => used.has(kind.id));
  const title = '项目办证推进表';
  let unit = '';
  let number = 0;
  const paper = layTableReport({
    title,
    subtitle: `截至${formatChinese(date)}`,
    orientation: 'landscape',
    points: columns.length > 14 ? 7 : 8,
    columns: [
      { title: '序号', weight: 0.55, align: 'center' },
      { title: '项目', weight: 3.2 },
      ...columns.map((kind) => ({ title: kind.shortName, weight: 1, align: 'center' as const })),
      { title: '办结', weight: 0.8, align: 'center' },
      { title: '联审计时', weight: 1.4 },
    ],
    rows: rows.flatMap((row) => {
      number += 1;
      const byKind = new Map(row.cells.map((cell) => [cell.kindId, cell]));
      const cells = [
        String(number),
        row.projectName,
        ...columns.map((kind) => cellText(byKind.get(kind.id))),
        `${row.done}/${row.needed}`,
        row.clock?.words ?? '',
      ];
      const isNew = row.unitName !== unit;
      unit = row.unitName;
      return isNew ? [{ kind: 'group' as const, cells: [row.unitName] }, { cells }] : [{ cells }];
    }),
    notes: [
      '√ 办结（批复日期）　◎ 办理中（应办结日期）　○ 计划办理（计划上报日期）　× 受阻　△ 容缺（承诺期限）　— 无需　！ 已过期限',
    ],
    trace: { dataDigest: digestOf(JSON.stringify(rows)), asOf: date },
  });
  return { html: pagesToHtml(title, paper.pages), title, pages: paper.pages.length };
}
