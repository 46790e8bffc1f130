import type { BackupReason } from '../../../shared/contract/backup.ts';

/** A backup as the rotation sees it. */
export interface KeptBackup {
  readonly name: string;
  /** UTC ms. */
  readonly at: number;
  readonly reason: BackupReason;
  readonly sequence: number;
}

/** Calendar days, weeks and months that keep their newest backup, and how many of each special reason stay beside them. */
export const RETENTION = { days: 7, weeks: 4, months: 12, special: 5 } as const;

/** Made before something that cannot be undone by Ctrl+Z, or asked for: the last few of each stay whatever their day. */
const SPECIAL: readonly BackupReason[] = ['before-import', 'before-upgrade', 'manual'];

const DAY = 86_400_000;

/** Days since 1970-01-01 of the local calendar. */
function localDay(ms: number): number {
  const day = new Date(ms);
  return Math.floor(Date.UTC(day.getFullYear(), day.getMonth(), day.getDate()) / DAY);
}

const dayOf = localDay;
/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const weekOf = (ms: number): number => Math.floor((localDay(ms) + 3) / 7);
function monthOf(ms: number): number {
  const day = new Date(ms);
  return day.getFullYear() * 12 + day.getMonth();
}

/** The newest backup of each of the last `count` periods that have one. `newest` comes first. */
function keepOnePer(backups: readonly KeptBackup[], periodOf: (ms: number) => number, count: number): KeptBackup[] {
  const seen = new Set<number>();
  const kept: KeptBackup[] = [];
  for (const backup of backups) {
    const period = periodOf(backup.at);
    if (seen.has(period)) continue;
    if (seen.size === count) break;
    seen.add(period);
    kept.push(backup);
  }
  return kept;
}

/**
 * The backups that may go: all but the newest of 7 days, 4 weeks and 12 months, and the last 5 of each special reason.
 * Periods without a backup use up no place, so that an office that was shut for a month loses nothing by it. Backups dated
 * after `now` come from a wrong clock, then or now: they are left alone and take no place.
 */
export function expired(backups: readonly KeptBackup[], now: number): readonly KeptBackup[] {
  const past = backups
    .filter((backup) => backup.at <= now)
    .sort((left, right) => right.at - left.at || right.sequence - left.sequence || (left.name < right.name ? 1 : -1));
  const kept = new Set<KeptBackup>([
    ...keepOnePer(past, dayOf, RETENTION.days),
    ...keepOnePer(past, weekOf, RETENTION.weeks),
    ...keepOnePer(past, monthOf, RETENTION.months),
    ...SPECIAL.flatMap((reason) => past.filter((backup) => backup.reason === reason).slice(0, RETENTION.special)),
  ]);
  return past.filter((backup) => !kept.has(backup));
}
