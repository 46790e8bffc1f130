import type { Value } from '../../../shared/dictionary/index.ts';
import { addDays, type IsoDate, yearOf } from '../../../shared/domain/date.ts';
import type { Change } from '../store/commit.ts';
import type { DetailedProject } from './details.ts';
import type { Random } from './random.ts';
import { personName } from './words.ts';

const EXPERTS = [
  ['省农业工程学院', '教授', '农产品加工', 'academy'],
  ['省城乡规划设计院', '总工程师', '市政与城建', 'institution'],
  ['市交通运输局', '高级工程师', '公路与桥梁', 'department'],
  ['省环境科学研究院', '研究员', '环境影响评价', 'academy'],
  ['华垦咨询有限公司', '注册造价师', '投资与造价', 'company'],
] as const;

const REVIEWS = [
  ['pass', 'low', '建设必要，规模适当，资金来源基本落实，同意入库。', null],
  ['revise', 'middle', '用地和环评手续要提前，建议补充资金筹措方案后推进。', '自筹资金占比高，须落实融资'],
  ['hold', 'high', '市场和原料保障论证不足，建议暂缓，补充可行性研究。', '投资主体实力不足，盈利保障不明'],
  ['pass', 'low', '技术路线成熟，带动就业明显，同意按程序推进。', null],
] as const;

const MOST_REVIEWS = 12;

/** Names are drawn far beyond those of the organisation. */
const FIRST_NAME = 700;

/** Experts of the city with their reviews of works that have not begun (E10). */
export function expertsOf(
  projects: readonly DetailedProject[],
  today: IsoDate,
  random: Random,
  add: (entity: Change['entity'], set: Readonly<Record<string, Value>>) => string,
): void {
  const since = `${yearOf(today) - 1}-03-01`;
  const experts = EXPERTS.map(([workplace, title, speciality, source], index) => {
    const personId = add('person', { name: personName(FIRST_NAME + index), title, workplace });
    return add('expert', { personId, speciality, source, since, until: `${yearOf(today) + 1}-02-28` });
  });
  const early = projects.filter(({ set }) => ['reserve', 'signed', 'preparing'].includes(String(set['stage'])));
  for (const [index, project] of early.slice(0, MOST_REVIEWS).entries()) {
    const review = REVIEWS[index % REVIEWS.length] ?? REVIEWS[0];
    const [conclusion, risk, opinion, riskText] = review;
    add('expertReview', {
      projectId: project.id,
      expertId: random.pick(experts),
      reviewedOn: addDays(today, -random.integer(20, 120)),
      conclusion,
      risk,
      opinion,
      riskText,
    });
  }
}
