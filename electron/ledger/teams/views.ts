import { Fault } from '../../../shared/contract/faults.ts';
import type {
  ForceCheck,
  ForceLine,
  HookLeader,
  Hookup,
  Inspection,
  ProjectTeam,
  QueueLine,
  SixOnesRow,
  StewardRow,
  TeamsOverview,
} from '../../../shared/contract/teams.ts';
import { daysBetween, type IsoDate } from '../../../shared/domain/date.ts';
import { INSTRUCTION_STATES } from '../../../shared/domain/instruction.ts';
import { moneyText } from '../../../shared/domain/money.ts';
import { rankProblem, reachesRank } from '../../../shared/domain/rank.ts';
import { formatRate } from '../../../shared/domain/rate.ts';
import { poolRuleOn } from '../pool/index.ts';
import { groupBy, judgeAll } from '../rates/index.ts';
import { type Actor, type Change, type CommitResult, commit } from '../store/commit.ts';
import type { Store } from '../store/open.ts';
import { type StoredRow, selectRow } from '../store/statements.ts';
import { sheetLines } from '../supervision/index.ts';
import { forceOf, isOpen, nameIn, readFacts, sixOf, type TeamFacts } from './facts.ts';
import { readInstructions } from './instructions.ts';

async function forceLines(store: Store, projectId: string | null): Promise<ForceLine[]> {
  const forces = await store.query
    .selectFrom('taskForce as f')
    .leftJoin('project as p', 'p.id', 'f.projectId')
    .select([
      'f.id',
      'f.level',
      'f.name',
      'f.unitId',
      'f.projectId',
      'p.name as projectName',
      'f.parentId',
      'f.leaderId',
      'f.officerId',
      'f.formedOn',
      'f.document',
      'f.dailyReport',
      'f.duties',
    ])
    .where('f.voided', '=', 0)
    .$if(projectId !== null, (query) => query.where('f.projectId', '=', projectId ?? ''))
    .orderBy('f.id')
    .execute();
  const members = await store.query
    .selectFrom('taskForceMember as m')
    .innerJoin('person as p', 'p.id', 'm.personId')
    .select(['m.id', 'm.taskForceId', 'm.personId', 'p.name', 'p.title', 'p.phone', 'm.role', 'm.sequence'])
    .where('m.voided', '=', 0)
    .orderBy('m.sequence')
    .orderBy('m.id')
    .execute();
  const byForce = groupBy(members, (member) => member.taskForceId);
  return forces.map((force) => ({
    ...force,
    members: (byForce.get(force.id) ?? []).map(({ taskForceId: _, ...member }) => member),
  }));
}

/** Task forces of the three levels, and the groups of the units (A7, D2). */
export async function readTeams(store: Store): Promise<TeamsOverview> {
  const unitGroups = await store.query
    .selectFrom('unitGroup')
    .select([
      'id',
      'unitId',
      'name',
      'leaderId',
      'deputyId',
      'members',
      'officeHost',
      'directorId',
      'liaisonId',
      'document',
      'formedOn',
    ])
    .where('voided', '=', 0)
    .orderBy('id')
    .execute();
  const with_ = new Set(unitGroups.map((group) => group.unitId));
  const units = await store.query
    .selectFrom('responsibilityUnit')
    .select(['id', 'name'])
    .where('voided', '=', 0)
    .orderBy((on) => on.fn.coalesce('sequence', on.lit(99_999)))
    .execute();
  return {
    forces: await forceLines(store, null),
    unitGroups,
    unitsWithoutGroup: units.filter((unit) => !with_.has(unit.id)),
  };
}

/** 六个一 of every open project (C4). */
export async function readSixOnes(store: Store): Promise<SixOnesRow[]> {
  const facts = await readFacts(store);
  return facts.projects.filter(isOpen).map((project) => {
    const six = sixOf(facts, project);
    return {
      id: project.id,
      name: project.name,
      unitName: facts.units.get(project.unitId) ?? '',
      stage: project.stage,
      annualPlan: project.annualPlan,
      six: [...six],
      gaps: six.filter((each) => each.state === 'lacks').length,
    };
  });
}

const plain = ({ leaderId: _, officerId: __, ...check }: ReturnType<typeof forceOf>): ForceCheck => check;

