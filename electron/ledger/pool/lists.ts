import { Fault } from '../../../shared/contract/faults.ts';
import type { BundleLine, ExpertLine, MembershipLine, ReserveLine, ReviewLine } from '../../../shared/contract/pool.ts';
import { compareBundle } from '../../../shared/domain/bundle.ts';
import type { IsoDate } from '../../../shared/domain/date.ts';
import { spanHolds } from '../../../shared/domain/list-membership.ts';
import { figuresAt, groupBy, ratesRuleOn } from '../rates/index.ts';
import { type Actor, type Change, type CommitResult, commit } from '../store/commit.ts';
import { newId } from '../store/id.ts';
import type { Store } from '../store/open.ts';
import { poolProjects, shortNames } from './projects.ts';

/** Who was in which list from when to when; a membership that no row tells is shown without days. */
export async function readMemberships(store: Store, date: IsoDate): Promise<MembershipLine[]> {
  const projects = await poolProjects(store);
  const spans = await store.query
    .selectFrom('listMembership')
    .select(['id', 'projectId', 'list', 'year', 'effectiveFrom', 'effectiveTo', 'note'])
    .where('voided', '=', 0)
    .orderBy('effectiveFrom')
    .orderBy('id')
    .execute();
  const told = new Set(spans.map((span) => `${span.projectId}:${span.list}`));
  const line = (
    id: string,
    projectId: string,
    rest: Omit<MembershipLine, 'id' | 'projectId' | 'name' | 'unitName' | 'totalInvestment' | 'annualPlan'>,
  ): MembershipLine[] => {
    const project = projects.get(projectId);
    if (project === undefined) return [];
    const { name, unitName, totalInvestment, annualPlan } = project;
    return [{ id, projectId, name, unitName, totalInvestment, annualPlan, ...rest }];
  };
  return [
    ...spans.flatMap(({ id, projectId, ...span }) => line(id, projectId, { ...span, current: spanHolds(span, date) })),
    ...[...projects.values()].flatMap((project) =>
      project.lists
        .filter((list) => !told.has(`${project.id}:${list}`))
        .flatMap((list) =>
          line(`${project.id}:${list}`, project.id, {
            list,
            year: null,
            effectiveFrom: null,
            effectiveTo: null,
            note: null,
            current: true,
          }),
        ),
    ),
  ];
}

/** 储备库 with its three classes (E9). */
export async function readReserve(store: Store, date: IsoDate): Promise<ReserveLine[]> {
  const projects = await poolProjects(store);
  const entries = await store.query
    .selectFrom('poolEntry')
    .select(['id', 'projectId', 'poolClass', 'step', 'enteredOn', 'ripeOn', 'leftOn', 'outcome', 'note'])
    .where('voided', '=', 0)
    .orderBy('id')
    .execute();
  return entries.flatMap((entry) => {
    const project = projects.get(entry.projectId);
    if (project === undefined) return [];
    const { name, unitName, stage, totalInvestment } = project;
    const ripe = entry.leftOn === null && entry.step === 'reserved' && entry.ripeOn !== null && entry.ripeOn <= date;
    return [{ ...entry, name, unitName, stage, totalInvestment, ripe }];
  });
}

const RESERVES = new Set(['reserve', 'planned', 'signed']);

/** Takes the projects that are reserves by their stage into the pool (E9). @throws Fault RULE_BROKEN when there are none */
export async function takeIn(store: Store, date: IsoDate, actor: Actor): Promise<CommitResult> {
  const known = new Set(
    (await store.query.selectFrom('poolEntry').select('projectId').where('voided', '=', 0).execute()).map(
      (row) => row.projectId,
    ),
  );
  const categories = new Map(
    (await store.query.selectFrom('project').select(['id', 'category', 'investorKind']).execute()).map((row) => [
      row.id,
      row,
    ]),
  );
  const fresh = [...(await poolProjects(store)).values()].filter(
    (project) => RESERVES.has(project.stage ?? '') && !known.has(project.id),
  );
  if (fresh.length === 0)
    throw new Fault('RULE_BROKEN', {
      why: '储备、谋划、签约阶段的项目都已在储备库中',
      cure: '新的储备项目请先在项目台账登记',
    });
  const changes = fresh.map((project): Change => {
    const category = categories.get(project.id)?.category;
    const poolClass = project.stage === 'signed' ? 'attraction' : category === 'industry' ? 'industry' : 'planning';
    return {
      entity: 'poolEntry',
      id: newId(),
      set: {
        projectId: project.id,
        poolClass,
        step: project.stage === 'signed' ? 'secured' : 'planned',
        enteredOn: date,
        ripeOn: project.plannedStart,
      },
    };
  });
  return commit(store, { kind: 'edit', title: `储备入库 ${fresh.length} 个项目`, changes }, actor);
}

/** 评审专家 and what they said (E10). */
export async function readExperts(store: Store): Promise<{ experts: ExpertLine[]; reviews: ReviewLine[] }> {
  const projects = await poolProjects(store);
  const reviews = await store.query
    .selectFrom('expertReview as r')
    .innerJoin('expert as e', 'e.id', 'r.expertId')
    .innerJoin('person as p', 'p.id', 'e.personId')
    .select([
      'r.id',
      'r.projectId',
      'r.expertId',
      'r.reviewedOn',
      'r.conclusion',
      'r.risk',
      'r.opinion',
      'r.riskText',
      'p.name as expertName',
    ])
    .where('r.voided', '=', 0)
    .orderBy('r.reviewedOn', 'desc')
    .orderBy('r.id')
    .execute();
  const experts = await store.query
    .selectFrom('expert as e')
    .innerJoin('person as p', 'p.id', 'e.personId')
    .select(['e.id', 'e.personId', 'p.name', 'p.title', 'e.speciality', 'e.source', 'e.since', 'e.until', 'e.note'])
    .where('e.voided', '=', 0)
    .orderBy('e.id')
    .execute();
  return {
    experts: experts.map((expert) => ({
      ...expert,
      reviews: reviews.filter((review) => review.expertId === expert.id).length,
    })),
    reviews: reviews.map((review) => {
      const project = projects.get(review.projectId);
      return { ...review, name: project?.name ?? '（已作废的项目）', unitName: project?.unitName ?? '' };
    }),
  };
}

/** 打包项目 and their parts, with what the sum of the parts differs by. */
export async function readBundles(store: Store, date: IsoDate): Promise<BundleLine[]> {
  const { reportKind } = await ratesRuleOn(store, date);
  const names = await shortNames(store);
  const figures = await figuresAt(store, date, reportKind);
  const parts = groupBy(
    figures.filter((project) => project.bundleId !== null),
    (project) => project.bundleId ?? '',
  );
  const bundles = figures.filter((project) => project.isBundle || parts.has(project.id));
  return bundles.flatMap((bundle): BundleLine[] => {
    const own = parts.get(bundle.id) ?? [];
    const differences = own.length === 0 ? [] : compareBundle(bundle, own).filter((each) => each.difference !== 0);
    const line = (project: (typeof figures)[number], bundleId: string, difference: string): BundleLine => ({
      id: project.id,
      name: project.name,
      unitName: names.get(project.unitId) ?? '',
      bundleId,
      bundleName: bundle.name,
      parts: bundleId === '' ? own.length : 0,
      totalInvestment: project.totalInvestment,
      annualPlan: project.annualPlan,
      yearToDate: project.yearToDate,
      difference,
    });
    const words = own.length === 0 ? '还没有子项' : differences.map((each) => `${each.label}：${each.text}`).join('；');
    return [line(bundle, '', words), ...own.map((part) => line(part, bundle.id, ''))];
  });
}
