import { Segmented } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useLedger } from '../../app/ledger-status.tsx';
import '../../components/components.css';
import '../../components/row-findings.css';
import { useKept } from '../../components/use-kept.ts';
import { LeadsView } from './leads-view.tsx';
import { CaseListView, FactorListView, FinancingListView, ObstructionListView } from './lists.tsx';

type View = 'factors' | 'cases' | 'obstructions' | 'financing' | 'leads';

/** 要素 of the whole city or county (C6, E5, E7, E8, E11). */
export function FactorsPage() {
  const { path } = useLedger();
  const [, navigate] = useLocation();
  const [view, setView] = useKept<View>(`factors.view ${path}`, 'factors');
  const question = useSearch();
  const [lead, setLead] = useState<string | null>(null);
  useEffect(() => {
    const asked = new URLSearchParams(question).get('lead');
    if (asked === null) return;
    setLead(asked);
    setView('leads');
    navigate('/factors', { replace: true });
  }, [question, navigate, setView]);
  const open = useCallback((id: string) => navigate(`/projects/${id}`), [navigate]);
  return (
    <section className="page" aria-label="要素">
      <div className="page-head">
        <h1>要素</h1>
        <Segmented<View>
          aria-label="看法"
          value={view}
          onChange={setView}
          options={[
            { value: 'factors', label: '要素保障' },
            { value: 'cases', label: '专项组个案' },
            { value: 'obstructions', label: '施工环境' },
            { value: 'financing', label: '融资对接' },
            { value: 'leads', label: '招商引资' },
          ]}
        />
      </div>
      <div className="page-body fixed">
        {view === 'factors' ? <FactorListView open={open} /> : null}
        {view === 'cases' ? <CaseListView open={open} /> : null}
        {view === 'obstructions' ? <ObstructionListView open={open} /> : null}
        {view === 'financing' ? <FinancingListView open={open} /> : null}
        {view === 'leads' ? <LeadsView focus={lead} /> : null}
      </div>
    </section>
  );
}
