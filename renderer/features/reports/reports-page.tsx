import { useQuery } from '@tanstack/react-query';
import { Alert, Spin } from 'antd';
import { useSearchParams } from 'wouter';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { useKept } from '../../components/use-kept.ts';
import { CityReports } from './city-reports.tsx';
import { CountyReports } from './county-reports.tsx';
import './reports.css';

/** 旬报 (B7): a county fills and submits, the city sees who has. `?period=2021-05-2` opens that period. */
export function ReportsPage() {
  const { level, path } = useLedger();
  const [parameters] = useSearchParams();
  const [kept, setPeriod] = useKept<string | null>(`reports.period ${path}`, null);
  const periods = useQuery(api.reports.periods.queryOptions({ input: { kind: 'tenDay', count: 12 } }));
  if (periods.isError) return <Alert type="error" showIcon title={messageOf(periods.error)} />;
  if (periods.data === undefined) return <Spin />;
  const period = kept ?? parameters.get('period') ?? periods.data.current.key;
  const shared = { period, current: periods.data.current, onPeriod: setPeriod };
  return level === 'city' ? <CityReports {...shared} /> : <CountyReports {...shared} />;
}
