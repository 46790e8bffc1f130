import dayjs from 'dayjs';
import { parsePeriod, periodLabel } from '../../../shared/domain/period.ts';

export const STATUS_NAMES = { invited: '待入网', admitted: '已入网', revoked: '已注销' } as const;

/** 2021-05-18 14:30, or a dash. */
export function timeText(ms: number | null): string {
  return ms === null ? '—' : dayjs(ms).format('YYYY-MM-DD HH:mm');
}

export function periodText(key: string | null): string {
  const period = key === null ? null : parsePeriod(key);
  return period === null ? '—' : periodLabel(period);
}

/** 缺第3–7号, or 缺第3号. */
export function gapText({ from, to }: { readonly from: number; readonly to: number }): string {
  return `缺第${from === to ? from : `${from}–${to}`}号`;
}
