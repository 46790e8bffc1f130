import { SERVING_ROLES } from '../../../shared/contract/teams.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { countedBothWays } from '../../../shared/domain/bundle.ts';
import { formatChinese, type IsoDate } from '../../../shared/domain/date.ts';
import { INSTRUCTION_STATES } from '../../../shared/domain/instruction.ts';
import { formatMoney } from '../../../shared/domain/money.ts';
import { listName } from '../../../shared/domain/pool.ts';
import { SIX_ONES } from '../../../shared/domain/six-ones.ts';
import { stageName } from '../../../shared/domain/stage.ts';
import { layTableReport, pagesToHtml, type ReportRow, type TableReport } from '../documents/index.ts';
import { readOverview } from '../organisation/index.ts';
import { groupBy, readLists, unitsInOrder } from '../rates/index.ts';
import type { Store } from '../store/open.ts';
import { isOpen, nameIn, readFacts } from './facts.ts';
import { readInstructions } from './instructions.ts';
import { readServing } from './serving.ts';
import { readHookup, readSixOnes, readTeams } from './views.ts';

export type TeamPaper = 'roster' | 'responsibility' | 'sixOnes' | 'hookup' | 'unitGroups' | 'serving' | 'instructions';

const wan = (yuan: number | null): string => (yuan === null ? '' : formatMoney(yuan, '万元', 'exact'));
const roleLabel = (role: string): string =>
  dictionary.leadingGroupMember.fields.role.choices?.find((choice) => choice.value === role)?.label ?? '成员';

/** 名册 (A1, A2, C1, D2): leading group with its office, 督查问责办, promotion groups with members and units, units' own groups. */
async function roster(store: Store, date: IsoDate): Promise<TableReport> {
  const overview = await readOverview(store, date);
  const teams = await readTeams(store);
  const offices = await store.query
    .selectFrom('inspectionOffice')
    .select(['name', 'officeHost', 'directorId', 'deputyId'])
    .where('voided', '=', 0)
    .orderBy('id')
    .execute();
  const people = new Map(overview.people.map((person) => [person.id, person]));
  const line = (role: string, id: string | null): ReportRow[] => {
    const person = id === null ? undefined : people.get(id);
    if (person === undefined) return [];
    return [{ cells: [role, person.name, person.title ?? '', person.phone ?? ''] }];
  };
  const rows: ReportRow[] = [
    ...overview.leadingGroups.flatMap((group): ReportRow[] => [
      { kind: 'group', cells: [`${group.name}（办公室设在${group.officeHost ?? '—'}）`] },
      ...group.members.map((member) => ({
        cells: [roleLabel(member.role), member.name, member.title ?? '', member.phone ?? ''],
      })),
      ...line('办公室主任', group.directorId),
    ]),
    ...offices.flatMap((office): ReportRow[] => [
      { kind: 'group', cells: [`${office.name}（设在${office.officeHost ?? '—'}）`] },
      ...line('主任', office.directorId),
      ...line('副主任', office.deputyId),
    ]),
    ...overview.groups.flatMap((group): ReportRow[] => {
      const units = group.units.filter((unit) => unit.current).map((unit) => unit.unitName);
      return [
        { kind: 'group', cells: [`${group.name}　被包保单元：${units.join('、') || '—'}`] },
        ...line('组长', group.leaderId),
        ...group.members.map((member) => ({ cells: ['成员', member.name, member.title ?? '', member.phone ?? ''] })),
        ...line('联络员', group.liaisonId),
        ...line('组办公室主任', group.directorId),
      ];
    }),
    ...teams.unitGroups.flatMap((group): ReportRow[] => [
      { kind: 'group', cells: [`${group.name}（办公室设在${group.officeHost ?? '—'}）`] },
      ...line('组长', group.leaderId),
      ...line('副组长', group.deputyId),
      ...(group.members === null ? [] : [{ cells: ['成员', '', group.members, ''] }]),
      ...line('办公室主任', group.directorId),
      ...line('联络员', group.liaisonId),
    ]),
  ];
  return {
    title: '重点项目包保推进组织机构名册',
    subtitle: `（${formatChinese(date)}）`,
    columns: [
      { title: '组内职务', weight: 1.1, align: 'center' },
      { title: '姓名', weight: 0.9, align: 'center' },
      { title: '单位及职务', weight: 3 },
      { title: '联系电话', weight: 1.3, align: 'center' },
    ],
    rows,
  };
}

