import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, App, Button, DatePicker, Empty, Segmented, Select, Spin } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { ListedLight } from '../../../shared/contract/rates.ts';
import type { SheetKind, Suggestion } from '../../../shared/contract/supervision.ts';
import { formatMoney } from '../../../shared/domain/money.ts';
import { api, ledger } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { LightMark, lightText } from '../../components/light-mark.tsx';
import { useLights } from '../../components/use-lights.ts';
import { LedgerGrid } from '../../grid/ledger-grid.tsx';
import type { GridColumn, LedgerGridApi } from '../../grid/types.ts';
import { KIND_OPTIONS } from './words.ts';
import './supervision.css';

type Shown = 'red' | 'yellow' | 'chosen';
type Grouping = 'unit' | 'project';

interface Candidate extends ListedLight {
  readonly id: string;
}

const COLUMNS: readonly GridColumn<Candidate>[] = [
  {
    key: 'light',
    label: '亮灯',
    width: 60,
    value: (row) => row.light,
    format: lightText,
    render: (row) => <LightMark light={row.light} />,
  },
  { key: 'name', label: '项目', width: 214, tooltip: (row) => row.name },
  { key: 'unitName', label: '责任单位', width: 100 },
  { key: 'text', label: '亮灯原因', width: 330, tooltip: (row) => row.text },
  {
    key: 'annualPlan',
    label: '年度计划',
    unit: '万元',
    kind: 'number',
    width: 96,
    format: (value) => (typeof value === 'number' ? formatMoney(value, '万元', 'exact') : ''),
  },
];

/** The suggestions for the chosen projects: one paper a unit, or 一事一单. */
async function suggestFor(projectIds: readonly string[], asOf: string, by: Grouping): Promise<Suggestion[]> {
  if (by === 'unit') return ledger.supervision.suggest({ projectIds: [...projectIds], asOf });
  const each = await Promise.all(projectIds.map((id) => ledger.supervision.suggest({ projectIds: [id], asOf })));
  return each.flat();
}

const keyOf = (item: Suggestion): string => `${item.unitId} ${item.projects.map(({ id }) => id).join(' ')}`;

