import type { Choice, Field, MoneyUnit, Value } from '../../dictionary/field.ts';
import { roundDecimal } from '../decimal.ts';
import { LARGEST_BELIEVABLE, MONEY_FAULT_TEXT, moneyFromNumber, parseMoney } from '../money.ts';
import { type Edge, readDate } from './date-text.ts';
import type { Cell } from './grid.ts';
import { type PersonText, readPeople } from './people.ts';
import { cleanLine, cleanName, cleanText, isPlaceholder, nameKey, quote, squeeze } from './text.ts';
import type { UnitFinder } from './units.ts';

export type Severity = 'error' | 'warn';

/** What is wrong with one cell, in words that follow '总投资（E7）：'. */
export interface Issue {
  readonly severity: Severity;
  readonly text: string;
}

/** A cell read as a field. `value` is null for an empty cell and for one that cannot be read. */
export interface Reading {
  readonly value: Value;
  readonly person: PersonText | null;
  readonly issues: readonly Issue[];
}

export interface ReadContext {
  readonly unit: MoneyUnit;
  readonly findUnit: UnitFinder;
  readonly sheetYear: number;
}

const EMPTY: Reading = { value: null, person: null, issues: [] };

const good = (value: Value, ...issues: Issue[]): Reading => ({ value, person: null, issues });
const bad = (text: string): Reading => ({ value: null, person: null, issues: [{ severity: 'error', text }] });
const warn = (text: string): Issue => ({ severity: 'warn', text });

/** '12、5', '12。5': a decimal point typed or printed as Chinese punctuation. */
const CHINESE_POINT = /^(\d+)[、。·](\d+)$/;
const ABOUT = /^(?:约|大约|近|暂估|估算|预计|不低于|≥|>|超)/;
const SUM = /^\d+(?:\.\d+)?(?:\+\d+(?:\.\d+)?)+$/;

function readMoneyText(text: string, unit: MoneyUnit): { readonly text: string; readonly note: string | null } {
  const tidy = squeeze(text);
  const point = CHINESE_POINT.exec(text.replace(/\s/g, ''));
  if (point !== null) return { text: `${point[1]}.${point[2]}`, note: `${quote(text)}按 ${point[1]}.${point[2]} 读入` };
  if (SUM.test(tidy)) {
    const sum = tidy.split('+').reduce((total, part) => total + Math.round(Number(part) * 1e6), 0) / 1e6;
    return { text: String(sum), note: `${quote(text)}按合计 ${sum} ${unit}读入` };
  }
  const bare = tidy.replace(ABOUT, '').replace(/(?:左右|以上|余)$/, '');
  return bare === tidy ? { text, note: null } : { text: bare, note: `${quote(text)}按 ${bare} 读入` };
}

function readMoney(cell: Cell, field: Field, unit: MoneyUnit): Reading {
  const prepared = cell.type === 'number' ? { text: '', note: null } : readMoneyText(cell.text, unit);
  const result =
    typeof cell.value === 'number' && cell.type === 'number'
      ? moneyFromNumber(cell.value, unit)
      : parseMoney(prepared.text, unit);
  if (cell.type === 'date') return bad(`${quote(cell.text)}是日期格式，请把单元格格式改为数值`);
  if (!result.ok) {
    const letters = /[A-Za-z]/.test(squeeze(cell.text)) && !/^(?:RMB|[\d.]+e[+-]?\d+)/i.test(squeeze(cell.text));
    return bad(
      letters ? `${quote(cell.text)}里有字母，请改为数字` : `${quote(cell.text)}${MONEY_FAULT_TEXT[result.reason]}`,
    );
  }
  const { yuan } = result;
  if (yuan === null) return EMPTY;
  if (yuan < (field.min ?? 0)) return bad(`${quote(cell.text)}是负数，请核对后填写`);
  const issues: Issue[] = prepared.note === null ? [] : [warn(prepared.note)];
  if (result.finerThanFen && unit !== '元') issues.push(warn(`${quote(cell.text)}小到不足一分，疑似单位错误`));
  if (Math.abs(yuan) > LARGEST_BELIEVABLE) issues.push(warn(`合 ${yuan / 1e8} 亿元，疑似单位错误，请核对本列单位`));
  return good(yuan, ...issues);
}