export async function readChecks(store: Store): Promise<ForceCheck[]> {
  const facts = await readFacts(store);
  return facts.projects.filter(isOpen).map((project) => plain(forceOf(facts, project)));
}

/** Sets 班长 and 专班责任人 as the rule of the list says (B4); projects the rule says nothing of are left. */
export async function applyRule(
  store: Store,
  ids: readonly string[],
  actor: Actor,
): Promise<CommitResult & { readonly set: number; readonly left: number }> {
  const facts = await readFacts(store);
  const asked = new Set(ids);
  const verdicts = facts.projects.filter((project) => asked.has(project.id)).map((project) => forceOf(facts, project));
  const changes = verdicts
    .filter((verdict) => verdict.fixable)
    .map(
      (verdict): Change => ({
        entity: 'project',
        id: verdict.id,
        set: {
          ...(verdict.leaderId === null ? {} : { taskForceLeaderId: verdict.leaderId }),
          ...(verdict.officerId === null ? {} : { taskForceOfficerId: verdict.officerId }),
        },
      }),
    );
  if (changes.length === 0)
    throw new Fault('RULE_BROKEN', { why: '所选项目的专班已符合规定，或应任的领导还没有登记', cure: '请先登记领导' });
  const title = `按清单规定设置专班 ${changes.length} 个项目`;
  const result = commit(store, { kind: 'edit', title, changes }, actor);
  return { ...result, set: changes.length, left: asked.size - changes.length };
}

function leaderRows(facts: TeamFacts, level: 'city' | 'county', red: ReadonlySet<string>): HookLeader[] {
  const field = level === 'city' ? 'cityLeaderId' : 'countyLeaderId';
  const projects = facts.projects.filter(isOpen);
  const byLeader = groupBy(
    projects.filter((project) => project[field] !== null),
    (project) => project[field] ?? '',
  );
  // Leaders of the level by rank: those who should be hooked up whether they are or not.
  const should = [...facts.people.values()].filter((person) =>
    level === 'city'
      ? reachesRank(person.rank, 'cityDeputy') === true
      : reachesRank(person.rank, 'countyDeputy') === true &&
        reachesRank(person.rank, 'cityDeputy') === false &&
        person.unitId !== null,
  );
  const ids = new Set([...byLeader.keys(), ...should.map((person) => person.id)]);
  return [...ids].flatMap((id): HookLeader[] => {
    const person = facts.people.get(id);
    if (person === undefined) return [];
    const own = byLeader.get(id) ?? [];
    const rank = rankProblem(field, person);
    const problem =
      rank !== null && own.length > 0
        ? rank.reason
        : own.length === 0
          ? '没有挂点项目'
          : person.rank === null
            ? '职级未填，无法核对'
            : '';
    return [
      {
        id,
        name: person.name,
        title: person.title,
        rank: person.rank,
        level,
        unitName: person.unitId === null ? person.workplace : (facts.units.get(person.unitId) ?? null),
        projects: own.length,
        annualPlan: own.reduce((sum, project) => sum + (project.annualPlan ?? 0), 0),
        red: own.filter((project) => red.has(project.id)).length,
        problem,
      },
    ];
  });
}

/** 挂点帮扶 both ways (C3, E12): which projects have nobody, which leaders have nothing, on both levels. */
export async function readHookup(store: Store, date: IsoDate): Promise<Hookup> {
  const facts = await readFacts(store);
  const { projects: judged } = await judgeAll(store, date);
  const red = new Set(judged.filter(({ result }) => result.light === 'red').map(({ figures }) => figures.id));
  const projects = facts.projects.filter(isOpen);
  const leaders = [...leaderRows(facts, 'city', red), ...leaderRows(facts, 'county', red)];
  const levelOf = (level: 'city' | 'county') => {
    const covered = projects.filter(
      (project) => (level === 'city' ? project.cityLeaderId : project.countyLeaderId) !== null,
    ).length;
    const own = leaders.filter((leader) => leader.level === level);
    return {
      level,
      label: level === 'city' ? '市级领导' : '县级领导',
      projects: projects.length,
      covered,
      text: formatRate({ numerator: covered, denominator: projects.length }),
      leaders: own.length,
      idle: own.filter((leader) => leader.projects === 0).length,
    };
  };
  return {
    date,
    levels: [levelOf('city'), levelOf('county')],
    leaders: leaders.sort(
      (left, right) =>
        (left.level === right.level ? 0 : left.level === 'city' ? -1 : 1) || right.projects - left.projects,
    ),
    uncovered: projects
      .filter((project) => project.cityLeaderId === null || project.countyLeaderId === null)
      .map((project) => ({
        id: project.id,
        name: project.name,
        unitName: facts.units.get(project.unitId) ?? '',
        lacksCity: project.cityLeaderId === null,
        lacksCounty: project.countyLeaderId === null,
      })),
  };
}

