import { ORPCError } from '@orpc/client';

/** The Chinese text of whatever a call threw; for a fault of the ledger its own words. */
export function messageOf(error: unknown): string {
  if (error instanceof ORPCError) {
    const data: unknown = error.data;
    if (typeof data === 'object' && data !== null && 'text' in data && typeof data.text === 'string') return data.text;
    if (error.code === 'BAD_REQUEST') return '填写的内容不完整或格式不对，没有保存。请检查后再试。';
  }
  return '程序内部没有应答，本次操作没有保存，原有数据没有改动。请再试一次；如仍不行，请从“帮助”打开日志文件夹，交技术人员查看。';
}

/** The code of a fault, or null. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof ORPCError)) return null;
  const data: unknown = error.data;
  return typeof data === 'object' && data !== null && 'code' in data && typeof data.code === 'string'
    ? data.code
    : null;
}
