import { useQuery } from '@tanstack/react-query';
import { DatePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { api } from '../../app/api.ts';

interface PastDayProps {
  readonly value: number | null;
  /** End of the chosen day, UTC ms. */
  readonly onChoose: (at: number) => void;
  readonly disabled?: boolean;
}

/** A day on which the ledger existed. */
export function PastDay({ value, onChoose, disabled = false }: PastDayProps) {
  const span = useQuery(api.backup.span.queryOptions());
  const first = span.data ? dayjs(span.data.first).startOf('day') : null;
  const last = span.data ? dayjs(span.data.last).endOf('day') : null;
  const outside = (day: Dayjs): boolean => first === null || last === null || day.isBefore(first) || day.isAfter(last);
  const monthEnds = [1, 2, 3].map((back) =>
    dayjs(value ?? span.data?.last)
      .subtract(back, 'month')
      .endOf('month'),
  );
  return (
    <DatePicker
      aria-label="查看哪一天的台账"
      placeholder="选择日期"
      format="YYYY-MM-DD"
      allowClear={false}
      showNow={false}
      disabled={disabled || first === null}
      value={value === null ? null : dayjs(value)}
      disabledDate={outside}
      presets={monthEnds.filter((day) => !outside(day)).map((day) => ({ label: day.format('M月D日'), value: day }))}
      onChange={(day) => {
        if (day) onChoose(day.endOf('day').valueOf());
      }}
    />
  );
}
