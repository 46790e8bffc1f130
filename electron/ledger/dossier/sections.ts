import type { ProjectPage } from '../../../shared/contract/projects.ts';
import type { ProjectStages } from '../../../shared/contract/stages.ts';
import type { ProjectTeam } from '../../../shared/contract/teams.ts';
import { dictionary, type Field, type Value } from '../../../shared/dictionary/index.ts';
import { decimalText } from '../../../shared/domain/decimal.ts';
import { factorGap } from '../../../shared/domain/factor.ts';
import { lightMark } from '../../../shared/domain/light.ts';
import { formatMoney } from '../../../shared/domain/money.ts';
import { listName } from '../../../shared/domain/pool.ts';
import { formatRate } from '../../../shared/domain/rate.ts';
import { stageName } from '../../../shared/domain/stage.ts';
import type { FormSection } from '../documents/index.ts';
import { readLists } from '../rates/index.ts';
import { labelOf, type Matter, type readBundle, type readProcedures, type YearFacts } from './facts.ts';
import type { ChosenPictures } from './pictures.ts';

/** The sections of a 单项目台账 in their order (domain facts §3.2). */

const wan = (yuan: Value | undefined): string => (typeof yuan === 'number' ? formatMoney(yuan, '万元', 'exact') : '');
const text = (value: Value | undefined): string => (value === null || value === undefined ? '' : String(value));
const quantity = (value: number | null): string => (value === null ? '' : decimalText(value));
const fields: Readonly<Record<string, Field>> = dictionary.project.fields;

function choiceWords(field: Field | undefined, value: Value | undefined): string {
  return field?.choices?.find((choice) => choice.value === value)?.label ?? '';
}

function bundleWords({ bundle, parts }: Awaited<ReturnType<typeof readBundle>>): string {
  if (parts.length > 0) return `打包项目，子项 ${parts.length} 个：${parts.join('、')}。本台账为打包项目整体数`;
  return bundle === null ? '' : `“${bundle}”的子项。本台账为子项数`;
}

type Table = Omit<Extract<FormSection, { readonly kind: 'table' }>, 'kind' | 'empty'>;

/** A table of what few projects have: without rows it is left out. */
function whereAny(table: Table): FormSection[] {
  return table.rows.length === 0 ? [] : [{ kind: 'table', ...table, empty: '' }];
}

export function basics(
  page: ProjectPage,
  stages: ProjectStages,
  bundled: Awaited<ReturnType<typeof readBundle>>,
): FormSection {
  const { project } = page;
  const lists = readLists(typeof project['lists'] === 'string' ? project['lists'] : null);
  const bundle = bundleWords(bundled);
  const word = (key: string): string => choiceWords(fields[key], project[key]);
  const years = [project['startYear'], project['endYear']].filter((year) => year !== null && year !== undefined);
  return {
    kind: 'pairs',
    heading: '基本情况',
    pairs: [
      { label: '责任单位', value: `${page.unitName}${page.groupName === null ? '' : `　${page.groupName}`}` },
      { label: '项目清单', value: lists.map(listName).join('、') },
      { label: '建设阶段', value: stageName(stages.stage) },
      { label: '亮灯', value: lightMark(page.light) },
      { label: '建设单位', value: text(project['builder']) },
      { label: '联系人电话', value: [text(project['builderContact']), text(project['builderPhone'])].join(' ').trim() },
      { label: '项目类别', value: word('category') },
      { label: '建设性质', value: word('nature') },
      { label: '建设地点', value: text(project['location']) },
      { label: '起止年限', value: years.join('—') },
      { label: '国家代码', value: text(project['nationalCode']) },
      { label: '入统情况', value: [word('inStatistics'), text(project['statisticsDate'])].join(' ').trim() },
      {
        label: '绿色通道',
        value: [word('greenChannel'), text(project['greenChannelOn']), text(project['greenChannelNote'])]
          .join(' ')
          .trim(),
        wide: true,
      },
      { label: '计划开工', value: text(project['plannedStart']) },
      { label: '实际开工', value: text(project['actualStart']) },
      { label: '计划竣工', value: text(project['plannedCompletion']) },
      { label: '实际竣工', value: text(project['actualCompletion']) },
      { label: '建设内容\n及规模', value: text(project['content']), wide: true },
      { label: '年度目标', value: text(project['annualGoal']), wide: true },
      { label: '亮灯原因', value: page.lightText, wide: true },
      ...(bundle === '' ? [] : [{ label: '打包情况', value: bundle, wide: true }]),
    ],
  };
}