/** 包保责任一览表 (B3): every open project with the people who answer for it, by unit. */
async function responsibility(
  store: Store,
  date: IsoDate,
  unitIds: readonly string[] | undefined,
): Promise<TableReport> {
  const facts = await readFacts(store);
  const units = (await unitsInOrder(store)).filter((unit) => unitIds === undefined || unitIds.includes(unit.id));
  const listed = new Set(units.map((unit) => unit.id));
  const open = facts.projects.filter((project) => isOpen(project) && listed.has(project.unitId));
  const byUnit = groupBy(open, (project) => project.unitId);
  const bothWays = countedBothWays(open);
  const name = (id: string | null): string => nameIn(facts, id) ?? '';
  let n = 0;
  const rows = units.flatMap((unit): ReportRow[] => {
    const projects = byUnit.get(unit.id) ?? [];
    if (projects.length === 0) return [];
    return [
      { kind: 'group', cells: [`${unit.name}（${projects.length} 项）`] },
      ...projects.map((project): ReportRow => {
        n += 1;
        return {
          cells: [
            String(n),
            project.name,
            readLists(project.lists).map(listName).join('、'),
            stageName(project.stage),
            wan(project.annualPlan),
            name(project.cityLeaderId),
            name(project.countyLeaderId),
            name(project.officerId),
            name(project.taskForceLeaderId),
            name(project.taskForceOfficerId),
            name(project.chiefServiceOfficerId),
            name(project.liaisonId),
          ],
        };
      }),
    ];
  });
  const narrow = (title: string) => ({ title, weight: 0.85, align: 'center' as const });
  return {
    title: '重点项目包保责任一览表',
    subtitle: `（${formatChinese(date)}）`,
    unitNote: '单位：万元',
    orientation: 'landscape',
    points: 9,
    columns: [
      { title: '序号', weight: 0.5, align: 'center' },
      { title: '项目名称', weight: 3 },
      { title: '清单', weight: 1.45 },
      { title: '阶段', weight: 1.05, align: 'center' },
      { title: '年度计划', weight: 0.95, align: 'right' },
      narrow('市级责任领导'),
      narrow('县级包保领导'),
      narrow('责任人'),
      { ...narrow('班长'), group: '专班' },
      { ...narrow('责任人'), group: '专班' },
      narrow('首席服务员'),
      narrow('联络员'),
    ],
    rows,
    notes: [`未竣工项目 ${n} 个${bothWays === '' ? '' : `（打包项目和子项都列出；${bothWays}）`}；空白为未定。`],
  };
}

async function sixOnesTable(store: Store, date: IsoDate, unitIds: readonly string[] | undefined): Promise<TableReport> {
  const names = new Set(
    (await store.query.selectFrom('responsibilityUnit').select(['id', 'name', 'shortName']).execute())
      .filter((unit) => unitIds === undefined || unitIds.includes(unit.id))
      .map((unit) => unit.shortName ?? unit.name),
  );
  const rows = (await readSixOnes(store)).filter((row) => row.gaps > 0 && names.has(row.unitName));
  return {
    title: '重点项目“六个一”缺项清单',
    subtitle: `（${formatChinese(date)}）`,
    orientation: 'landscape',
    columns: [
      { title: '序号', weight: 0.5, align: 'center' },
      { title: '责任单位', weight: 0.9 },
      { title: '项目名称', weight: 3 },
      ...SIX_ONES.map(({ label }) => ({ title: label, weight: 1.1, align: 'center' as const })),
    ],
    rows: rows.map((row, index) => ({
      cells: [
        String(index + 1),
        row.unitName,
        row.name,
        ...row.six.map((each) => (each.state === 'lacks' ? '缺' : each.state === 'notYet' ? '—' : '√')),
      ],
    })),
    notes: [`缺项项目 ${rows.length} 个；“—”为未开工，暂不要求。`],
  };
}

