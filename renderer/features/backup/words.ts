import dayjs from 'dayjs';
import { BACKUP_REASON_WORDS, type BackupEntry } from '../../../shared/contract/backup.ts';

/** '今天 09:05', '昨天 17:40', '2021-05-11 08:30'. */
export function whenText(at: number): string {
  const day = dayjs(at);
  const days = dayjs().startOf('day').diff(day.startOf('day'), 'day');
  if (days === 0) return `今天 ${day.format('HH:mm')}`;
  if (days === 1) return `昨天 ${day.format('HH:mm')}`;
  return day.format('YYYY-MM-DD HH:mm');
}

export const PLACE_WORDS: Readonly<Record<BackupEntry['place'], string>> = { local: '本机', second: '第二位置' };

export function reasonText(entry: Pick<BackupEntry, 'reason'>): string {
  return BACKUP_REASON_WORDS[entry.reason];
}

/** '2021年3月31日'. */
export function dayText(at: number): string {
  return dayjs(at).format('YYYY年M月D日');
}
