import { useLedger } from '../../app/ledger-status.tsx';
import { CityWorkbench } from './city-workbench.tsx';
import { CountyWorkbench } from './county-workbench.tsx';

/** 工作台: what is due today, in the order it should be done. */
export function WorkbenchPage() {
  return useLedger().level === 'city' ? <CityWorkbench /> : <CountyWorkbench />;
}