async function hookupTable(store: Store, date: IsoDate): Promise<TableReport> {
  const { leaders, levels } = await readHookup(store, date);
  return {
    title: '领导挂点帮扶项目统计表',
    subtitle: `（${formatChinese(date)}）`,
    unitNote: '单位：万元',
    columns: [
      { title: '序号', weight: 0.5, align: 'center' },
      { title: '层级', weight: 0.7, align: 'center' },
      { title: '姓名', weight: 0.8, align: 'center' },
      { title: '职务', weight: 2.4 },
      { title: '挂点项目数', weight: 0.8, align: 'right' },
      { title: '年度计划投资', weight: 1.1, align: 'right' },
      { title: '其中红灯', weight: 0.7, align: 'right' },
      { title: '提示', weight: 1.6 },
    ],
    rows: leaders.map((leader, index) => ({
      cells: [
        String(index + 1),
        leader.level === 'city' ? '市级' : '县级',
        leader.name,
        leader.title ?? '',
        String(leader.projects),
        wan(leader.annualPlan),
        String(leader.red),
        leader.problem,
      ],
    })),
    notes: levels.map(
      (level) => `${level.label}：${level.projects} 个项目已挂点 ${level.covered} 个，覆盖率 ${level.text}`,
    ),
  };
}

/** 各单位领导小组名册 (D2): each unit's own group and its office; who has none is named. */
async function unitGroupsTable(
  store: Store,
  date: IsoDate,
  unitIds: readonly string[] | undefined,
): Promise<TableReport> {
  const { unitGroups } = await readTeams(store);
  const facts = await readFacts(store);
  const units = (await unitsInOrder(store)).filter((unit) => unitIds === undefined || unitIds.includes(unit.id));
  const byUnit = new Map(unitGroups.map((group) => [group.unitId, group]));
  const whom = (id: string | null): string => {
    const person = id === null ? undefined : facts.people.get(id);
    return person === undefined ? '' : [person.name, person.title].filter(Boolean).join('\n');
  };
  const without = units.filter((unit) => !byUnit.has(unit.id)).map((unit) => unit.name);
  return {
    title: '各单位重点项目推进领导小组名册',
    subtitle: `（${formatChinese(date)}）`,
    orientation: 'landscape',
    points: 9,
    columns: [
      { title: '序号', weight: 0.45, align: 'center' },
      { title: '责任单位', weight: 0.9 },
      { title: '领导小组', weight: 2 },
      { title: '组长', weight: 1.4 },
      { title: '副组长', weight: 1.4 },
      { title: '成员', weight: 2 },
      { title: '办公室设在', weight: 1.3, group: '办公室' },
      { title: '主任', weight: 1.4, group: '办公室' },
      { title: '联络员', weight: 0.9, group: '办公室' },
      { title: '成立文件', weight: 1.2 },
    ],
    rows: units
      .flatMap((unit): ReportRow[] => {
        const group = byUnit.get(unit.id);
        return group === undefined
          ? []
          : [
              {
                cells: [
                  '',
                  unit.name,
                  group.name,
                  whom(group.leaderId),
                  whom(group.deputyId),
                  group.members ?? '',
                  group.officeHost ?? '',
                  whom(group.directorId),
                  nameIn(facts, group.liaisonId) ?? '',
                  [group.document, group.formedOn].filter(Boolean).join('\n'),
                ],
              },
            ];
      })
      .map((row, index) => ({ ...row, cells: [String(index + 1), ...row.cells.slice(1)] })),
    notes: [without.length === 0 ? '各单位都已成立领导小组。' : `还没有成立领导小组：${without.join('、')}。`],
  };
}

