import { useQuery } from '@tanstack/react-query';
import { Alert, Spin, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { useSearch } from 'wouter';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import '../../components/components.css';
import { SavedMark, useSave } from '../../components/use-save.tsx';
import { BatchTab } from './batch-tab.tsx';
import { BundlesTab } from './bundles-tab.tsx';
import { ExpertsTab } from './experts-tab.tsx';
import { MembershipsTab } from './memberships-tab.tsx';
import '../../components/row-findings.css';
import './pool.css';
import { ReserveTab } from './reserve-tab.tsx';
import { RuleTab } from './rule-tab.tsx';

interface PoolPageProps {
  readonly extraTabs?: readonly { readonly key: string; readonly label: string; readonly children: ReactNode }[];
}

/** 储备调整 (B6, C9, D13, E9, E10): runs of adjustments, lists with their years, the reserve pool, experts, bundles. */
export function PoolPage({ extraTabs = [] }: PoolPageProps) {
  const isCity = useLedger().level === 'city';
  const question = useSearch();
  const { data: overview, error } = useQuery(api.pool.overview.queryOptions());
  const saver = useSave();
  const [tab, setTab] = useState(() => new URLSearchParams(question).get('tab') ?? 'batch');
  return (
    <section className="page" aria-label="储备调整">
      <div className="page-head">
        <h1>储备调整</h1>
        {isCity ? null : <span className="quiet">清单和调整由市级登记，随下行文件更新；储备项目由本单位填报</span>}
        <span style={{ flex: 1 }} />
        <SavedMark saver={saver} />
      </div>
      {error === null ? null : <Alert type="error" showIcon title={messageOf(error)} />}
      {overview === undefined ? (
        <Spin style={{ margin: 24 }} />
      ) : (
        <div className="page-body fixed">
          <Tabs
            className="fill-tabs"
            activeKey={tab}
            onChange={setTab}
            destroyOnHidden
            items={[
              { key: 'batch', label: '调整批次', children: <BatchTab overview={overview} saver={saver} /> },
              { key: 'lists', label: '清单归属', children: <MembershipsTab overview={overview} saver={saver} /> },
              { key: 'reserve', label: '储备库', children: <ReserveTab saver={saver} /> },
              { key: 'experts', label: '专家评审', children: <ExpertsTab saver={saver} /> },
              { key: 'bundles', label: '打包项目', children: <BundlesTab /> },
              ...extraTabs,
              { key: 'rule', label: '调整口径', children: <RuleTab saver={saver} /> },
            ]}
          />
        </div>
      )}
    </section>
  );
}
