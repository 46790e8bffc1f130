import { type IsoDate, isDate } from './date.ts';

/** A day on which the calendar differs from the week: 放假, or a weekend day worked for it (调休上班). */
export interface CalendarDay {
  readonly date: IsoDate;
  readonly kind: 'off' | 'work';
  /** 节日. */
  readonly name: string | null;
}

/**
 * 国务院办公厅 放假安排 2018–2026, as collected by chinese-days 1.5.7 (MIT); spans 'MMDD' or 'MMDD-MMDD' with their
 * festival. A later year comes from the notice of each November, by import.
 */
const YEARS: Readonly<Record<number, { readonly off: string; readonly work: string }>> = {
  2018: {
    off: '0101元旦 0215-0221春节 0405-0407清明 0429-0501劳动节 0618端午 0924中秋 1001-1007国庆节 1230-1231元旦',
    work: '0211春节 0224春节 0408清明 0428劳动节 0929-0930国庆节 1229元旦',
  },
  2019: {
    off: '0101元旦 0204-0210春节 0405-0407清明 0501-0504劳动节 0607-0609端午 0913-0915中秋 1001-1007国庆节',
    work: '0202-0203春节 0428劳动节 0505劳动节 0929国庆节 1012国庆节',
  },
  2020: {
    off: '0101元旦 0124-0202春节 0404-0406清明 0501-0505劳动节 0625-0627端午 1001-1008国庆节',
    work: '0119春节 0426劳动节 0509劳动节 0628端午 0927国庆节 1010国庆节',
  },
  2021: {
    off: '0101-0103元旦 0211-0217春节 0403-0405清明 0501-0505劳动节 0612-0614端午 0919-0921中秋 1001-1007国庆节',
    work: '0207春节 0220春节 0425劳动节 0508劳动节 0918中秋 0926国庆节 1009国庆节',
  },
  2022: {
    off: '0101-0103元旦 0131-0206春节 0403-0405清明 0430-0504劳动节 0603-0605端午 0910-0912中秋 1001-1007国庆节 1231元旦',
    work: '0129-0130春节 0402清明 0424劳动节 0507劳动节 1008-1009国庆节',
  },
  2023: {
    off: '0101-0102元旦 0121-0127春节 0405清明 0429-0503劳动节 0622-0624端午 0929中秋 0930-1006国庆节',
    work: '0128-0129春节 0423劳动节 0506劳动节 0625端午 1007-1008国庆节',
  },
  2024: {
    off: '0101元旦 0210-0217春节 0404-0406清明 0501-0505劳动节 0610端午 0915-0917中秋 1001-1007国庆节',
    work: '0204春节 0218春节 0407清明 0428劳动节 0511劳动节 0914中秋 0929国庆节 1012国庆节',
  },
  2025: {
    off: '0101元旦 0128-0204春节 0404-0406清明 0501-0505劳动节 0531-0602端午 1001-1005国庆节 1006中秋 1007-1008国庆节',
    work: '0126春节 0208春节 0427劳动节 0928国庆节 1011国庆节',
  },
  2026: {
    off: '0101-0103元旦 0215-0223春节 0404-0406清明 0501-0505劳动节 0619-0621端午 0925-0927中秋 1001-1007国庆节',
    work: '0104元旦 0214春节 0228春节 0509劳动节 0920国庆节 1010国庆节',
  },
};

const SPAN = /^(\d{2})(\d{2})(?:-(\d{2})(\d{2}))?(\D+)$/u;

function daysOf(year: number, text: string, kind: CalendarDay['kind']): readonly CalendarDay[] {
  return text.split(' ').flatMap((span) => {
    const [, month, day, toMonth = month, toDay = day, name = ''] = SPAN.exec(span) ?? [];
    const days: CalendarDay[] = [];
    for (let m = Number(month); m <= Number(toMonth); m += 1) {
      const first = m === Number(month) ? Number(day) : 1;
      const last = m === Number(toMonth) ? Number(toDay) : 31;
      for (let d = first; d <= last; d += 1) {
        const date = `${year}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
        if (isDate(date)) days.push({ date, kind, name });
      }
    }
    return days;
  });
}

/** Years whose arrangement the program brings along. */
export const KNOWN_YEARS: readonly number[] = Object.keys(YEARS).map(Number);

/** What the program knows of its own, in the order of days. */
export const KNOWN_HOLIDAYS: readonly CalendarDay[] = Object.entries(YEARS)
  .flatMap(([year, { off, work }]) => [...daysOf(Number(year), off, 'off'), ...daysOf(Number(year), work, 'work')])
  .sort((left, right) => (left.date < right.date ? -1 : 1));
