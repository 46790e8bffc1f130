import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, InputNumber, Spin } from 'antd';
import { useMemo } from 'react';
import type { ChainLinkRow, ChainLinkState, StateCounts } from '../../../shared/contract/chain.ts';
import { yearOf } from '../../../shared/domain/date.ts';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { UnitSelect } from '../../components/unit-select.tsx';
import { useKept } from '../../components/use-kept.ts';
import { LOOKS } from './states.tsx';

const COUNTED = ['overdue', 'dueSoon', 'open', 'done'] as const;

function Counts({ counts }: { readonly counts: StateCounts }) {
  const shown = COUNTED.filter((state) => counts[state] > 0);
  if (shown.length === 0) return <span className="quiet">·</span>;
  return (
    <>
      {shown.map((state) => (
        <span key={state} style={{ color: LOOKS[state].color, fontWeight: state === 'overdue' ? 600 : 400 }}>
          <span aria-hidden>{LOOKS[state].sign}</span>
          <span className="sr-only">{LOOKS[state].label}</span>
          {counts[state]}
        </span>
      ))}
    </>
  );
}

interface WallProps {
  readonly year: number;
  readonly onPick: (unitId: string | null, month: string | null, states: readonly ChainLinkState[]) => void;
}

/** Units by months. */
function UnitWall({ year, onPick }: WallProps) {
  const { today } = useLedger();
  const { data, error } = useQuery({
    ...api.chain.board.queryOptions({ input: { year } }),
    placeholderData: keepPreviousData,
  });
  if (error !== null) return <Alert type="error" showIcon title={messageOf(error)} />;
  if (data === undefined) return <Spin />;
  if (data.rows.length === 0) return <p className="quiet">还没有推进链条。先在“套用模板”里给项目排出环节。</p>;
  const now = today.slice(0, 7);
  return (
    <table className="wall">
      <caption className="sr-only">{year}年各单位各月到期的环节</caption>
      <thead>
        <tr>
          <th scope="col">责任单位</th>
          <th scope="col">项目</th>
          <th scope="col">逾期合计</th>
          <th scope="col">完成</th>
          {data.months.map((month) => (
            <th scope="col" key={month} className={month === now ? 'now' : ''}>
              {Number(month.slice(5))}月
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.rows.map((row) => {
          const all = row.total.done + row.total.overdue + row.total.dueSoon + row.total.open + row.undated;
          return (
            <tr key={row.unitId}>
              <th scope="row">{row.unitName}</th>
              <td>{row.projects}</td>
              <td>
                {row.total.overdue === 0 ? (
                  '0'
                ) : (
                  <button type="button" className="wall-cell" onClick={() => onPick(row.unitId, null, ['overdue'])}>
                    <span style={{ color: LOOKS.overdue.color, fontWeight: 600 }}>■{row.total.overdue}</span>
                  </button>
                )}
              </td>
              <td>
                {row.total.done}/{all}
              </td>
              {row.months.map((counts, index) => {
                const month = data.months[index] ?? '';
                return (
                  <td key={month} className={month === now ? 'now' : ''}>
                    <button
                      type="button"
                      className="wall-cell"
                      title={`${row.unitName} ${month}：看环节`}
                      onClick={() => onPick(row.unitId, month, [])}
                    >
                      <Counts counts={counts} />
                    </button>
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface ProjectLine {
  readonly id: string;
  readonly name: string;
  readonly months: ReadonlyMap<string, readonly ChainLinkRow[]>;
}

function linesOf(links: readonly ChainLinkRow[]): readonly ProjectLine[] {
  const projects = new Map<string, { id: string; name: string; months: Map<string, ChainLinkRow[]> }>();
  for (const link of links) {
    const project = projects.get(link.projectId) ?? { id: link.projectId, name: link.projectName, months: new Map() };
    projects.set(link.projectId, project);
    const month = (link.deadline ?? '').slice(0, 7);
    project.months.set(month, [...(project.months.get(month) ?? []), link]);
  }
  return [...projects.values()];
}

/** The projects of one unit by months, a mark for each link. */
function ProjectWall({
  unitId,
  year,
  open,
}: {
  readonly unitId: string;
  readonly year: number;
  readonly open: (id: string) => void;
}) {
  const { today } = useLedger();
  const { data, error } = useQuery({
    ...api.chain.links.queryOptions({ input: { unitId } }),
    placeholderData: keepPreviousData,
  });
  const lines = useMemo(() => linesOf(data?.links ?? []), [data]);
  if (error !== null) return <Alert type="error" showIcon title={messageOf(error)} />;
  if (data === undefined) return <Spin />;
  if (lines.length === 0) return <p className="quiet">这个单位的项目还没有推进链条。</p>;
  const months = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);
  const now = today.slice(0, 7);
  return (
    <table className="wall">
      <caption className="sr-only">{year}年各项目各月到期的环节</caption>
      <thead>
        <tr>
          <th scope="col">项目</th>
          {months.map((month) => (
            <th scope="col" key={month} className={month === now ? 'now' : ''}>
              {Number(month.slice(5))}月
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <th scope="row" title={line.name}>
              <button type="button" className="link-button" onClick={() => open(line.id)}>
                {line.name}
              </button>
            </th>
            {months.map((month) => (
              <td key={month} className={month === now ? 'now' : ''}>
                <span className="wall-marks">
                  {(line.months.get(month) ?? []).map((link) => {
                    const told = `${link.name}：${link.deadline ?? ''}，${LOOKS[link.state].words(link.days)}`;
                    return (
                      <span
                        key={link.id}
                        role="img"
                        aria-label={told}
                        title={told}
                        style={{ color: LOOKS[link.state].color }}
                      >
                        {LOOKS[link.state].sign}
                        {link.name.slice(0, 2)}
                      </span>
                    );
                  })}
                </span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ChartProps {
  readonly onPick: WallProps['onPick'];
  readonly openProject: (id: string) => void;
}

/** 挂图作战 (C12): what falls due where and when; every figure opens its list. */
export function WallChart({ onPick, openProject }: ChartProps) {
  const { today, path } = useLedger();
  const [year, setYear] = useKept(`chain.wall.year ${path}`, yearOf(today));
  const [unitId, setUnitId] = useKept<string | null>(`chain.wall.unit ${path}`, null);
  return (
    <div className="view">
      <div className="bar">
        <InputNumber
          aria-label="年份"
          min={2000}
          max={2100}
          precision={0}
          style={{ width: 90 }}
          value={year}
          onChange={(value) => setYear(value ?? yearOf(today))}
        />
        <UnitSelect value={unitId} onChange={setUnitId} />
        <span className="quiet">
          {COUNTED.map((state) => (
            <span key={state} style={{ marginInlineEnd: 12 }}>
              <span style={{ color: LOOKS[state].color }}>{LOOKS[state].sign}</span> {LOOKS[state].label}
            </span>
          ))}
          {unitId === null ? '选一个单位，可看它的每个项目；点数字看环节。' : '停在标记上看环节和时限。'}
        </span>
      </div>
      <div className="grow panel" style={{ overflow: 'auto' }}>
        {unitId === null ? (
          <UnitWall year={year} onPick={onPick} />
        ) : (
          <ProjectWall unitId={unitId} year={year} open={openProject} />
        )}
      </div>
    </div>
  );
}
