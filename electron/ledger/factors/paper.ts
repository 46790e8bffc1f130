import type { FactorList } from '../../../shared/contract/factors.ts';
import { dictionary, type Field } from '../../../shared/dictionary/index.ts';
import { formatChinese, type IsoDate } from '../../../shared/domain/date.ts';
import { decimalText } from '../../../shared/domain/decimal.ts';
import { formatMoney } from '../../../shared/domain/money.ts';
import { layTableReport, pagesToHtml, type ReportColumn } from '../documents/index.ts';
import { digestOf } from '../store/digest.ts';
import type { Store } from '../store/open.ts';
import { readAttraction, readCases, readFactors, readFinancing, readObstructions } from './read.ts';

interface Sheet {
  readonly title: string;
  readonly unitNote?: string;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly string[])[];
  readonly total?: readonly string[];
}

const blank = (text: string | number | null): string => (text === null ? '' : String(text));
const quantity = (value: number | null): string => (value === null ? '' : decimalText(value));
const wan = (yuan: number | null): string => (yuan === null ? '' : formatMoney(yuan, '万元', 'exact'));
const sum = (amounts: readonly (number | null)[]): string =>
  wan(amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0));

function label(field: Field, value: string | null): string {
  return field.choices?.find((choice) => choice.value === value)?.label ?? '';
}

const NUMBER: ReportColumn = { title: '序号', weight: 0.5, align: 'center' };
const day = (title: string): ReportColumn => ({ title, weight: 1, align: 'center' });
const figure = (title: string): ReportColumn => ({ title, weight: 0.9, align: 'right' });

