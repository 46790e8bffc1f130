import { Table, type TableColumnsType } from 'antd';
import type { RateKindName, RateRow, RateSummary } from '../../../shared/contract/rates.ts';
import type { Counting } from '../../../shared/domain/bundle.ts';
import { RATE_NAMES } from '../../../shared/domain/four-rates.ts';
import type { Light } from '../../../shared/domain/light.ts';
import { formatMoney } from '../../../shared/domain/money.ts';
import { explainRate } from '../../components/explain-rate.ts';
import { FigureWithExplanation } from '../../components/figure.tsx';
import { LIGHT_ORDER, LightMark } from '../../components/light-mark.tsx';

const KINDS: readonly RateKindName[] = ['commencementRate', 'investmentRate', 'fundsRate', 'completionRate'];

const heading = (name: string, unit: string) => (
  <>
    {name}
    <small className="rates-unit">{unit}</small>
  </>
);

const HEADINGS = { city: '范围', unit: '责任单位', group: '包保推进组', list: '项目清单' } as const;

interface RatesTableProps {
  readonly summary: RateSummary;
  readonly counting: Counting;
  /** Opens the lights of a row. */
  readonly onLights: (key: string, light: Light) => void;
}

/** 四率表: one line per unit, group or list; every rate opens its explanation. */
export function RatesTable({ summary, counting, onLights }: RatesTableProps) {
  const rate = (row: RateRow, kind: RateKindName) => {
    const figure = row.rates[kind];
    return (
      <FigureWithExplanation
        name={`${row.label} ${RATE_NAMES[kind]}`}
        text={figure.text}
        explain={() => explainRate({ date: summary.date, by: summary.by, key: row.key, kind, counting })}
      />
    );
  };
  const lights = (row: RateRow) => (
    <span className="rates-lights">
      {LIGHT_ORDER.map((light) => (
        <button
          key={light}
          type="button"
          className="rates-light"
          disabled={row.lights[light] === 0}
          onClick={() => onLights(row.key, light)}
          aria-label={`${row.label} ${row.lights[light]} 项`}
        >
          <LightMark light={light} />
          {row.lights[light]}
        </button>
      ))}
    </span>
  );
  const columns: TableColumnsType<RateRow> = [
    {
      key: 'label',
      title: HEADINGS[summary.by],
      dataIndex: 'label',
      width: 150,
    },
    {
      key: 'projects',
      title: heading('项目数', '项'),
      dataIndex: 'projects',
      align: 'right',
      width: 84,
      sorter: (left, right) => left.projects - right.projects,
    },
    {
      key: 'annualPlan',
      title: heading('年度计划', '万元'),
      align: 'right',
      width: 120,
      sorter: (left, right) => left.annualPlan - right.annualPlan,
      render: (_, row) => formatMoney(row.annualPlan, '万元', 0),
    },
    {
      key: 'yearToDate',
      title: heading('自年初累计', '万元'),
      align: 'right',
      width: 130,
      sorter: (left, right) => left.yearToDate - right.yearToDate,
      render: (_, row) => formatMoney(row.yearToDate, '万元', 0),
    },
    ...KINDS.map((kind) => ({
      key: kind,
      title: RATE_NAMES[kind],
      align: 'right' as const,
      width: 96,
      sorter: (left: RateRow, right: RateRow) => (left.rates[kind].value ?? -1) - (right.rates[kind].value ?? -1),
      render: (_: unknown, row: RateRow) => rate(row, kind),
    })),
    { key: 'lights', title: heading('亮灯', '项'), width: 230, render: (_, row) => lights(row) },
  ];
  const { total } = summary;
  return (
    <Table<RateRow>
      size="small"
      rowKey="key"
      columns={columns}
      dataSource={summary.rows}
      pagination={false}
      sticky
      showSorterTooltip={false}
      locale={{ emptyText: '还没有项目。请先在“项目台账”中登记或导入项目。' }}
      summary={() =>
        summary.rows.length === 0 ? null : (
          <Table.Summary fixed>
            <Table.Summary.Row className="rates-total">
              <Table.Summary.Cell index={0}>{total.label}</Table.Summary.Cell>
              <Table.Summary.Cell index={1} align="right">
                {total.projects}
              </Table.Summary.Cell>
              <Table.Summary.Cell index={2} align="right">
                {formatMoney(total.annualPlan, '万元', 0)}
              </Table.Summary.Cell>
              <Table.Summary.Cell index={3} align="right">
                {formatMoney(total.yearToDate, '万元', 0)}
              </Table.Summary.Cell>
              {KINDS.map((kind, index) => (
                <Table.Summary.Cell key={kind} index={index + 4} align="right">
                  {rate(total, kind)}
                </Table.Summary.Cell>
              ))}
              <Table.Summary.Cell index={8}>{lights(total)}</Table.Summary.Cell>
            </Table.Summary.Row>
          </Table.Summary>
        )
      }
    />
  );
}
