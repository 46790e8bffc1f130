import type { SheetLine } from '../../../shared/contract/supervision.ts';
import type { GridColumn } from '../../grid/types.ts';
import { StandingMark } from './standing-mark.tsx';
import { dueText, kindName, STANDING_NAMES } from './words.ts';

function approvalNote(line: SheetLine): string | undefined {
  if (line.approvedBy === null) return undefined;
  return [line.approvedBy, line.approvedOn, line.approvalNote].filter((part) => part !== null).join('，');
}

function replyText(line: SheetLine): string {
  if (line.repliedOn !== null) return `${line.repliedOn} ${line.replyText ?? ''}`.trim();
  return line.receivedOn === null ? '' : `${line.receivedOn} 已签收`;
}

/** Columns of the list of sheets; `today` for the days left to answer. A county need not be told who approved. */
export function listColumns(today: string, isCity: boolean): readonly GridColumn<SheetLine>[] {
  return [
    {
      key: 'number',
      label: '文号',
      width: 158,
      pinned: 'left',
      format: (value) => (value === null ? '未编号' : String(value)),
    },
    { key: 'kind', label: '文种', width: 92, value: (line) => kindName(line.kind) },
    { key: 'unitName', label: '主送单位', width: 104 },
    { key: 'title', label: '标题', width: 196, tooltip: (line) => line.title },
    {
      key: 'projects',
      label: '涉及项目',
      width: 150,
      value: (line) => line.projects.map((project) => project.name).join('、'),
      tooltip: (line) => line.projects.map((project) => project.name).join('\n'),
    },
    {
      key: 'standing',
      label: '状态',
      width: 94,
      value: (line) => STANDING_NAMES[line.standing],
      render: (line) => <StandingMark standing={line.standing} />,
    },
    { key: 'approvedBy', label: '批准', width: 104, hidden: !isCity, tooltip: approvalNote },
    { key: 'issuedOn', label: '印发日期', width: 98, kind: 'date' },
    { key: 'replyDue', label: '反馈期限', width: 98, kind: 'date' },
    { key: 'left', label: '剩余', width: 88, value: (line) => dueText(line, today) },
    { key: 'reply', label: '回复', width: 220, value: replyText, tooltip: (line) => line.replyText ?? undefined },
  ];
}
