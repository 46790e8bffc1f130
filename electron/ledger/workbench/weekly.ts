import type { SheetLine } from '../../../shared/contract/supervision.ts';
import type { WeeklyBy, WeeklyNotes } from '../../../shared/contract/workbench.ts';
import { addDays, formatChinese, type IsoDate, isoWeekday } from '../../../shared/domain/date.ts';
import { lightMark } from '../../../shared/domain/light.ts';
import { stageName } from '../../../shared/domain/stage.ts';
import { isCleared, isNoted, type NotedProject, weeklyNote } from '../../../shared/domain/weekly-note.ts';
import {
  batchHtml,
  batchPages,
  type FormSection,
  laySectionedForm,
  type Paper,
  SUPERVISION_KIND_NAMES,
} from '../documents/index.ts';
import { groupBy, type JudgedProject, judgeAll, unitNames, unitsInOrder } from '../rates/index.ts';
import type { Session } from '../session/index.ts';
import { digestOf } from '../store/digest.ts';
import type { Store } from '../store/open.ts';
import { sheetLines } from '../supervision/index.ts';

interface Week {
  readonly date: IsoDate;
  readonly lastDate: IsoDate;
}

/** The Monday of the week, and the one before. */
function weekOf(today: IsoDate): Week {
  const date = addDays(today, 1 - isoWeekday(today));
  return { date, lastDate: addDays(date, -7) };
}

const within = (date: IsoDate | null, { date: end, lastDate }: Week): boolean =>
  date !== null && date > lastDate && date <= end;

/** What was entered between the two Mondays, by project. */
async function happenings(store: Store, week: Week, sheets: readonly SheetLine[]) {
  const since = new Map<string, string[]>();
  const add = (projectId: string, words: string): void => {
    since.set(projectId, [...(since.get(projectId) ?? []), words]);
  };
  const links = await store.query
    .selectFrom('link')
    .select(['projectId', 'name', 'doneOn'])
    .where('voided', '=', 0)
    .where('doneOn', '>', week.lastDate)
    .where('doneOn', '<=', week.date)
    .orderBy('doneOn')
    .execute();
  for (const link of links) add(link.projectId, `“${link.name}”已完成`);
  const events = await store.query
    .selectFrom('stageEvent')
    .select(['projectId', 'to', 'evidence'])
    .where('voided', '=', 0)
    .where('date', '>', week.lastDate)
    .where('date', '<=', week.date)
    .execute();
  for (const event of events)
    add(event.projectId, `转为${stageName(event.to)}${event.evidence === null ? '' : `（${event.evidence}）`}`);
  for (const sheet of [...sheets].reverse()) {
    const name = `${SUPERVISION_KIND_NAMES[sheet.kind]}${sheet.number === null ? '' : ` ${sheet.number}`}`;
    const open = sheet.issuedOn !== null && sheet.issuedOn <= week.date && sheet.repliedOn === null;
    const words = within(sheet.repliedOn, week)
      ? `${name}已回复`
      : open
        ? `${name}已印发，${sheet.replyDue !== null && sheet.replyDue < week.date ? '逾期未回复' : '尚未回复'}`
        : null;
    if (words !== null) for (const project of sheet.projects) add(project.id, words);
  }
  return since;
}

interface Recipient {
  readonly key: string;
  readonly to: string;
  readonly whose: string;
}

/** Whom each project's line goes to. */
async function recipients(session: Session, by: WeeklyBy): Promise<(project: JudgedProject) => Recipient> {
  const { store } = session;
  if (by === 'unit') {
    const names = await unitNames(store);
    return ({ figures }) => ({ key: figures.unitId, to: names.get(figures.unitId) ?? '', whose: '你单位' });
  }
  const city = session.identity.level === 'city';
  const people = await store.query.selectFrom('person').select(['id', 'name', 'title']).execute();
  const known = new Map(people.map((person) => [person.id, [person.name, person.title].filter(Boolean).join(' ')]));
  const role = city ? '市级责任领导' : '县级包保领导';
  return ({ figures }) => {
    const id = city ? figures.cityLeaderId : figures.countyLeaderId;
    const to = id === null ? undefined : known.get(id);
    return to === undefined
      ? { key: '', to: `未明确${role}`, whose: '还没有领导包保' }
      : { key: id ?? '', to, whose: '您包保' };
  };
}

interface Note {
  readonly recipient: Recipient;
  readonly projects: readonly NotedProject[];
}

