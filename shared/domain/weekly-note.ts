import { formatChinese, type IsoDate, partsOf } from './date.ts';
import { LIGHT_NAMES, type Light } from './light.ts';

/** 每周提示 (C12): each Monday the red and yellow lights to whoever answers for them, with what was said a week before. */

export interface NotedProject {
  readonly name: string;
  readonly unitName: string;
  readonly light: Light;
  readonly text: string;
  /** A week before; null when the project was not there. */
  readonly before: { readonly light: Light; readonly text: string } | null;
  /** What happened since, in words. */
  readonly since: readonly string[];
}

export interface NoteFacts {
  /** '张某 副市长', or the name of a unit. */
  readonly to: string;
  /** How the projects belong to them: '您包保' or '你单位'. */
  readonly whose: string;
  readonly date: IsoDate;
  readonly lastDate: IsoDate;
  readonly projects: readonly NotedProject[];
}

const NUMERALS = ['一', '二', '三'];

const dayWords = (date: IsoDate): string => {
  const { month, day } = partsOf(date);
  return `${month}月${day}日`;
};

export const isNoted = (light: Light | undefined): boolean => light === 'red' || light === 'yellow';

/** Said last time, and red or yellow no more. */
export const isCleared = ({ light, before }: Pick<NotedProject, 'light' | 'before'>): boolean =>
  !isNoted(light) && isNoted(before?.light);

function lineOf(project: NotedProject, index: number, lastDate: IsoDate): string {
  const { before, light, since } = project;
  const last =
    before === null
      ? `${dayWords(lastDate)}时未登记`
      : `${dayWords(lastDate)}${LIGHT_NAMES[before.light]}${isNoted(before.light) ? `：${before.text}` : ''}`;
  const change = before === null || before.light === light ? '' : light === 'red' ? '，本周转红' : '，本周转黄';
  const follow = since.length === 0 ? '上周以来没有登记新进展' : `上周以来：${since.join('；')}`;
  return `${index + 1}. ${project.name}（${project.unitName}）：${project.text}${change}。上次提示：${last}。${follow}。`;
}

/** The message as it is sent: plain text, lines of its own for each project. */
export function weeklyNote(facts: NoteFacts): string {
  const { projects, date, lastDate } = facts;
  const of = (light: Light): readonly NotedProject[] => projects.filter((project) => project.light === light);
  const then = (light: Light): number => projects.filter((project) => project.before?.light === light).length;
  const cleared = projects.filter(isCleared);
  const parts = [
    { heading: '红灯项目', lines: of('red').map((project, index) => lineOf(project, index, lastDate)) },
    { heading: '黄灯项目', lines: of('yellow').map((project, index) => lineOf(project, index, lastDate)) },
    {
      heading: '上次提示、现已不亮红黄灯的项目',
      lines: cleared.map((project, index) => `${index + 1}. ${project.name}（${project.unitName}）`),
    },
  ].filter(({ lines }) => lines.length > 0);
  return [
    `【重点项目每周提示】截至${formatChinese(date)}（星期一）`,
    `${facts.to}：`,
    `${facts.whose}的项目共 ${projects.length} 个，红灯 ${of('red').length} 个、黄灯 ${of('yellow').length} 个；上周一（${dayWords(lastDate)}）红灯 ${then('red')} 个、黄灯 ${then('yellow')} 个。`,
    ...parts.flatMap(({ heading, lines }, index) => [
      `${NUMERALS[index] ?? ''}、${heading} ${lines.length} 个`,
      ...lines,
    ]),
    parts.length === 0 ? '没有红黄灯项目。' : '请督促责任单位本周内推进，进展由项目联络员反馈领导小组办公室。',
  ].join('\n');
}
