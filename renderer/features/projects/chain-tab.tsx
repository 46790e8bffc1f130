import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useMemo, useRef, useState } from 'react';
import type { LinkState, PageLink } from '../../../shared/contract/projects.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { newId } from '../../app/new-id.ts';
import type { Saver } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid, type LedgerGridApi, type Refs } from '../../grid/index.ts';
import { ChainChart } from './chain-chart.tsx';

interface ChainProps {
  readonly projectId: string;
  readonly links: readonly PageLink[];
  readonly refs: Refs;
  readonly saver: Saver;
}

const STATES: Readonly<
  Record<LinkState, { readonly sign: string; readonly color: string; words(days: number | null): string }>
> = {
  done: {
    sign: '✓',
    color: '#1a7f37',
    words: (days) => (days !== null && days > 0 ? `已完成，晚 ${days} 天` : '已完成'),
  },
  overdue: { sign: '■', color: '#c01c28', words: (days) => `逾期 ${days ?? 0} 天` },
  dueSoon: { sign: '▲', color: '#a15c00', words: (days) => (days === 0 ? '今天到期' : `临期，还有 ${days ?? 0} 天`) },
  open: { sign: '○', color: '#374151', words: (days) => `还有 ${days ?? 0} 天` },
  undated: { sign: '—', color: '#4b5563', words: () => '未定时限' },
};

const { fields } = dictionary.link;

const columns: readonly GridColumn<PageLink>[] = [
  { key: 'sequence', field: fields.sequence, width: 62 },
  { key: 'name', field: fields.name, pinned: 'left' },
  {
    key: 'state',
    label: '状态',
    width: 140,
    value: (link) => STATES[link.state].words(link.days),
    render: (link) => (
      <>
        <span aria-hidden style={{ color: STATES[link.state].color }}>
          {STATES[link.state].sign}
        </span>{' '}
        {STATES[link.state].words(link.days)}
      </>
    ),
    help: '按办理时限和完成日期判断；临期的天数由亮灯规则规定',
  },
  { key: 'unitText', field: fields.unitText },
  { key: 'personId', field: fields.personId },
  { key: 'plannedStart', field: fields.plannedStart },
  { key: 'deadline', field: fields.deadline },
  { key: 'doneOn', field: fields.doneOn },
  { key: 'evidence', field: fields.evidence },
  { key: 'note', field: fields.note },
];

/** 推进链条 (C12): dated steps with unit, person, deadline; what is late, what is near. */
export function ChainTab({ projectId, links, refs, saver }: ChainProps) {
  const { today } = useLedger();
  const grid = useRef<LedgerGridApi<PageLink>>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  const [view, setView] = useState<'list' | 'chart'>('list');
  const at = links.findIndex((link) => link.id === activeId);
  const active = links[at];
  const rows = useMemo(() => [...links], [links]);

  const add = async (): Promise<void> => {
    const id = newId();
    const sequence = Math.max(0, ...links.map((link) => link.sequence ?? 0)) + 1;
    const outcome = await saver.save('增加环节', [
      { entity: 'link', id, set: { projectId, name: '新环节', sequence } },
    ]);
    if (outcome.ok) setTimeout(() => grid.current?.focusCell(id, 'name'), 250);
  };
  const shift = async (by: -1 | 1): Promise<void> => {
    const order = [...links];
    const other = order[at + by];
    if (active === undefined || other === undefined) return;
    order[at + by] = active;
    order[at] = other;
    await saver.save(
      `调整环节“${active.name ?? ''}”的顺序`,
      order.map((link, index) => ({ entity: 'link', id: link.id, set: { sequence: index + 1 } })),
    );
  };
  const remove = (): void => {
    if (active === undefined) return;
    const title = `作废环节“${active.name ?? ''}”`;
    void saver.act(title, [{ entity: 'link', id: active.id, set: { voided: 1 } }], `已${title}`);
  };

  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 8, height: '100%', minHeight: 0 }}>
      <div style={{ display: 'flex', gap: 8 }}>
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => void add()}>
          增加环节
        </Button>
        <Button icon={<ArrowUpOutlined aria-hidden />} disabled={at <= 0} onClick={() => void shift(-1)}>
          上移
        </Button>
        <Button
          icon={<ArrowDownOutlined aria-hidden />}
          disabled={at < 0 || at >= links.length - 1}
          onClick={() => void shift(1)}
        >
          下移
        </Button>
        <Button icon={<DeleteOutlined aria-hidden />} disabled={active === undefined} onClick={remove}>
          作废环节
        </Button>
        <span style={{ flex: 1 }} />
        <Segmented<'list' | 'chart'>
          value={view}
          onChange={setView}
          options={[
            { value: 'list', label: '环节清单' },
            { value: 'chart', label: '时间表' },
          ]}
        />
      </div>
      {view === 'chart' ? <ChainChart links={links} today={today} /> : null}
      <div style={{ flex: 1, minHeight: 160, display: view === 'list' ? 'block' : 'none' }}>
        <LedgerGrid<PageLink>
          apiRef={grid}
          label="推进链条"
          storageKey="project-links"
          columns={columns}
          rows={rows}
          refs={refs}
          today={today}
          onEdit={(edits, title) => saver.saveCells('link', edits, title)}
          onActiveCellChange={(cell) => setActiveId(cell?.row.id ?? null)}
          emptyText={'这里登记项目从前期到投产的各个环节：责任单位、责任人、办理时限。\n点“增加环节”登记第一个。'}
        />
      </div>
    </div>
  );
}
