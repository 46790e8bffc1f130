import { cleanText } from './escape.ts';

/** The parts of a 发文字号. */
export interface DocumentNumber {
  /** Issuer's code, e.g. 绥重办督. */
  readonly code: string;
  /** Full year, e.g. 2021. */
  readonly year: number;
  /** Running number within code and year, from 1. */
  readonly sequence: number;
}

/**
 * The text of a 发文字号, e.g. 绥重办督〔2021〕4号 (GB/T 9704-2012 §7.2.5): the full year in 〔〕, no 第, no leading zero.
 * @throws RangeError where the code is empty or holds brackets, the year has not four digits or the sequence is below 1.
 */
export function formatDocumentNumber(number: DocumentNumber): string {
  const code = cleanText(number.code).trim();
  if (code === '' || /[〔〕[\]【】()（）\s]/.test(code))
    throw new RangeError('document code is empty or holds brackets');
  if (!Number.isInteger(number.year) || number.year < 1000 || number.year > 9999)
    throw new RangeError('year must have four digits');
  if (!Number.isSafeInteger(number.sequence) || number.sequence < 1) throw new RangeError('sequence must be 1 or more');
  return `${code}〔${number.year}〕${number.sequence}号`;
}

const BRACKETS = '[〔［【\\[(（]';
const CLOSING = '[〕］】\\])）]';
const NUMBER = new RegExp(`^(.+?)${BRACKETS}(\\d{4})${CLOSING}第?0*(\\d+)号$`);

/** Reads a 发文字号 as people type it (other brackets, 第, leading zeros); null where it is none. */
export function parseDocumentNumber(text: string): DocumentNumber | null {
  const match = NUMBER.exec(
    cleanText(text)
      .replace(/\s/g, '')
      .normalize('NFKC')
      .replace(/[()]/g, (c) => (c === '(' ? '（' : '）')),
  );
  if (!match) return null;
  const [, code = '', year = '', sequence = ''] = match;
  const number = { code, year: Number(year), sequence: Number(sequence) };
  return number.sequence >= 1 && number.year >= 1000 ? number : null;
}
