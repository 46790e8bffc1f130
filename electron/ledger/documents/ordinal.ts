const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** 1–99 in Chinese figures, as heading numbers are written: 一, 十, 十二, 二十一; beyond that in Arabic ones. */
export function chineseOrdinal(value: number): string {
  if (value < 1 || value > 99) return String(value);
  const tens = Math.floor(value / 10);
  const unit = DIGITS[value % 10] ?? '';
  return tens === 0 ? unit : `${tens === 1 ? '' : (DIGITS[tens] ?? '')}十${unit}`;
}
