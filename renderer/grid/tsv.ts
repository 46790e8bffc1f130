/** A block of cell texts, row by row. Rows may differ in length. */
export type TextMatrix = readonly (readonly string[])[];

/**
 * Reads what Excel and WPS put on the clipboard: tabs between cells, CRLF or LF between rows, cells with tabs or line
 * breaks in double quotes, quotes doubled. One line break at the end belongs to the last row.
 * A quote inside an unquoted cell is an ordinary sign (3" 管).
 */
export function parseTsv(text: string): string[][] {
  const source = text.replace(/^\ufeff/, '').replaceAll('\0', '');
  // Some programs end the clipboard's text with NUL, as C does.
  if (source === '') return [];
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  for (;;) {
    const quoted = source[at] === '"' ? readQuoted(source, at) : null;
    if (quoted !== null) {
      row.push(quoted.text);
      at = quoted.end;
    } else {
      const end = endOfPlain(source, at);
      row.push(source.slice(at, end));
      at = end;
    }
    const sign = source[at];
    if (sign === '\t') {
      at += 1;
      continue;
    }
    rows.push(row);
    row = [];
    if (sign === '\r' && source[at + 1] === '\n') at += 1;
    at += 1;
    if (sign === undefined || at >= source.length) return rows;
  }
}

function endOfPlain(source: string, from: number): number {
  let end = from;
  while (end < source.length && source[end] !== '\t' && source[end] !== '\n' && source[end] !== '\r') end += 1;
  return end;
}

/** Null when the quote is not closed before the end of a cell, that is, when it is part of the text. */
function readQuoted(source: string, from: number): { readonly text: string; readonly end: number } | null {
  let text = '';
  let at = from + 1;
  for (;;) {
    const close = source.indexOf('"', at);
    if (close === -1) return null;
    text += source.slice(at, close);
    if (source[close + 1] === '"') {
      text += '"';
      at = close + 2;
      continue;
    }
    const after = source[close + 1];
    if (after !== undefined && after !== '\t' && after !== '\n' && after !== '\r') return null;
    return { text: text.replace(/\r\n?/g, '\n'), end: close + 1 };
  }
}

function quote(cell: string): string {
  return /["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The text Excel and WPS expect on the clipboard. */
export function formatTsv(rows: TextMatrix): string {
  return rows.map((row) => row.map(quote).join('\t')).join('\r\n');
}

export interface HtmlCell {
  readonly text: string;
  /** Numbers stay numbers; all else is marked as text, so that Excel does not turn codes and phones into numbers. */
  readonly numeric: boolean;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** The same block as an HTML table, which Excel and WPS prefer to plain text. */
export function formatHtmlTable(rows: readonly (readonly HtmlCell[])[]): string {
  const body = rows
    .map((row) => {
      const cells = row.map(({ text, numeric }) => {
        const style = numeric ? '' : ' style="mso-number-format:\'\\@\'"';
        return `<td${style}>${escapeHtml(text).replaceAll('\n', '<br style="mso-data-placement:same-cell">')}</td>`;
      });
      return `<tr>${cells.join('')}</tr>`;
    })
    .join('');
  return `<html><head><meta charset="utf-8"></head><body><table>${body}</table></body></html>`;
}
