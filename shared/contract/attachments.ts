import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { jobEvent, procedure, rowId } from './base.ts';

const path = z.string().min(1).max(4096);
const kind = z.enum(['photo', 'video', 'paper']);
export type AttachmentKind = z.infer<typeof kind>;
/** Bytes as base64: what the port carries on every runtime. */
const base64 = z.string().max(120_000_000);

/** Where the same original was used before (C14). */
const usedBefore = z.object({ projectName: z.string(), periodLabel: z.string().nullable() });

/** A file that the operator chose or dropped, looked at and not yet taken. */
export const inspected = z.object({
  path,
  fileName: z.string(),
  bytes: z.number(),
  kind,
  mime: z.string(),
  /** UTC ms, from EXIF; null where the file does not say. */
  takenAt: z.number().nullable(),
  sourceDigest: z.string(),
  used: z.array(usedBefore),
  /** Why it cannot be taken; null when it can. */
  refused: z.string().nullable(),
});
export type Inspected = z.infer<typeof inspected>;

export const attachmentItem = z.object({
  id: z.string(),
  kind,
  title: z.string(),
  note: z.string().nullable(),
  period: z.string().nullable(),
  periodLabel: z.string().nullable(),
  /** Local day 'YYYY-MM-DD' of taking it, else of adding it. */
  day: z.string(),
  takenAt: z.number().nullable(),
  addedAt: z.number().nullable(),
  bytes: z.number(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  fileName: z.string().nullable(),
  mime: z.string(),
  /** `data:` URL of the small picture; null where there is none or it has not come. */
  thumb: z.string().nullable(),
  /** false: 待补, the row came before its picture. */
  present: z.boolean(),
  /** Other uses of the same original. */
  used: z.array(usedBefore),
});
export type AttachmentItem = z.infer<typeof attachmentItem>;

const about = {
  projectId: rowId,
  period: z.string().max(16).nullable(),
  title: z.string().max(200),
};

/** 影像资料 (B7, E3). */
export const attachmentsContract = {
  /** Small pictures inside; newest day first. */
  of: procedure
    .input(z.object({ projectId: rowId, period: z.string().max(16).optional() }))
    .output(z.array(attachmentItem)),
  /** Photos and videos of one period by project. */
  counts: procedure
    .input(z.object({ period: z.string().max(16) }))
    .output(z.array(z.object({ projectId: z.string(), count: z.number() }))),
  /** Digest, kind and time of files on disk; nothing is taken. */
  inspect: procedure
    .input(z.object({ paths: z.array(path).min(1).max(500) }))
    .output(eventIterator(jobEvent(z.array(inspected)))),
  /** A dropped file comes in pieces, for the page knows no paths. @returns the path to inspect after the last piece */
  upload: procedure
    .input(
      z.object({
        id: z.string().regex(/^[0-9a-f-]{36}$/u),
        fileName: z.string().min(1).max(200),
        start: z.number().int().min(0),
        data: base64,
      }),
    )
    .output(z.object({ path })),
  /** The original of a photo, for the page to make smaller. */
  original: procedure.input(z.object({ path })).output(z.object({ data: base64, mime: z.string() })),
  /** A photo that the page has made smaller, and its small picture (JPEG). */
  addPhoto: procedure
    .input(
      z.object({
        ...about,
        source: inspected,
        picture: base64,
        thumb: base64,
        width: z.int().min(1).max(20_000),
        height: z.int().min(1).max(20_000),
      }),
    )
    .output(z.object({ id: z.string() })),
  /** A video or paper as it is. */
  addFile: procedure
    .input(z.object({ ...about, source: inspected }))
    .output(eventIterator(jobEvent(z.object({ id: z.string() })))),
  /** The stored picture. @throws Fault FILE_GONE while it has not come */
  picture: procedure.input(z.object({ id: rowId })).output(z.object({ data: base64, mime: z.string() })),
  saveAs: procedure.input(z.object({ id: rowId, path })).output(eventIterator(jobEvent(z.object({ path })))),
};