/** 服务名单 (A10): who serves which projects, and which projects have nobody. */
async function servingTable(store: Store, date: IsoDate): Promise<TableReport> {
  const { servers, projects } = await readServing(store);
  const lacking = (words: string): number => projects.filter(({ problem }) => problem.includes(words)).length;
  return {
    title: '重点项目服务名单',
    subtitle: `（${formatChinese(date)}）`,
    orientation: 'landscape',
    columns: [
      { title: '序号', weight: 0.5, align: 'center' },
      { title: '服务人员', weight: 1, align: 'center' },
      { title: '姓名', weight: 0.8, align: 'center' },
      { title: '单位及职务', weight: 2 },
      { title: '联系电话', weight: 1.2, align: 'center' },
      { title: '项目数', weight: 0.6, align: 'right' },
      { title: '服务项目', weight: 5 },
    ],
    rows: servers.map((server, index) => ({
      cells: [
        String(index + 1),
        SERVING_ROLES[server.role],
        server.name,
        server.title ?? server.unitName,
        server.phone ?? '',
        String(server.count),
        server.projects.join('、'),
      ],
    })),
    notes: [
      `未竣工项目 ${projects.length} 个，其中没有首席服务员 ${lacking('首席服务员')} 个、没有联络员 ${lacking('联络员')} 个、没有开通绿色通道 ${lacking('绿色通道')} 个。`,
    ],
  };
}

/** 领导指示办理情况 (C3). */
async function instructionTable(store: Store, date: IsoDate): Promise<TableReport> {
  const rows = await readInstructions(store, date);
  return {
    title: '挂点领导指示和要求办理情况',
    subtitle: `（${formatChinese(date)}）`,
    orientation: 'landscape',
    columns: [
      { title: '序号', weight: 0.5, align: 'center' },
      { title: '项目名称', weight: 2.2 },
      { title: '责任单位', weight: 0.9, align: 'center' },
      { title: '挂点领导', weight: 0.9, align: 'center' },
      { title: '指示日期', weight: 1.35, align: 'center' },
      { title: '指示和要求', weight: 3 },
      { title: '办理单位', weight: 1.3 },
      { title: '期限', weight: 1.35, align: 'center' },
      { title: '跟办人', weight: 0.8, align: 'center' },
      { title: '状态', weight: 1.3, align: 'center' },
      { title: '办理结果', weight: 1.8 },
    ],
    rows: rows.map((row, index) => ({
      cells: [
        String(index + 1),
        row.projectName,
        row.unitName,
        row.leaderName ?? '',
        row.givenOn,
        row.content,
        row.unitText ?? '',
        row.deadline ?? '',
        row.followedBy ?? '',
        INSTRUCTION_STATES[row.state],
        row.result ?? '',
      ],
    })),
    notes: [`共 ${rows.length} 条，已办结 ${rows.filter((row) => row.state === 'done').length} 条。`],
  };
}

function tableOf(store: Store, kind: TeamPaper, date: IsoDate, unitIds: readonly string[] | undefined) {
  switch (kind) {
    case 'roster':
      return roster(store, date);
    case 'responsibility':
      return responsibility(store, date, unitIds);
    case 'sixOnes':
      return sixOnesTable(store, date, unitIds);
    case 'hookup':
      return hookupTable(store, date);
    case 'unitGroups':
      return unitGroupsTable(store, date, unitIds);
    case 'serving':
      return servingTable(store, date);
    case 'instructions':
      return instructionTable(store, date);
  }
}

/** Rosters and tables of responsibility as papers (A1, B3, C3, C4, D2). */
export async function teamPaper(
  store: Store,
  kind: TeamPaper,
  date: IsoDate,
  unitIds?: readonly string[],
): Promise<{ readonly html: string; readonly title: string; readonly pages: number }> {
  const paper = layTableReport(await tableOf(store, kind, date, unitIds));
  return { html: pagesToHtml(paper.title, paper.pages), title: paper.title, pages: paper.pages.length };
}
