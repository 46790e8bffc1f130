import { formatChinese } from '../../../shared/domain/date.ts';
import { formatMoney } from '../../../shared/domain/money.ts';
import { formatRate } from '../../../shared/domain/rate.ts';
import { headingLevel } from './body-text.ts';
import { cleanText } from './escape.ts';
import { type LetterBlock, SUPERVISION_KIND_NAMES, type SupervisionKind } from './letter-model.ts';
import { chineseOrdinal } from './ordinal.ts';

/**
 * Title and body of a supervision paper from the facts of the ledger (B8). Pure and editable: the operator gets blocks,
 * changes them as plain text (`body-text.ts`), and only then is the paper laid out. Every fact is put in as it stands.
 */

/** A project with a red or yellow light. Amounts are INTEGER yuan. */
export interface SheetProject {
  readonly name: string;
  /** 责任单位. */
  readonly unit: string;
  /** 包保领导. */
  readonly leader?: string;
  /** 专班班长. */
  readonly taskForceLeader?: string;
  readonly totalInvestment: number;
  readonly annualPlan: number;
  readonly yearToDate: number;
  /** Why the light is red, in the words of the rule that lit it. */
  readonly lightReason: string;
  /** 形象进度. */
  readonly visibleProgress?: string;
  /** 存在问题. */
  readonly problem?: string;
}

/** The step before, which makes this one a rise. */
export interface EarlierStep {
  readonly kind: SupervisionKind;
  readonly number: string;
  readonly date: string;
  /** An answer came in time. */
  readonly answered: boolean;
}

export interface TalkAppointment {
  /** 约谈时间, e.g. 2021年5月20日9时. */
  readonly time: string;
  readonly place: string;
  /** 参加人员. */
  readonly participants: string;
  /** 约谈人. */
  readonly host: string;
}

export interface SupervisionFacts {
  readonly kind: SupervisionKind;
  /** The unit the paper goes to. */
  readonly unit: string;
  readonly projects: readonly SheetProject[];
  /** Date the figures stand for. */
  readonly asOf: string;
  /** Reply due. */
  readonly deadline: string;
  /** Whom to reply to. */
  readonly replyTo: string;
  /** On whose approval it is sent, e.g. 经市政府同意. */
  readonly approval?: string;
  /** Basis, e.g. the campaign's plan. */
  readonly basis?: string;
  readonly earlier?: EarlierStep;
  /** Needed for a talk. */
  readonly talk?: TalkAppointment;
}

export interface ComposedText {
  readonly title: string;
  readonly body: readonly LetterBlock[];
}

/** Exact, in 万元 with thousands marks: nothing is rounded away on a paper. */
const amount = (yuan: number): string => formatMoney(yuan, '万元', 'exact');
const share = (part: number, whole: number): string =>
  formatRate({ numerator: part, denominator: whole }).replace(/\s/g, '');

const paragraph = (text: string): LetterBlock => ({ type: 'paragraph', text });
const heading = (text: string): LetterBlock => ({ type: 'heading', level: headingLevel(text) ?? 1, text });

/** Text of a fact set into a sentence: its own full stop at the end goes. */
const fact = (text: string): string =>
  cleanText(text)
    .replace(/\n/g, ' ')
    .trim()
    .replace(/[。；;.]+$/, '');

/**
 * Composes a paper.
 * @throws RangeError where there is no project, or a talk without its appointment.
 */
export function composeSupervision(facts: SupervisionFacts): ComposedText {
  if (facts.projects.length === 0) throw new RangeError('a supervision paper needs a project');
  if (facts.kind === 'talk' && !facts.talk) throw new RangeError('a talk needs its appointment');
  return {
    title: titleOf(facts),
    body: [paragraph(opening(facts)), ...situation(facts), ...demands(facts), paragraph(closing(facts))],
  };
}

function titleOf(facts: SupervisionFacts): string {
  const [only] = facts.projects;
  const subject =
    facts.projects.length === 1 && only ? fact(only.name) : `${fact(facts.unit)}${facts.projects.length}个重点项目`;
  switch (facts.kind) {
    case 'reminder':
      return `关于加快推进${subject}建设的工作提示单`;
    case 'order':
      return `关于${subject}进度滞后问题的督办单`;
    case 'warning':
      return `关于${subject}进度严重滞后的警示函`;
    case 'talk':
      return `关于就${subject}推进不力问题进行约谈的通知书`;
  }
}

function opening(facts: SupervisionFacts): string {
  const basis = facts.basis ? `根据${fact(facts.basis)}，` : '';
  const approval = facts.approval ? `${fact(facts.approval)}，` : '';
  const [only] = facts.projects;
  const subject = facts.projects.length === 1 && only ? `“${fact(only.name)}”` : `${facts.projects.length}个重点项目`;
  const asOf = formatChinese(facts.asOf);
  const earlier = facts.earlier
    ? `${formatChinese(facts.earlier.date)}已印发《${SUPERVISION_KIND_NAMES[facts.earlier.kind]}》（${facts.earlier.number}），${facts.earlier.answered ? '虽有回复，但整改未见明显成效' : '至今未按要求反馈办理情况'}。`
    : '';
  const who = fact(facts.unit);
  switch (facts.kind) {
    case 'reminder':
      return `${basis}截至${asOf}，${who}包保推进的${subject}未达到进度要求。${earlier}${approval}现将有关情况予以提示，请抓紧研究推进。`;
    case 'order':
      return `${basis}截至${asOf}，${who}包保推进的${subject}进度滞后。${earlier}${approval}现予以督办，请按要求限期办理。`;
    case 'warning':
      return `${basis}截至${asOf}，${who}包保推进的${subject}进度严重滞后，影响全市重点项目建设总体安排。${earlier}${approval}现予以警示，责令限期整改。`;
    case 'talk':
      return `${basis}截至${asOf}，${who}包保推进的${subject}长期推进不力，经提示、督办仍未有效改进。${earlier}${approval}决定对你单位进行约谈，现将有关事项通知如下。`;
  }
}

