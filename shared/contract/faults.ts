import * as z from 'zod';
import { exchangeFaultCodes, exchangeWording } from './exchange-faults.ts';

/**
 * Every way an operation of the ledger can fail, closed. `text` below is what the operator reads: what happened, whether
 * the data is safe, what to do.
 */
export const faultCodes = [
  'NO_LEDGER',
  'LEDGER_NOT_FOUND',
  'LEDGER_EXISTS',
  'LEDGER_FROM_FUTURE',
  'LEDGER_DAMAGED',
  'LEDGER_BUSY',
  'LEDGER_HELD',
  'LEDGER_PAST',
  'NOT_A_LEDGER',
  'INVALID_VALUE',
  'UNKNOWN_ROW',
  'UNKNOWN_FIELD',
  'SEALED_ROW',
  'NOT_ALLOWED',
  'NOTHING_TO_UNDO',
  'NOTHING_TO_REDO',
  'DISK_FULL',
  'READ_ONLY',
  'FILE_GONE',
  'FILE_LOCKED',
  'FILE_UNREADABLE',
  'RULE_BROKEN',
  'CANCELLED',
  'UNEXPECTED',
  ...exchangeFaultCodes,
] as const;

export type FaultCode = (typeof faultCodes)[number];

/** What a fault says about its case; all optional, the wording uses what is there. */
export interface FaultDetail {
  /** Thing concerned, in the operator's words: a file name, a project, a cell. */
  readonly what?: string;
  /** Why, as a Chinese clause or sentence. */
  readonly why?: string;
  /** What to do, when it is more specific than the table's advice. */
  readonly cure?: string;
}

const named = (detail: FaultDetail, fallback: string): string => (detail.what ? `“${detail.what}”` : fallback);

const wording: Record<FaultCode, (detail: FaultDetail) => string> = {
  NO_LEDGER: () => '还没有打开台账。请先新建、加入或打开一个台账。',
  LEDGER_NOT_FOUND: (d) =>
    `没有找到台账文件${named(d, '')}。可能已被移动或U盘已拔出，数据没有改动。请插好U盘或重新选择文件。`,
  LEDGER_EXISTS: (d) => `${named(d, '该位置')}已有台账，没有覆盖。请换一个文件名或文件夹。`,
  LEDGER_FROM_FUTURE: (d) =>
    `这个台账由更新的版本建立${d.why ? `（${d.why}）` : ''}，本版本不能打开，数据没有改动。${d.cure ?? '请先升级程序'}。`,
  LEDGER_DAMAGED: (d) =>
    `台账文件${named(d, '')}损坏${d.why ? `（${d.why}）` : ''}，已停止读写以免扩大损失。请保留原文件，用最近的备份恢复。`,
  LEDGER_HELD: (d) => `${d.what ?? '正在导入'}，暂不能修改，这次修改没有保存。请等它完成或取消后再试。`,
  LEDGER_BUSY: (d) =>
    `该台账已在另一窗口打开${d.why ? `（${d.why}）` : ''}，没有改动。请回到那个窗口，或关闭它之后再打开。`,
  LEDGER_PAST: (d) => `${d.what ?? '正在查看过去的台账'}，只能看，不能改，没有保存。请先“回到今天”再修改。`,
  NOT_A_LEDGER: (d) => `${named(d, '所选文件')}不是包保台账文件，没有改动任何内容。请选择扩展名为 .bbledger 的文件。`,
  INVALID_VALUE: (d) => `${d.what ? `${d.what}：` : ''}${d.why ?? '填写的内容不符合要求'}。没有保存，请改正后再填。`,
  UNKNOWN_ROW: (d) => `没有找到这条记录${d.what ? `（${d.what}）` : ''}，可能已作废。没有改动任何内容，请刷新后再试。`,
  UNKNOWN_FIELD: (d) => `本版本没有字段${named(d, '')}，没有改动任何内容。`,
  SEALED_ROW: (d) => `${named(d, '这条记录')}已报送，不能直接修改，原数据没有改动。请用“更正”重新报送，并写明理由。`,
  NOT_ALLOWED: (d) => `${d.why ?? '本单位无权作此修改'}。没有改动任何内容${d.cure ? `，${d.cure}` : ''}。`,
  NOTHING_TO_UNDO: () => '没有可以撤销的操作。',
  NOTHING_TO_REDO: () => '没有可以恢复的操作。',
  DISK_FULL: (d) => `磁盘${d.what ? `“${d.what}”` : ''}空间不足，没有写入，台账没有改动。请清理空间或换一个盘后再试。`,
  READ_ONLY: (d) => `${named(d, '目标位置')}是只读的，没有写入，台账没有改动。请检查U盘的写保护开关，或换一个位置。`,
  FILE_GONE: (d) => `${named(d, '文件')}不见了，可能U盘已拔出。台账没有改动，请插好后再试。`,
  FILE_LOCKED: (d) => `${named(d, '文件')}正被其他程序占用（如 WPS、Excel），没有写入。请关闭后再试。`,
  FILE_UNREADABLE: (d) =>
    `${named(d, '文件')}无法读取${d.why ? `：${d.why}` : ''}。台账没有改动。${d.cure ?? '请换一个文件再试'}。`,
  RULE_BROKEN: (d) => `${d.why ?? '不符合规则'}。没有改动任何内容${d.cure ? `，${d.cure}` : ''}。`,
  CANCELLED: () => '已取消，台账没有改动。',
  UNEXPECTED: (d) =>
    `程序遇到没有预料到的情况${d.why ? `（${d.why}）` : ''}，本次操作没有保存，原有数据没有改动。请在“帮助 → 导出运行日志”中导出日志，交技术人员查看。`,
  ...exchangeWording,
};

/** The sentence(s) the operator reads. */
export function faultText(code: FaultCode, detail: FaultDetail = {}): string {
  return wording[code](detail);
}

/** The one error type that crosses a process boundary. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly detail: FaultDetail;

  constructor(code: FaultCode, detail: FaultDetail = {}, options?: ErrorOptions) {
    super(faultText(code, detail), options);
    this.name = 'Fault';
    this.code = code;
    this.detail = detail;
  }
}

export const faultSchema = z.object({
  code: z.enum(faultCodes),
  text: z.string(),
});
