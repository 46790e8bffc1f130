import type { Value } from '../../../../shared/dictionary/index.ts';
import { BlobStore } from '../../store/blobs.ts';
import type { Store } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import type { RowToWrite } from '../bundle/record.ts';
import type { BlobToSend } from '../bundle/volumes.ts';

/** Pictures named in one file at most; the rest follow once these are acknowledged. */
const MOST_BLOBS = 8000;
const MOST_LACKS = 5000;

/** Pictures of the attachment rows that a file carries whole. */
export class PictureWatch {
  readonly originals = new Set<string>();
  readonly thumbs = new Set<string>();

  see(entity: string, columns: readonly string[], row: RowToWrite): void {
    if (entity !== 'attachment') return;
    const at = (field: string): Value => row.values[columns.indexOf(field)] ?? null;
    if (row.columns === columns && at('voided') === 1) return;
    this.#add(this.originals, row.values[row.columns.indexOf('digest')] ?? null);
    this.#add(this.thumbs, row.values[row.columns.indexOf('thumbDigest')] ?? null);
  }

  #add(to: Set<string>, digest: Value): void {
    if (typeof digest === 'string') to.add(digest);
  }
}

/**
 * What a partner has said that it lacks; nothing in most ledgers at most times. Asked for is asked for: the row that names it
 * here may be 作废, or not have come, while another in use names it there.
 */
function lackedBy(store: Store, officeId: string): readonly { readonly digest: string; readonly thumb: 0 | 1 }[] {
  return prepared(
    store,
    `SELECT "digest", "digest" IN (SELECT "thumbDigest" FROM "attachment" WHERE "thumbDigest" IS NOT NULL) AS "thumb"
      FROM "peerLacks" WHERE "officeId" = ?`,
  ).all(officeId) as { digest: string; thumb: 0 | 1 }[];
}

/**
 * The pictures that go along: those of the rows in the file, and those that the receiver has said it lacks. What is not here
 * ourselves is left out; the row says 待补照片 on the other side.
 */
export function picturesFor(store: Store, ledgerPath: string, watch: PictureWatch, receiverId: string): BlobToSend[] {
  const files = new BlobStore(ledgerPath);
  const wanted = new Map<string, boolean>();
  for (const digest of watch.originals) wanted.set(digest, false);
  for (const digest of watch.thumbs) wanted.set(digest, true);
  for (const { digest, thumb } of lackedBy(store, receiverId)) if (!wanted.has(digest)) wanted.set(digest, thumb === 1);
  const list: BlobToSend[] = [];
  for (const [sha256, thumb] of wanted) {
    const plainBytes = files.sizeOf(sha256);
    if (plainBytes !== undefined) list.push({ sha256, plainBytes, thumb });
  }
  // Small pictures first, then large ones: a long video is the last to be waited for.
  return list.sort((left, right) => left.plainBytes - right.plainBytes).slice(0, MOST_BLOBS);
}

/**
 * Digests of rows that came without their picture.
 *
 * @param number of the file that says so: where there are more than one file takes, the next one says the next ones, or some
 *   thousands that nobody has any more would keep all others from being asked for
 */
export function lackedPictures(store: Store, ledgerPath: string, number: number): string[] {
  const files = new BlobStore(ledgerPath);
  const digests = store.db
    .prepare(
      `SELECT "thumbDigest" AS d FROM "attachment" WHERE "voided" = 0 AND "thumbDigest" IS NOT NULL
        UNION SELECT "digest" FROM "attachment" WHERE "voided" = 0`,
    )
    .pluck()
    .all() as string[];
  const lacked = digests.filter((digest) => /^[0-9a-f]{64}$/u.test(digest) && !files.has(digest));
  const part = number % Math.max(1, Math.ceil(lacked.length / MOST_LACKS));
  return lacked.slice(part * MOST_LACKS, (part + 1) * MOST_LACKS);
}

/** What a partner says in its file that it lacks, in the place of what it said before. */
export function learnLacks(store: Store, officeId: string, lacks: readonly string[]): void {
  prepared(store, 'DELETE FROM "peerLacks" WHERE "officeId" = ?').run(officeId);
  const note = prepared(store, 'INSERT INTO "peerLacks" ("officeId", "digest") VALUES (?, ?) ON CONFLICT DO NOTHING');
  for (const digest of lacks) note.run(officeId, digest);
}
