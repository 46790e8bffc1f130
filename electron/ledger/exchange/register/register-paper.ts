import { KIND_NAMES, type RegisterEntry } from '../../../../shared/contract/exchange.ts';
import { digestText } from '../../../../shared/domain/digest-text.ts';
import { parsePeriod, periodLabel } from '../../../../shared/domain/period.ts';
import { layTableReport, pagesToHtml } from '../../documents/index.ts';
import { digestOf } from '../../store/digest.ts';
import { readIdentity } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import { officeRow } from '../offices/keys.ts';
import { type RegisterFilter, readRegister } from './register.ts';

const pad = (n: number): string => String(n).padStart(2, '0');

/** '2021-05-11 17:05', local. */
function timeText(ms: number): string {
  const at = new Date(ms);
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

function periodText(key: string | null): string {
  const period = key === null ? null : parsePeriod(key);
  return period === null ? '' : periodLabel(period);
}

function cellsOf(entry: RegisterEntry, index: number): string[] {
  const { direction, officeName, number, content, outcomeText, receipt, operator, digest } = entry;
  return [
    String(index + 1),
    timeText(entry.at),
    direction === 'in' ? '收到' : '送出',
    officeName,
    `${KIND_NAMES[entry.kind] ?? entry.kind}${number === null ? '' : ` 第${number}号`}`,
    periodText(entry.period),
    entry.outcome === 'refused' || entry.outcome === 'forked' ? (entry.note ?? entry.fileName) : content,
    [outcomeText, receipt].filter(Boolean).join('\n'),
    operator,
    digest === null ? '—' : digestText(digest),
  ];
}

/** 收发登记 on paper, as it is filtered: the oldest first, as a book is kept. */
export function registerPaper(
  store: Store,
  filter: RegisterFilter,
  today: string,
): { readonly html: string; readonly title: string; readonly pages: number } {
  const entries = readRegister(store, filter).reverse();
  const rows = entries.map((entry, index) => ({ cells: cellsOf(entry, index) }));
  const title = '数据文件收发登记表';
  const own = officeRow(store, readIdentity(store).officeId)?.name ?? '';
  const paper = layTableReport({
    title,
    office: `填报单位：${own}`,
    orientation: 'landscape',
    points: 8,
    columns: [
      { title: '序号', weight: 0.5, align: 'center' },
      { title: '时间', weight: 1.3, align: 'center' },
      { title: '收发', weight: 0.6, align: 'center' },
      { title: '单位', weight: 1.8 },
      { title: '种类编号', weight: 1.1 },
      { title: '报告期', weight: 1.2 },
      { title: '内容', weight: 3.4 },
      { title: '结果', weight: 1.8 },
      { title: '操作人', weight: 0.9 },
      { title: '文件摘要', weight: 1.5 },
    ],
    rows,
    signatures: ['登记人', '审核人'],
    trace: { dataDigest: digestOf(JSON.stringify(rows)), asOf: today },
  });
  return { html: pagesToHtml(title, paper.pages), title, pages: paper.pages.length };
}
