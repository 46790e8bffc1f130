import {
  composeSupervision,
  type SheetProject,
  type SupervisionFacts,
  type SupervisionLetter,
} from '../../../electron/ledger/documents/index.ts';

/** Invented names throughout: no real place, person or number. */

export const digest = '3f2a91bc77de04125b6c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c';

export function project(index: number): SheetProject {
  return {
    name: `望川经济开发区第${index + 1}号玉米深加工项目`,
    unit: '甲河县人民政府',
    leader: '赵甲一',
    taskForceLeader: '钱乙二',
    totalInvestment: 1_234_567_800 + index,
    annualPlan: 450_000_000,
    yearToDate: 86_543_200,
    lightReason: '完成投资低于序时进度22.4个百分点，连续2期红灯',
    visibleProgress: '主体厂房基础完成60%，辅助用房未开工',
    problem: '施工许可证未办理；二期用地有3户未完成征收。',
  };
}

export function facts(kind: SupervisionFacts['kind'], projects: number): SupervisionFacts {
  return {
    kind,
    unit: '甲河县',
    projects: Array.from({ length: projects }, (_, index) => project(index)),
    asOf: '2021-05-10',
    deadline: '2021-05-20',
    replyTo: '市重点项目百日会战工作领导小组办公室',
    approval: '经市政府同意',
    ...(kind === 'reminder'
      ? {}
      : { earlier: { kind: 'reminder' as const, number: '望重办提〔2021〕7号', date: '2021-04-21', answered: false } }),
    ...(kind === 'talk'
      ? {
          talk: {
            time: '2021年5月24日9时',
            place: '市政府第二会议室',
            participants: '县政府主要负责人、专班班长',
            host: '副市长李丁四',
          },
        }
      : {}),
  };
}

export function letter(projects: number, change: Partial<SupervisionLetter> = {}): SupervisionLetter {
  const { title, body } = composeSupervision(facts('order', projects));
  return {
    kind: 'order',
    issuer: '望川市重点项目百日会战工作领导小组办公室',
    number: '望重办督〔2021〕4号',
    title,
    addressees: ['甲河县人民政府', '重点项目专班班长钱乙二同志'],
    body,
    signer: '望川市重点项目百日会战工作领导小组办公室',
    date: '2021-05-11',
    contact: { name: '孙丙三', phone: '0455-0000000' },
    copyTo: ['市政府督查室', '市发展和改革委员会'],
    trace: { dataDigest: digest, asOf: '2021-05-10' },
    ...change,
  };
}
