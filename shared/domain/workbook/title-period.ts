import { type Period, parsePeriod } from '../period.ts';
import { squeeze } from './text.ts';

const THIRDS: Readonly<Record<string, number>> = { 上: 1, 中: 2, 下: 3 };

/** The ten days that a title names, '重点项目2021年5月中旬进展情况旬报表' → 2021-05-2; null when it names none. */
export function periodOfTitle(title: string): Period | null {
  const match = /(20\d\d)年(\d{1,2})月份?(上|中|下)旬/.exec(squeeze(title));
  if (match === null) return null;
  const [, year = '', month = '', third = ''] = match;
  return parsePeriod(`${year}-${month.padStart(2, '0')}-${THIRDS[third] ?? 1}`);
}
