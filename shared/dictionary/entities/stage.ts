import { choice, date, entity, integer, longText, money, ref, text } from '../field.ts';
import { STAGES } from './project.ts';

/** 阶段变动 (A6): one step in the life of a project, with its day and what it rests on. */
export const stageEvent = entity(
  '阶段变动',
  { scope: 'project', creator: 'any' },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true, hidden: true }),
    from: choice('原阶段', STAGES, { owner: 'unit', width: 116 }),
    to: choice('新阶段', STAGES, { owner: 'unit', required: true, width: 116 }),
    date: date('日期', { owner: 'unit', required: true, width: 112 }),
    evidence: text('依据', { owner: 'unit', width: 240, help: '如施工许可证、开工令、竣工验收报告及文号' }),
    note: longText('说明', { owner: 'unit', width: 260 }),
  },
);

/** 达产达效跟踪 (D10): what a project yields month by month once it is in production. */
export const outputRecord = entity(
  '达产达效',
  { scope: 'project', creator: 'any' },
  {
    projectId: ref('项目', 'project', { owner: 'unit', required: true, hidden: true }),
    month: text('月份', {
      owner: 'unit',
      required: true,
      width: 90,
      maxLength: 7,
      pattern: { source: '^\\d{4}-(0[1-9]|1[0-2])$', message: '应为年-月，如 2021-05' },
    }),
    output: money('当月产值', { owner: 'unit', width: 110, aliases: ['产值', '当月产值'] }),
    tax: money('当月税收', { owner: 'unit', width: 110, aliases: ['税收', '纳税'] }),
    jobs: integer('用工人数', {
      owner: 'unit',
      width: 96,
      unit: '人',
      min: 0,
      max: 1_000_000,
      aliases: ['就业', '用工'],
    }),
    capacity: integer('产能利用率', { owner: 'unit', width: 104, unit: '%', min: 0, max: 300 }),
    note: text('说明', { owner: 'unit', width: 240 }),
  },
);
