import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Spin } from 'antd';
import dayjs from 'dayjs';
import { lazy, Suspense } from 'react';
import { Link, useLocation } from 'wouter';
import type { SheetLine, SheetStanding } from '../../../shared/contract/supervision.ts';
import type { Standing, UnitLine } from '../../../shared/contract/workbench.ts';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { LIGHT_LOOKS } from '../../components/light-mark.tsx';
import { CampaignNote } from './campaign-note.tsx';
import { deadlineText, shortLabel, shortTitle } from './due.ts';
import { RatesStrip } from './rates-strip.tsx';
import { WeeklyLink } from './weekly-link.tsx';
import './workbench.css';

const FirstSteps = lazy(async () => ({ default: (await import('./first-steps.tsx')).FirstSteps }));
// The lights take longest: what draws them is read meanwhile.
const RedList = lazy(async () => ({ default: (await import('./red-list.tsx')).RedList }));

/** 市级工作台: who has reported, what turned red and why, which papers wait. */
export function CityWorkbench() {
  const { today } = useLedger();
  const query = useQuery(api.workbench.city.queryOptions());
  const lit = useQuery(api.workbench.cityLights.queryOptions());
  if (query.error) return <Alert style={{ margin: 12 }} type="error" showIcon title={messageOf(query.error)} />;
  const data = query.data;
  if (data === undefined) return <Spin style={{ display: 'block', margin: 80 }} />;
  return (
    <div className="page">
      <div className="page-head">
        <h1>工作台</h1>
        <CampaignNote campaign={data.campaign} />
        <span style={{ flex: 1 }} />
        <WeeklyLink today={today} />
      </div>
      <div className="wb wb-city">
        {data.firstSteps === null ? null : (
          <Suspense fallback={null}>
            <FirstSteps steps={data.firstSteps} />
          </Suspense>
        )}
        {lit.data ? <RatesStrip {...lit.data} /> : <Judging fault={lit.error} className="wb-wide" />}
        <div className="wb-column">
          <Reporting current={data.current} previous={data.previous} today={today} />
          {lit.data ? <Units units={lit.data.units} /> : null}
        </div>
        {lit.data ? (
          <Suspense fallback={<Judging fault={null} className="fill" />}>
            <RedList red={lit.data.red} />
          </Suspense>
        ) : (
          <Judging fault={null} className="fill" />
        )}
        <div className="wb-column">
          <Sheets sheets={data.sheets} />
          <Decisions {...data.waiting} />
          <Files files={data.filesRead} unsent={data.unsent} />
        </div>
      </div>
    </div>
  );
}

/** Where the lights will be, while they are judged; the rest of the screen can be used meanwhile. */
function Judging({ fault, className }: { readonly fault: Error | null; readonly className: string }) {
  return (
    <section className={`wb-card ${className}`} aria-busy={fault === null} style={{ minHeight: 80 }}>
      {fault ? (
        <Alert type="error" showIcon title={messageOf(fault)} />
      ) : (
        <div className="wb-quiet">正在按今天的数据亮灯…</div>
      )}
    </section>
  );
}

