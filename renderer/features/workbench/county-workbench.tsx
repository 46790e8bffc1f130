import { CheckCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Spin } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { UpgradeNotice } from '../../components/upgrade-notice.tsx';
import { CampaignNote } from './campaign-note.tsx';
import { deadlineText, shortTitle } from './due.ts';
import { WeeklyLink } from './weekly-link.tsx';
import './workbench.css';

/** 县级工作台: the report due, what is not exported, papers to answer; empty when all is done. */
export function CountyWorkbench() {
  const { today } = useLedger();
  const [, navigate] = useLocation();
  const query = useQuery(api.workbench.county.queryOptions());
  if (query.error) return <Alert style={{ margin: 12 }} type="error" showIcon title={messageOf(query.error)} />;
  const data = query.data;
  if (data === undefined) return <Spin style={{ display: 'block', margin: 80 }} />;
  const { current, waiting, unsent, sheets } = data;
  const { period } = current;
  const complete = data.expected > 0 && data.reported >= data.expected;
  const title = shortTitle(period, today);
  const todo = [
    ...(unsent.changes > 0 ? ['export'] : []),
    ...(sheets.length > 0 ? ['sheets'] : []),
    ...(waiting.proposals > 0 ? ['proposals'] : []),
    ...(waiting.conflicts > 0 ? ['conflicts'] : []),
  ];
  const allDone = complete && todo.length === 0;

  return (
    <div className="page">
      <div className="page-head">
        <h1>工作台</h1>
        <CampaignNote campaign={data.campaign} />
        <span style={{ flex: 1 }} />
        <WeeklyLink today={today} />
      </div>
      <UpgradeNotice notice={data.upgrade} />
      <div className="wb wb-county">
        {complete ? null : (
          <section className="wb-card first wb-wide" aria-label="旬报">
            <div className="wb-row">
              <div className="grow wb-lead">
                {title}：应报 <strong>{data.expected}</strong>，已填 <strong>{data.filled}</strong>，
                <span className={period.overdue ? 'wb-urgent' : ''}>{deadlineText(period, today)}</span>
                <div className="wb-quiet" style={{ fontSize: 14, lineHeight: '22px' }}>
                  {data.expected === 0
                    ? '本期没有应报的项目。'
                    : data.reported > 0
                      ? `已报送 ${data.reported} 项，还差 ${data.expected - data.reported} 项。`
                      : data.filled >= data.expected
                        ? '已全部填好，还没有提交。'
                        : `还有 ${data.expected - data.filled} 项没有填。`}
                </div>
              </div>
              <Button type="primary" size="large" onClick={() => navigate(`/reports?period=${period.key}`)}>
                {data.filled >= data.expected && data.expected > 0 ? '核对并提交' : '开始填报'}
              </Button>
            </div>
          </section>
        )}
        {allDone ? (
          <section className="wb-card wb-wide wb-done" aria-label="今天的工作">
            <CheckCircleOutlined style={{ fontSize: 28, color: '#1a7f37' }} aria-hidden />
            <div style={{ fontSize: 16 }}>{title}已报送，没有待办事项。</div>
            <div className="wb-quiet">
              {unsent.lastAt === null ? '' : `最近一次导出：${dayjs(unsent.lastAt).format('M月D日 HH:mm')}。`}
              需要更正时，到“旬报”重新报送并写明理由。
            </div>
          </section>
        ) : (
          <>
            <div className="wb-column">
              {complete ? (
                <Item title="旬报" text={`${title}已报送 ${data.reported} 项。`}>
                  <Link href={`/reports?period=${period.key}`}>查看</Link>
                </Item>
              ) : null}
              {unsent.changes > 0 ? (
                <Item
                  title="导出"
                  text={
                    <>
                      未导出的修改 <strong>{unsent.changes}</strong> 处
                      {unsent.lastAt === null ? '' : `，上次导出 ${dayjs(unsent.lastAt).format('M月D日 HH:mm')}`}
                    </>
                  }
                >
                  <Button type={complete ? 'primary' : 'default'} onClick={() => navigate('/exchange/export')}>
                    导出
                  </Button>
                </Item>
              ) : null}
              {waiting.proposals > 0 ? (
                <Item
                  title="建议修改"
                  text={
                    <>
                      市里建议修改 <strong>{waiting.proposals}</strong> 处，待本单位决定
                    </>
                  }
                >
                  <Button onClick={() => navigate('/exchange/disputes')}>处理</Button>
                </Item>
              ) : null}
              {waiting.conflicts > 0 ? (
                <Item
                  title="冲突"
                  text={
                    <>
                      同一处两边都改过：<strong>{waiting.conflicts}</strong> 处，待核对
                    </>
                  }
                >
                  <Button onClick={() => navigate('/exchange/disputes')}>核对</Button>
                </Item>
              ) : null}
              {waiting.requests > 0 ? (
                <div className="wb-quiet" style={{ padding: '0 14px' }}>
                  本单位的更正申请 {waiting.requests} 项，等市里采纳。
                </div>
              ) : null}
              {waiting.proposed > 0 ? (
                <div className="wb-quiet" style={{ padding: '0 14px' }}>
                  本单位提出的修改建议 {waiting.proposed} 处，等对方决定。
                </div>
              ) : null}
              <Sheets sheets={sheets} today={today} />
            </div>
            <div className="wb-column">
              <Reds red={data.red} projects={data.projects} />
            </div>
          </>
        )}
      </div>
    </div>
  );
}

