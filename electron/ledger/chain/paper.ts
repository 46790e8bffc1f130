import type { ChainFilter, ChainLinkRow, MonthlyTaskRow } from '../../../shared/contract/chain.ts';
import { formatChinese, type IsoDate } from '../../../shared/domain/date.ts';
import { formatMoney } from '../../../shared/domain/money.ts';
import { layTableReport, type Paper, type PrintTrace, pagesToHtml } from '../documents/index.ts';
import { digestOf } from '../store/digest.ts';
import type { Store } from '../store/open.ts';
import { ganttPages, stateWords } from './gantt-page.ts';
import { readLinks, readProjectLinks } from './links.ts';
import { readTasks } from './months.ts';

export interface PrintedPaper {
  readonly html: string;
  readonly title: string;
  readonly pages: number;
}

function traceOf(content: unknown, asOf: IsoDate): PrintTrace {
  return { dataDigest: digestOf(JSON.stringify(content)), asOf };
}

function printed(title: string, papers: readonly Paper[]): PrintedPaper {
  const pages = papers.flatMap((paper) => paper.pages);
  return { html: pagesToHtml(title, pages), title, pages: pages.length };
}

const blank = (text: string | null): string => text ?? '';

const LINK_COLUMNS = [
  { title: '序号', weight: 0.5, align: 'center' },
  { title: '环节', weight: 2.2 },
  { title: '责任单位', weight: 1.7 },
  { title: '责任人', weight: 0.8 },
  { title: '计划开始', weight: 1.1, align: 'center' },
  { title: '办理时限', weight: 1.1, align: 'center' },
  { title: '完成日期', weight: 1.1, align: 'center' },
  { title: '前置环节', weight: 1.5 },
  { title: '状态', weight: 1.3 },
  { title: '完成依据', weight: 1.6 },
] as const;

function linkCells(link: ChainLinkRow, index: number): string[] {
  return [
    String(link.sequence ?? index + 1),
    link.name,
    blank(link.unitText),
    blank(link.personName),
    blank(link.plannedStart),
    blank(link.deadline),
    blank(link.doneOn),
    blank(link.predecessorName),
    stateWords(link),
    blank(link.evidence),
  ];
}

/** 任务分解表: a month, its share of the plan, its task, the links due in it. */
function breakdown(
  name: string,
  tasks: readonly MonthlyTaskRow[],
  links: readonly ChainLinkRow[],
  trace: PrintTrace,
): Paper {
  const total = tasks.reduce((sum, task) => sum + (task.investment ?? 0), 0);
  const words = { done: '√ 完成', late: '■ 未完成', current: '▲ 本月', ahead: '○' } as const;
  return layTableReport({
    title: '项目任务分解表',
    subtitle: name,
    unitNote: '单位：万元',
    orientation: 'landscape',
    trace,
    columns: [
      { title: '月份', weight: 0.8, align: 'center' },
      { title: '当月计划投资', weight: 1, align: 'right' },
      { title: '当月任务', weight: 3 },
      { title: '到期环节、责任单位、责任人', weight: 3.4 },
      { title: '完成', weight: 0.9 },
      { title: '完成日期', weight: 1, align: 'center' },
      { title: '完成情况', weight: 2 },
    ],
    rows: [
      ...tasks.map((task) => ({
        cells: [
          task.month,
          task.investment === null ? '' : formatMoney(task.investment, '万元', 'exact'),
          blank(task.content),
          links
            .filter((link) => link.deadline?.startsWith(task.month))
            .map((link) => `${link.name}（${[link.unitText, link.personName].filter(Boolean).join('，')}）`)
            .join('\n'),
          words[task.state],
          blank(task.doneOn),
          blank(task.result),
        ],
      })),
      { kind: 'total' as const, cells: ['合计', formatMoney(total, '万元', 'exact')] },
    ],
    signatures: ['填报人', '审核人', '责任单位负责人'],
  });
}

/** 时间表、路线图、任务分解表 of one project (A5), one after another. @throws Fault UNKNOWN_ROW */
export async function projectPaper(
  store: Store,
  id: string,
  year: number,
  date: IsoDate,
  name: string,
): Promise<PrintedPaper> {
  const links = await readProjectLinks(store, id, date);
  const tasks = await readTasks(store, { projectId: id, year }, date);
  const trace = traceOf([links, tasks], date);
  const title = `${name}推进链条`;
  const timetable = layTableReport({
    title: '项目推进时间表',
    subtitle: name,
    orientation: 'landscape',
    columns: LINK_COLUMNS,
    rows: links.map((link, index) => ({ cells: linkCells(link, index) })),
    notes: [`截至${formatChinese(date)}。√ 完成　■ 逾期　▲ 临期　○ 未到期`],
    signatures: ['填报人', '审核人', '责任单位负责人'],
    trace,
  });
  const gantt: Paper = {
    title: '项目推进路线图',
    pages: ganttPages(links, { title: '项目推进路线图', subtitle: name, today: date }),
  };
  const papers = [timetable, gantt, ...(tasks.length > 0 ? [breakdown(name, tasks, links, trace)] : [])];
  return printed(title, papers);
}

const STATE_NAMES = { overdue: '逾期', dueSoon: '临期', open: '未到期', undated: '未定时限', done: '已完成' } as const;

/** The list of links as filtered. */
export async function listPaper(store: Store, filter: ChainFilter, date: IsoDate): Promise<PrintedPaper> {
  const { links, total } = await readLinks(store, filter, date);
  const states = filter.states ?? [];
  const which = states.length === 0 ? '' : `（${states.map((state) => STATE_NAMES[state]).join('、')}）`;
  const title = `项目推进链条一览表${which}`;
  const paper = layTableReport({
    title,
    subtitle: `共 ${total} 个环节，截至${formatChinese(date)}`,
    orientation: 'landscape',
    columns: [
      { title: '序号', weight: 0.5, align: 'center' },
      { title: '项目', weight: 2.8 },
      { title: '责任单位', weight: 1 },
      { title: '环节', weight: 1.7 },
      { title: '办理单位', weight: 1.6 },
      { title: '责任人', weight: 0.8 },
      { title: '办理时限', weight: 1, align: 'center' },
      { title: '状态', weight: 1.2 },
      { title: '市级责任领导', weight: 0.9 },
      { title: '说明', weight: 1.4 },
    ],
    rows: links.slice(0, 3000).map((link, index) => ({
      cells: [
        String(index + 1),
        link.projectName,
        link.unitName,
        link.name,
        blank(link.unitText),
        blank(link.personName),
        blank(link.deadline),
        stateWords(link),
        blank(link.cityLeader),
        blank(link.note),
      ],
    })),
    trace: traceOf(links, date),
  });
  return printed(title, [paper]);
}
