/** 交换: the sync file, from enrolment to conflicts. */

export type { ExportRequest } from './export/consignment.ts';
export { type ExportOptions, exportTo } from './export/export.ts';
export { backupBeforeImport } from './import/before-import.ts';
export { Importer, type ImportOptions } from './import/importer.ts';
export {
  admit,
  createEnrolment,
  type EnrolmentFile,
  type EnrolmentRequest,
  type JoinRequest,
  join,
  registerBelow,
} from './offices/enrolment.ts';
export { upgradeNotice } from './offices/upgrade.ts';
export { filesIn, overview } from './register/overview.ts';
