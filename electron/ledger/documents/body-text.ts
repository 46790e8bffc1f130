import { cleanText } from './escape.ts';
import type { LetterBlock } from './letter-model.ts';

/**
 * The body of a paper as plain text an operator edits: one line a paragraph; `一、` `（一）` `1.` `（1）` at the beginning
 * make a heading; lines beginning with `|` are a table, the first of them its head. A `\` at the beginning makes the
 * line a paragraph whatever it begins with; in cells `\|`, `\\` and `\n` stand for themselves and a line end.
 */

const HANZI_NUMBER = '[一二三四五六七八九十百]+';
const LEVELS: readonly (readonly [1 | 2 | 3 | 4, RegExp])[] = [
  [1, new RegExp(`^${HANZI_NUMBER}、`)],
  [2, new RegExp(`^[（(]${HANZI_NUMBER}[）)]`)],
  [3, /^\d{1,3}[.．](?!\d)/],
  [4, /^[（(]\d{1,3}[）)]/],
];

/** Heading level a line's beginning stands for, null for a paragraph. */
export function headingLevel(text: string): 1 | 2 | 3 | 4 | null {
  return LEVELS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

/** Reads plain text as blocks. Never fails: what is no heading and no table is a paragraph. */
export function parseBody(text: string): LetterBlock[] {
  const blocks: LetterBlock[] = [];
  let table: string[][] = [];
  const close = (): void => {
    const [columns, ...rows] = table;
    if (columns) blocks.push({ type: 'table', columns, rows });
    table = [];
  };
  for (const raw of cleanText(text).split('\n')) {
    const line = raw.replace(/^[\s\u3000]+|[\s\u3000]+$/g, '');
    if (line.startsWith('|')) {
      table.push(splitCells(line));
      continue;
    }
    close();
    if (line === '') continue;
    const level = headingLevel(line);
    if (line.startsWith('\\')) blocks.push({ type: 'paragraph', text: line.slice(1) });
    else if (level) blocks.push({ type: 'heading', level, text: line });
    else blocks.push({ type: 'paragraph', text: line });
  }
  close();
  return blocks.filter((block) => block.type === 'table' || block.text !== '');
}

/** Writes blocks as plain text; `parseBody` reads it back to the same blocks. */
export function formatBody(blocks: readonly LetterBlock[]): string {
  const lines: string[] = [];
  let previous: LetterBlock['type'] | null = null;
  for (const block of blocks) {
    if (block.type === 'table') {
      if (previous === 'table') lines.push('');
      lines.push(...[block.columns, ...block.rows].map((cells) => `|${cells.map(escapeCell).join('|')}|`));
    } else {
      const text = oneLine(block.text);
      const plain = block.type === 'heading' || (headingLevel(text) === null && !/^[\\|]/.test(text));
      lines.push(plain ? text : `\\${text}`);
    }
    previous = block.type;
  }
  return lines.join('\n');
}

const oneLine = (text: string): string => cleanText(text).replace(/\n/g, ' ').trim();

const escapeCell = (cell: string): string =>
  cleanText(cell).trim().replace(/\\/g, '\\\\').replace(/\|/g, '\\|').replace(/\n/g, '\\n');

function splitCells(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  for (let at = 1; at < line.length; at += 1) {
    const character = line.charAt(at);
    const next = line.charAt(at + 1);
    if (character === '\\' && next !== '') {
      cell += next === 'n' ? '\n' : next;
      at += 1;
    } else if (character === '|') {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  if (cell.trim() !== '') cells.push(cell.trim());
  return cells;
}
