import { BACKUP_REASON_WORDS, BACKUP_REASONS, type BackupReason } from '../../../shared/contract/backup.ts';

export const BACKUP_EXTENSION = '.bbbackup';

/** Characters that a Windows, FAT or Linux name may not hold. */
const FORBIDDEN = /[\\/:*?"<>|_\p{Cc}]/gu;
/** A file name has 255 bytes on Linux; a Chinese character takes three. */
const OFFICE_CHARS = 40;

const pad = (n: number): string => String(n).padStart(2, '0');

/** What the name of a backup tells. */
export interface BackupName {
  readonly office: string;
  /** UTC ms, whole minutes, read as local time. */
  readonly at: number;
  readonly reason: BackupReason;
  /** 1, or more for further backups of the same minute and reason. */
  readonly sequence: number;
}

/** `安澜市项目办_2021-05-18_1430_导入前.bbbackup`, in local time. */
export function backupFileName({ office, at, reason, sequence }: BackupName): string {
  const day = new Date(at);
  const date = `${String(day.getFullYear()).padStart(4, '0')}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
  const time = `${pad(day.getHours())}${pad(day.getMinutes())}`;
  const further = sequence > 1 ? `_${sequence}` : '';
  return `${officePart(office)}_${date}_${time}_${BACKUP_REASON_WORDS[reason]}${further}${BACKUP_EXTENSION}`;
}

/** The office's name as it stands in file and folder names. */
export function officePart(name: string): string {
  const clean = [...name.normalize('NFC').replace(FORBIDDEN, '')]
    .slice(0, OFFICE_CHARS)
    .join('')
    .replace(/[ .]+$/u, '');
  return clean === '' ? '台账' : clean;
}

const SHAPE = /^(.+)_(\d{4})-(\d{2})-(\d{2})_(\d{2})(\d{2})_([^_]+?)(?:_(\d{1,4}))?\.bbbackup$/u;

/** What a file name says, or null when it is not the name of a backup. */
export function parseBackupName(name: string): BackupName | null {
  const match = SHAPE.exec(name);
  if (match === null) return null;
  const [, office = '', year, month, day, hour, minute, word, sequence] = match;
  const reason = BACKUP_REASONS.find((candidate) => BACKUP_REASON_WORDS[candidate] === word);
  if (reason === undefined) return null;
  const at = new Date(2000, Number(month) - 1, Number(day), Number(hour), Number(minute));
  at.setFullYear(Number(year), Number(month) - 1, Number(day));
  return { office, at: at.getTime(), reason, sequence: sequence === undefined ? 1 : Number(sequence) };
}
