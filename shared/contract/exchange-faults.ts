import type { FaultDetail } from './faults.ts';

/** Every way a sync file can be refused or fail to be written; part of `faultCodes`. */
export const exchangeFaultCodes = [
  'SYNC_NOT_A_FILE',
  'SYNC_CUT',
  'SYNC_DAMAGED',
  'SYNC_MALFORMED',
  'SYNC_TOO_LARGE',
  'SYNC_BAD_SIGNATURE',
  'SYNC_UNKNOWN_SENDER',
  'SYNC_REVOKED_SENDER',
  'SYNC_NOT_ADMITTED',
  'SYNC_OTHER_OFFICE',
  'SYNC_OWN_FILE',
  'SYNC_WRONG_KIND',
  'SYNC_NEEDS_UPGRADE',
  'SYNC_WRONG_PASSPHRASE',
  'SYNC_NOT_OPENED',
  'SYNC_FORK',
  'SYNC_MASS_CHANGE',
  'SYNC_ENROLMENT_REFUSED',
  'SYNC_WRITE_MISMATCH',
  'SYNC_NO_RECEIVER',
  'SYNC_CHANGED_SINCE',
] as const;

export type ExchangeFaultCode = (typeof exchangeFaultCodes)[number];

const file = (d: FaultDetail): string => (d.what ? `文件“${d.what}”` : '这个文件');
const because = (d: FaultDetail): string => (d.why ? `（${d.why}）` : '');
const UNTOUCHED = '没有导入任何内容，台账未改动';
const AGAIN = '请对方在原电脑上重新导出（交换 → 导出 → 全量），换一只U盘再试';

/** What the operator reads: what happened, that the ledger is as before, what to do (interface, Words). */
export const exchangeWording: Record<ExchangeFaultCode, (detail: FaultDetail) => string> = {
  SYNC_NOT_A_FILE: (d) =>
    `${file(d)}不是交换文件，${UNTOUCHED}。请核对是不是拿错了文件：同步文件由“交换 → 导出”写出，扩展名为 .bbsync。`,
  SYNC_CUT: (d) => `${file(d)}不完整，可能没有拷完就拔出了U盘，${UNTOUCHED}。${d.cure ?? AGAIN}。`,
  SYNC_DAMAGED: (d) => `${file(d)}损坏${because(d)}，${UNTOUCHED}。${d.cure ?? AGAIN}。`,
  SYNC_MALFORMED: (d) =>
    `${file(d)}的内容不符合交换格式${because(d)}，${UNTOUCHED}。请不要再次打开，保留该文件并告知对方和技术人员。`,
  SYNC_TOO_LARGE: (d) => `${file(d)}超出允许的大小${because(d)}，${UNTOUCHED}。请确认来源，必要时请对方分次导出。`,
  SYNC_BAD_SIGNATURE: (d) =>
    `${file(d)}签名不符${because(d)}，内容可能被改动或冒名，${UNTOUCHED}。请电话核对发送单位，并请其重新导出。`,
  SYNC_UNKNOWN_SENDER: (d) =>
    `${file(d)}来自未入网的单位${because(d)}，${UNTOUCHED}。请核对是不是发给本单位的；是下级单位第一次报来的，先在“交换 → 往来单位”为它制作入网文件。`,
  SYNC_REVOKED_SENDER: (d) => `${file(d)}的发送单位已注销${because(d)}，${UNTOUCHED}。如需恢复，请重新办理入网。`,
  SYNC_NOT_ADMITTED: (d) =>
    `${file(d)}的发送单位尚未核准入网${because(d)}，${UNTOUCHED}。请与对方电话核对指纹，核准后再导入。`,
  SYNC_OTHER_OFFICE: (d) => `${file(d)}不是发给本单位的${because(d)}，${UNTOUCHED}。请转交收件单位，或请对方另行导出。`,
  SYNC_OWN_FILE: (d) => `${file(d)}是本台账自己导出的，${UNTOUCHED}。请交给收件单位导入。`,
  SYNC_WRONG_KIND: (d) => `${file(d)}不能在这里打开${because(d)}，${UNTOUCHED}。${d.cure ?? '请换一个文件再试'}。`,
  SYNC_NEEDS_UPGRADE: (d) =>
    `${file(d)}由较新的版本导出，${UNTOUCHED}。请先升级程序${d.why ? `到 ${d.why} 以上` : ''}再导入。`,
  SYNC_WRONG_PASSPHRASE: () => '口令不对，没有打开入网文件，也没有建立台账。请向市级核对口令，注意大小写和全角半角。',
  SYNC_NOT_OPENED: (d) =>
    `${file(d)}无法用本单位的密钥打开${because(d)}，${UNTOUCHED}。若本单位重新入网过，请对方导入本单位最新文件后重新导出。`,
  SYNC_FORK: (d) =>
    `疑似两台电脑同一身份（克隆或还原）${because(d)}，${UNTOUCHED}，两份数据都已保留。请发送单位在写出这个文件的那台电脑上打开“交换”，点“换用新编号”，再导出全量送来，两边的数据就都进来了。`,
  SYNC_MASS_CHANGE: (d) =>
    `${file(d)}中有异常批量变更${because(d)}，${UNTOUCHED}。请与发送单位核对；属实的，重新查验该文件，勾选“已与对方核实，大批变更属实”后再导入。`,
  SYNC_ENROLMENT_REFUSED: (d) =>
    `${file(d)}的入网凭据不符${because(d)}，${UNTOUCHED}。请确认对方使用的是最近一次发出的入网文件。`,
  SYNC_WRITE_MISMATCH: (d) =>
    `${file(d)}写入后读回的内容不一致，U盘可能已损坏，该文件已删除，台账未改动。请换一只U盘再导出。`,
  SYNC_NO_RECEIVER: (d) =>
    `${d.what ? `“${d.what}”` : '对方'}还没有核准入网，没有可用的加密公钥，没有写出文件，台账未改动。请等对方第一个文件到达并核准后再导出。`,
  SYNC_CHANGED_SINCE: (d) => `${file(d)}在预览之后被替换或改动，${UNTOUCHED}。请重新预览后再导入。`,
};
