import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, DatePicker, Segmented, Spin } from 'antd';
import dayjs from 'dayjs';
import { useMemo } from 'react';
import type { RateGrouping } from '../../../shared/contract/rates.ts';
import { formatChinese } from '../../../shared/domain/date.ts';
import type { Light } from '../../../shared/domain/light.ts';
import { periodLabel, periodOf, previousPeriod } from '../../../shared/domain/period.ts';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { CountingChoice, useCounting } from '../../components/counting-choice.tsx';
import { ruleWords } from '../../components/explain-rate.ts';
import { useKept } from '../../components/use-kept.ts';
import { useLights } from '../../components/use-lights.ts';
import { type LightsFilter, LightsList } from './lights-list.tsx';
import { RatesChart } from './rates-chart.tsx';
import { RatesTable } from './rates-table.tsx';
import './rates.css';

type View = 'table' | 'chart' | 'lights';

const GROUPINGS: { value: RateGrouping; label: string }[] = [
  { value: 'unit', label: '按单位' },
  { value: 'group', label: '按推进组' },
  { value: 'list', label: '按清单' },
];

const DEFAULT_FILTER: LightsFilter = { lights: ['red', 'yellow'], unitIds: null };

/** Days worth asking about: today, and the ends of the last periods. */
function presetDays(today: string) {
  const days = [{ label: `今天 ${today}`, value: dayjs(today) }];
  let period = periodOf('tenDay', today);
  for (let back = 0; back < 4; back += 1) {
    period = previousPeriod(period);
    days.push({ label: `${periodLabel(period)}末`, value: dayjs(period.end) });
  }
  return days;
}

/** 四率与亮灯 of any date (A4, C12). */
export function RatesPage() {
  const { today, path } = useLedger();
  const [date, setDate] = useKept(`rates.date ${path}`, today);
  const [by, setBy] = useKept<RateGrouping>('rates.by', 'unit');
  const [counting, setCounting] = useCounting();
  const [view, setView] = useKept<View>('rates.view', 'table');
  const [filter, setFilter] = useKept<LightsFilter>(`rates.filter ${path}`, DEFAULT_FILTER);
  const summary = useQuery({
    ...api.rates.summary.queryOptions({ input: { date, by, counting } }),
    placeholderData: keepPreviousData,
  });
  const lights = useLights(date);
  const groups = useQuery(api.rates.groups.queryOptions({ input: { date } }));
  const presets = useMemo(() => presetDays(today), [today]);
  const fault = summary.error ?? lights.error;
  const redCount = lights.data?.lights.filter((light) => light.light === 'red').length ?? 0;
  const yellowCount = lights.data?.lights.filter((light) => light.light === 'yellow').length ?? 0;

  const openLights = (key: string, light: Light): void => {
    const unitIds =
      key === 'city' || by === 'list'
        ? null
        : by === 'unit'
          ? [key]
          : (groups.data?.find((group) => group.groupId === key)?.units.map((unit) => unit.unitId) ?? []);
    setFilter({ lights: [light], unitIds });
    setView('lights');
  };

  return (
    <div className="page">
      <div className="page-head">
        <h1>四率与亮灯</h1>
        <span>截至</span>
        <DatePicker
          aria-label="截至日期"
          allowClear={false}
          presets={presets}
          value={dayjs(date)}
          onChange={(value) => setDate(value === null ? today : value.format('YYYY-MM-DD'))}
        />
        {date === today ? null : <span className="as-of-other">不是今天的数据：截至{formatChinese(date)}</span>}
        <span style={{ flex: 1 }} />
        {view === 'lights' ? null : (
          <>
            <CountingChoice value={counting} onChange={setCounting} />
            <Segmented options={GROUPINGS} value={by} onChange={setBy} aria-label="分组" />
          </>
        )}
        <Segmented<View>
          aria-label="显示"
          value={view}
          onChange={setView}
          options={[
            { value: 'table', label: '四率表' },
            { value: 'chart', label: '投资率图' },
            { value: 'lights', label: `亮灯（红 ${redCount}，黄 ${yellowCount}）` },
          ]}
        />
      </div>
      {fault ? <Alert type="error" showIcon title={messageOf(fault)} /> : null}
      {summary.isPending || lights.isPending ? <Spin /> : null}
      {view === 'lights' && lights.data !== undefined ? (
        <div style={{ flex: 1, minHeight: 0 }}>
          <LightsList date={date} lights={lights.data.lights} filter={filter} onFilter={setFilter} />
        </div>
      ) : null}
      {view !== 'lights' && summary.data !== undefined ? (
        <div className="rates-body">
          {view === 'table' ? (
            <RatesTable summary={summary.data} counting={counting} onLights={openLights} />
          ) : (
            <RatesChart summary={summary.data} />
          )}
          <p className="rates-foot">
            {Object.values(summary.data.definitions).join('；')}。序时进度 {summary.data.due.text}。规则：
            {ruleWords(summary.data.rule)}
            {lights.data === undefined ? '' : `；${ruleWords(lights.data.rule)}`}
            。点开任一比率可看算式、项目和未计入的原因。
          </p>
        </div>
      ) : null}
    </div>
  );
}
