import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx';
import { fromExcelSerial } from '../../../shared/domain/date.ts';
import type { Area, Cell, Grid } from '../../../shared/domain/workbook/grid.ts';
import { READ_LIMITS, unreadable, type WorkbookContent } from './content.ts';
import { type FileKind, fileKind } from './file-kind.ts';
import { decodeText } from './text-decoding.ts';

type Xlsx = typeof import('@e965/xlsx');

const READ_OPTIONS = { dense: true, cellDates: false, cellNF: true, cellFormula: false, cellHTML: false } as const;

/** Days between Excel's 1900 and 1904 date systems. */
const SERIAL_1904 = 1462;

const SAVE_AGAIN = '请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入';

function refuse(kind: FileKind, name: string): void {
  switch (kind.kind) {
    case 'empty':
      throw unreadable(name, '文件是空的', '请向报送单位重新要一份');
    case 'encrypted':
      throw unreadable(name, '工作簿设了打开密码', '请在 Excel 或 WPS 里去掉密码（文件 → 文档加密）后再导入');
    case 'damaged':
      throw unreadable(name, '文件已损坏或没有复制完整', '请重新复制或向报送单位重新要一份');
    case 'unpacksTooLarge':
      throw unreadable(name, '内容解开后太大，不像正常的表格', '请另存为新的工作簿，只留要导入的工作表');
    case 'other':
      throw unreadable(name, `它是${kind.name}，不是 Excel 工作簿`, '请选择 .xlsx、.xls 或 .csv 文件');
    case 'zipWorkbook':
    case 'oleWorkbook':
    case 'biff':
    case 'markup':
    case 'text':
  }
}

/** Old .xls before Excel 97 keep text in the code page of their computer; the table is large and rarely needed. */
async function loadCodePages(xlsx: Xlsx): Promise<void> {
  const pages = await import('@e965/xlsx/dist/cpexcel.full');
  xlsx.set_cptable(pages);
}

async function parse(bytes: Buffer, name: string): Promise<{ readonly xlsx: Xlsx; readonly book: WorkBook }> {
  const kind = fileKind(bytes);
  refuse(kind, name);
  const xlsx = await import('@e965/xlsx');
  if (kind.kind === 'oleWorkbook' || kind.kind === 'biff') await loadCodePages(xlsx);
  const options = { ...READ_OPTIONS, sheetRows: READ_LIMITS.rows + 1 };
  try {
    // `raw` keeps '2023-2025' and '1-2' in text files from being made dates.
    const book =
      kind.kind === 'markup' || kind.kind === 'text'
        ? xlsx.read(decodeText(bytes), {
            ...options,
            type: 'string',
            raw: true,
            ...(kind.kind === 'text' ? { FS: separator(decodeText(bytes)) } : {}),
          })
        : xlsx.read(bytes, { ...options, type: 'buffer' });
    return { xlsx, book };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (/password|encrypt/i.test(message)) refuse({ kind: 'encrypted' }, name);
    throw unreadable(name, '文件已损坏或不是完整的工作簿', SAVE_AGAIN, error);
  }
}

/** Comma, tab or semicolon: whichever stands most often in the first lines. */
function separator(text: string): string {
  const head = text.slice(0, 4000);
  const count = (sign: string): number => head.split(sign).length;
  return [',', '\t', ';'].sort((a, b) => count(b) - count(a))[0] ?? ',';
}

interface Conversion {
  readonly isDate: (format: string) => boolean;
  readonly serialShift: number;
}

function toCell(cell: CellObject, { isDate, serialShift }: Conversion): Cell | undefined {
  const { v: value, w: shown, t: type, z: format } = cell;
  switch (type) {
    case 's':
      return typeof value !== 'string' || value === '' ? undefined : { type: 'text', value, text: value };
    case 'b':
      return { type: 'flag', value: value === true, text: value === true ? '是' : '否' };
    case 'e':
      return { type: 'error', value: shown ?? '#REF!', text: shown ?? '#REF!' };
    case 'n': {
      if (typeof value !== 'number') return undefined;
      const isDay = typeof format === 'string' && format !== 'General' && isDate(format);
      const day = isDay ? fromExcelSerial(value + serialShift) : null;
      if (day !== null) return { type: 'date', value: value + serialShift, text: day };
      return {
        type: 'number',
        value,
        text: format === 'General' || shown === undefined ? String(value) : shown.trim().replace(/\.$/, ''),
      };
    }
    default:
      return undefined;
  }
}

function toGrid(sheet: WorkSheet, name: string, hidden: boolean, conversion: Conversion): Grid {
  const data = (sheet['!data'] ?? []) as ((CellObject | undefined)[] | undefined)[];
  let columnCount = 0;
  const rows = Array.from({ length: data.length }, (_, index) => {
    const row = data[index];
    if (row === undefined) return undefined;
    const cells: (Cell | undefined)[] = [];
    const width = Math.min(row.length, READ_LIMITS.columns);
    for (let column = 0; column < width; column++) {
      const cell = row[column];
      const converted = cell === undefined ? undefined : toCell(cell, conversion);
      if (converted === undefined) continue;
      cells[column] = converted;
      if (column >= columnCount) columnCount = column + 1;
    }
    return cells;
  });
  while (rows.length > 0 && (rows.at(-1)?.length ?? 0) === 0) rows.pop();
  const merges: Area[] = (sheet['!merges'] ?? []).map(({ s, e }) => ({ top: s.r, left: s.c, bottom: e.r, right: e.c }));
  return { name, hidden, rows, columnCount, merges };
}

function checkSize(sheets: readonly Grid[], name: string): void {
  let cells = 0;
  for (const sheet of sheets) {
    if (sheet.rows.length > READ_LIMITS.rows) {
      throw unreadable(name, `工作表“${sheet.name}”超过 ${READ_LIMITS.rows} 行`, '请分成几个文件导入');
    }
    for (const row of sheet.rows) cells += row?.length ?? 0;
  }
  if (cells > READ_LIMITS.cells) throw unreadable(name, '表格太大', '请只留要导入的工作表，或分成几个文件导入');
}

/**
 * Reads .xlsx, .xls (also HTML under that name), .ods and .csv (UTF-8 or GB 18030) from memory. A damaged file can keep the
 * library busy for ever: call it from `read.ts`, which runs it in a thread that can be stopped.
 *
 * @throws Fault FILE_UNREADABLE, naming the file, the reason and the cure
 */
export async function parseWorkbook(bytes: Buffer, fileName: string): Promise<WorkbookContent> {
  const { xlsx, book } = await parse(bytes, fileName);
  const known = new Map<string, boolean>();
  const isDate = (format: string): boolean => {
    const answer = known.get(format) ?? xlsx.SSF.is_date(format) === true;
    known.set(format, answer);
    return answer;
  };
  const conversion = { isDate, serialShift: book.Workbook?.WBProps?.date1904 === true ? SERIAL_1904 : 0 };
  const sheets = book.SheetNames.flatMap((name, index) => {
    const sheet = book.Sheets[name];
    const hidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
    return sheet === undefined ? [] : [toGrid(sheet, name, hidden, conversion)];
  });
  checkSize(sheets, fileName);
  if (sheets.every((sheet) => sheet.rows.length === 0)) {
    throw unreadable(fileName, '所有工作表都是空的', '请核对是否选错了文件');
  }
  return { fileName, sheets };
}