const STANDINGS: Readonly<Record<string, string>> = {
  issued: '已印发，待回复',
  overdue: '逾期未回复',
  replied: '已回复，待复核',
};

/** A matter that is no longer in the queue: answered, done, or 作废 by now. */
function settled(
  store: Store,
  subject: QueueLine['subject'],
  id: string,
): Pick<QueueLine, 'projectId' | 'title' | 'unitName' | 'standing'> {
  const text = (row: StoredRow | undefined, field: string): string => String(row?.[field] ?? '');
  const entity = { sheet: 'supervisionSheet', link: 'link', instruction: 'leaderInstruction' } as const;
  const row = selectRow(store, entity[subject], id);
  const project = subject === 'sheet' ? undefined : selectRow(store, 'project', text(row, 'projectId'));
  const unit = selectRow(store, 'responsibilityUnit', text(subject === 'sheet' ? row : project, 'unitId'));
  const own = { sheet: 'title', link: 'name', instruction: 'content' } as const;
  return {
    projectId: project === undefined ? null : project.id,
    title: [text(project, 'name'), text(row, own[subject])].filter((each) => each !== '').join('：'),
    unitName: text(unit, 'shortName') || text(unit, 'name'),
    standing: row?.voided === 1 ? '已作废' : '已销号',
  };
}

/** 督查问责办 and its own queue (C1): open sheets, overdue links, open instructions of leaders (C3), who follows them up. */
export async function readInspection(session: Parameters<typeof sheetLines>[0], date: IsoDate): Promise<Inspection> {
  const { store } = session;
  const offices = await store.query
    .selectFrom('inspectionOffice')
    .select(['id', 'name', 'officeHost', 'directorId', 'deputyId', 'contact', 'duties'])
    .where('voided', '=', 0)
    .orderBy('id')
    .execute();
  const tasks = await store.query
    .selectFrom('inspectionTask')
    .select(['id', 'subject', 'subjectId', 'officerId', 'manner', 'dueOn', 'doneOn', 'result'])
    .where('voided', '=', 0)
    .orderBy('id')
    .execute();
  const bySubject = new Map(
    tasks.map(({ id, subject: _, subjectId, ...task }) => [subjectId, { taskId: id, ...task }]),
  );
  const nobody = { taskId: null, officerId: null, manner: null, dueOn: null, doneOn: null, result: null };
  const sheets = (await sheetLines(session)).filter((sheet) => Object.hasOwn(STANDINGS, sheet.standing));
  const links = await store.query
    .selectFrom('link as l')
    .innerJoin('project as p', 'p.id', 'l.projectId')
    .innerJoin('responsibilityUnit as u', 'u.id', 'p.unitId')
    .select([
      'l.id',
      'l.name',
      'l.deadline',
      'l.projectId',
      'p.name as projectName',
      'u.name as unitName',
      'u.shortName',
    ])
    .where('l.voided', '=', 0)
    .where('p.voided', '=', 0)
    .where('l.doneOn', 'is', null)
    .where('l.deadline', '<', date)
    .orderBy('l.deadline')
    .execute();
  const queue: QueueLine[] = [
    ...sheets.map(
      (sheet): QueueLine => ({
        id: sheet.id,
        subject: 'sheet',
        subjectId: sheet.id,
        projectId: sheet.projects.length === 1 ? (sheet.projects[0]?.id ?? null) : null,
        title: `${sheet.number ?? ''} ${sheet.title}`.trim(),
        unitName: sheet.unitName,
        due: sheet.replyDue,
        daysLate: sheet.replyDue === null ? null : daysBetween(sheet.replyDue, date),
        standing: STANDINGS[sheet.standing] ?? '',
        ...(bySubject.get(sheet.id) ?? nobody),
      }),
    ),
    ...links.map(
      (link): QueueLine => ({
        id: link.id,
        subject: 'link',
        subjectId: link.id,
        projectId: link.projectId,
        title: `${link.projectName}：${link.name}`,
        unitName: link.shortName ?? link.unitName,
        due: link.deadline,
        daysLate: link.deadline === null ? null : daysBetween(link.deadline, date),
        standing: '环节逾期',
        ...(bySubject.get(link.id) ?? nobody),
      }),
    ),
    ...(await readInstructions(store, date))
      .filter((instruction) => instruction.doneOn === null)
      .map(
        (instruction): QueueLine => ({
          id: instruction.id,
          subject: 'instruction',
          subjectId: instruction.id,
          projectId: instruction.projectId,
          title: `${instruction.projectName}：${instruction.leaderName ?? ''}要求${instruction.content}`,
          unitName: instruction.unitName,
          due: instruction.deadline,
          daysLate: instruction.deadline === null ? null : daysBetween(instruction.deadline, date),
          standing: INSTRUCTION_STATES[instruction.state],
          ...(bySubject.get(instruction.id) ?? nobody),
        }),
      ),
  ];
  const open = new Set(queue.filter((line) => line.doneOn === null).map((line) => line.subjectId));
  const known = new Map(queue.map((line) => [line.subjectId, line]));
  const past = tasks
    .filter((task) => !open.has(task.subjectId))
    .map(({ id, subjectId, ...task }): QueueLine => {
      const line = known.get(subjectId) ?? { ...settled(store, task.subject, subjectId), due: null, daysLate: null };
      return { ...line, ...task, id, subjectId, taskId: id };
    })
    .sort((left, right) => (right.doneOn ?? '').localeCompare(left.doneOn ?? ''));
  return { date, offices, queue, past };
}