/** 拟督办文书: red projects on the left, what would be sent about those chosen on the right. */
export function NewPage() {
  const { message } = App.useApp();
  const { today } = useLedger();
  const [, navigate] = useLocation();
  const query = useSearch();
  const [asked] = useState(() =>
    (new URLSearchParams(query).get('projects') ?? '').split(',').filter((id) => id !== ''),
  );
  const [chosen, setChosen] = useState<readonly string[]>(asked);
  const [shown, setShown] = useState<Shown>(asked.length > 0 ? 'chosen' : 'red');
  const [by, setBy] = useState<Grouping>('unit');
  const [kinds, setKinds] = useState<Readonly<Record<string, SheetKind>>>({});
  const [replyDue, setReplyDue] = useState<string | null>(null);
  const grid = useRef<LedgerGridApi<Candidate>>(null);

  const lights = useLights(today);
  const candidates = useMemo(
    (): readonly Candidate[] =>
      (lights.data?.lights ?? [])
        .filter(({ light, projectId }) => light === 'red' || light === 'yellow' || asked.includes(projectId))
        .map((item) => ({ ...item, id: item.projectId })),
    [lights.data, asked],
  );
  const [pinned, setPinned] = useState(asked);
  const rows = useMemo(
    () => candidates.filter((row) => (shown === 'chosen' ? pinned.includes(row.id) : row.light === shown)),
    [candidates, shown, pinned],
  );
  const suggestions = useQuery({
    queryKey: ['supervision', 'suggestFor', [...chosen].sort(), today, by],
    queryFn: () => suggestFor(chosen, today, by),
    enabled: chosen.length > 0,
    placeholderData: (previous: Suggestion[] | undefined) => previous,
  });
  const proposed = chosen.length === 0 ? [] : (suggestions.data ?? []);

  // Ticks belong to rows that are shown: those of the other light are kept here and ticked again when it is shown.
  const ticking = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when other rows are shown
  useEffect(() => {
    const wanted = rows.filter((row) => chosen.includes(row.id)).map((row) => row.id);
    if (wanted.length === 0) return;
    ticking.current = true;
    const timer = setInterval(() => {
      grid.current?.setSelectedRows(wanted);
      if ((grid.current?.selectedRows().length ?? 0) < wanted.length) return;
      ticking.current = false;
      clearInterval(timer);
    }, 30);
    return () => clearInterval(timer);
  }, [rows]);
  const onTick = (ticked: readonly Candidate[]): void => {
    if (ticking.current) return;
    const visible = new Set(rows.map((row) => row.id));
    setChosen([...chosen.filter((id) => !visible.has(id)), ...ticked.map((row) => row.id)]);
  };
  const show = (next: Shown): void => {
    setPinned(chosen.slice());
    setShown(next);
  };

  const draft = useMutation(
    api.supervision.draft.mutationOptions({
      onSuccess: ({ ids }) => {
        const [only] = ids;
        message.success(`已拟稿 ${ids.length} 份，可在顶部撤销`);
        navigate(ids.length === 1 && only ? `/supervision/${only}` : `/supervision?tab=draft&select=${ids.join(',')}`);
      },
      onError: (error) => {
        message.error(messageOf(error), 8);
      },
    }),
  );
  const submit = (): void =>
    draft.mutate({
      asOf: today,
      ...(replyDue === null ? {} : { replyDue }),
      sheets: proposed.map((item) => ({
        unitId: item.unitId,
        kind: kinds[keyOf(item)] ?? item.kind,
        projectIds: item.projects.map((project) => project.id),
      })),
    });
  const count = (light: 'red' | 'yellow'): number => candidates.filter((row) => row.light === light).length;

  return (
    <div className="page">
      <div className="page-head">
        <h1>拟督办文书</h1>
        <Segmented<Shown>
          aria-label="显示哪些项目"
          value={shown}
          options={[
            { value: 'red', label: `红灯项目 ${count('red')}` },
            { value: 'yellow', label: `黄灯项目 ${count('yellow')}` },
            { value: 'chosen', label: `已选 ${chosen.length}` },
          ]}
          onChange={show}
        />
        <span className="sheet-note">数据截止 {today}</span>
        <div style={{ flex: 1 }} />
        <Button onClick={() => navigate('/supervision')}>返回督办</Button>
      </div>
      <div className="new-page">
        <LedgerGrid<Candidate>
          apiRef={grid}
          label="可督办的项目"
          storageKey="supervision-new"
          columns={COLUMNS}
          rows={rows}
          loading={lights.isPending}
          selectable
          readOnly
          onSelectionChange={onTick}
          emptyText={shown === 'chosen' ? '还没有选择项目' : shown === 'red' ? '没有红灯项目' : '没有黄灯项目'}
        />
        <section className="new-right" aria-label="拟稿建议">
          <div style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
            <h2 style={{ margin: 0, flex: 1 }}>拟稿建议</h2>
            <Segmented<Grouping>
              aria-label="怎样分单"
              size="small"
              value={by}
              options={[
                { value: 'unit', label: '一单位一单' },
                { value: 'project', label: '一项目一单' },
              ]}
              onChange={setBy}
            />
          </div>
          <div className="new-suggestions">
            {chosen.length === 0 ? (
              <Empty
                image={Empty.PRESENTED_IMAGE_SIMPLE}
                description="在左侧勾选要督办的项目，这里给出发什么、为什么"
              />
            ) : suggestions.isPending ? (
              <Spin style={{ display: 'block', margin: 24 }} />
            ) : null}
            {suggestions.error ? <Alert type="error" showIcon title={messageOf(suggestions.error)} /> : null}
            {proposed.map((item) => (
              <SuggestionCard
                key={keyOf(item)}
                item={item}
                kind={kinds[keyOf(item)] ?? item.kind}
                onKind={(kind) => setKinds({ ...kinds, [keyOf(item)]: kind })}
              />
            ))}
          </div>
          <div
            style={{ display: 'flex', alignItems: 'center', gap: 8, paddingTop: 10, borderTop: '1px solid #e5e7eb' }}
          >
            <span>反馈期限</span>
            <DatePicker
              aria-label="反馈期限"
              style={{ width: 170 }}
              showNow={false}
              placeholder="按文种的规定天数"
              value={replyDue === null ? null : dayjs(replyDue)}
              minDate={dayjs(today)}
              onChange={(day) => setReplyDue(day?.format('YYYY-MM-DD') ?? null)}
            />
            <div style={{ flex: 1 }} />
            <Button
              type="primary"
              disabled={proposed.length === 0 || suggestions.isFetching}
              loading={draft.isPending}
              onClick={submit}
            >
              拟稿{proposed.length > 0 ? ` ${proposed.length} 份` : ''}
            </Button>
          </div>
        </section>
      </div>
    </div>
  );
}

interface SuggestionCardProps {
  readonly item: Suggestion;
  readonly kind: SheetKind;
  onKind(kind: SheetKind): void;
}

function SuggestionCard({ item, kind, onKind }: SuggestionCardProps) {
  return (
    <div className="new-suggestion">
      <div style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
        <strong style={{ flex: 1 }}>{item.unitName}</strong>
        <Select<SheetKind>
          aria-label={`${item.unitName}的文种`}
          style={{ width: 130 }}
          value={kind}
          options={KIND_OPTIONS}
          onChange={onKind}
        />
      </div>
      <div className="sheet-note">
        {item.reason}
        {kind === item.kind ? '' : '（已改为人工选择的文种）'}
      </div>
      <ul>
        {item.projects.map((project) => (
          <li key={project.id}>
            {project.name}
            <span className="sheet-note">：{project.text}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
