import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Segmented, Spin } from 'antd';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { useKept } from '../../components/use-kept.ts';
import { Consolidated } from './consolidated.tsx';
import { FillPanel } from './fill-panel.tsx';
import { deadlineText, type PeriodChoice, PeriodSwitch } from './period-switch.tsx';
import { Received } from './received.tsx';

type View = 'received' | 'sheet' | 'consolidated';

/** The city's page: who has reported, what each unit reported, 汇总表. */
export function CityReports({ period, current, onPeriod }: PeriodChoice) {
  const { path } = useLedger();
  const [view, setView] = useKept<View>('reports.view', 'received');
  const [unitId, setUnitId] = useKept<string | null>(`reports.unit ${path}`, null);
  const overview = useQuery({
    ...api.reports.overview.queryOptions({ input: { kind: 'tenDay', period } }),
    placeholderData: keepPreviousData,
  });
  if (overview.isError) return <Alert type="error" showIcon title={messageOf(overview.error)} />;
  if (overview.data === undefined) return <Spin />;
  const info = overview.data.period;
  return (
    <div className="page">
      <div className="page-head">
        <PeriodSwitch info={info} current={current} onPeriod={onPeriod} />
        <span className="reports-counts">{deadlineText(info)}</span>
        <span style={{ flex: 1 }} />
        <Segmented<View>
          aria-label="显示"
          value={view}
          onChange={setView}
          options={[
            { value: 'received', label: '报送情况' },
            { value: 'sheet', label: '各单位数据' },
            { value: 'consolidated', label: '汇总表' },
          ]}
        />
      </div>
      {view === 'received' ? (
        <Received
          overview={overview.data}
          onOpen={(unit, key) => {
            setUnitId(unit);
            onPeriod(key);
            setView('sheet');
          }}
        />
      ) : null}
      {view === 'sheet' ? <FillPanel period={period} unitId={unitId} onUnit={setUnitId} /> : null}
      {view === 'consolidated' ? <Consolidated period={period} /> : null}
    </div>
  );
}