/** Fields whose date, when only the month is written, means the month's end. */
const ENDS = /Completion$|production|statistics|Until$|deadline|doneOn/i;

function readDateCell(cell: Cell, key: string, context: ReadContext): Reading {
  const edge: Edge = ENDS.test(key) ? 'last' : 'first';
  const raw = typeof cell.value === 'number' ? cell.value : cell.text;
  const reading = readDate(raw, context.sheetYear, edge);
  switch (reading.kind) {
    case 'date':
      return good(reading.date, ...(reading.note === null ? [] : [warn(reading.note)]));
    case 'outOfRange':
      return bad(`${quote(cell.text)}没有这一天或不在1990至2100年之间，请改正日期`);
    case 'notADate':
      return bad(`${quote(cell.text)}不是日期，请写成 2021-5-11 这样的年月日，或留空`);
  }
}

function numberOf(cell: Cell, unit: string): number {
  const tidy = squeeze(cell.text)
    .replace(/,/g, '')
    .replace(new RegExp(`(?:${unit === '' ? '年' : unit})$`), '');
  if (cell.type === 'number') return Number(cell.value);
  return /^-?\d+(?:\.\d+)?$/.test(tidy) ? Number(tidy) : Number.NaN;
}

function readInteger(cell: Cell, field: Field): Reading {
  return readNumber(cell, field, Math.round);
}

function readDecimal(cell: Cell, field: Field): Reading {
  return readNumber(cell, field, roundDecimal);
}

function readNumber(cell: Cell, field: Field, rounded: (number: number) => number): Reading {
  const unit = field.unit ?? '';
  const number = numberOf(cell, unit);
  if (!Number.isFinite(number)) return bad(`${quote(cell.text)}不是数字，请改为数字`);
  const value = rounded(number);
  if (value < (field.min ?? -Infinity) || value > (field.max ?? Infinity)) {
    return bad(`${quote(cell.text)}超出范围（${field.min ?? ''}至${field.max ?? ''}），请核对`);
  }
  return value === number ? good(value) : good(value, warn(`${quote(cell.text)}四舍五入为 ${value}${unit}`));
}

const choiceKey = (text: string): string => nameKey(text).replace(/(?:项目|类项目|工程|类)$/, '');

/** The choice a text names by label or alias, or null. */
export function findChoice(text: string, choices: readonly Choice[]): Choice | null {
  const key = nameKey(text);
  if (key === '') return null;
  const words = (choice: Choice): readonly string[] => [choice.label, choice.value, ...(choice.aliases ?? [])];
  const exact = choices.find((choice) => words(choice).some((word) => nameKey(word) === key));
  if (exact !== undefined) return exact;
  const loose = choiceKey(text);
  return choices.find((choice) => words(choice).some((word) => choiceKey(word) === loose)) ?? null;
}

const listOf = (choices: readonly Choice[]): string => choices.map(({ label }) => label).join('、');

function readChoice(cell: Cell, field: Field): Reading {
  const choices = field.choices ?? [];
  const found = findChoice(cell.text, choices);
  if (found !== null) return good(found.value);
  return bad(`${quote(cell.text)}不在可选值里，请改为：${listOf(choices)}`);
}

