import { Segmented } from 'antd';
import '../../components/row-findings.css';
import { useKept } from '../../components/use-kept.ts';
import { CaseListView, FactorListView, FinancingListView, ObstructionListView } from './lists.tsx';

type View = 'factors' | 'cases' | 'obstructions' | 'financing';

/** 要素 of one project. */
export function ProjectFactorsTab({ projectId }: { readonly projectId: string }) {
  const [view, setView] = useKept<View>('factors.project.view', 'factors');
  return (
    <div className="view">
      <div className="bar">
        <Segmented<View>
          aria-label="看法"
          value={view}
          onChange={setView}
          options={[
            { value: 'factors', label: '要素保障' },
            { value: 'cases', label: '专项组个案' },
            { value: 'obstructions', label: '施工环境' },
            { value: 'financing', label: '融资对接' },
          ]}
        />
      </div>
      <div className="grow">
        {view === 'factors' ? <FactorListView projectId={projectId} open={null} /> : null}
        {view === 'cases' ? <CaseListView projectId={projectId} open={null} /> : null}
        {view === 'obstructions' ? <ObstructionListView projectId={projectId} open={null} /> : null}
        {view === 'financing' ? <FinancingListView projectId={projectId} open={null} /> : null}
      </div>
    </div>
  );
}
