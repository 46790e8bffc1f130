import { basename } from 'node:path';
import type { BackupPreview } from '../../../shared/contract/backup.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import { checkMeta } from '../store/meta.ts';
import type { Store } from '../store/open.ts';
import { verify } from '../store/verify.ts';
import { parseBackupName } from './file-name.ts';
import { type Contents, chainAt, contentsOf, headOf, officeNameOf, withReadOnly } from './inspect.ts';
import { countPictures } from './pictures.ts';

/** Entries of the present ledger that are listed one by one. */
const MOST_LISTED = 50;

/** The last number up to which two journals are the same: equal chains mean equal pasts, so halving finds it. */
export function commonNumber(left: Pick<Store, 'db'>, right: Pick<Store, 'db'>): number {
  let low = 0;
  let high = Math.min(headOf(left).n, headOf(right).n);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (chainAt(left, middle) === chainAt(right, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function compare(backup: Store, contents: Contents, present: Store | null): BackupPreview['comparison'] {
  if (present === null) return { kind: 'none' };
  const officeId = present.db.prepare(`SELECT "value" FROM "meta" WHERE "key" = 'officeId'`).pluck().get() as string;
  if (officeId !== contents.officeId) return { kind: 'other-office', officeName: officeNameOf(present, officeId) };
  const common = commonNumber(backup, present);
  return {
    kind: 'same-office',
    newer: headOf(present).n - common,
    onlyInBackup: contents.head.n - common,
    lines: present.db
      .prepare('SELECT "n", "at", "operator", "title" FROM "journal" WHERE "n" > ? ORDER BY "n" DESC LIMIT ?')
      .all(common, MOST_LISTED) as { n: number; at: number; operator: string; title: string }[],
  };
}

/** Where the pictures of a backup may lie beside itself. */
interface PicturePlaces {
  readonly ledgerPath: string | null;
  readonly second: string | null;
}

function pictureCounts(backup: Store, { ledgerPath, second }: PicturePlaces) {
  const { total, missing } = countPictures(backup, ledgerPath, second);
  return { total, missing: [...missing] };
}

/**
 * What a backup holds, and what the present ledger has beyond it. The backup's pages and journal are checked in full.
 *
 * @param present the ledger at hand, or null when there is none that can be read
 * @throws Fault LEDGER_NOT_FOUND, NOT_A_LEDGER, LEDGER_DAMAGED, LEDGER_FROM_FUTURE
 */
export function previewBackup(
  path: string,
  present: Store | null,
  pictures: PicturePlaces = { ledgerPath: present?.path ?? null, second: null },
): BackupPreview {
  return withReadOnly(path, (backup) => {
    const verdict = verify(backup);
    if (!verdict.ok) {
      throw new Fault('LEDGER_DAMAGED', { what: basename(path), why: [...verdict.pages, ...verdict.journal][0] ?? '' });
    }
    checkMeta(backup);
    const contents = contentsOf(backup);
    const name = parseBackupName(basename(path));
    return {
      path,
      name: basename(path),
      at: name?.at ?? null,
      reason: name?.reason ?? null,
      bytes: contents.bytes,
      officeName: contents.officeName,
      projects: contents.projects,
      reports: contents.reports,
      entries: contents.head.n,
      pictures: pictureCounts(backup, pictures),
      last: contents.last,
      comparison: compare(backup, contents, present),
    };
  });
}