export function people(page: ProjectPage, team: ProjectTeam): FormSection {
  const known = new Map(page.people.map((person) => [person.field, person]));
  const roles = Object.entries(fields).filter(([, field]) => field.ref === 'person');
  const service = team.service;
  return {
    kind: 'table',
    heading: '责任体系和“六个一”',
    columns: [
      { title: '责任', weight: 1.3, align: 'center' },
      { title: '姓名', weight: 0.9, align: 'center' },
      { title: '职务', weight: 2.8 },
      { title: '电话', weight: 1.4, align: 'center' },
    ],
    rows: roles.map(([key, field]) => {
      const person = known.get(key);
      return [field.label, person?.name ?? '未定', person?.title ?? '', person?.phone ?? ''];
    }),
    empty: '没有登记',
    note: `六个一：${team.six.map((each) => `${each.label.slice(2)}${each.state === 'has' ? '√' : each.state === 'lacks' ? '缺' : '—'}`).join('　')}${
      service?.crew ? `　施工队伍：${service.crew}` : ''
    }`,
  };
}

const FUNDS = [
  'fundCentral',
  'fundProvince',
  'fundCity',
  'fundBond',
  'fundTreasury',
  'fundLoan',
  'fundOwn',
  'fundForeign',
] as const;

export function money(page: ProjectPage): FormSection {
  const { project, latest } = page;
  const plan = project['annualPlan'];
  const rate = (amount: number | null): string =>
    typeof plan === 'number' && amount !== null ? `（${formatRate({ numerator: amount, denominator: plan })}）` : '';
  const previous = project['previousInvestment'];
  const since =
    typeof previous === 'number' || latest.yearToDate !== null
      ? (typeof previous === 'number' ? previous : 0) + (latest.yearToDate ?? 0)
      : null;
  return {
    kind: 'pairs',
    heading: '投资和资金来源（单位：万元）',
    pairs: [
      { label: '总投资', value: wan(project['totalInvestment']) },
      { label: '年度计划', value: wan(plan) },
      { label: '至上年底', value: wan(previous) },
      { label: '自年初累计', value: `${wan(latest.yearToDate)}${rate(latest.yearToDate)}` },
      { label: '自开工累计', value: wan(since) },
      { label: '资金到位', value: `${wan(latest.fundsInPlace)}${rate(latest.fundsInPlace)}` },
      ...FUNDS.filter((key) => project[key] !== null && project[key] !== undefined).map((key) => ({
        label: fields[key]?.label ?? '',
        value: wan(project[key]),
      })),
    ],
  };
}

export function monthly(year: YearFacts): FormSection {
  return {
    kind: 'table',
    heading: '年度计划和各旬完成投资（单位：万元）',
    columns: [
      { title: '月份', weight: 0.7, align: 'center' },
      { title: '月计划', weight: 1, align: 'right' },
      { title: '上旬', weight: 1, align: 'right' },
      { title: '中旬', weight: 1, align: 'right' },
      { title: '下旬', weight: 1, align: 'right' },
      { title: '本月完成', weight: 1, align: 'right' },
      { title: '占月计划', weight: 0.9, align: 'right' },
      { title: '自年初累计', weight: 1.1, align: 'right' },
    ],
    rows: year.months.map(({ month, plan, thirds, done, yearToDate }) => [
      `${month}月`,
      wan(plan),
      ...thirds.map((third) => wan(third)),
      wan(done),
      plan === null || done === null ? '' : formatRate({ numerator: done, denominator: plan }),
      wan(yearToDate),
    ]),
    empty: '本年没有旬报和月度计划',
  };
}

export function progress(year: YearFacts): FormSection {
  const told = year.reports.filter((report) => report.visibleProgress !== null || report.problems !== null);
  return {
    kind: 'table',
    heading: '形象进度和存在问题（最近六旬）',
    columns: [
      { title: '报告期', weight: 1, align: 'center' },
      { title: '形象进度', weight: 2.4 },
      { title: '存在问题', weight: 2 },
      { title: '下步计划', weight: 2 },
    ],
    rows: told
      .slice(-6)
      .map((report) => [
        labelOf(report.period),
        report.visibleProgress ?? '',
        report.problems ?? '',
        report.nextSteps ?? '',
      ]),
    empty: '本年没有报告',
  };
}

const LINK_STATES = { done: '完成', overdue: '逾期', dueSoon: '临期', open: '未到期', undated: '未定' } as const;

