import type { SheetKind, SheetLine, SheetStanding } from '../../../shared/contract/supervision.ts';
import { SHEET_KINDS } from '../../../shared/dictionary/entities/supervision.ts';
import { daysBetween } from '../../../shared/domain/date.ts';

export const KIND_OPTIONS: { value: SheetKind; label: string }[] = SHEET_KINDS.map(({ value, label }) => ({
  value,
  label,
}));

export function kindName(kind: SheetKind): string {
  return SHEET_KINDS.find((choice) => choice.value === kind)?.label ?? '';
}

export const STANDING_NAMES: Readonly<Record<SheetStanding, string>> = {
  draft: '拟稿',
  approved: '已批准',
  issued: '已印发',
  overdue: '逾期未复',
  replied: '已回复',
  closed: '已办结',
};

/** What the list can be narrowed to: the queues of the work, in its order. */
export type Tab = 'all' | 'draft' | 'approved' | 'issued' | 'overdue' | 'replied' | 'closed';

export const TABS: readonly { readonly key: Tab; readonly label: string }[] = [
  { key: 'all', label: '全部' },
  { key: 'draft', label: '待批准' },
  { key: 'approved', label: '待编号' },
  { key: 'issued', label: '待回复' },
  { key: 'overdue', label: '逾期' },
  { key: 'replied', label: '待办结' },
  { key: 'closed', label: '已办结' },
];

export function isTab(text: string | null): text is Tab {
  return TABS.some((tab) => tab.key === text);
}

/** '还有3天', '今天到期', '逾期2天'; empty where no answer is awaited. */
export function dueText(line: Pick<SheetLine, 'standing' | 'replyDue'>, today: string): string {
  if (line.replyDue === null || (line.standing !== 'issued' && line.standing !== 'overdue')) return '';
  const days = daysBetween(today, line.replyDue);
  if (days === 0) return '今天到期';
  return days > 0 ? `还有${days}天` : `逾期${-days}天`;
}

/** Name of a sheet in a sentence: its number, else its title. */
export function sheetName(line: Pick<SheetLine, 'number' | 'title'>): string {
  return line.number ?? (line.title === '' ? '督办文书' : line.title);
}

/** Characters a file name cannot have on Windows become spaces. */
export function fileName(text: string): string {
  return text.replace(/[\\/:*?"<>|\r\n]+/gu, ' ').trim();
}
