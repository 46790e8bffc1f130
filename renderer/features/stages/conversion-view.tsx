import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Segmented, Select, Spin } from 'antd';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { ConversionRow, YieldRow } from '../../../shared/contract/stages.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { COUNTING_NAMES, type Counting } from '../../../shared/domain/bundle.ts';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { CountingChoice, useCounting } from '../../components/counting-choice.tsx';
import { FigureWithExplanation } from '../../components/figure.tsx';
import { ImportList } from '../../components/import-list.tsx';
import { useKept } from '../../components/use-kept.ts';
import { type GridColumn, LedgerGrid } from '../../grid/index.ts';

function Rate({
  row,
  rate,
  name,
  definition,
}: {
  readonly row: ConversionRow;
  readonly rate: 'startRate' | 'outputRate';
  readonly name: string;
  readonly definition: string;
}) {
  const figure = row[rate];
  return (
    <FigureWithExplanation
      text={figure.text}
      name={`${row.label} ${name}`}
      explain={() => ({ title: `${row.label} ${name}`, definition, formula: figure.formula })}
    />
  );
}

function Table({
  rows,
  first,
  definitions,
  caption,
}: {
  readonly rows: readonly ConversionRow[];
  readonly first: string;
  readonly definitions: readonly string[];
  readonly caption: string;
}) {
  return (
    <table className="plain-table pool-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col" className="number">
            未开工项目（个）
          </th>
          <th scope="col" className="number">
            本年开工（个）
          </th>
          <th scope="col" className="number">
            储备转开工率
          </th>
          <th scope="col" className="number">
            在建及待投产（个）
          </th>
          <th scope="col" className="number">
            本年投产（个）
          </th>
          <th scope="col" className="number">
            开工转投产率
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.label}</th>
            <td className="number">{row.reserve}</td>
            <td className="number">{row.started}</td>
            <td className="number">
              <Rate row={row} rate="startRate" name="储备转开工率" definition={definitions[0] ?? ''} />
            </td>
            <td className="number">{row.underWay}</td>
            <td className="number">{row.inProduction}</td>
            <td className="number">
              <Rate row={row} rate="outputRate" name="开工转投产率" definition={definitions[1] ?? ''} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const output = dictionary.outputRecord.fields;

const yieldColumns: readonly GridColumn<YieldRow>[] = [
  { key: 'name', label: '项目名称', width: 300, pinned: 'left' },
  { key: 'unitName', label: '责任单位', width: 100 },
  { key: 'productionDate', label: '投产日期', kind: 'date', width: 112 },
  {
    key: 'missing',
    label: '未登记的月份',
    width: 170,
    value: (row) => row.missing.map((month) => `${Number(month.slice(5))}月`).join('、'),
    cellClass: (row) => (row.missing.length > 0 ? 'cell-question' : undefined),
  },
  { key: 'output', field: output.output, label: '本年产值' },
  { key: 'tax', field: output.tax, label: '本年税收' },
  { key: 'latestMonth', label: '最近登记', width: 96 },
  { key: 'jobs', field: output.jobs },
  { key: 'capacity', field: output.capacity },
];

/** 达产达效 (D10): every project in production with what it yields, and the months nobody told of. */
function Yields({ year }: { readonly year: number }) {
  const [, navigate] = useLocation();
  const { data, error } = useQuery({
    ...api.stages.yields.queryOptions({ input: { year } }),
    placeholderData: keepPreviousData,
  });
  if (error !== null) return <Alert type="error" showIcon title={messageOf(error)} />;
  return (
    <div style={{ flex: 1, minHeight: 0 }}>
      <LedgerGrid<YieldRow>
        label="达产达效"
        storageKey="stage-yields"
        columns={yieldColumns}
        rows={data ?? NONE}
        readOnly
        totals
        loading={data === undefined}
        openLabel="打开项目页"
        onOpenRow={(row) => navigate(`/projects/${row.id}`)}
        emptyText="还没有投产的项目。项目投产后，在项目页“阶段”里逐月登记产值、税收、用工。"
      />
    </div>
  );
}

const NONE: readonly YieldRow[] = [];

function Rates({ year, counting }: { readonly year: number; readonly counting: Counting }) {
  const { data, error } = useQuery({
    ...api.stages.conversion.queryOptions({ input: { year, counting } }),
    placeholderData: keepPreviousData,
  });
  if (error !== null) return <Alert type="error" showIcon title={messageOf(error)} />;
  if (data === undefined) return <Spin style={{ margin: 24 }} />;
  return (
    <div style={{ flex: 1, minHeight: 0, overflow: 'auto' }}>
      <p className="quiet" style={{ margin: '0 0 8px' }}>
        {data.definitions.join('；')}。项目数为{COUNTING_NAMES[data.counting]}。
      </p>
      <Table
        rows={[...data.rows, data.total]}
        first="责任单位"
        definitions={data.definitions}
        caption={`${year}年分单位`}
      />
      {data.years.length > 1 ? (
        <div style={{ marginTop: 14 }}>
          <Table rows={data.years} first="年度" definitions={data.definitions} caption="近几年" />
        </div>
      ) : null}
    </div>
  );
}

type View = 'rates' | 'yields';

/** 转化率 and 达产达效 (D10): how reserves become works, works become output, and what that yields. */
export function ConversionView() {
  const { today } = useLedger();
  const thisYear = Number(today.slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const [view, setView] = useKept<View>('conversion.view', 'rates');
  const [counting, setCounting] = useCounting();
  const years = useMemo(() => [0, 1, 2, 3].map((back) => thisYear - back), [thisYear]);
  return (
    <div className="pool-column">
      <div className="pool-bar">
        <Segmented<View>
          aria-label="看法"
          value={view}
          onChange={setView}
          options={[
            { value: 'rates', label: '转化率' },
            { value: 'yields', label: '达产达效' },
          ]}
        />
        <Select<number>
          aria-label="年度"
          style={{ width: 110 }}
          value={year}
          options={years.map((each) => ({ value: each, label: `${each}年` }))}
          onChange={setYear}
        />
        {view === 'rates' ? (
          <CountingChoice value={counting} onChange={setCounting} />
        ) : (
          <ImportList entity="outputRecord" />
        )}
      </div>
      {view === 'rates' ? <Rates year={year} counting={counting} /> : <Yields year={year} />}
    </div>
  );
}
