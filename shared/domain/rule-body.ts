import * as z from 'zod';
import { cadenceSchema } from './cadence.ts';
import { lightRuleSchema } from './light-rule.ts';
import { poolRuleSchema } from './pool.ts';

/** Body of a rule of kind 'rates' (四率口径). */
export const ratesRuleSchema = z
  .object({
    commencementBase: z.enum(['dueInYear', 'dueByDate']),
    fundsBase: z.enum(['annualPlan', 'fundsPlan']),
    completionBase: z.enum(['plannedInYear', 'dueByYearEnd']),
    unit: z.enum(['元', '万元', '亿元']),
    digits: z.int().min(0).max(4),
    /** The report whose figures count. */
    reportKind: z.enum(['tenDay', 'day', 'week', 'halfMonth', 'month']),
  })
  .partial();

export interface StoredRule {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly effectiveFrom: string;
  /** JSON text. */
  readonly body: string | null;
}

/** What a stored rule says: its content with its own name, version and first day. @throws where it cannot be read */
export function ruleContent<T>({ body, ...mark }: StoredRule, schema: z.ZodType<T>): T {
  const content: unknown = JSON.parse(body ?? '{}');
  return schema.parse(typeof content === 'object' && content !== null ? { ...content, ...mark } : content);
}

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  light: lightRuleSchema,
  rates: ratesRuleSchema,
  cadence: cadenceSchema,
  pool: poolRuleSchema,
};

/** Whether the program can go by a rule; kinds it does not read itself are taken as they are. */
export function isReadable(kind: string, rule: StoredRule): boolean {
  const schema = SCHEMAS[kind];
  if (schema === undefined) return true;
  try {
    ruleContent(rule, schema);
    return true;
  } catch {
    return false;
  }
}
