/** Official papers: facts → model → pages → HTML for printing. */
export { type BatchOptions, batchHtml, batchPages } from './batch-html.ts';
export { formatBody, parseBody } from './body-text.ts';
export { singleLine } from './furniture.ts';
export { type HandoverItem, type HandoverSlip, handoverHtml, layHandover } from './handover-html.ts';
export { type LetterOptions, layLetter, letterHtml } from './letter-html.ts';
export {
  type LetterBlock,
  type PrintTrace,
  type ReplySlip,
  SUPERVISION_KIND_NAMES,
  type SupervisionKind,
  type SupervisionLetter,
} from './letter-model.ts';
export { type DocumentNumber, formatDocumentNumber, parseDocumentNumber } from './number.ts';
export { layOrderForm, type OrderForm } from './order-form-html.ts';
export { chineseOrdinal } from './ordinal.ts';
export { type Page, type PageElement, type Paper, pagesToHtml } from './page.ts';
export { type FormSection, laySectionedForm, type SectionedForm } from './sectioned-form.ts';
export {
  type ComposedText,
  composeSupervision,
  type EarlierStep,
  projectTable,
  type SheetProject,
  type SupervisionFacts,
  type TalkAppointment,
} from './supervision-text.ts';
export {
  layTableReport,
  type ReportColumn,
  type ReportRow,
  type TableReport,
  tableReportHtml,
} from './table-report-html.ts';
