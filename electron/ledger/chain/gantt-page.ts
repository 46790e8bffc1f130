import type { ChainLinkRow } from '../../../shared/contract/chain.ts';
import { addDays, addMonths, daysBetween, formatChinese, type IsoDate } from '../../../shared/domain/date.ts';
import { type Page, type PageElement, singleLine } from '../documents/index.ts';

/** A chain as bars over months on a landscape sheet; millimetres. */

const SHEET = { width: 297, height: 210 } as const;
const LEFT = 20;
const RIGHT = 282;
const NAMES = 62;
const STATE = 40;
const TOP = 48;
const BOTTOM = 192;
const MOST_ROWS = 26;

/** Printed black and white: grey is what is planned, black what is done, the words beside tell the rest. */
const TINT = { planned: '#c9c9c9', done: '#555', late: '#000' } as const;

const STATE_WORDS: Readonly<Record<ChainLinkRow['state'], (days: number | null) => string>> = {
  done: (days) => ((days ?? 0) > 0 ? `√ 完成，晚 ${days} 天` : '√ 完成'),
  overdue: (days) => `■ 逾期 ${days} 天`,
  dueSoon: (days) => `▲ 临期，剩 ${days} 天`,
  open: (days) => `○ 剩 ${days} 天`,
  undated: () => '未定时限',
};

/** '√ 完成，晚 2 天': the state of a link in words with its shape. */
export function stateWords(link: Pick<ChainLinkRow, 'state' | 'days'>): string {
  return STATE_WORDS[link.state](link.days);
}

export interface GanttSheet {
  readonly title: string;
  readonly subtitle: string;
  readonly today: IsoDate;
}

function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  width: number,
  colour = '#000',
  dashed = false,
): PageElement {
  return dashed
    ? { kind: 'rule', x1, y1, x2, y2, width, colour, dashed }
    : { kind: 'rule', x1, y1, x2, y2, width, colour };
}

function words(
  text: string,
  x: number,
  width: number,
  baseline: number,
  size: number,
  align: 'left' | 'center' = 'left',
  font: 'body' | 'hei' | 'title' = 'body',
): PageElement[] {
  return singleLine({ text, font, size, x, width, baseline, align });
}

interface Scale {
  readonly from: IsoDate;
  readonly to: IsoDate;
  at(date: IsoDate): number;
}

function scaleOf(links: readonly ChainLinkRow[], today: IsoDate): Scale {
  const days = links
    .flatMap((link) => [link.plannedStart, link.deadline, link.doneOn])
    .filter((date): date is string => date !== null);
  const all = [...days, today].sort();
  const from = `${(all[0] ?? today).slice(0, 7)}-01`;
  const to = addMonths(`${(all.at(-1) ?? today).slice(0, 7)}-01`, 1);
  const [x1, x2] = [LEFT + NAMES, RIGHT - STATE];
  const length = Math.max(1, daysBetween(from, to));
  return { from, to, at: (date) => x1 + ((x2 - x1) * daysBetween(from, date)) / length };
}

function monthLines(scale: Scale, bottom: number): PageElement[] {
  const out: PageElement[] = [];
  const months: IsoDate[] = [];
  for (let month = scale.from; month < scale.to; month = addMonths(month, 1)) months.push(month);
  const step = Math.max(1, Math.ceil(months.length / 18));
  months.forEach((month, index) => {
    const x = scale.at(month);
    const isYear = month.slice(5, 7) === '01' || index === 0;
    out.push(line(x, TOP, x, bottom, isYear ? 0.25 : 0.1, '#888'));
    if (index % step !== 0) return;
    const room = (scale.at(addMonths(month, 1)) - x) * step;
    out.push(...words(`${Number(month.slice(5, 7))}月`, x, room, TOP - 2, 3.2, 'center'));
    if (isYear) out.push(...words(`${month.slice(0, 4)}年`, x, 20, TOP - 6.5, 3.2, 'left', 'hei'));
  });
  return out;
}

function bar(link: ChainLinkRow, scale: Scale, middle: number): PageElement[] {
  const { plannedStart, deadline, doneOn, state } = link;
  const out: PageElement[] = [];
  const end = deadline ?? doneOn;
  if (end !== null) {
    const start = plannedStart !== null && plannedStart <= end ? plannedStart : addDays(end, -10);
    const [x1, x2] = [Math.max(scale.at(start), scale.at(scale.from)), scale.at(addDays(end, 1))];
    out.push(line(x1, middle, x2, middle, 3, state === 'done' ? TINT.done : TINT.planned));
    if (state === 'overdue') out.push(line(x2 - 0.6, middle - 2, x2 - 0.6, middle + 2, 1.2, TINT.late));
  }
  if (doneOn !== null) {
    const x = scale.at(doneOn);
    out.push(line(x, middle - 2.2, x, middle + 2.2, 0.9, TINT.late));
  }
  return out;
}

/** The pages of a chain's timetable: bars for what is planned, a stroke for what was done, today as a dashed line. */
export function ganttPages(links: readonly ChainLinkRow[], sheet: GanttSheet): Page[] {
  const dated = links.filter((link) => link.deadline !== null || link.doneOn !== null);
  if (dated.length === 0) return [];
  const scale = scaleOf(dated, sheet.today);
  const count = Math.ceil(dated.length / MOST_ROWS);
  return Array.from({ length: count }, (_, index): Page => {
    const rows = dated.slice(index * MOST_ROWS, (index + 1) * MOST_ROWS);
    const pitch = Math.min(8, (BOTTOM - TOP) / Math.max(rows.length, 10));
    const bottom = TOP + pitch * rows.length;
    const elements: PageElement[] = [
      ...words(sheet.title, LEFT, RIGHT - LEFT, 24, 6, 'center', 'title'),
      ...words(sheet.subtitle, LEFT, RIGHT - LEFT, 33, 3.7, 'center'),
      line(LEFT, TOP, RIGHT, TOP, 0.4),
      ...monthLines(scale, bottom),
    ];
    rows.forEach((link, at) => {
      const middle = TOP + pitch * (at + 0.5);
      const baseline = middle + 1.3;
      elements.push(
        ...words(String(link.sequence ?? at + 1), LEFT, 8, baseline, 3.5, 'center'),
        ...words(link.name, LEFT + 9, NAMES - 11, baseline, 3.5),
        ...bar(link, scale, middle),
        ...words(stateWords(link), RIGHT - STATE + 2, STATE - 3, baseline, 3.5),
        line(LEFT, TOP + pitch * (at + 1), RIGHT, TOP + pitch * (at + 1), 0.1, '#888'),
      );
    });
    const today = scale.at(sheet.today);
    elements.push(
      line(today, TOP - 1, today, bottom + 2, 0.4, '#000', true),
      ...words(`今天 ${sheet.today.slice(5)}`, today - 12, 24, bottom + 6, 3, 'center'),
      line(LEFT, bottom, RIGHT, bottom, 0.4),
      ...words(
        `浅条：计划时段；深条：已完成；短竖线：完成日期；虚线：${formatChinese(sheet.today)}。第${index + 1}页 共${count}页`,
        LEFT,
        RIGHT - LEFT,
        203,
        3.2,
        'center',
      ),
    );
    return { size: SHEET, elements };
  });
}