const sentence = (label: string, text: string | undefined): string =>
  text && fact(text) !== '' ? `${label}${fact(text)}。` : '';

function situation(facts: SupervisionFacts): LetterBlock[] {
  const single = facts.projects.length === 1;
  const blocks: LetterBlock[] = [heading(facts.kind === 'talk' ? '一、约谈事由' : '一、存在问题')];
  facts.projects.forEach((project, index) => {
    if (!single) blocks.push(heading(`（${chineseOrdinal(index + 1)}）${fact(project.name)}`));
    const money = `总投资${amount(project.totalInvestment)}万元，年度计划投资${amount(project.annualPlan)}万元，截至${formatChinese(facts.asOf)}完成${amount(project.yearToDate)}万元，占年度计划的${share(project.yearToDate, project.annualPlan)}。`;
    const duty = [
      `责任单位：${fact(project.unit)}`,
      project.leader ? `包保领导：${fact(project.leader)}` : '',
      project.taskForceLeader ? `专班班长：${fact(project.taskForceLeader)}` : '',
    ]
      .filter((part) => part !== '')
      .join('；');
    blocks.push(
      paragraph(
        `${single ? '该项目' : ''}${money}${sentence('亮灯原因：', project.lightReason)}${sentence('形象进度：', project.visibleProgress)}${sentence('主要问题：', project.problem)}${duty}。`,
      ),
    );
  });
  return blocks;
}

function demands(facts: SupervisionFacts): LetterBlock[] {
  const deadline = formatChinese(facts.deadline);
  const reply = fact(facts.replyTo);
  switch (facts.kind) {
    case 'reminder':
      return [
        heading('二、工作建议'),
        heading('1.请专班班长会同责任单位到项目现场会商，逐项分析滞后原因，明确补救措施。'),
        heading('2.请对照年度计划倒排工期，将任务分解到旬、责任落实到人。'),
        heading(`3.请于${deadline}前将推进措施和回执反馈${reply}。`),
      ];
    case 'order':
      return [
        heading('二、办理要求'),
        heading('1.专班班长要牵头制定整改方案，逐项列明措施、责任人和完成时限。'),
        heading('2.责任单位主要负责人要亲自研究调度，能够立即解决的立行立改；需要上级协调的，随反馈材料一并提出。'),
        heading(
          `3.请于${deadline}前将书面办理情况经主要负责人签字、加盖公章后，连同回执报${reply}。逾期未反馈的，将予以警示。`,
        ),
      ];
    case 'warning':
      return [
        heading('二、整改要求'),
        heading('1.专班班长和责任单位主要负责人要深刻查找原因，立即组织整改，确保在规定时限内扭转滞后局面。'),
        heading('2.包保领导要到项目现场办公，整改期间每旬报告一次进展情况。'),
        heading(
          `3.务于${deadline}前将整改报告经主要负责人签字、加盖公章后，连同回执报${reply}。逾期未反馈或者整改不力的，将按程序约谈，并纳入年度考核。`,
        ),
      ];
    case 'talk':
      return [
        heading('二、约谈安排'),
        heading(`1.时间：${fact(facts.talk?.time ?? '')}。`),
        heading(`2.地点：${fact(facts.talk?.place ?? '')}。`),
        heading(`3.约谈人：${fact(facts.talk?.host ?? '')}。`),
        heading(`4.参加人员：${fact(facts.talk?.participants ?? '')}。`),
        heading('三、有关要求'),
        heading('1.请参加人员准时到会，不得由他人代替；因特殊情况不能参加的，须提前书面说明。'),
        heading('2.请携带项目推进情况、滞后原因和整改措施的书面材料，由主要负责人签字并加盖公章。'),
        heading(`3.请于${deadline}前将回执和整改材料报${reply}。`),
      ];
  }
}

function closing(facts: SupervisionFacts): string {
  switch (facts.kind) {
    case 'reminder':
      return '特此提示。';
    case 'order':
      return '特此督办。';
    case 'warning':
      return '特此警示。';
    case 'talk':
      return '特此通知。';
  }
}

/** Columns of the table of projects, for papers that list many. */
export function projectTable(projects: readonly SheetProject[]): LetterBlock {
  return {
    type: 'table',
    columns: ['序号', '项目名称', '总投资\n（万元）', '年度计划\n（万元）', '本年完成\n（万元）', '占计划', '亮灯原因'],
    rows: projects.map((project, index) => [
      String(index + 1),
      fact(project.name),
      amount(project.totalInvestment),
      amount(project.annualPlan),
      amount(project.yearToDate),
      share(project.yearToDate, project.annualPlan),
      fact(project.lightReason),
    ]),
  };
}