async function notesOf(session: Session, by: WeeklyBy): Promise<{ week: Week; notes: readonly Note[] }> {
  const { store } = session;
  const week = weekOf(session.today());
  const now = (await judgeAll(store, week.date)).projects;
  const before = new Map((await judgeAll(store, week.lastDate)).projects.map((each) => [each.figures.id, each.result]));
  const since = await happenings(store, week, await sheetLines(session));
  const names = await unitNames(store);
  const recipientOf = await recipients(session, by);
  const order = new Map((await unitsInOrder(store)).map((unit, index) => [unit.id, index]));
  const groups = groupBy(now, (project) => recipientOf(project).key);
  const notes: Note[] = [...groups.values()].flatMap((group): Note[] => {
    const [first] = group;
    if (first === undefined) return [];
    const projects = [...group]
      .sort((left, right) => (order.get(left.figures.unitId) ?? 0) - (order.get(right.figures.unitId) ?? 0))
      .map(({ figures, result }): NotedProject => {
        const then = before.get(figures.id);
        return {
          name: figures.name,
          unitName: names.get(figures.unitId) ?? '',
          light: result.light,
          text: result.text,
          before: then === undefined ? null : { light: then.light, text: then.text },
          since: since.get(figures.id) ?? [],
        };
      });
    return [{ recipient: recipientOf(first), projects }];
  });
  const count = ({ projects }: Note, light: 'red' | 'yellow'): number =>
    projects.filter((project) => project.light === light).length;
  // Whoever has nobody named comes last: it is for the office itself.
  const rank = ({ recipient }: Note): number => (recipient.key === '' ? 1 : 0);
  return {
    week,
    notes: notes.sort(
      (left, right) =>
        rank(left) - rank(right) ||
        count(right, 'red') - count(left, 'red') ||
        count(right, 'yellow') - count(left, 'yellow'),
    ),
  };
}

/** 每周提示 to each leader or unit (C12). @throws Fault RULE_BROKEN */
export async function weeklyNotes(session: Session, by: WeeklyBy): Promise<WeeklyNotes> {
  const { week, notes } = await notesOf(session, by);
  return {
    ...week,
    notes: notes.map(({ recipient, projects }) => ({
      key: recipient.key,
      to: recipient.to,
      projects: projects.length,
      red: projects.filter(({ light }) => light === 'red').length,
      yellow: projects.filter(({ light }) => light === 'yellow').length,
      cleared: projects.filter(isCleared).length,
      text: weeklyNote({ ...recipient, ...week, projects }),
    })),
  };
}

function sectionOf(projects: readonly NotedProject[], heading: string, empty: string): FormSection {
  return {
    kind: 'table',
    heading,
    columns: [
      { title: '责任单位', weight: 0.9, align: 'center' },
      { title: '项目', weight: 1.9 },
      { title: '灯', weight: 0.7, align: 'center' },
      { title: '本周情况', weight: 2.6 },
      { title: '上次提示', weight: 2.2 },
      { title: '上周以来', weight: 1.7 },
    ],
    rows: projects.map((project) => [
      project.unitName,
      project.name,
      lightMark(project.light),
      project.text,
      project.before === null ? '未登记' : `${lightMark(project.before.light)}　${project.before.text}`,
      project.since.join('；'),
    ]),
    empty,
  };
}

/** 每周提示 on paper, a sheet each. */
export async function weeklyPaper(
  session: Session,
  by: WeeklyBy,
  keys: readonly string[],
): Promise<{ readonly html: string; readonly title: string; readonly pages: number }> {
  const { week, notes } = await notesOf(session, by);
  const papers = notes
    .filter(({ recipient }) => keys.includes(recipient.key))
    .map(({ recipient, projects }): Paper => {
      const lit = projects.filter(({ light }) => isNoted(light));
      const cleared = projects.filter(isCleared);
      const sections = [
        sectionOf(
          [...lit.filter(({ light }) => light === 'red'), ...lit.filter(({ light }) => light === 'yellow')],
          `一、红黄灯项目 ${lit.length} 个`,
          '没有红黄灯项目',
        ),
        ...(cleared.length === 0
          ? []
          : [sectionOf(cleared, `二、上次提示、现已不亮红黄灯的项目 ${cleared.length} 个`, '')]),
      ];
      return laySectionedForm({
        title: '重点项目每周提示',
        subtitle: recipient.to,
        left: `共 ${projects.length} 个项目`,
        right: `截至${formatChinese(week.date)}（星期一）`,
        sections,
        signatures: [],
        trace: { asOf: week.date, dataDigest: digestOf(JSON.stringify(sections)) },
        number: '',
      });
    });
  const title = `重点项目每周提示（${week.date}）`;
  return { html: batchHtml(title, papers, { duplex: false }), title, pages: batchPages(papers).length };
}