export function chain(page: ProjectPage, nameOf: (id: string | null) => string): FormSection {
  return {
    kind: 'table',
    heading: '推进链条',
    columns: [
      { title: '序号', weight: 0.5, align: 'center' },
      { title: '环节', weight: 1.9 },
      { title: '责任单位', weight: 1.5 },
      { title: '责任人', weight: 0.8, align: 'center' },
      { title: '计划开始', weight: 1.1, align: 'center' },
      { title: '时限', weight: 1.1, align: 'center' },
      { title: '完成', weight: 1.1, align: 'center' },
      { title: '状态', weight: 0.7, align: 'center' },
      { title: '完成依据', weight: 1.4 },
    ],
    rows: page.links.map((link, index) => [
      String(link.sequence ?? index + 1),
      link.name ?? '',
      link.unitText ?? '',
      nameOf(link.personId),
      link.plannedStart ?? '',
      link.deadline ?? '',
      link.doneOn ?? '',
      LINK_STATES[link.state],
      link.evidence ?? '',
    ]),
    empty: '没有排推进链条',
  };
}

type Procedures = Awaited<ReturnType<typeof readProcedures>>;

export function permits({ permits: rows }: Procedures): FormSection[] {
  return whereAny({
    heading: '前期手续',
    columns: [
      { title: '手续', weight: 1.8 },
      { title: '审批部门', weight: 1.4 },
      { title: '状态', weight: 0.8, align: 'center' },
      { title: '计划上报', weight: 1.05, align: 'center' },
      { title: '计划批复', weight: 1.05, align: 'center' },
      { title: '实际上报', weight: 1.05, align: 'center' },
      { title: '实际批复', weight: 1.05, align: 'center' },
      { title: '文号、受阻或承诺', weight: 1.6 },
    ],
    rows: rows.map((row) => [
      row.name,
      row.department ?? '',
      choiceWords(dictionary.permit.fields.state, row.state),
      row.plannedSubmit ?? '',
      row.plannedApproval ?? '',
      row.actualSubmit ?? '',
      row.actualApproval ?? '',
      row.documentNumber ??
        row.blockedReason ??
        (row.commitment === null ? '' : `承诺${row.commitmentDue ?? ''}前补齐：${row.commitment}`),
    ]),
  });
}

export function factors({ factors: rows }: Procedures): FormSection[] {
  return whereAny({
    heading: '要素保障',
    columns: [
      { title: '要素', weight: 0.9, align: 'center' },
      { title: '内容', weight: 2 },
      { title: '需求', weight: 0.9, align: 'right' },
      { title: '已落实', weight: 0.9, align: 'right' },
      { title: '缺口', weight: 0.9, align: 'right' },
      { title: '单位', weight: 0.7, align: 'center' },
      { title: '保障部门', weight: 1.6 },
      { title: '时限', weight: 1.1, align: 'center' },
      { title: '落实', weight: 1.1, align: 'center' },
    ],
    rows: rows.map((row) => [
      choiceWords(dictionary.factor.fields.kind, row.kind),
      row.item ?? '',
      quantity(row.needed),
      quantity(row.obtained),
      quantity(factorGap(row)),
      row.measure ?? '',
      row.department ?? '',
      row.deadline ?? '',
      row.doneOn ?? '',
    ]),
  });
}

export function financing({ financing: rows }: Procedures): FormSection[] {
  return whereAny({
    heading: '融资对接（单位：万元）',
    columns: [
      { title: '资金渠道', weight: 1, align: 'center' },
      { title: '金融机构', weight: 1.8 },
      { title: '融资需求', weight: 1, align: 'right' },
      { title: '已对接', weight: 1, align: 'right' },
      { title: '已到账', weight: 1, align: 'right' },
      { title: '对接会', weight: 1.1, align: 'center' },
      { title: '进展', weight: 2 },
    ],
    rows: rows.map((row) => [
      choiceWords(dictionary.financing.fields.source, row.source),
      row.bank ?? '',
      wan(row.needed),
      wan(row.matched),
      wan(row.paid),
      row.meetingOn ?? '',
      row.note ?? '',
    ]),
  });
}

/** What hooked-up leaders asked for (C3). */
export function instructions({ instructions: rows }: ProjectTeam): FormSection[] {
  return whereAny({
    heading: '挂点领导的指示和要求',
    columns: [
      { title: '领导', weight: 0.8, align: 'center' },
      { title: '日期', weight: 1.15, align: 'center' },
      { title: '指示和要求', weight: 2.8 },
      { title: '办理单位', weight: 1.3 },
      { title: '期限', weight: 1.15, align: 'center' },
      { title: '办结', weight: 1.15, align: 'center' },
      { title: '结果', weight: 1.7 },
    ],
    rows: rows.map((row) => [
      row.leaderName ?? '',
      row.givenOn,
      row.content,
      row.unitText ?? '',
      row.deadline ?? '',
      row.doneOn ?? '',
      row.result ?? '',
    ]),
  });
}

