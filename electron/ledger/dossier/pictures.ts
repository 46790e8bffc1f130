import { readFile } from 'node:fs/promises';
import { addDays, dateAt, type IsoDate, instantOf } from '../../../shared/domain/date.ts';
import { BlobStore } from '../store/blobs.ts';
import type { Store } from '../store/open.ts';

/** Two sheets of six. */
const MOST = 12;
/** Bytes of originals in one print run; the small copies are printed beyond. */
const MOST_BYTES = 48 * 1024 * 1024;

interface ChosenPicture {
  /** Day of taking, '' where it is not known. */
  readonly day: string;
  readonly period: string | null;
  readonly title: string | null;
  /** Of the original, which the digest of the paper vouches for. */
  readonly digest: string;
  readonly href: string | null;
}

export interface ChosenPictures {
  readonly total: number;
  readonly pictures: readonly ChosenPicture[];
}

/** So many of a list, evenly spread, the first and the last among them. */
export function spread<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  const places = new Set(Array.from({ length: most }, (_, n) => Math.round((n * (list.length - 1)) / (most - 1))));
  return list.filter((_, index) => places.has(index));
}

/** The pictures of a print run: originals while they are few enough to pass to the window, small copies after that. */
export class PictureSource {
  readonly #files: BlobStore;
  #bytes = 0;

  constructor(ledgerPath: string) {
    this.#files = new BlobStore(ledgerPath);
  }

  /** Photos of a project taken or added up to a day, oldest first (E3). */
  async of(store: Store, projectId: string, date: IsoDate): Promise<ChosenPictures> {
    const rows = await store.query
      .selectFrom('attachment')
      .select(['title', 'period', 'takenAt', 'addedAt', 'digest', 'thumbDigest', 'mime'])
      .where('projectId', '=', projectId)
      .where('kind', '=', 'photo')
      .where('voided', '=', 0)
      .where((on) => on.fn.coalesce('takenAt', 'addedAt'), '<', instantOf(addDays(date, 1), '00:00'))
      .orderBy((on) => on.fn.coalesce('takenAt', 'addedAt'))
      .orderBy('id')
      .execute();
    const pictures: ChosenPicture[] = [];
    for (const row of spread(rows, MOST)) {
      const at = row.takenAt ?? row.addedAt;
      pictures.push({
        day: at === null ? '' : dateAt(at),
        period: row.period,
        title: row.title,
        digest: row.digest,
        href: await this.#hrefOf(row.digest, row.thumbDigest, row.mime ?? 'image/jpeg'),
      });
    }
    return { total: rows.length, pictures };
  }

  async #hrefOf(digest: string, thumbDigest: string | null, mime: string): Promise<string | null> {
    const bytes = this.#files.sizeOf(digest);
    if (bytes !== undefined && this.#bytes + bytes <= MOST_BYTES) {
      this.#bytes += bytes;
      return `data:${mime};base64,${(await readFile(this.#files.pathOf(digest))).toString('base64')}`;
    }
    if (thumbDigest === null || !this.#files.has(thumbDigest)) return null;
    return `data:image/jpeg;base64,${(await readFile(this.#files.pathOf(thumbDigest))).toString('base64')}`;
  }
}
