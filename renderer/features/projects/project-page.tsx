import { ArrowLeftOutlined, DownOutlined, UpOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Result, Spin, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import '../../components/components.css';
import type { ProjectPage as Page } from '../../../shared/contract/projects.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { formatMoney } from '../../../shared/domain/money.ts';
import { formatRate } from '../../../shared/domain/rate.ts';
import { PersonName } from '../../components/person-name.tsx';
import { useRefs } from '../../components/use-refs.ts';
import { SavedMark, useSave } from '../../components/use-save.tsx';
import { BasicsTab } from './basics-tab.tsx';
import { LightReason } from './light-reason.tsx';
import { useProjectsPlace } from './place.ts';
import { Proposals } from './proposals.tsx';
import { HistoryTab, SheetsTab } from './record-tabs.tsx';
import { ReportsTab } from './reports-tab.tsx';

const wan = (value: unknown): string => (typeof value === 'number' ? formatMoney(value, '万元', 'exact') : '—');

function stageLabel(value: unknown): string {
  return dictionary.project.fields.stage.choices?.find((choice) => choice.value === value)?.label ?? '阶段未填';
}

function Figures({ page }: { readonly page: Page }) {
  const { project, latest } = page;
  const plan = project['annualPlan'];
  const rate =
    typeof plan === 'number' && latest.yearToDate !== null
      ? formatRate({ numerator: latest.yearToDate, denominator: plan })
      : '—';
  return (
    <dl className="key-figures">
      <div>
        <dt>总投资（万元）</dt>
        <dd>{wan(project['totalInvestment'])}</dd>
      </div>
      <div>
        <dt>年度计划投资（万元）</dt>
        <dd>{wan(plan)}</dd>
      </div>
      <div title={`${latest.periodLabel ?? '本年度没有旬报'}；投资率 = 自年初累计 ÷ 年度计划投资`}>
        <dt>自年初累计（万元）</dt>
        <dd>
          {wan(latest.yearToDate)}
          {rate === '—' ? null : <small> 投资率 {rate}</small>}
        </dd>
      </div>
      <div>
        <dt>资金到位（万元）</dt>
        <dd>{wan(latest.fundsInPlace)}</dd>
      </div>
    </dl>
  );
}

function Head({ page }: { readonly page: Page }) {
  const { project } = page;
  const leader = page.people.find((person) => person.field === 'cityLeaderId') ?? null;
  const countyLeader = page.people.find((person) => person.field === 'countyLeaderId') ?? null;
  return (
    <div className="panel thing-head">
      <div style={{ flex: '1 1 480px', minWidth: 0 }}>
        <div style={{ display: 'flex', alignItems: 'center', gap: 10, flexWrap: 'wrap' }}>
          <h1>{String(project['name'] ?? '')}</h1>
          <LightReason projectId={project.id} date={page.date} light={page.light} text={page.lightText} />
        </div>
        <dl className="thing-facts" style={{ margin: '4px 0 0' }}>
          <div>
            <dt>阶段：</dt>
            <dd>{stageLabel(project['stage'])}</dd>
          </div>
          <div>
            <dt>责任单位：</dt>
            <dd>
              {page.unitName}
              {page.groupName === null ? '' : ` · ${page.groupName}`}
            </dd>
          </div>
          <div>
            <dt>市级责任领导：</dt>
            <dd>
              <PersonName person={leader} />
            </dd>
          </div>
          <div>
            <dt>县级包保领导：</dt>
            <dd>
              <PersonName person={countyLeader} />
            </dd>
          </div>
        </dl>
      </div>
      <Figures page={page} />
    </div>
  );
}

/** 上一个, 下一个: in the order the list was left in. */
function Neighbours({ id }: { readonly id: string }) {
  const [, navigate] = useLocation();
  const shownIds = useProjectsPlace((place) => place.shownIds);
  const at = shownIds.indexOf(id);
  const before = at > 0 ? shownIds[at - 1] : undefined;
  const after = at >= 0 ? shownIds[at + 1] : undefined;
  const go = (to: string | undefined): void => navigate(`/projects/${to ?? ''}`, { replace: true });
  return (
    <>
      <Button icon={<UpOutlined aria-hidden />} disabled={before === undefined} onClick={() => go(before)}>
        上一个
      </Button>
      <Button icon={<DownOutlined aria-hidden />} disabled={after === undefined} onClick={() => go(after)}>
        下一个
      </Button>
      {at < 0 ? null : (
        <span style={{ color: '#4b5563' }}>
          第 {at + 1} 个，共 {shownIds.length} 个
        </span>
      )}
    </>
  );
}

/** A tab that another feature brings to the page of a project. */
export interface ProjectTab {
  readonly key: string;
  readonly label: string;
  readonly render: (projectId: string) => ReactNode;
}

interface ProjectPageProps {
  readonly id: string;
  /** Before 修改记录; the one of key 'chain' after 基本情况, with what is overdue in its label. */
  readonly extraTabs?: readonly ProjectTab[];
  readonly extraActions?: (projectId: string) => ReactNode;
}

/** One project: a stable head and its tabs (A5). */
export function ProjectPage({ id, extraTabs = [], extraActions }: ProjectPageProps) {
  const [, navigate] = useLocation();
  const { data: page, error } = useQuery(
    api.projects.page.queryOptions({ input: { id }, placeholderData: (previous) => previous }),
  );
  const refs = useRefs();
  const saver = useSave();
  const [tab, setTab] = useState('basics');
  const back = (): void => navigate('/projects');
  if (error !== null && page === undefined) {
    return (
      <Result
        status="warning"
        title="没有打开这个项目"
        subTitle={messageOf(error)}
        extra={<Button onClick={back}>返回项目台账</Button>}
      />
    );
  }
  if (page === undefined) return <Spin style={{ margin: 40 }} />;
  const voided = page.project['voided'] === 1;
  const overdue = page.links.filter((link) => link.state === 'overdue').length;
  const chain = extraTabs.find((extra) => extra.key === 'chain');
  return (
    <section className="page" aria-label="项目页">
      <div className="page-head" style={{ minHeight: 28 }}>
        <Button type="text" icon={<ArrowLeftOutlined aria-hidden />} onClick={back}>
          返回项目台账
        </Button>
        <Neighbours id={id} />
        {voided ? <strong style={{ color: '#b91c1c' }}>本项目已作废，可用“撤销”恢复</strong> : null}
        <span style={{ flex: 1 }} />
        <SavedMark saver={saver} />
        {extraActions?.(id)}
      </div>
      <Head page={page} />
      <Proposals proposals={page.proposals} saver={saver} />
      <div className="page-body fixed">
        <Tabs
          className="fill-tabs"
          activeKey={tab}
          onChange={setTab}
          items={[
            {
              key: 'basics',
              label: '基本情况',
              children: <BasicsTab key={id} project={page.project} refs={refs} saver={saver} />,
            },
            ...(chain === undefined
              ? []
              : [
                  {
                    key: 'chain',
                    label: overdue > 0 ? `${chain.label}（逾期 ${overdue}）` : chain.label,
                    children: chain.render(id),
                  },
                ]),
            {
              key: 'reports',
              label: '进度报告',
              children: <ReportsTab projectId={id} date={page.date} reports={page.reports} />,
            },
            {
              key: 'sheets',
              label: `督办文书${page.sheets.length > 0 ? `（${page.sheets.length}）` : ''}`,
              children: <SheetsTab sheets={page.sheets} />,
            },
            ...extraTabs
              .filter((extra) => extra !== chain)
              .map((extra) => ({ key: extra.key, label: extra.label, children: extra.render(id) })),
            { key: 'history', label: '修改记录', children: <HistoryTab history={page.history} /> },
          ]}
        />
      </div>
    </section>
  );
}