async function sheetOf(store: Store, list: FactorList, projectId: string | undefined, date: IsoDate): Promise<Sheet> {
  const scope = { projectId };
  switch (list) {
    case 'factor': {
      const rows = await readFactors(store, scope, date);
      return {
        title: '重点项目要素保障台账',
        columns: [
          NUMBER,
          { title: '项目', weight: 2.8 },
          { title: '责任单位', weight: 1 },
          { title: '要素', weight: 0.7 },
          { title: '内容', weight: 1.8 },
          { title: '单位', weight: 0.7, align: 'center' },
          figure('需求'),
          figure('已落实'),
          figure('缺口'),
          { title: '保障部门', weight: 1.4 },
          day('落实时限'),
          { title: '状态', weight: 1.1 },
        ],
        rows: rows.map((row) => [
          row.projectName,
          row.unitName,
          label(dictionary.factor.fields.kind, row.kind),
          blank(row.item),
          blank(row.measure),
          quantity(row.needed),
          quantity(row.obtained),
          quantity(row.gap),
          blank(row.department),
          blank(row.deadline),
          row.words,
        ]),
      };
    }
    case 'factorCase': {
      const rows = await readCases(store, scope, date);
      return {
        title: '要素保障专项组个案台账',
        columns: [
          NUMBER,
          { title: '专项组', weight: 1.1 },
          { title: '项目', weight: 2.6 },
          { title: '需解决的事项', weight: 2.8 },
          day('提出日期'),
          { title: '承办部门', weight: 1.3 },
          day('办理时限'),
          { title: '状态', weight: 1.1 },
          { title: '办理结果', weight: 2.2 },
        ],
        rows: rows.map((row) => [
          label(dictionary.factorCase.fields.group, row.group),
          row.projectName,
          blank(row.matter),
          blank(row.raisedOn),
          blank(row.department),
          blank(row.deadline),
          row.words,
          blank(row.result),
        ]),
      };
    }
    case 'obstruction': {
      const rows = await readObstructions(store, scope, date);
      return {
        title: '施工环境案件台账',
        columns: [
          NUMBER,
          day('发生日期'),
          { title: '项目', weight: 2.6 },
          { title: '类别', weight: 1.2 },
          { title: '情况', weight: 2.8 },
          { title: '处置单位', weight: 1.3 },
          day('处置时限'),
          { title: '状态', weight: 1.1 },
          { title: '处置结果', weight: 2.2 },
        ],
        rows: rows.map((row) => [
          row.happenedOn,
          row.projectName,
          label(dictionary.obstruction.fields.kind, row.kind),
          blank(row.matter),
          blank(row.unitText),
          blank(row.deadline),
          row.words,
          blank(row.result),
        ]),
      };
    }
    case 'financing': {
      const rows = await readFinancing(store, scope, date);
      return {
        title: '重点项目融资对接台账',
        unitNote: '单位：万元',
        columns: [
          NUMBER,
          { title: '项目', weight: 2.8 },
          { title: '责任单位', weight: 1 },
          { title: '资金渠道', weight: 1 },
          { title: '金融机构', weight: 1.6 },
          figure('融资需求'),
          figure('已对接'),
          figure('已到账'),
          figure('缺口'),
          day('对接会日期'),
          { title: '进展', weight: 2 },
        ],
        rows: rows.map((row) => [
          row.projectName,
          row.unitName,
          label(dictionary.financing.fields.source, row.source),
          blank(row.bank),
          wan(row.needed),
          wan(row.matched),
          wan(row.paid),
          wan(row.gap),
          blank(row.meetingOn),
          blank(row.note),
        ]),
        total: [
          '合计',
          '',
          '',
          '',
          sum(rows.map((row) => row.needed)),
          sum(rows.map((row) => row.matched)),
          sum(rows.map((row) => row.paid)),
          sum(rows.map((row) => row.gap)),
        ],
      };
    }
    case 'lead': {
      const { leads } = await readAttraction(store, date);
      return {
        title: '招商线索台账',
        unitNote: '单位：万元',
        columns: [
          NUMBER,
          { title: '责任单位', weight: 1 },
          { title: '线索名称', weight: 2.6 },
          { title: '投资方', weight: 1.8 },
          figure('意向投资'),
          { title: '进展', weight: 0.8, align: 'center' },
          { title: '拜访次数', weight: 0.7, align: 'right' },
          day('最近拜访'),
          day('签约日期'),
          figure('协议投资'),
          { title: '备注', weight: 1.6 },
        ],
        rows: leads.map((lead) => [
          lead.unitName,
          lead.name,
          blank(lead.investor),
          wan(lead.planned),
          label(dictionary.investmentLead.fields.state, lead.state),
          String(lead.visits),
          blank(lead.lastVisit),
          blank(lead.signedOn),
          wan(lead.agreed),
          blank(lead.note),
        ]),
        total: [
          '合计',
          '',
          '',
          sum(leads.map((lead) => lead.planned)),
          '',
          '',
          '',
          '',
          sum(leads.map((lead) => lead.agreed)),
        ],
      };
    }
  }
}

/** One of the factor lists on paper. */
export async function factorPaper(
  store: Store,
  list: FactorList,
  projectId: string | undefined,
  date: IsoDate,
): Promise<{ readonly html: string; readonly title: string; readonly pages: number }> {
  const sheet = await sheetOf(store, list, projectId, date);
  const paper = layTableReport({
    title: sheet.title,
    subtitle: `截至${formatChinese(date)}，共 ${sheet.rows.length} 项`,
    ...(sheet.unitNote === undefined ? {} : { unitNote: sheet.unitNote }),
    orientation: 'landscape',
    columns: sheet.columns,
    rows: [
      ...sheet.rows.map((cells, index) => ({ cells: [String(index + 1), ...cells] })),
      ...(sheet.total === undefined ? [] : [{ kind: 'total' as const, cells: ['', ...sheet.total] }]),
    ],
    trace: { dataDigest: digestOf(JSON.stringify(sheet.rows)), asOf: date },
  });
  return { html: pagesToHtml(sheet.title, paper.pages), title: sheet.title, pages: paper.pages.length };
}
