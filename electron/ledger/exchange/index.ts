/** 交换: the sync file, from enrolment to conflicts. */
export { backupBeforeImport } from './before-import.ts';
export {
  admit,
  createEnrolment,
  type EnrolmentFile,
  type EnrolmentRequest,
  type JoinRequest,
  join,
  registerBelow,
} from './enrolment.ts';
export { type ExportOptions, type ExportRequest, exportTo } from './export.ts';
export { Importer, type ImportOptions } from './importer.ts';
export { filesIn, overview } from './overview.ts';
export { upgradeNotice } from './upgrade.ts';
