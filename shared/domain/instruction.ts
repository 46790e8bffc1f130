import type { IsoDate } from './date.ts';

/** Where a leader's instruction stands on a day (C3): told upwards, followed up, done. */
export type InstructionState = 'done' | 'late' | 'untold' | 'open';

export const INSTRUCTION_STATES: Readonly<Record<InstructionState, string>> = {
  done: '已办结',
  late: '逾期未办结',
  untold: '未反馈',
  open: '办理中',
};

export function instructionState(
  instruction: {
    readonly deadline: IsoDate | null;
    readonly reportedOn: IsoDate | null;
    readonly doneOn: IsoDate | null;
  },
  date: IsoDate,
): InstructionState {
  if (instruction.doneOn !== null) return 'done';
  if (instruction.deadline !== null && instruction.deadline < date) return 'late';
  return instruction.reportedOn === null ? 'untold' : 'open';
}
