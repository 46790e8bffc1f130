import {
  addDays,
  addMonths,
  dateOf,
  daysInMonth,
  type IsoDate,
  isoWeekday,
  partsOf,
} from '../../shared/domain/date.ts';

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'] as const;

interface MonthPanelProps {
  /** Month that is shown, by any of its days. */
  readonly month: IsoDate;
  readonly chosen: IsoDate | null;
  readonly today: IsoDate;
  onMonth(month: IsoDate): void;
  onPick(date: IsoDate): void;
}

/** A small calendar that never takes the keyboard from the cell being edited. */
export function MonthPanel({ month, chosen, today, onMonth, onPick }: MonthPanelProps) {
  const { year, month: number } = partsOf(month);
  const first = dateOf(year, number, 1);
  const start = addDays(first, 1 - isoWeekday(first));
  const weeks = Math.ceil((isoWeekday(first) - 1 + daysInMonth(year, number)) / 7);
  const turn = (text: string, label: string, months: number) => (
    <button type="button" tabIndex={-1} aria-label={label} onClick={() => onMonth(addMonths(first, months))}>
      {text}
    </button>
  );
  return (
    <div className="lg-month">
      <div className="lg-month-head">
        {turn('«', '上一年', -12)}
        {turn('‹', '上一月', -1)}
        <span>{`${year}年${number}月`}</span>
        {turn('›', '下一月', 1)}
        {turn('»', '下一年', 12)}
      </div>
      <table>
        <thead>
          <tr>
            {WEEKDAYS.map((day) => (
              <th key={day} scope="col">
                {day}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: weeks }, (_, week) => (
            <tr key={addDays(start, week * 7)}>
              {WEEKDAYS.map((_name, index) => {
                const date = addDays(start, week * 7 + index);
                const { day, month: its } = partsOf(date);
                const classes = [
                  its === number ? '' : 'lg-month-other',
                  date === today ? 'lg-month-today' : '',
                  date === chosen ? 'lg-month-chosen' : '',
                ];
                return (
                  <td key={date}>
                    <button
                      type="button"
                      tabIndex={-1}
                      aria-label={`${its}月${day}日`}
                      className={classes.join(' ')}
                      onClick={() => onPick(date)}
                    >
                      {day}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" tabIndex={-1} className="lg-month-now" onClick={() => onPick(today)}>
        今天
      </button>
    </div>
  );
}
