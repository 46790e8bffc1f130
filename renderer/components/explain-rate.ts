import type { RateGrouping, RateKindName } from '../../shared/contract/rates.ts';
import type { Counting } from '../../shared/domain/bundle.ts';
import { formatChinese } from '../../shared/domain/date.ts';
import { formatMoney } from '../../shared/domain/money.ts';
import { ledger } from '../app/client.ts';
import type { Explanation } from './figure.tsx';

export interface RateQuestion {
  readonly date: string;
  readonly by: RateGrouping;
  readonly key: string;
  readonly kind: RateKindName;
  readonly counting: Counting;
}

/** '四率统计口径 第1版（默认）'. */
export function ruleWords(rule: { ruleId: string; name: string; version: number; effectiveFrom: string }): string {
  return rule.ruleId === 'default'
    ? `${rule.name}（程序默认，第${rule.version}版）`
    : `${rule.name} 第${rule.version}版，${formatChinese(rule.effectiveFrom)}起`;
}

const yuan = (amount: number): string => formatMoney(amount, '万元', 'exact');

/** Asks the ledger what stands behind one rate. */
export async function explainRate(question: RateQuestion): Promise<Explanation> {
  const { date, kind, by, key } = question;
  const oneUnit = by === 'unit' && key !== 'city';
  const behind = await ledger.rates.behind(question);
  const ofMoney = kind === 'investmentRate' || kind === 'fundsRate';
  const nameOf = (item: { name: string; unitName: string }): string =>
    oneUnit ? item.name : `${item.name}（${item.unitName}）`;
  const detail = (item: (typeof behind.included)[number]): string => {
    const share = ofMoney
      ? `${yuan(item.numerator)} ÷ ${yuan(item.denominator)} 万元`
      : item.numerator === 1
        ? '已完成'
        : '未完成';
    return item.note === null ? share : `${share}（${item.note}）`;
  };
  return {
    title: `${behind.label} ${behind.figure.formula.split(' = ')[0] ?? ''} ${behind.figure.text}`,
    definition: behind.definition,
    formula: behind.figure.formula,
    rule: ruleWords(behind.rule),
    asOf: `${formatChinese(date)}（取当日及以前已报的最近一期）`,
    parts: [
      {
        title: '计入的项目',
        items: behind.included.map((item) => ({
          key: item.id,
          name: nameOf(item),
          detail: detail(item),
        })),
      },
      {
        title: '未计入的项目及原因',
        items: behind.excluded.map((item) => ({
          key: item.id,
          name: nameOf(item),
          detail: item.reason,
        })),
      },
    ],
  };
}