/** 项目管家 (D11): each open project's; from the plan on that the rule of the day names it gets a team. */
export async function readStewards(store: Store, date: IsoDate): Promise<{ least: number; rows: StewardRow[] }> {
  const facts = await readFacts(store);
  const { teamFrom: least } = await poolRuleOn(store, date);
  const rows = facts.projects.filter(isOpen).map((project): StewardRow => {
    const service = facts.services.get(project.id);
    const team = facts.forces.get(project.id) ?? nameIn(facts, project.taskForceLeaderId);
    const needsTeam = (project.annualPlan ?? 0) >= least;
    const gaps = [
      ...((service?.stewardId ?? null) === null ? ['没有项目管家'] : []),
      ...(needsTeam && team === null ? [`年度计划投资在 ${moneyText(least)}以上，应建推进团队`] : []),
    ];
    return {
      id: project.id,
      name: project.name,
      unitName: facts.units.get(project.unitId) ?? '',
      annualPlan: project.annualPlan,
      serviceId: service?.id ?? null,
      stewardId: service?.stewardId ?? null,
      chiefServiceOfficer: nameIn(facts, project.chiefServiceOfficerId),
      liaison: nameIn(facts, project.liaisonId),
      team,
      needsTeam,
      problem: gaps.join('；'),
    };
  });
  return { least, rows };
}

/** Team, service and cases of one project. @throws Fault UNKNOWN_ROW */
export async function readProjectTeam(store: Store, id: string, date: IsoDate): Promise<ProjectTeam> {
  const facts = await readFacts(store, id);
  const [project] = facts.projects;
  if (project === undefined) throw new Fault('UNKNOWN_ROW', { what: '项目' });
  const cases = await store.query
    .selectFrom('caseMeeting')
    .select(['id', 'matter', 'metOn', 'hostId', 'participants', 'decision', 'unitText', 'deadline', 'doneOn', 'result'])
    .where('projectId', '=', id)
    .where('voided', '=', 0)
    .orderBy('metOn')
    .orderBy('id')
    .execute();
  return {
    projectId: id,
    service: facts.services.get(id) ?? null,
    forces: await forceLines(store, id),
    six: [...sixOf(facts, project)],
    check: plain(forceOf(facts, project)),
    cases,
    instructions: await readInstructions(store, date, id),
  };
}
