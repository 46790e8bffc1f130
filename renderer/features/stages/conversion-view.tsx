import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Select, Spin } from 'antd';
import { useMemo, useState } from 'react';
import type { ConversionRow } from '../../../shared/contract/stages.ts';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { FigureWithExplanation } from '../../components/figure.tsx';

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

/** 转化率 (D10): how reserves become works and works become output, by unit and year. */
export function ConversionView() {
  const { today } = useLedger();
  const thisYear = Number(today.slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const { data, error } = useQuery({
    ...api.stages.conversion.queryOptions({ input: { year } }),
    placeholderData: keepPreviousData,
  });
  const years = useMemo(() => [0, 1, 2, 3].map((back) => thisYear - back), [thisYear]);
  if (error !== null) return <Alert type="error" showIcon title={messageOf(error)} />;
  if (data === undefined) return <Spin style={{ margin: 24 }} />;
  return (
    <div className="page-body">
      <div style={{ display: 'flex', gap: 8, alignItems: 'center', marginBottom: 8 }}>
        <span>年度</span>
        <Select<number>
          aria-label="年度"
          style={{ width: 110 }}
          value={year}
          options={years.map((each) => ({ value: each, label: `${each}年` }))}
          onChange={setYear}
        />
        <span className="quiet">{data.definitions.join('；')}</span>
      </div>
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
