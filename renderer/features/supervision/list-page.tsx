import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Input, Segmented } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { SheetLine } from '../../../shared/contract/supervision.ts';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { PrintDialog } from '../../components/print-dialog.tsx';
import { LedgerGrid } from '../../grid/ledger-grid.tsx';
import type { LedgerGridApi } from '../../grid/types.ts';
import { ApproveDialog } from './approve-dialog.tsx';
import { IssueDialog } from './issue-dialog.tsx';
import { listColumns } from './list-columns.tsx';
import { duplexNote, PaperOptions, usePaper, usePaperForm } from './paper-options.tsx';
import { fileName, isTab, sheetName, TABS, type Tab } from './words.ts';
import './supervision.css';

type Dialog = 'none' | 'approve' | 'issue' | 'print';

function inTab(line: SheetLine, tab: Tab): boolean {
  return tab === 'all' || line.standing === tab;
}

/** 督办: every sheet by where it stands, and what is done with many at once. */
export function ListPage() {
  const { message } = App.useApp();
  const { today, level } = useLedger();
  const isCity = level === 'city';
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch());
  const askedTab = asked.get('tab');
  const [tab, setTab] = useState<Tab>(isTab(askedTab) ? askedTab : 'all');
  const [search, setSearch] = useState('');
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [dialog, setDialog] = useState<Dialog>('none');
  const [paperForm, setPaperForm] = usePaperForm();
  const grid = useRef<LedgerGridApi<SheetLine>>(null);
  /** Ids to tick as soon as they are shown: papers just made, or just moved to another queue. */
  const toTick = useRef<readonly string[]>(asked.get('select')?.split(',') ?? []);

  const list = useQuery(api.supervision.list.queryOptions());
  // A county sees what was sent to it, not what the city is still writing.
  const lines = useMemo(() => (list.data ?? []).filter((line) => isCity || line.number !== null), [list.data, isCity]);
  const rows = useMemo(() => lines.filter((line) => inTab(line, tab)), [lines, tab]);
  const columns = useMemo(() => listColumns(today, isCity), [today, isCity]);

  useEffect(() => {
    if (toTick.current.length === 0 || rows.length === 0) return;
    const wanted = toTick.current.filter((id) => rows.some((row) => row.id === id));
    if (wanted.length === 0) return;
    // The grid takes the new rows a moment later; until then there is nothing to tick.
    const timer = setInterval(() => {
      grid.current?.setSelectedRows(wanted);
      if ((grid.current?.selectedRows().length ?? 0) < wanted.length) return;
      toTick.current = [];
      clearInterval(timer);
    }, 30);
    return () => clearInterval(timer);
  }, [rows]);

  // In the order they were drafted: numbers are given and papers printed that way, whatever the list is sorted by.
  const chosen = lines
    .filter((line) => ticked.includes(line.id))
    .sort((left, right) => left.id.localeCompare(right.id));
  const drafts = chosen.filter((line) => line.standing === 'draft');
  const approved = chosen.filter((line) => line.standing === 'approved');
  const closable = chosen.filter((line) => ['issued', 'overdue', 'replied'].includes(line.standing));
  const moveTo = (next: Tab, ids: readonly string[]): void => {
    setDialog('none');
    toTick.current = ids;
    setTab(next);
  };
  const close = useMutation(
    api.supervision.close.mutationOptions({
      onSuccess: (_, { ids }) => {
        message.success(`已办结 ${ids.length} 份，可在顶部撤销`);
      },
      onError: (error) => {
        message.error(messageOf(error), 8);
      },
    }),
  );
  const discard = useMutation(
    api.records.commit.mutationOptions({
      onSuccess: ({ changed }) => {
        message.success(`已作废 ${changed} 份文稿，可在顶部撤销`);
      },
      onError: (error) => {
        message.error(messageOf(error), 8);
      },
    }),
  );
  const { paper, fault } = usePaper(
    chosen.map((line) => line.id),
    paperForm,
    dialog === 'print',
  );
  const create = (): void => navigate('/supervision/new');

  const empty = (
    <div className="sheet-empty">
      <div>{isCity ? '还没有督办文书。' : '还没有收到督办文书。市里印发后，随下行文件一起到达。'}</div>
      {isCity ? (
        <div style={{ display: 'flex', gap: 8 }}>
          <Button type="primary" onClick={() => navigate('/rates')}>
            到“四率与亮灯”选择红灯项目
          </Button>
          <Button onClick={create}>直接拟稿</Button>
        </div>
      ) : null}
    </div>
  );

  return (
    <div className="page">
      <div className="page-head">
        <h1>督办</h1>
        <Segmented
          aria-label="按状态"
          value={tab}
          options={TABS.filter(({ key }) => isCity || (key !== 'draft' && key !== 'approved')).map(
            ({ key, label }) => ({
              value: key,
              label: `${key === 'replied' && !isCity ? '已回复' : label} ${lines.filter((line) => inTab(line, key)).length}`,
            }),
          )}
          onChange={(next) => setTab(next)}
        />
        <div style={{ flex: 1 }} />
        <Input.Search
          enterButton="查找"
          allowClear
          style={{ width: 200 }}
          aria-label="查找督办文书"
          placeholder="文号、单位、项目"
          onChange={({ target }) => setSearch(target.value)}
        />
        {isCity ? (
          <Button type={lines.length === 0 || chosen.length > 0 ? 'default' : 'primary'} onClick={create}>
            拟督办文书
          </Button>
        ) : null}
      </div>
      <div className="page-head" role="toolbar" aria-label="对勾选的文书">
        <span style={{ color: '#374151' }}>
          {chosen.length === 0
            ? isCity
              ? '勾选文书后可批量办理：'
              : '勾选文书后可一并打印：'
            : `已勾选 ${chosen.length} 份：`}
        </span>
        {isCity ? (
          <>
            <Button
              type={drafts.length > 0 ? 'primary' : 'default'}
              disabled={drafts.length === 0}
              onClick={() => setDialog('approve')}
            >
              登记批准{drafts.length > 0 ? `（${drafts.length}）` : ''}
            </Button>
            <Button
              type={drafts.length === 0 && approved.length > 0 ? 'primary' : 'default'}
              disabled={approved.length === 0}
              onClick={() => setDialog('issue')}
            >
              编号印发{approved.length > 0 ? `（${approved.length}）` : ''}
            </Button>
          </>
        ) : null}
        <Button disabled={chosen.length === 0} onClick={() => setDialog('print')}>
          打印预览{chosen.length > 0 ? `（${chosen.length}）` : ''}
        </Button>
        {isCity ? (
          <>
            <Button
              disabled={closable.length === 0}
              loading={close.isPending}
              onClick={() => close.mutate({ ids: closable.map((line) => line.id) })}
            >
              办结{closable.length > 0 ? `（${closable.length}）` : ''}
            </Button>
            <Button
              type="text"
              disabled={drafts.length === 0}
              loading={discard.isPending}
              onClick={() =>
                discard.mutate({
                  title: `作废督办文稿 ${drafts.length} 份`,
                  changes: drafts.map((line) => ({ entity: 'supervisionSheet', id: line.id, set: { voided: 1 } })),
                })
              }
            >
              作废文稿
            </Button>
          </>
        ) : null}
      </div>
      <div className="page-body fixed">
        <LedgerGrid<SheetLine>
          apiRef={grid}
          label="督办文书"
          storageKey={isCity ? 'supervision' : 'supervision-county'}
          columns={columns}
          rows={rows}
          quickSearch={search}
          loading={list.isPending}
          selectable
          readOnly
          openLabel="打开文书"
          onOpenRow={(line) => navigate(`/supervision/${line.id}`)}
          onSelectionChange={(next) => setTicked(next.map((line) => line.id))}
          empty={lines.length === 0 ? empty : <div className="sheet-empty">这一类没有文书</div>}
        />
      </div>
      <ApproveDialog
        open={dialog === 'approve'}
        sheets={drafts}
        onClose={() => setDialog('none')}
        onDone={() =>
          moveTo(
            'approved',
            drafts.map((line) => line.id),
          )
        }
      />
      <IssueDialog
        open={dialog === 'issue'}
        sheets={approved}
        onClose={() => setDialog('none')}
        onDone={() =>
          moveTo(
            'issued',
            approved.map((line) => line.id),
          )
        }
      />
      <PrintDialog
        open={dialog === 'print'}
        title={`打印督办文书（${chosen.length} 份）`}
        paper={paper}
        fault={fault}
        fileName={fileName(
          chosen.length === 1 && chosen[0]
            ? `${sheetName(chosen[0])} ${chosen[0].unitName}`
            : `督办文书${chosen.length}份 ${today}`,
        )}
        note={duplexNote(paperForm)}
        options={<PaperOptions vertical value={paperForm} onChange={setPaperForm} />}
        onClose={() => setDialog('none')}
      />
    </div>
  );
}
