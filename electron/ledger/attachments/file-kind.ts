import { extname } from 'node:path';
import type { AttachmentKind } from '../../../shared/contract/attachments.ts';

interface Known {
  readonly kind: AttachmentKind;
  readonly mime: string;
}

const PAPERS: Readonly<Record<string, string>> = {
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.doc': 'application/msword',
  '.xls': 'application/vnd.ms-excel',
  '.wps': 'application/vnd.ms-works',
  '.ofd': 'application/ofd',
};

/** What a file is by its first bytes, never by its name alone; or why it cannot be taken. */
export function kindOfFile(head: Buffer, fileName: string): Known | { readonly refused: string } {
  const latin = head.toString('latin1');
  const brand = latin.slice(8, 12);
  if (latin.startsWith('\u00ff\u00d8\u00ff')) return { kind: 'photo', mime: 'image/jpeg' };
  if (latin.startsWith('\u0089PNG')) return { kind: 'photo', mime: 'image/png' };
  if (latin.startsWith('RIFF') && brand === 'WEBP') return { kind: 'photo', mime: 'image/webp' };
  if (latin.slice(4, 8) === 'ftyp') {
    if (/^(heic|heix|mif1|hevc|avif)$/u.test(brand)) {
      return { refused: '这是 HEIC 照片。请在手机“相机-格式”中选“兼容性最佳”，或转成 JPG 后再加入' };
    }
    return { kind: 'video', mime: brand.startsWith('qt') ? 'video/quicktime' : 'video/mp4' };
  }
  if (latin.startsWith('RIFF') && brand === 'AVI ') return { kind: 'video', mime: 'video/x-msvideo' };
  if (head.subarray(0, 4).equals(Buffer.from('1a45dfa3', 'hex'))) return { kind: 'video', mime: 'video/x-matroska' };
  if (head.subarray(0, 4).equals(Buffer.from('3026b275', 'hex'))) return { kind: 'video', mime: 'video/x-ms-wmv' };
  if (latin.startsWith('%PDF')) return { kind: 'paper', mime: 'application/pdf' };
  const paper = PAPERS[extname(fileName).toLowerCase()];
  const office = latin.startsWith('PK\u0003\u0004') || head.subarray(0, 4).equals(Buffer.from('d0cf11e0', 'hex'));
  if (paper !== undefined && office) return { kind: 'paper', mime: paper };
  return {
    refused: '不是能识别的照片（JPG、PNG、WebP）、视频（MP4、MOV、AVI、MKV、WMV）或资料（PDF、Word、Excel、OFD）',
  };
}
