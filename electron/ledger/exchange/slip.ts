import { Fault } from '../../../shared/contract/faults.ts';
import { formatChinese } from '../../../shared/domain/date.ts';
import { handoverHtml } from '../documents/index.ts';
import { readIdentity } from '../store/meta.ts';
import type { Store } from '../store/open.ts';
import { officeRow } from './keys.ts';
import { contentText, type EntryCounts, findEntry } from './register.ts';

const pad = (n: number): string => String(n).padStart(2, '0');

function dayOf(instant: Date): string {
  return `${instant.getFullYear()}-${pad(instant.getMonth() + 1)}-${pad(instant.getDate())}`;
}

/** 交接单 of a file that was written: what, from whom, to whom, with its digest. @throws Fault UNKNOWN_ROW */
export function slipOf(store: Store, exchangeId: string): { readonly title: string; readonly html: string } {
  const entry = findEntry(store, exchangeId);
  if (entry?.direction !== 'out') throw new Fault('UNKNOWN_ROW', { what: '送出登记' });
  const own = officeRow(store, readIdentity(store).officeId);
  const receiver = entry.officeId === null ? undefined : officeRow(store, entry.officeId);
  const at = new Date(entry.at);
  const counts = JSON.parse(entry.counts) as EntryCounts;
  const number = `第${entry.number ?? 0}号`;
  const html = handoverHtml({
    number,
    madeAt: `${formatChinese(dayOf(at))}${at.getHours()}时${pad(at.getMinutes())}分`,
    from: own?.name ?? '',
    to: receiver?.name ?? '',
    items: [
      {
        fileName: entry.fileName,
        content: contentText(counts.byEntity),
        bytes: entry.bytes,
        digest: entry.digest ?? '',
      },
    ],
    trace: { dataDigest: entry.digest ?? '', asOf: dayOf(at) },
  });
  return { title: `交接单 ${number}`, html };
}
