import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Spin } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { Inspection, QueueLine } from '../../../shared/contract/teams.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { api } from '../../app/api.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { newId } from '../../app/new-id.ts';
import '../../components/row-findings.css';
import { useRefs } from '../../components/use-refs.ts';
import { useSave } from '../../components/use-save.tsx';
import { type CellEdit, type EditOutcome, type GridColumn, LedgerGrid } from '../../grid/index.ts';
import './teams.css';

const task = dictionary.inspectionTask.fields;
const office = dictionary.inspectionOffice.fields;
type Office = Inspection['offices'][number];
type View = 'all' | 'sheet' | 'link' | 'instruction' | 'mine' | 'past';

const queueColumns: readonly GridColumn<QueueLine>[] = [
  { key: 'subject', field: task.subject, label: '类别', editable: false, pinned: 'left' },
  { key: 'title', label: '事项', width: 360, pinned: 'left' },
  { key: 'unitName', label: '责任单位', width: 90 },
  { key: 'standing', label: '状态', width: 116 },
  { key: 'due', label: '时限', kind: 'date', width: 108 },
  {
    key: 'daysLate',
    label: '逾期',
    kind: 'number',
    unit: '天',
    width: 70,
    value: (line) => (line.daysLate !== null && line.daysLate > 0 ? line.daysLate : null),
    cellClass: (line) => ((line.daysLate ?? 0) > 0 ? 'cell-late' : undefined),
  },
  { key: 'officerId', field: task.officerId },
  { key: 'manner', field: task.manner },
  { key: 'dueOn', field: task.dueOn },
  { key: 'doneOn', field: task.doneOn },
  { key: 'result', field: task.result },
];

const officeColumns: readonly GridColumn<Office>[] = [
  { key: 'name', field: office.name },
  { key: 'officeHost', field: office.officeHost },
  { key: 'directorId', field: office.directorId },
  { key: 'deputyId', field: office.deputyId },
  { key: 'contact', field: office.contact },
  { key: 'duties', field: office.duties },
];

/** 督查问责办 (C1): the body, and its own queue of open sheets, overdue links and leaders' instructions. */
export function InspectionTab() {
  const isCity = useLedger().level === 'city';
  const [, navigate] = useLocation();
  const { data } = useQuery(api.teams.inspection.queryOptions());
  const refs = useRefs();
  const saver = useSave();
  const [view, setView] = useState<View>('all');
  const fresh = useRef(new Map<string, string>());
  const all = useMemo(() => data?.queue ?? [], [data]);
  const past = useMemo(() => data?.past ?? [], [data]);
  const rows = useMemo(
    () =>
      view === 'past'
        ? past
        : all.filter((line) => {
            if (view === 'mine') return line.officerId !== null && line.doneOn === null;
            return view === 'all' || line.subject === view;
          }),
    [all, past, view],
  );
  if (data === undefined) return <Spin style={{ margin: 24 }} />;
  const edit = (edits: readonly CellEdit[], title: string): Promise<EditOutcome> => {
    const known = new Map([...past, ...all].map((line) => [line.id, line]));
    return saver.save(
      title,
      edits.flatMap(({ rowId, key, value }) => {
        const line = known.get(rowId);
        if (line === undefined) return [];
        if (line.taskId !== null)
          return [{ entity: 'inspectionTask' as const, id: line.taskId, set: { [key]: value } }];
        // The next cell of the same line may come before the list does.
        const id = fresh.current.get(rowId) ?? newId();
        fresh.current.set(rowId, id);
        return [
          {
            entity: 'inspectionTask' as const,
            id,
            set: { voided: 0, subject: line.subject, subjectId: line.subjectId, [key]: value },
          },
        ];
      }),
    );
  };
  const addOffice = (): void => {
    void saver.act(
      '登记督查问责办',
      [{ entity: 'inspectionOffice', id: newId(), set: { name: '重点项目督查问责办公室' } }],
      '已登记督查问责办',
    );
  };
  return (
    <div className="team-column">
      <div style={{ height: data.offices.length === 0 ? 'auto' : 122 }}>
        {data.offices.length === 0 ? (
          <div className="team-bar">
            <span>还没有登记督查问责办。</span>
            {isCity ? (
              <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={addOffice}>
                登记督查问责办
              </Button>
            ) : null}
          </div>
        ) : (
          <LedgerGrid<Office>
            label="督查问责办"
            storageKey="inspection-office"
            columns={officeColumns}
            rows={data.offices}
            refs={refs}
            readOnly={!isCity}
            onEdit={(edits, title) => saver.saveCells('inspectionOffice', edits, title)}
          />
        )}
      </div>
      <div className="team-bar">
        <Segmented<View>
          aria-label="事项"
          value={view}
          onChange={setView}
          options={[
            { value: 'all', label: `全部事项（${all.length}）` },
            { value: 'sheet', label: `督办文书（${all.filter((line) => line.subject === 'sheet').length}）` },
            { value: 'link', label: `逾期环节（${all.filter((line) => line.subject === 'link').length}）` },
            {
              value: 'instruction',
              label: `领导指示（${all.filter((line) => line.subject === 'instruction').length}）`,
            },
            {
              value: 'mine',
              label: `跟办中（${all.filter((line) => line.officerId !== null && line.doneOn === null).length}）`,
            },
            { value: 'past', label: `已办结（${past.length}）` },
          ]}
        />
        <span className="quiet">在行内填跟办人、方式、期限和结果。</span>
      </div>
      <div className="team-grid">
        <LedgerGrid<QueueLine>
          label="督查事项"
          storageKey="inspection-queue"
          columns={queueColumns}
          rows={rows}
          refs={refs}
          readOnly={!isCity}
          openLabel="打开"
          onOpenRow={(line) =>
            navigate(line.subject === 'sheet' ? `/supervision/${line.subjectId}` : `/projects/${line.projectId ?? ''}`)
          }
          onEdit={edit}
          emptyText="没有待跟办的事项。"
        />
      </div>
    </div>
  );
}
