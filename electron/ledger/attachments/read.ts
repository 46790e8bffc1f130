import { readFile } from 'node:fs/promises';
import type { AttachmentItem, AttachmentKind } from '../../../shared/contract/attachments.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import { parsePeriod, periodLabel } from '../../../shared/domain/period.ts';
import { BlobStore, writeDigested } from '../store/blobs.ts';
import { fileFault } from '../store/files.ts';
import type { Store } from '../store/open.ts';

interface Row {
  readonly id: string;
  readonly kind: AttachmentKind;
  readonly title: string | null;
  readonly note: string | null;
  readonly period: string | null;
  readonly takenAt: number | null;
  readonly addedAt: number | null;
  readonly bytes: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly fileName: string | null;
  readonly mime: string | null;
  readonly digest: string;
  readonly thumbDigest: string | null;
  readonly sourceDigest: string | null;
}

type Use = AttachmentItem['used'][number];

const pad = (n: number): string => String(n).padStart(2, '0');

function dayOf(ms: number | null): string {
  if (ms === null) return '';
  const at = new Date(ms);
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}

function labelOf(key: string | null): string | null {
  const period = key === null ? null : parsePeriod(key);
  return period === null ? key : periodLabel(period);
}

/** Where the same original was used: the same photo in two reports is a doubt (C14). */
export function usesOf(store: Store, sourceDigest: string | null, except = ''): Use[] {
  if (sourceDigest === null || sourceDigest === '') return [];
  const rows = store.db
    .prepare(
      `SELECT p."name" AS "projectName", a."period" AS "period" FROM "attachment" a LEFT JOIN "project" p ON p."id" = a."projectId"
        WHERE a."sourceDigest" = ? AND a."id" <> ? AND a."voided" = 0 ORDER BY a."addedAt" LIMIT 5`,
    )
    .all(sourceDigest, except) as { projectName: string | null; period: string | null }[];
  return rows.map(({ projectName, period }) => ({
    projectName: projectName ?? '未知项目',
    periodLabel: labelOf(period),
  }));
}

async function thumbOf(files: BlobStore, digest: string | null): Promise<string | null> {
  if (digest === null || !files.has(digest)) return null;
  return `data:image/jpeg;base64,${(await readFile(files.pathOf(digest))).toString('base64')}`;
}

/**
 * 影像资料 of a project, newest day first.
 *
 * @param ledgerPath of the ledger itself, also while the window looks at a past day
 */
export async function attachmentsOf(
  store: Store,
  ledgerPath: string,
  projectId: string,
  period?: string,
): Promise<AttachmentItem[]> {
  const files = new BlobStore(ledgerPath);
  const rows = store.db
    .prepare(
      `SELECT * FROM "attachment" WHERE "projectId" = ? AND "voided" = 0 AND (? IS NULL OR "period" = ?)
        ORDER BY coalesce("takenAt", "addedAt") DESC, "id"`,
    )
    .all(projectId, period ?? null, period ?? null) as Row[];
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      kind: row.kind,
      title: row.title ?? '',
      note: row.note,
      period: row.period,
      periodLabel: labelOf(row.period),
      day: dayOf(row.takenAt ?? row.addedAt),
      takenAt: row.takenAt,
      addedAt: row.addedAt,
      bytes: row.bytes ?? 0,
      width: row.width,
      height: row.height,
      fileName: row.fileName,
      mime: row.mime ?? '',
      thumb: await thumbOf(files, row.thumbDigest),
      present: files.has(row.digest),
      used: usesOf(store, row.sourceDigest, row.id),
    })),
  );
}

export function countsOfPeriod(store: Store, period: string): { projectId: string; count: number }[] {
  return store.db
    .prepare(
      `SELECT "projectId", count(*) AS "count" FROM "attachment" WHERE "period" = ? AND "voided" = 0 AND "projectId" IS NOT NULL
        GROUP BY "projectId"`,
    )
    .all(period) as { projectId: string; count: number }[];
}

function rowOf(store: Store, id: string): Row {
  const row = store.db.prepare('SELECT * FROM "attachment" WHERE "id" = ?').get(id) as Row | undefined;
  if (!row) throw new Fault('UNKNOWN_ROW', { what: '影像资料' });
  return row;
}

function requirePresent(files: BlobStore, row: Row): void {
  if (!files.has(row.digest)) throw new Fault('FILE_GONE', { what: row.fileName ?? '照片', why: '原件还没有送到' });
}

export async function pictureOf(store: Store, ledgerPath: string, id: string) {
  const row = rowOf(store, id);
  const files = new BlobStore(ledgerPath);
  requirePresent(files, row);
  const data = (await readFile(files.pathOf(row.digest))).toString('base64');
  return { data, mime: row.mime ?? 'image/jpeg' };
}

/** A copy outside the ledger, its digest checked. @throws Fault FILE_GONE, DISK_FULL, READ_ONLY, CANCELLED */
export async function saveAs(
  store: Store,
  ledgerPath: string,
  request: { readonly id: string; readonly path: string },
  options: { readonly signal?: AbortSignal; readonly onProgress?: (title: string, share: number) => void },
): Promise<string> {
  const row = rowOf(store, request.id);
  const files = new BlobStore(ledgerPath);
  requirePresent(files, row);
  try {
    const copy = await writeDigested(request.path, files.read(row.digest), {
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      onBytes: (done) => options.onProgress?.('另存', done / Math.max(1, row.bytes ?? 1)),
    });
    if (copy.digest !== row.digest) throw new Fault('FILE_UNREADABLE', { what: '原件', why: '内容与指纹不符' });
    return request.path;
  } catch (error) {
    throw fileFault(error, request.path);
  }
}