/** Each unit in a line: its report of the period, red lights, 投资完成率. */
function Units({ units }: { readonly units: readonly UnitLine[] }) {
  return (
    <section className="wb-card shrink" aria-label="各单位">
      <div className="wb-scroll">
        <table className="wb-units">
          <thead>
            <tr>
              <th scope="col">单位</th>
              <th scope="col">旬报</th>
              <th scope="col" className="figure">
                红灯
              </th>
              <th scope="col" className="figure">
                投资完成率
              </th>
            </tr>
          </thead>
          <tbody>
            {units.map((unit) => (
              <tr key={unit.unitId}>
                <th scope="row">
                  <Link href={`/projects?unit=${unit.unitId}`}>{unit.name}</Link>
                </th>
                <td className={unit.state === 'missing' ? 'wb-urgent' : ''}>
                  {unit.state === 'open' ? '未报' : unit.stateText}
                </td>
                <td className="figure">
                  {unit.red === 0 ? '' : <span style={{ color: LIGHT_LOOKS.red.color }}>{`■ ${unit.red}`}</span>}
                </td>
                <td className="figure">{unit.investment}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type Names = Standing['missing'];

function NameLine({
  label,
  units,
  urgent = false,
}: {
  readonly label: string;
  readonly units: Names;
  readonly urgent?: boolean;
}) {
  if (units.length === 0) return null;
  return (
    <>
      <dt className={urgent ? 'wb-urgent' : ''}>
        {label} {units.length}
      </dt>
      <dd>
        {units
          .map((unit) => (label === '不全' ? `${unit.unitName}（${unit.reported}/${unit.expected}）` : unit.unitName))
          .join('、')}
      </dd>
    </>
  );
}

function Reporting({
  current,
  previous,
  today,
}: {
  readonly current: Standing;
  readonly previous: Standing;
  readonly today: string;
}) {
  const [, navigate] = useLocation();
  const done = current.reported.length + current.late.length;
  return (
    <section className="wb-card first keep" aria-label="旬报收报">
      <header>
        <h2>{shortTitle(current.period, today)}</h2>
        <span className={current.period.overdue && current.missing.length > 0 ? 'wb-urgent' : 'wb-quiet'}>
          {deadlineText(current.period, today)}
        </span>
      </header>
      <div className="wb-lead">
        应报单位 <strong>{current.units}</strong> · 已报 <strong>{done}</strong>
        {current.late.length > 0 ? `（迟报 ${current.late.length}）` : ''}
      </div>
      <dl className="wb-names" style={{ margin: '4px 0 8px' }}>
        {current.missing.length === current.units ? (
          <>
            <dt>未报</dt>
            <dd>全部单位</dd>
          </>
        ) : (
          <NameLine label="未报" units={current.missing} urgent={current.period.overdue} />
        )}
        <NameLine label="不全" units={current.partial} />
        <NameLine label="迟报" units={current.late} />
      </dl>
      <div className="wb-quiet" style={{ fontSize: 13, marginBottom: 8 }}>
        上期（{shortLabel(previous.period, today)}）：已报 {previous.reported.length + previous.late.length}/
        {previous.units}
        {previous.late.length > 0 ? `，迟报 ${previous.late.map((unit) => unit.unitName).join('、')}` : ''}
        {previous.partial.length > 0 ? `，不全 ${previous.partial.map((unit) => unit.unitName).join('、')}` : ''}
        {previous.missing.length > 0 ? `，未报 ${previous.missing.map((unit) => unit.unitName).join('、')}` : ''}
      </div>
      <div className="wb-row">
        <Button onClick={() => navigate('/reports')}>收报情况</Button>
        <Button onClick={() => navigate('/exchange/import')}>导入上报文件</Button>
      </div>
    </section>
  );
}

interface FileRead {
  readonly id: string;
  readonly officeName: string;
  readonly at: number;
  readonly period: string | null;
  readonly fileName: string;
}

function Files({
  files,
  unsent,
}: {
  readonly files: readonly FileRead[];
  readonly unsent: { readonly changes: number; readonly offices: number };
}) {
  return (
    <section className="wb-card shrink" aria-label="今天读入的文件">
      <header>
        <h2>今天读入 {files.length} 份文件</h2>
      </header>
      <div className="wb-scroll">
        {files.length === 0 ? <div className="wb-quiet">今天还没有读入同步文件。</div> : null}
        <ul className="wb-list">
          {files.map((file) => (
            <li key={file.id} className="wb-row" title={file.fileName}>
              <span className="wb-quiet">{dayjs(file.at).format('HH:mm')}</span>
              <span className="grow wb-ellipsis">{file.officeName === '' ? file.fileName : file.officeName}</span>
              <span className="wb-quiet">{file.period ?? ''}</span>
            </li>
          ))}
        </ul>
      </div>
      {unsent.changes > 0 ? (
        <div className="wb-row" style={{ paddingTop: 6 }}>
          <span className="grow">
            待下发改动 {unsent.changes} 处，{unsent.offices} 个填报端
          </span>
          <Link href="/exchange">导出下行</Link>
        </div>
      ) : null}
    </section>
  );
}

const QUEUES: readonly { readonly standing: SheetStanding; readonly label: string; readonly action: string }[] = [
  { standing: 'overdue', label: '逾期未复', action: '查看' },
  { standing: 'draft', label: '待批准', action: '登记批准' },
  { standing: 'approved', label: '待编号', action: '编号印发' },
  { standing: 'issued', label: '待回复', action: '查看' },
  { standing: 'replied', label: '待办结', action: '办结' },
];

function Sheets({ sheets }: { readonly sheets: readonly SheetLine[] }) {
  const [, navigate] = useLocation();
  return (
    <section className="wb-card shrink" aria-label="督办文书">
      <header>
        <h2>督办文书</h2>
      </header>
      {sheets.length === 0 ? <div className="wb-quiet">没有在办的督办文书。在红灯项目中勾选后拟稿。</div> : null}
      <div className="wb-scroll">
        <ul className="wb-list">
          {QUEUES.map(({ standing, label, action }) => {
            const inQueue = sheets.filter((sheet) => sheet.standing === standing);
            if (inQueue.length === 0) return null;
            const ids = inQueue.map((sheet) => sheet.id).join(',');
            return (
              <li key={standing}>
                <div className="wb-row">
                  <span className={standing === 'overdue' ? 'grow wb-urgent' : 'grow'}>
                    {label} <strong>{inQueue.length}</strong> 份
                  </span>
                  <Button size="small" onClick={() => navigate(`/supervision?tab=${standing}&select=${ids}`)}>
                    {action}
                  </Button>
                </div>
                <div className="wb-quiet" style={{ fontSize: 13 }}>
                  {[...new Set(inQueue.map((sheet) => sheet.unitName))].join('、')}
                </div>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

interface DecisionsProps {
  readonly requests: number;
  readonly proposals: number;
  readonly proposed: number;
  readonly conflicts: number;
}

function Decisions({ requests, proposals, proposed, conflicts }: DecisionsProps) {
  return (
    <section className="wb-card keep" aria-label="建议修改、更正申请和冲突">
      <header>
        <h2>建议、更正与冲突</h2>
      </header>
      {requests + proposals + conflicts + proposed === 0 ? <div className="wb-quiet">没有待处理的。</div> : null}
      <ul className="wb-list">
        {proposals > 0 ? (
          <li className="wb-row">
            <span className="grow">
              县区建议修改 <strong>{proposals}</strong> 处，待市里决定
            </span>
            <Link href="/exchange/disputes">处理</Link>
          </li>
        ) : null}
        {requests > 0 ? (
          <li className="wb-row">
            <span className="grow">
              更正申请 <strong>{requests}</strong> 项，待采纳
            </span>
            <Link href="/reports">处理</Link>
          </li>
        ) : null}
        {conflicts > 0 ? (
          <li className="wb-row">
            <span className="grow">
              冲突 <strong>{conflicts}</strong> 处，待核对
            </span>
            <Link href="/exchange/disputes">核对</Link>
          </li>
        ) : null}
        {proposed > 0 ? <li className="wb-quiet">市里提出的修改建议 {proposed} 处，等责任单位决定</li> : null}
      </ul>
    </section>
  );
}
