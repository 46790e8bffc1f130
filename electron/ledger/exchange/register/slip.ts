import { Fault } from '../../../../shared/contract/faults.ts';
import { formatChinese } from '../../../../shared/domain/date.ts';
import { handoverHtml } from '../../documents/index.ts';
import { readIdentity } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import { officeRow } from '../offices/keys.ts';
import { contentText, type EntryCounts, findEntry } from './register.ts';

const pad = (n: number): string => String(n).padStart(2, '0');

function dayOf(instant: Date): string {
  return `${instant.getFullYear()}-${pad(instant.getMonth() + 1)}-${pad(instant.getDate())}`;
}

function timeText(ms: number): string {
  const at = new Date(ms);
  return `${formatChinese(dayOf(at))}${at.getHours()}时${pad(at.getMinutes())}分`;
}

/**
 * 交接单 of a file that was written, or 接收回执 of one that was imported: what, from whom, to whom, with its digest, which is
 * the same on both.
 *
 * @throws Fault UNKNOWN_ROW
 */
export function slipOf(store: Store, exchangeId: string): { readonly title: string; readonly html: string } {
  const entry = findEntry(store, exchangeId);
  const isReceipt = entry?.direction === 'in' && entry.outcome === 'applied';
  if (entry === undefined || !(entry.direction === 'out' || isReceipt))
    throw new Fault('UNKNOWN_ROW', { what: '收发登记' });
  const own = officeRow(store, readIdentity(store).officeId)?.name ?? '';
  const other = (entry.officeId === null ? undefined : officeRow(store, entry.officeId))?.name ?? '';
  const counts = JSON.parse(entry.counts) as EntryCounts;
  const number = `第${entry.number ?? 0}号`;
  const html = handoverHtml({
    number,
    madeAt: timeText(isReceipt ? (counts.madeAt ?? entry.at) : entry.at),
    ...(isReceipt ? { from: other, to: own, receipt: { readAt: timeText(entry.at) } } : { from: own, to: other }),
    items: [
      {
        fileName: entry.fileName,
        content: contentText(counts.byEntity),
        bytes: entry.bytes,
        digest: entry.digest ?? '',
      },
    ],
    trace: { dataDigest: entry.digest ?? '', asOf: dayOf(new Date(entry.at)) },
  });
  return { title: `${isReceipt ? '接收回执' : '交接单'} ${number}`, html };
}