function readChoices(cell: Cell, field: Field): Reading {
  const choices = field.choices ?? [];
  const whole = findChoice(cell.text, choices);
  if (whole !== null) return good(JSON.stringify([whole.value]));
  const parts = cleanText(cell.text)
    .split(/[、，,;；/\n+]|和/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const found = parts.map((part) => ({ part, choice: findChoice(part, choices) }));
  const unknown = found.filter(({ choice }) => choice === null).map(({ part }) => part);
  if (unknown.length > 0) return bad(`${quote(unknown.join('、'))}不在可选值里，请改为：${listOf(choices)}`);
  const values = [...new Set(found.flatMap(({ choice }) => (choice === null ? [] : [choice.value])))].sort();
  return good(JSON.stringify(values));
}

const YES = new Set(['是', '有', '√', '✓', '1', 'y', 'yes', 'true', '对']);
const NO = new Set(['否', '无', '×', 'x', '0', 'n', 'no', 'false', '不是']);

function readFlag(cell: Cell): Reading {
  const key = squeeze(cell.text).toLowerCase();
  if (YES.has(key)) return good(1);
  if (NO.has(key)) return good(0);
  return bad(`${quote(cell.text)}不是“是”或“否”，请改正`);
}

function readUnit(cell: Cell, findUnit: UnitFinder): Reading {
  const text = cleanText(cell.text);
  const whole = findUnit(text);
  if (whole.kind === 'found') return good(whole.id);
  if (whole.kind === 'several') return bad(`${quote(text)}对应多个责任单位：${whole.names.join('、')}，请写全称`);
  const parts = text
    .split(/[、，,;；/\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const found = parts.map((part) => findUnit(part)).find((match) => match.kind === 'found');
  if (found?.kind === 'found') return good(found.id, warn(`写了几个单位，取${found.name}为责任单位`));
  return bad(`${quote(text)}不在责任单位名单里，请先在“组织”里添加，或改成名单里的名称`);
}

function readPerson(cell: Cell): Reading {
  const { first, others, doubtful } = readPeople(cell.text);
  if (first === null) return bad(`${quote(cell.text)}看不出姓名，请只写姓名和职务`);
  const issues: Issue[] = [];
  if (doubtful) issues.push(warn(`${quote(cell.text)}看不准哪个是姓名，整格作为姓名读入，请核对`));
  else if (first.name.length < 2) issues.push(warn(`姓名只有一个字${quote(first.name)}，请核对`));
  if (others.length > 0) issues.push(warn(`写了${others.length + 1}人，只取第一人${first.name}`));
  return { value: null, person: first, issues };
}

function readName(cell: Cell, field: Field): Reading {
  const { name, tentative } = cleanName(cell.text);
  if (name === '') return EMPTY;
  const tooLong = overLength(name, field);
  if (tooLong !== null) return bad(tooLong);
  return tentative ? good(name, warn('带“暂定名”字样，已去掉')) : good(name);
}

function overLength(text: string, field: Field): string | null {
  const limit = field.maxLength ?? Infinity;
  return text.length > limit ? `有${text.length}字，超过${limit}字，请缩写` : null;
}

function readText(cell: Cell, field: Field): Reading {
  const text = field.type === 'longText' ? cleanText(cell.text) : cleanLine(cell.text);
  const tooLong = overLength(text, field);
  if (tooLong !== null) return bad(tooLong);
  if (field.pattern !== undefined && !new RegExp(field.pattern.source).test(squeeze(text))) {
    return bad(`${quote(text)}${field.pattern.message}，请改正或留空`);
  }
  return good(field.pattern === undefined ? text : squeeze(text));
}

/** 无, 同上 and the like mean nothing in a cell that is not prose. */
const NOTHING = /^(?:无|没有|不详|未知|空|同上)$/;

/**
 * Reads a cell as the value of a field.
 *
 * @param key of the field, as some fields are read in their own way (a project's name, dates that end something)
 * @returns the stored value (INTEGER yuan, 'YYYY-MM-DD', choice values), or a person to be looked up, with what is odd
 */
export function readValue(cell: Cell | undefined, key: string, field: Field, context: ReadContext): Reading {
  if (cell === undefined || isPlaceholder(cell.text)) return EMPTY;
  if (cell.type === 'error') return bad(`是公式错误 ${cell.text}，请在 Excel 里改正公式，或填入数值`);
  const prose = field.type === 'text' || field.type === 'longText';
  if (!prose && NOTHING.test(squeeze(cell.text)) && field.type !== 'flag') return EMPTY;
  if (key === 'name') return readName(cell, field);
  switch (field.type) {
    case 'money':
      return readMoney(cell, field, context.unit);
    case 'date':
      return readDateCell(cell, key, context);
    case 'integer':
      return readInteger(cell, field);
    case 'decimal':
      return readDecimal(cell, field);
    case 'choice':
      return readChoice(cell, field);
    case 'choices':
      return readChoices(cell, field);
    case 'flag':
      return readFlag(cell);
    case 'ref':
      return field.ref === 'person' ? readPerson(cell) : readUnit(cell, context.findUnit);
    case 'text':
    case 'longText':
      return readText(cell, field);
    case 'instant':
    case 'json':
      return EMPTY;
  }
}
