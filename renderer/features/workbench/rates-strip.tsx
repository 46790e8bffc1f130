import { useQuery } from '@tanstack/react-query';
import type { RateKindName } from '../../../shared/contract/rates.ts';
import { formatChinese } from '../../../shared/domain/date.ts';
import { api, ledger } from '../../app/api.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { type Explanation, FigureWithExplanation } from '../../components/figure.tsx';
import { Sparkline } from './sparkline.tsx';

const RATES: readonly (readonly [RateKindName, string])[] = [
  ['commencementRate', '开工率'],
  ['investmentRate', '投资完成率'],
  ['fundsRate', '资金到位率'],
  ['completionRate', '竣工率'],
];
type Lights = Readonly<Record<'green' | 'yellow' | 'red' | 'none', number>>;

type Rates = Readonly<Partial<Record<RateKindName, { readonly value: number | null; readonly text: string }>>>;

interface RatesStripProps {
  readonly rates: Rates;
  readonly lights: Lights;
  readonly lightsBefore: Lights;
  readonly projects: number;
}

function change(now: number | null, before: number | null | undefined): string {
  if (now === null || before === null || before === undefined) return '';
  const points = Math.round((now - before) * 1000) / 10;
  if (points === 0) return '与上期持平';
  return `较上期${points > 0 ? '升' : '降'} ${Math.abs(points).toFixed(1)} 个百分点`;
}

/** What stands behind a rate of the city; the whole list of projects is on the page of the rates. */
async function explain(kind: RateKindName, date: string): Promise<Explanation> {
  const { figure, definition, rule, included, excluded } = await ledger.rates.behind({
    date,
    by: 'city',
    key: 'city',
    kind,
  });
  return {
    title: `全市 ${figure.text}`,
    definition,
    formula: figure.formula,
    rule: `${rule.name} 第${rule.version}版，${formatChinese(rule.effectiveFrom)}起`,
    asOf: `${formatChinese(date)}（取当日及以前已报的最近一期）`,
    notes: [
      '打包项目计为一个；按子项计的数见“四率与亮灯”',
      `计入 ${included.length} 项，其中未报按 0 计 ${figure.assumed} 项`,
      '各单位、各项目的数见“四率与亮灯”',
    ],
    parts: [
      {
        title: '未计入的项目及原因',
        items: excluded.map(({ id, name, unitName, reason }) => ({
          key: id,
          name: `${name}（${unitName}）`,
          detail: reason,
        })),
      },
    ],
  };
}

/** 四率 of the city with their course, and how the lights stand. */
export function RatesStrip({ rates, lights, lightsBefore, projects }: RatesStripProps) {
  const { today } = useLedger();
  const trend = useQuery(api.workbench.trend.queryOptions());
  const before = trend.data?.at(-1);
  const points = [...(trend.data ?? []), { label: '今天', rates }];
  const lightChange = lights.red - lightsBefore.red;
  return (
    <section className="wb-card wb-wide wb-rates" aria-label="四率与亮灯">
      {RATES.map(([kind, name]) => {
        const figure = rates[kind];
        const course = points.map((point) => `${point.label} ${point.rates[kind]?.text ?? '—'}`).join('，');
        return (
          <div className="wb-rate" key={kind}>
            <div className="wb-quiet">{name}</div>
            <div className="wb-rate-value">
              <FigureWithExplanation
                name={`全市 ${name}`}
                text={<strong>{figure?.text ?? '…'}</strong>}
                explain={() => explain(kind, today)}
              />
              <Sparkline
                values={points.map((point) => point.rates[kind]?.value ?? null)}
                label={`${name}：${course}`}
              />
            </div>
            <div className="wb-quiet wb-ellipsis" style={{ fontSize: 13 }}>
              {change(figure?.value ?? null, before?.rates[kind]?.value)}
            </div>
          </div>
        );
      })}
      <div className="wb-rate">
        <div className="wb-quiet" title="打包项目和子项各亮各的灯，各计一项">
          亮灯（共 {projects} 项）
        </div>
        <div className="wb-rate-value" style={{ gap: 14, lineHeight: '30px', whiteSpace: 'nowrap' }}>
          <span style={{ color: '#b42318' }}>
            ■ 红 <strong>{lights.red}</strong>
          </span>
          <span style={{ color: '#8a5a00' }}>
            ▲ 黄 <strong>{lights.yellow}</strong>
          </span>
          <span style={{ color: '#1a7f37' }}>
            ● 绿 <strong>{lights.green}</strong>
          </span>
        </div>
        <div className="wb-quiet" style={{ fontSize: 13 }}>
          {lightChange === 0
            ? '红灯数与上期末持平'
            : `红灯比上期末${lightChange > 0 ? '多' : '少'} ${Math.abs(lightChange)} 项`}
          {lights.none > 0 ? `，○ 不适用 ${lights.none}` : ''}
        </div>
      </div>
    </section>
  );
}
