import { createReadStream, existsSync, rmSync } from 'node:fs';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import exifr from 'exifr';
import type { AttachmentKind, Inspected } from '../../../shared/contract/attachments.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import { BlobStore, digestFile } from '../store/blobs.ts';
import { type Actor, commit } from '../store/commit.ts';
import { fileFault } from '../store/files.ts';
import { newId } from '../store/id.ts';
import type { Store } from '../store/open.ts';
import { kindOfFile } from './file-kind.ts';
import { usesOf } from './read.ts';

/** What the page may hold of one photo while it makes it smaller. */
const MOST_PHOTO_BYTES = 80_000_000;
/** A file must fit into one volume for a FAT32 stick. */
const MOST_BYTES = 1_800_000_000;
/** EXIF stands at the head of a JPEG. */
const HEAD_BYTES = 256 * 1024;

interface JobOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (title: string, share: number) => void;
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(buffer, 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** '2021:05:14 09:30:00' is the time on the clock of the camera: local. */
function localInstant(text: unknown): number | null {
  const match = typeof text === 'string' ? /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/u.exec(text) : null;
  if (!match) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  if (year < 1990 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  return new Date(year, month - 1, day, hour, minute, second).getTime();
}

/** When a photo was taken, from its EXIF; a photo without it, or with a damaged one, is taken all the same. */
async function takenAtOf(head: Buffer): Promise<number | null> {
  try {
    const tags: unknown = await exifr.parse(head, { pick: ['DateTimeOriginal', 'CreateDate'], reviveValues: false });
    if (typeof tags !== 'object' || tags === null) return null;
    const { DateTimeOriginal, CreateDate } = tags as Record<string, unknown>;
    return localInstant(DateTimeOriginal) ?? localInstant(CreateDate);
  } catch {
    return null;
  }
}

function tooLarge(kind: AttachmentKind, bytes: number): string | null {
  const most = kind === 'photo' ? MOST_PHOTO_BYTES : MOST_BYTES;
  return bytes > most
    ? `文件太大（${Math.round(bytes / 1_000_000)} MB，最多 ${most / 1_000_000} MB），请分段或压缩后再加入`
    : null;
}

async function inspectOne(store: Store, path: string, options: JobOptions): Promise<Inspected> {
  const fileName = basename(path);
  try {
    const head = await headOf(path);
    const { size: bytes } = await stat(path);
    const known = kindOfFile(head, fileName);
    const refused = 'refused' in known ? known.refused : tooLarge(known.kind, bytes);
    const { kind, mime } = 'refused' in known ? { kind: 'paper' as const, mime: '' } : known;
    const nothing = { takenAt: null, sourceDigest: '', used: [] };
    if (refused !== null) return { path, fileName, bytes, kind, mime, refused, ...nothing };
    const signal = options.signal === undefined ? {} : { signal: options.signal };
    const { digest } = await digestFile(path, {
      ...signal,
      onBytes: (done) => options.onProgress?.(`查看 ${fileName}`, done / Math.max(1, bytes)),
    });
    const takenAt = kind === 'photo' ? await takenAtOf(head) : null;
    return {
      path,
      fileName,
      bytes,
      kind,
      mime,
      takenAt,
      sourceDigest: digest,
      used: usesOf(store, digest),
      refused: null,
    };
  } catch (error) {
    const fault = fileFault(error, path);
    if (fault.code === 'CANCELLED') throw fault;
    return {
      path,
      fileName,
      bytes: 0,
      kind: 'paper',
      mime: '',
      takenAt: null,
      sourceDigest: '',
      used: [],
      refused: fault.message,
    };
  }
}

/** Looks at files; one that cannot be read does not stop the rest. */
export async function inspect(store: Store, paths: readonly string[], options: JobOptions): Promise<Inspected[]> {
  const found: Inspected[] = [];
  for (const [at, path] of paths.entries()) {
    found.push(
      await inspectOne(store, path, {
        ...options,
        onProgress: (title, share) => options.onProgress?.(title, (at + share) / paths.length),
      }),
    );
  }
  return found;
}

const UPLOADS = 'upload-';

/** A piece of a dropped file, in order. @returns where it lies */
export async function takePiece(
  store: Store,
  piece: { readonly id: string; readonly fileName: string; readonly start: number; readonly data: string },
): Promise<string> {
  const folder = new BlobStore(store.path).incomingPath(`${UPLOADS}${piece.id}`);
  const path = join(folder, piece.fileName.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').replace(/^\.+/u, '_'));
  try {
    await mkdir(folder, { recursive: true });
    const bytes = Buffer.from(piece.data, 'base64');
    const file = await open(path, piece.start === 0 ? 'w' : 'r+', 0o600);
    try {
      await file.write(bytes, 0, bytes.length, piece.start);
    } finally {
      await file.close();
    }
    return path;
  } catch (error) {
    throw fileFault(error, path);
  }
}

function forgetUpload(store: Store, path: string): void {
  const folder = dirname(path);
  const ours =
    dirname(folder) === dirname(new BlobStore(store.path).incomingPath()) && basename(folder).startsWith(UPLOADS);
  if (ours) rmSync(folder, { recursive: true, force: true });
}

/** A photo's own bytes, for the page to make smaller. Other files are not handed out. */
export async function originalOf(path: string): Promise<{ readonly data: string; readonly mime: string }> {
  try {
    const { size } = await stat(path);
    const known = kindOfFile(await headOf(path), path);
    if ('refused' in known || known.kind !== 'photo' || size > MOST_PHOTO_BYTES) {
      throw new Fault('FILE_UNREADABLE', { what: basename(path), why: '不是照片' });
    }
    return { data: (await readFile(path)).toString('base64'), mime: known.mime };
  } catch (error) {
    throw fileFault(error, path);
  }
}

export interface NewAttachment {
  readonly projectId: string;
  readonly period: string | null;
  readonly title: string;
  readonly source: Inspected;
}

interface Content {
  readonly digest: string;
  readonly bytes: number;
  readonly mime: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly thumbDigest: string | null;
}

const KIND_WORDS: Readonly<Record<AttachmentKind, string>> = { photo: '照片', video: '视频', paper: '资料' };

function enterRow(store: Store, added: NewAttachment, content: Content, actor: Actor): string {
  const id = newId();
  const { projectId, period, title, source } = added;
  const { kind, takenAt, sourceDigest, fileName } = source;
  const set = { projectId, period, title, kind, takenAt, sourceDigest, fileName, addedAt: actor.now, ...content };
  commit(
    store,
    {
      kind: 'edit',
      title: `加入${KIND_WORDS[kind]}：${title || fileName}`.slice(0, 120),
      changes: [{ entity: 'attachment', id, set }],
    },
    actor,
  );
  forgetUpload(store, source.path);
  return id;
}

/** The picture first, then its row: a row of this office never lacks its picture. */
export async function addPhoto(
  store: Store,
  added: NewAttachment & {
    readonly picture: string;
    readonly thumb: string;
    readonly width: number;
    readonly height: number;
  },
  actor: Actor,
): Promise<string> {
  const files = new BlobStore(store.path);
  const picture = await files.put(Buffer.from(added.picture, 'base64'));
  const thumb = await files.put(Buffer.from(added.thumb, 'base64'));
  const { width, height } = added;
  const content = {
    digest: picture.digest,
    bytes: picture.bytes,
    mime: 'image/jpeg',
    width,
    height,
    thumbDigest: thumb.digest,
  };
  return enterRow(store, added, content, actor);
}

/** A video or paper as it is, in pieces; refused when it is no longer what was looked at. */
export async function addFile(store: Store, added: NewAttachment, actor: Actor, options: JobOptions): Promise<string> {
  const { path, bytes, mime, sourceDigest, fileName } = added.source;
  if (!existsSync(path)) throw new Fault('FILE_GONE', { what: fileName });
  const blob = await new BlobStore(store.path).take(createReadStream(path, { highWaterMark: 1024 * 1024 }), {
    expected: sourceDigest,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onBytes: (done) => options.onProgress?.(`存入 ${fileName}`, done / Math.max(1, bytes)),
  });
  const content = { digest: blob.digest, bytes: blob.bytes, mime, width: null, height: null, thumbDigest: null };
  return enterRow(store, added, content, actor);
}
