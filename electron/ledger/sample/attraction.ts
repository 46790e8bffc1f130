import { addDays, type IsoDate } from '../../../shared/domain/date.ts';
import type { Change } from '../store/commit.ts';
import type { SampleUnit } from './organisation.ts';
import type { Random } from './random.ts';

const NAMES = [
  '玉米深加工',
  '肉牛屠宰加工',
  '生物有机肥',
  '装配式建筑构件',
  '冷链物流园',
  '农机装备配套',
  '中药材饮片',
  '绿色食品包装',
  '新型保温材料',
  '大豆蛋白',
];
const INVESTORS = ['江南禾泰', '沿海中粮源', '渤海嘉实', '岭南康禾', '齐鲁恒丰', '苏北华垦', '闽东绿野', '川中润禾'];
const ORIGINS = ['以商招商', '进博会', '驻外招商组', '商会推荐', '老乡会', '产业链招商'];
const RESULTS = [
  '实地看了园区，对水电价格满意',
  '交换了合作意向书',
  '约定下月到企业总部再谈',
  '投资方提出用地和物流诉求',
];

/** Leads of each county and zone, their visits and agreements (E11). */
export function* attractionOf(
  units: readonly SampleUnit[],
  today: IsoDate,
  random: Random,
  nextId: () => string,
): Generator<Change> {
  for (const unit of units) {
    if (unit.words.kind === 'department') continue;
    for (let count = random.integer(2, 5); count > 0; count -= 1) {
      const leadId = nextId();
      const state = random.pick(['lead', 'talking', 'talking', 'visited', 'visited', 'signed', 'dropped'] as const);
      const foundOn = addDays(today, -random.integer(60, 300));
      const planned = random.integer(20, 400) * 1_000_000;
      const name = `${random.pick(NAMES)}项目`;
      const signed = {
        signedOn: addDays(today, -random.integer(2, 40)),
        agreement: `${name}投资协议`,
        agreed: Math.round((planned * random.between(0.7, 1.1)) / 1_000_000) * 1_000_000,
      };
      yield {
        entity: 'investmentLead',
        id: leadId,
        set: {
          unitId: unit.id,
          name,
          investor: `${random.pick(INVESTORS)}集团`,
          origin: random.pick(ORIGINS),
          planned,
          state,
          officerId: random.pick(unit.deputyIds),
          foundOn,
          ...(state === 'signed' ? signed : {}),
        },
      };
      const visits = state === 'lead' ? 0 : random.integer(1, 3);
      for (let visit = 0; visit < visits; visit += 1) {
        yield {
          entity: 'leadVisit',
          id: nextId(),
          set: {
            leadId,
            unitId: unit.id,
            visitedOn: addDays(foundOn, 10 + visit * 14),
            kind: random.pick(['out', 'in', 'out', 'call'] as const),
            leader: `${unit.words.shortName}分管领导`,
            participants: '招商、发改、自然资源部门',
            result: random.pick(RESULTS),
          },
        };
      }
    }
  }
}