function Item({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="wb-card" aria-label={title}>
      <div className="wb-row">
        <div className="grow">
          <h2>{title}</h2>
          <div>{text}</div>
        </div>
        {children}
      </div>
    </section>
  );
}

type Workbench = Awaited<ReturnType<typeof api.workbench.county.call>>;

function Sheets({ sheets, today }: { readonly sheets: Workbench['sheets']; readonly today: string }) {
  const [, navigate] = useLocation();
  if (sheets.length === 0) return null;
  return (
    <section className="wb-card shrink" aria-label="待回复的督办文书">
      <header>
        <h2>收到的督办文书，待回复 {sheets.length} 份</h2>
      </header>
      <div className="wb-scroll">
        <ul className="wb-list">
          {sheets.map((sheet) => (
            <li key={sheet.id} className="wb-row">
              <div className="grow">
                <div>{sheet.number}</div>
                <div className="wb-quiet wb-ellipsis" title={sheet.title}>
                  {sheet.title}
                </div>
              </div>
              <span className={sheet.standing === 'overdue' ? 'wb-urgent' : ''}>
                {sheet.replyDue === null
                  ? ''
                  : sheet.standing === 'overdue'
                    ? `${sheet.replyDue} 已逾期`
                    : sheet.replyDue === today
                      ? '今天到期'
                      : `${sheet.replyDue} 前回复`}
              </span>
              <Button onClick={() => navigate(`/supervision/${sheet.id}`)}>回复</Button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function Reds({ red, projects }: { readonly red: Workbench['red']; readonly projects: number }) {
  return (
    <section className="wb-card shrink" aria-label="红灯项目">
      <header>
        <h2>本单位红灯项目 {red.length} 项</h2>
        <span className="wb-quiet">共 {projects} 项</span>
      </header>
      {red.length === 0 ? <div className="wb-quiet">没有红灯项目。</div> : null}
      <div className="wb-scroll">
        <ul className="wb-list">
          {red.map((project) => (
            <li key={project.projectId}>
              <Link href={`/projects/${project.projectId}`} className="wb-red-name">
                {project.name}
              </Link>
              <div className="wb-quiet" style={{ fontSize: 13 }}>
                {project.isNew ? <span className="wb-urgent">新增 </span> : null}
                {project.text}
              </div>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
