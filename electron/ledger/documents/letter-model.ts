/** What a supervision paper (督办文书) says, apart from how it is laid out. Dates are `YYYY-MM-DD`. */

/** Rising steps: 工作提示单, 督办单, 警示函, 约谈通知书. */
export type SupervisionKind = 'reminder' | 'order' | 'warning' | 'talk';

/** Names of the kinds as they stand in titles. */
export const SUPERVISION_KIND_NAMES: Readonly<Record<SupervisionKind, string>> = {
  reminder: '工作提示单',
  order: '督办单',
  warning: '警示函',
  talk: '约谈通知书',
};

/** Ties a sheet to the data it was printed from: paper and file agree. */
export interface PrintTrace {
  /** Digest of the data, hexadecimal; its first 16 digits are printed. */
  readonly dataDigest: string;
  /** Date the figures stand for. */
  readonly asOf: string;
}

/**
 * A block of the body. Heading levels are those of GB/T 9704-2012 §7.3.3: 1 `一、` 黑体, 2 `（一）` 楷体, 3 `1.` and
 * 4 `（1）` 仿宋; the text holds its number. A heading with more text after its first `。` runs into its paragraph.
 */
export type LetterBlock =
  | { readonly type: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: string }
  | { readonly type: 'paragraph'; readonly text: string }
  | { readonly type: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** 回执: what the receiver fills in and sends back. */
export interface ReplySlip {
  /** 收到单位, printed where known, otherwise left to write in. */
  readonly receiver?: string;
  /** 反馈期限. */
  readonly deadline: string;
  /** Where the slip goes back to; the issuer where absent. */
  readonly returnTo?: string;
  /** `auto`: at the end of the last page where it fits; default. */
  readonly placement?: 'auto' | 'ownPage';
}

export interface SupervisionLetter {
  readonly kind: SupervisionKind;
  /** 发文机关标志; a line feed forces two lines. */
  readonly issuer: string;
  /** 发文字号, see `formatDocumentNumber`. */
  readonly number: string;
  /** 密级和保密期限, e.g. 机密★1年. */
  readonly secrecy?: string;
  /** 紧急程度, e.g. 特急. */
  readonly urgency?: string;
  /** 标题; line feeds are the operator's own breaks. */
  readonly title: string;
  /** 主送. */
  readonly addressees: readonly string[];
  readonly body: readonly LetterBlock[];
  /** Names of attachments, without numbers. */
  readonly attachments?: readonly string[];
  /** 署名. */
  readonly signer: string;
  /** 成文日期. */
  readonly date: string;
  /** Room for a seal (盖章) or not; default true. */
  readonly sealed?: boolean;
  readonly contact?: { readonly name: string; readonly phone: string };
  /** 抄送. */
  readonly copyTo?: readonly string[];
  readonly replySlip?: ReplySlip;
  readonly trace: PrintTrace;
  /** A paper whose approval is not recorded yet says so on every page (B8). */
  readonly draft?: boolean;
}
