import { Segmented } from 'antd';
import { useState } from 'react';
import { useLedger } from '../../app/ledger-status.tsx';
import '../../components/components.css';
import { ImportList } from '../../components/import-list.tsx';
import { AddButton } from '../../components/row-buttons.tsx';
import '../../components/row-findings.css';
import { useKept } from '../../components/use-kept.ts';
import { PermitBoard } from './board.tsx';
import { CommitmentList, ExpiryList, KindList, SpecialList, StatisticsList } from './lists.tsx';
import './permits.css';
import { SetUpDialog } from './set-up-dialog.tsx';

type View = 'board' | 'commitments' | 'expiry' | 'specials' | 'statistics' | 'kinds';

/** 手续 of the whole city or county (C5, D12, D14, E4, E6). */
export function PermitsPage() {
  const { path } = useLedger();
  const [view, setView] = useKept<View>(`permits.view ${path}`, 'board');
  const [opening, setOpening] = useState(false);
  return (
    <section className="page" aria-label="手续">
      <div className="page-head">
        <h1>手续</h1>
        <Segmented<View>
          aria-label="看法"
          value={view}
          onChange={setView}
          options={[
            { value: 'board', label: '办证推进表' },
            { value: 'commitments', label: '容缺承诺' },
            { value: 'expiry', label: '有效期' },
            { value: 'specials', label: '特许施工' },
            { value: 'statistics', label: '入统' },
            { value: 'kinds', label: '手续目录' },
          ]}
        />
        <span style={{ flex: 1 }} />
        {view === 'board' ? <ImportList entity="permit" /> : null}
        <AddButton label="登记手续" onClick={() => setOpening(true)} />
      </div>
      <div className="page-body fixed">
        {view === 'board' ? <PermitBoard onSetUp={() => setOpening(true)} /> : null}
        {view === 'commitments' ? <CommitmentList /> : null}
        {view === 'expiry' ? <ExpiryList /> : null}
        {view === 'specials' ? <SpecialList /> : null}
        {view === 'statistics' ? <StatisticsList /> : null}
        {view === 'kinds' ? <KindList /> : null}
      </div>
      <SetUpDialog open={opening} onClose={() => setOpening(false)} />
    </section>
  );
}
