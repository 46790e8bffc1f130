import { CalendarOutlined, OrderedListOutlined, ScheduleOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { ChainLinkState } from '../../../shared/contract/chain.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import '../../components/components.css';
import { useKept } from '../../components/use-kept.ts';
import { ApplyDialog } from './apply-dialog.tsx';
import { BreakDownDialog } from './break-down-dialog.tsx';
import { CalendarDialog } from './calendar-dialog.tsx';
import './chain.css';
import { FIRST_FILTER, LinksList, type ListFilter } from './links-list.tsx';
import { TasksView } from './tasks-view.tsx';
import { TemplatesView } from './templates-view.tsx';
import { WallChart } from './wall-chart.tsx';

type View = 'list' | 'wall' | 'tasks' | 'templates';

/** 推进链条 of the whole city or county (C12, C7, E1). */
export function ChainPage() {
  const { path } = useLedger();
  const [, navigate] = useLocation();
  const [view, setView] = useKept<View>(`chain.view ${path}`, 'list');
  const [filter, setFilter] = useKept<ListFilter>(`chain.filter ${path}`, FIRST_FILTER);
  const [dialog, setDialog] = useState<'none' | 'apply' | 'months' | 'calendar'>('none');
  const close = (): void => setDialog('none');
  const pick = (unitId: string | null, month: string | null, states: readonly ChainLinkState[]): void => {
    setFilter({ ...FIRST_FILTER, unitId, month, states });
    setView('list');
  };
  return (
    <section className="page" aria-label="推进链条">
      <div className="page-head">
        <h1>推进链条</h1>
        <Segmented<View>
          aria-label="看法"
          value={view}
          onChange={setView}
          options={[
            { value: 'list', label: '环节清单' },
            { value: 'wall', label: '挂图作战' },
            { value: 'tasks', label: '月度任务' },
            { value: 'templates', label: '链条模板' },
          ]}
        />
        <span style={{ flex: 1 }} />
        <Button icon={<OrderedListOutlined aria-hidden />} onClick={() => setDialog('apply')}>
          套用模板
        </Button>
        <Button icon={<ScheduleOutlined aria-hidden />} onClick={() => setDialog('months')}>
          分解到月
        </Button>
        <Button icon={<CalendarOutlined aria-hidden />} onClick={() => setDialog('calendar')}>
          工作日历
        </Button>
      </div>
      <div className="page-body fixed">
        {view === 'list' ? <LinksList filter={filter} onFilter={setFilter} /> : null}
        {view === 'wall' ? <WallChart onPick={pick} openProject={(id) => navigate(`/projects/${id}`)} /> : null}
        {view === 'tasks' ? <TasksView /> : null}
        {view === 'templates' ? <TemplatesView /> : null}
      </div>
      <ApplyDialog open={dialog === 'apply'} onClose={close} />
      <BreakDownDialog open={dialog === 'months'} onClose={close} />
      <CalendarDialog open={dialog === 'calendar'} onClose={close} />
    </section>
  );
}