export function matters(rows: readonly Matter[]): FormSection[] {
  return whereAny({
    heading: '一事一议、要素个案和施工环境案件',
    columns: [
      { title: '类别', weight: 0.9, align: 'center' },
      { title: '日期', weight: 1.05, align: 'center' },
      { title: '事项', weight: 2.6 },
      { title: '办理单位', weight: 1.3 },
      { title: '时限', weight: 1.05, align: 'center' },
      { title: '办结', weight: 1.05, align: 'center' },
      { title: '结果', weight: 1.9 },
    ],
    rows: rows.map((row) => [
      row.kind,
      row.on ?? '',
      row.matter,
      row.by,
      row.deadline ?? '',
      row.doneOn ?? '',
      row.result,
    ]),
  });
}

export function sheets(page: ProjectPage): FormSection {
  const { kind, state } = dictionary.supervisionSheet.fields;
  return {
    kind: 'table',
    heading: '督办文书',
    columns: [
      { title: '文种', weight: 1, align: 'center' },
      { title: '发文字号', weight: 1.5 },
      { title: '标题', weight: 2.8 },
      { title: '印发日期', weight: 1.1, align: 'center' },
      { title: '反馈期限', weight: 1.1, align: 'center' },
      { title: '回复日期', weight: 1.1, align: 'center' },
      { title: '状态', weight: 1, align: 'center' },
    ],
    rows: page.sheets.map((sheet) => [
      choiceWords(kind, sheet.kind),
      sheet.number ?? '',
      sheet.title ?? '',
      sheet.issuedOn ?? '',
      sheet.replyDue ?? '',
      sheet.repliedOn ?? '',
      choiceWords(state, sheet.state),
    ]),
    empty: '没有涉及本项目的督办文书',
  };
}

export function life(stages: ProjectStages): FormSection {
  return {
    kind: 'table',
    heading: '阶段变动',
    columns: [
      { title: '日期', weight: 1, align: 'center' },
      { title: '原阶段', weight: 1, align: 'center' },
      { title: '新阶段', weight: 1, align: 'center' },
      { title: '依据', weight: 2.2 },
      { title: '说明', weight: 2.4 },
    ],
    rows: stages.events.map((event) => [
      event.date,
      stageName(event.from),
      stageName(event.to),
      event.evidence ?? (event.lacksEvidence ? '（缺）' : ''),
      event.note ?? '',
    ]),
    empty: '没有登记阶段变动',
  };
}

export function outputs({ outputs: rows }: ProjectStages): FormSection[] {
  return whereAny({
    heading: '达产达效（产值、税收单位：万元）',
    columns: [
      { title: '月份', weight: 1, align: 'center' },
      { title: '当月产值', weight: 1.1, align: 'right' },
      { title: '当月税收', weight: 1.1, align: 'right' },
      { title: '用工人数', weight: 1, align: 'right' },
      { title: '产能利用率', weight: 1, align: 'right' },
      { title: '说明', weight: 2.4 },
    ],
    rows: rows.map((row) => [
      row.month,
      wan(row.output),
      wan(row.tax),
      quantity(row.jobs),
      row.capacity === null ? '' : `${row.capacity} %`,
      row.note ?? '',
    ]),
  });
}

export function corrections(year: YearFacts): FormSection {
  return {
    kind: 'table',
    heading: '数据更正（自年初累计，单位：万元）',
    columns: [
      { title: '报告期', weight: 1.1, align: 'center' },
      { title: '更正日期', weight: 1, align: 'center' },
      { title: '原报', weight: 1, align: 'right' },
      { title: '更正为', weight: 1, align: 'right' },
      { title: '理由', weight: 3 },
    ],
    rows: year.corrections.map((each) => [
      labelOf(each.period),
      each.on ?? '',
      wan(each.before),
      wan(each.after),
      each.reason ?? '',
    ]),
    empty: '本年没有更正',
  };
}

export function pictures(chosen: ChosenPictures): FormSection {
  const { total, pictures: printed } = chosen;
  const caption = (each: (typeof printed)[number]): string =>
    [each.day === '' ? '日期不明' : each.day, each.period === null ? '' : labelOf(each.period), each.title ?? '']
      .filter((part) => part !== '')
      .join('　');
  return {
    kind: 'pictures',
    heading: '现场照片（按拍摄日期对照）',
    pictures: printed.map((each) => ({ href: each.href, digest: each.digest, caption: caption(each) })),
    empty: '没有现场照片',
    ...(total > printed.length ? { note: `共有照片 ${total} 张，按日期间隔选印 ${printed.length} 张。` } : {}),
  };
}
