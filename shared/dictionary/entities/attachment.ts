import { choice, entity, instant, integer, longText, ref, text } from '../field.ts';

const ATTACHMENT_KINDS = [
  { value: 'photo', label: '照片' },
  { value: 'video', label: '视频' },
  { value: 'paper', label: '资料' },
] as const;

/**
 * 影像资料 of a project (B7, E3): the row; the picture itself lies beside the ledger under its digest and may come later than
 * the row. Digest, size and time never change once given; title and note may.
 */
export const attachment = entity(
  '影像资料',
  { scope: 'project', creator: 'any' },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true }),
    period: text('报告期', { owner: 'unit', maxLength: 16 }),
    kind: choice('类别', ATTACHMENT_KINDS, { owner: 'unit', required: true }),
    title: text('说明文字', { owner: 'unit', maxLength: 200 }),
    takenAt: instant('拍摄时间', { owner: 'unit', help: '照片文件自带的拍摄时间，不随整理改变' }),
    addedAt: instant('加入时间', { owner: 'unit' }),
    digest: text('内容指纹', { owner: 'unit', required: true, hidden: true, maxLength: 64 }),
    bytes: integer('字节数', { owner: 'unit', required: true, min: 0 }),
    mime: text('格式', { owner: 'unit', hidden: true, maxLength: 100 }),
    width: integer('宽', { owner: 'unit', hidden: true, min: 0 }),
    height: integer('高', { owner: 'unit', hidden: true, min: 0 }),
    thumbDigest: text('缩略图指纹', { owner: 'unit', hidden: true, maxLength: 64 }),
    sourceDigest: text('原文件指纹', {
      owner: 'unit',
      hidden: true,
      maxLength: 64,
      help: '整理前原文件的 SHA-256，用于发现同一张照片重复使用',
    }),
    fileName: text('原文件名', { owner: 'unit', hidden: true, maxLength: 200 }),
    note: longText('备注', { owner: 'unit' }),
  },
);
