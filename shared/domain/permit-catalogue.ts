import { addDays, type IsoDate } from './date.ts';
import type { WorkCalendar } from './workday.ts';

export type PermitStage = 'land' | 'planning' | 'construction' | 'acceptance' | 'other';

export interface KnownPermit {
  readonly name: string;
  readonly shortName: string;
  readonly department: string;
  readonly stage: PermitStage;
  /** Working days. */
  readonly limitDays: number;
  readonly validMonths: number | null;
  /** Counts under the clock of the joint approval. */
  readonly joint: boolean;
}

type Line = readonly [string, string, string, PermitStage, number, number | null, boolean];

const LINES: readonly Line[] = [
  ['项目备案', '备案', '发展和改革局', 'land', 1, 24, true],
  ['可行性研究报告批复', '可研', '发展和改革局', 'land', 20, 24, false],
  ['用地预审与选址意见书', '用地预审', '自然资源局', 'land', 20, 36, true],
  ['建设用地规划许可证', '用地规划', '自然资源局', 'land', 7, 12, true],
  ['环境影响评价批复', '环评', '生态环境局', 'land', 25, 60, true],
  ['节能审查', '能评', '发展和改革局', 'land', 10, 24, true],
  ['水土保持方案', '水保', '水务局', 'land', 7, 36, true],
  ['社会稳定风险评估', '稳评', '政法委', 'land', 15, null, false],
  ['使用林地审核', '林地', '林业和草原局', 'land', 25, 24, false],
  ['供地手续', '供地', '自然资源局', 'land', 30, null, false],
  ['初步设计和概算批复', '初设', '发展和改革局', 'planning', 7, null, false],
  ['规划设计方案审查', '规划方案', '自然资源局', 'planning', 7, null, true],
  ['建设工程规划许可证', '工程规划', '自然资源局', 'planning', 7, 12, true],
  ['施工图审查', '施工图', '住房和城乡建设局', 'construction', 15, 36, true],
  ['人防审批', '人防', '人民防空办公室', 'construction', 5, null, true],
  ['消防设计审查', '消防', '住房和城乡建设局', 'construction', 7, null, true],
  ['招标投标', '招投标', '住房和城乡建设局', 'construction', 20, null, false],
  ['质量安全监督', '质安监', '住房和城乡建设局', 'construction', 3, null, true],
  ['建筑工程施工许可证', '施工许可', '住房和城乡建设局', 'construction', 5, 3, true],
  ['竣工验收备案', '竣工备案', '住房和城乡建设局', 'acceptance', 5, null, false],
];

/** Default catalogue (domain facts §3.6): sources differ from place to place, so every line may be changed. */
export const KNOWN_PERMITS: readonly KnownPermit[] = LINES.map(
  ([name, shortName, department, stage, limitDays, validMonths, joint]) => ({
    name,
    shortName,
    department,
    stage,
    limitDays,
    validMonths,
    joint,
  }),
);

/** Working days of the joint approval in Luohe 2018 (row E6). */
export const JOINT_LIMIT = 38;

const STAGE_ORDER: readonly PermitStage[] = ['land', 'planning', 'construction', 'acceptance', 'other'];

/**
 * Planned days of a set of permits: those of one stage run side by side, a stage begins on the working day after the
 * longest of the one before. 竣工验收 is left without days: it depends on the works.
 */
export function planPermits<
  K extends { readonly id: string; readonly stage: PermitStage | null; readonly limitDays: number | null },
>(
  kinds: readonly K[],
  start: IsoDate,
  calendar: WorkCalendar,
): ReadonlyMap<string, { readonly plannedSubmit: IsoDate | null; readonly plannedApproval: IsoDate | null }> {
  const plan = new Map<string, { plannedSubmit: IsoDate | null; plannedApproval: IsoDate | null }>();
  let begins = calendar.shift(start, 0);
  for (const stage of STAGE_ORDER) {
    const ofStage = kinds.filter((kind) => (kind.stage ?? 'other') === stage);
    let ends = begins;
    for (const kind of ofStage) {
      if (stage === 'acceptance') {
        plan.set(kind.id, { plannedSubmit: null, plannedApproval: null });
        continue;
      }
      const plannedApproval = calendar.shift(begins, kind.limitDays ?? 0);
      plan.set(kind.id, { plannedSubmit: begins, plannedApproval });
      if (plannedApproval > ends) ends = plannedApproval;
    }
    if (ofStage.length > 0 && stage !== 'acceptance') begins = calendar.shift(addDays(ends, 1), 0);
  }
  return plan;
}
