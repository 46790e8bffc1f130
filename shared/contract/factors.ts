import * as z from 'zod';
import { dateText, procedure, rowId } from './base.ts';
import { rowFinding } from './checked.ts';

const text = z.string().nullable();
const amount = z.number().nullable();
const duty = z.enum(['done', 'overdue', 'dueSoon', 'open', 'undated']);
export type DutyStateName = z.infer<typeof duty>;

const owned = {
  id: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  unitName: z.string(),
  deadline: text,
  doneOn: text,
  state: duty,
  /** '逾期 3 天'. */
  words: z.string(),
  findings: z.array(rowFinding),
};

const factorRow = z.object({
  ...owned,
  kind: z.enum(['land', 'funds', 'labour', 'water', 'power', 'gas', 'environment', 'demolition']),
  item: text,
  measure: text,
  needed: amount,
  obtained: amount,
  gap: amount,
  department: text,
  personId: text,
  note: text,
});
export type FactorRow = z.infer<typeof factorRow>;

const caseRow = z.object({
  ...owned,
  group: z.enum(['funds', 'land', 'planning', 'environment']),
  matter: text,
  raisedOn: text,
  department: text,
  personId: text,
  result: text,
});
export type FactorCaseRow = z.infer<typeof caseRow>;

const obstructionRow = z.object({
  ...owned,
  happenedOn: z.string(),
  kind: z.enum(['blocked', 'forced', 'fees', 'dispute', 'wages', 'other']).nullable(),
  matter: text,
  unitText: text,
  officerId: text,
  result: text,
});
export type ObstructionRow = z.infer<typeof obstructionRow>;

const financingRow = z.object({
  id: z.string(),
  projectId: z.string(),
  projectName: z.string(),
  unitName: z.string(),
  source: z.enum(['loan', 'policy', 'bond', 'fund', 'equity', 'other']),
  bank: text,
  needed: amount,
  matched: amount,
  paid: amount,
  /** Yuan still to be matched. */
  gap: amount,
  meetingOn: text,
  meeting: text,
  contact: text,
  deadline: text,
  note: text,
  findings: z.array(rowFinding),
});
export type FinancingRow = z.infer<typeof financingRow>;

const leadRow = z.object({
  id: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  name: z.string(),
  investor: text,
  origin: text,
  planned: amount,
  state: z.enum(['lead', 'talking', 'visited', 'signed', 'landed', 'dropped']),
  officerId: text,
  foundOn: text,
  signedOn: text,
  agreement: text,
  agreed: amount,
  projectId: text,
  note: text,
  visits: z.number(),
  lastVisit: text,
  findings: z.array(rowFinding),
});
export type LeadRow = z.infer<typeof leadRow>;

const visitRow = z.object({
  id: z.string(),
  leadId: z.string(),
  leadName: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  visitedOn: z.string(),
  kind: z.enum(['out', 'in', 'call']),
  leader: text,
  participants: text,
  result: text,
});
export type VisitRow = z.infer<typeof visitRow>;

const summary = z.array(
  z.object({
    kind: factorRow.shape.kind,
    /** Projects that need it. */
    projects: z.number(),
    /** Of them with a gap. */
    short: z.number(),
    overdue: z.number(),
    /** Gaps added up by measure: '土地缺 120 亩'. */
    gaps: z.array(z.object({ measure: z.string(), needed: z.number(), obtained: z.number(), gap: z.number() })),
  }),
);
export type FactorSummary = z.infer<typeof summary>;

const attraction = z.array(
  z.object({
    unitId: z.string(),
    unitName: z.string(),
    leads: z.number(),
    visits: z.number(),
    signed: z.number(),
    landed: z.number(),
    /** Yuan. */
    agreed: z.number(),
  }),
);
export type AttractionByUnit = z.infer<typeof attraction>;

const scope = z.object({ projectId: rowId.optional(), asOf: dateText.optional() });
const listName = z.enum(['factor', 'factorCase', 'obstruction', 'financing', 'lead']);
export type FactorList = z.infer<typeof listName>;

/** 要素保障 (C6), 专项组个案 (E7), 施工环境 (E5), 融资 (E8), 招商 (E11). Rows are written through `records`. */
export const factorsContract = {
  factors: procedure.input(scope).output(z.object({ rows: z.array(factorRow), summary })),
  cases: procedure.input(scope).output(z.array(caseRow)),
  obstructions: procedure.input(scope).output(z.array(obstructionRow)),
  financing: procedure.input(scope).output(z.array(financingRow)),
  leads: procedure
    .input(z.object({ asOf: dateText.optional() }))
    .output(z.object({ leads: z.array(leadRow), visits: z.array(visitRow), byUnit: attraction })),
  paper: procedure
    .input(scope.extend({ list: listName }))
    .output(z.object({ html: z.string(), title: z.string(), pages: z.number() })),
};
