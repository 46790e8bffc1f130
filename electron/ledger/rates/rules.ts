import type * as z from 'zod';
import { Fault } from '../../../shared/contract/faults.ts';
import { type Cadence, cadenceSchema, chooseCadence, DEFAULT_TEN_DAY_CADENCE } from '../../../shared/domain/cadence.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import { DEFAULT_RATE_OPTIONS, type RateOptions } from '../../../shared/domain/four-rates.ts';
import { chooseRule, DEFAULT_LIGHT_RULE, type LightRule, lightRuleSchema } from '../../../shared/domain/light-rule.ts';
import type { PeriodKind } from '../../../shared/domain/period.ts';
import { ratesRuleSchema, ruleContent, type StoredRule } from '../../../shared/domain/rule-body.ts';
import type { Store } from '../store/open.ts';

/** The version of a rule by which something was judged. */
export interface RuleMark {
  readonly ruleId: string;
  readonly name: string;
  readonly version: number;
  readonly effectiveFrom: IsoDate;
}

export type ReportKind = 'tenDay' | 'day' | 'week' | 'halfMonth' | 'month';

export interface RatesRule extends RuleMark {
  readonly options: RateOptions;
  readonly reportKind: ReportKind;
}

const DEFAULT_RATES_RULE: RatesRule = {
  ruleId: 'default',
  name: '四率统计口径',
  version: 1,
  effectiveFrom: '2000-01-01',
  options: DEFAULT_RATE_OPTIONS,
  reportKind: 'tenDay',
};

function rulesOf(store: Store, kind: 'light' | 'rates' | 'cadence'): Promise<StoredRule[]> {
  return store.query
    .selectFrom('rule')
    .select(['id', 'name', 'version', 'effectiveFrom', 'body'])
    .where('kind', '=', kind)
    .where('voided', '=', 0)
    .orderBy('effectiveFrom')
    .orderBy('version')
    .execute();
}

/** @throws Fault RULE_BROKEN naming the rule; a rule that cannot be read must not silently become the default. */
function readBody<T>(row: StoredRule, schema: z.ZodType<T>): T {
  try {
    return ruleContent(row, schema);
  } catch (cause) {
    const why = `规则“${row.name}”第${row.version}版的内容无法使用`;
    const cure = '请由市级在“设置 → 现行规则”中作废这一版；县区等市级的下行文件到后再试';
    throw new Fault('RULE_BROKEN', { why, cure }, { cause });
  }
}

const markOf = (row: StoredRule): RuleMark => ({
  ruleId: row.id,
  name: row.name,
  version: row.version,
  effectiveFrom: row.effectiveFrom,
});

/** Every version of the light rule, oldest first; the default stands before all of them. @throws Fault RULE_BROKEN */
export async function lightRules(store: Store): Promise<readonly LightRule[]> {
  const rows = await rulesOf(store, 'light');
  const own = rows.map((row) => readBody(row, lightRuleSchema));
  return [DEFAULT_LIGHT_RULE, ...own];
}

/** The light rule in force on a day, among those of `lightRules`. */
export function lightRuleOn(rules: readonly LightRule[], date: IsoDate): LightRule {
  return chooseRule(rules, date) ?? DEFAULT_LIGHT_RULE;
}

export function lightRuleMark(rule: LightRule): RuleMark {
  return { ruleId: rule.id, name: rule.name, version: rule.version, effectiveFrom: rule.effectiveFrom };
}

/** How rates are counted on a day. @throws Fault RULE_BROKEN */
export async function ratesRuleOn(store: Store, date: IsoDate): Promise<RatesRule> {
  const row = (await rulesOf(store, 'rates')).filter((rule) => rule.effectiveFrom <= date).at(-1);
  if (!row) return DEFAULT_RATES_RULE;
  const { reportKind, ...stated } = readBody(row, ratesRuleSchema);
  const options = { ...DEFAULT_RATE_OPTIONS, ...(stated as Partial<RateOptions>) };
  return { ...markOf(row), options, reportKind: reportKind ?? 'tenDay' };
}

/** Every cadence of the ledger, oldest first, after the default one. @throws Fault RULE_BROKEN */
export async function cadences(store: Store): Promise<readonly Cadence[]> {
  const rows = await rulesOf(store, 'cadence');
  return [DEFAULT_TEN_DAY_CADENCE, ...rows.map((row) => readBody(row, cadenceSchema))];
}

/** Cadence for reports of a kind; other kinds than ten-day are due at 17:00 of their last day unless a rule says so. */
export function cadenceOn(all: readonly Cadence[], kind: PeriodKind, date: IsoDate): Cadence {
  return (
    chooseCadence(all, kind, date) ?? {
      ...DEFAULT_TEN_DAY_CADENCE,
      kind,
      deadlines: [{ kind: 'afterEnd', days: 0 }],
      onDayOff: kind === 'day' ? 'stay' : 'before',
    }
  );
}
