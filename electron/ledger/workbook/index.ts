export { type ExcelImport, type ExcelImportResult, importExcel } from './import-excel.ts';
export { readWorkbook } from './read.ts';
export { tableWorkbook, writeTables } from './write.ts';
