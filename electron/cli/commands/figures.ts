import type { RateGrouping } from '../../../shared/contract/rates.ts';
import { formatMoney } from '../../../shared/domain/money.ts';
import { lightsAt, ratesAt } from '../../ledger/rates/index.ts';
import { type CommonOptions, withReading } from '../context.ts';
import { type Result, table } from '../output.ts';

export interface FigureOptions extends CommonOptions {
  readonly date?: string;
  readonly by: RateGrouping;
  readonly light?: string;
}

const MARKS = { green: '● 绿', yellow: '▲ 黄', red: '■ 红', none: '○ 不适用' } as const;

/** 四率 of a day (A4). */
export function rates(options: FigureOptions): Promise<Result> {
  return withReading(options, async (session) => {
    const summary = await ratesAt(session.store, { date: options.date ?? session.today(), by: options.by });
    const line = (row: (typeof summary.rows)[number]): string[] => [
      row.label,
      String(row.projects),
      formatMoney(row.annualPlan, '万元', 0),
      formatMoney(row.yearToDate, '万元', 0),
      row.rates.commencementRate.text,
      row.rates.investmentRate.text,
      row.rates.fundsRate.text,
      row.rates.completionRate.text,
    ];
    return {
      value: summary,
      lines: [
        `截至 ${summary.date}　${summary.rule.name}第${summary.rule.version}版`,
        ...table(
          ['单位', '项目数', '年度计划（万元）', '累计完成（万元）', '开工率', '投资完成率', '资金到位率', '竣工率'],
          [...summary.rows.map(line), line(summary.total)],
        ),
      ],
    };
  });
}

/** 亮灯 of a day with the reasons (C12). */
export function lights(options: FigureOptions): Promise<Result> {
  return withReading(options, async (session) => {
    const result = await lightsAt(session.store, options.date ?? session.today());
    const shown = result.lights.filter((item) => options.light === undefined || item.light === options.light);
    return {
      value: { ...result, lights: shown },
      lines: table(
        ['灯', '责任单位', '项目', '原因'],
        shown.map((item) => [MARKS[item.light], item.unitName, item.name, item.text]),
      ),
    };
  });
}
