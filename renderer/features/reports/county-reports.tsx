import { useLedger } from '../../app/ledger-status.tsx';
import { useKept } from '../../components/use-kept.ts';
import { FillPanel } from './fill-panel.tsx';
import { type PeriodChoice, PeriodSwitch } from './period-switch.tsx';

/** A county's page: the grid of the period at once. */
export function CountyReports({ period, current, onPeriod }: PeriodChoice) {
  const { path } = useLedger();
  const [unitId, setUnitId] = useKept<string | null>(`reports.unit ${path}`, null);
  return (
    <div className="page">
      <FillPanel
        period={period}
        unitId={unitId}
        onUnit={setUnitId}
        head={(info) => <PeriodSwitch info={info} current={current} onPeriod={onPeriod} />}
      />
    </div>
  );
}
