import dayjs from 'dayjs';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import type { ProjectPage } from '../../../shared/contract/projects.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { type GridColumn, LedgerGrid } from '../../grid/index.ts';

type Sheet = ProjectPage['sheets'][number];
const { fields } = dictionary.supervisionSheet;

const sheetColumns: readonly GridColumn<Sheet>[] = [
  { key: 'kind', field: fields.kind, width: 110 },
  { key: 'number', field: fields.number, width: 190 },
  { key: 'title', field: fields.title, width: 420 },
  { key: 'state', field: fields.state, width: 120 },
  { key: 'issuedOn', field: fields.issuedOn },
  { key: 'replyDue', field: fields.replyDue },
  { key: 'repliedOn', field: fields.repliedOn },
];

/** 督办文书 that name the project. */
export function SheetsTab({ sheets }: { readonly sheets: readonly Sheet[] }) {
  const [, navigate] = useLocation();
  return (
    <LedgerGrid<Sheet>
      label="督办文书"
      storageKey="project-sheets"
      columns={sheetColumns}
      rows={sheets}
      readOnly
      openLabel="打开文书"
      onOpenRow={(sheet) => navigate(`/supervision/${sheet.id}`)}
      emptyText="还没有涉及本项目的督办文书。"
    />
  );
}

type Line = ProjectPage['history'][number] & { readonly id: string };

const historyColumns: readonly GridColumn<Line>[] = [
  { key: 'at', label: '时间', width: 146, value: (line) => dayjs(line.at).format('YYYY-MM-DD HH:mm') },
  { key: 'operator', label: '操作人', width: 100 },
  { key: 'office', label: '单位', width: 236 },
  { key: 'subject', label: '对象', width: 130 },
  { key: 'label', label: '字段', width: 140 },
  { key: 'before', label: '原值', width: 180, tooltip: (line) => line.before },
  { key: 'after', label: '现值', width: 300, tooltip: (line) => line.after },
  { key: 'title', label: '操作', width: 260 },
];

/** 修改记录 (C14): who changed what, from what to what, when. */
export function HistoryTab({ history }: { readonly history: ProjectPage['history'] }) {
  const rows = useMemo(() => history.map((line, index): Line => ({ ...line, id: String(index) })), [history]);
  return (
    <LedgerGrid<Line>
      label="修改记录"
      storageKey="project-history"
      columns={historyColumns}
      rows={rows}
      readOnly
      emptyText="还没有修改记录。"
    />
  );
}
