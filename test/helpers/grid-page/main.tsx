import { App as AntApp, Button, ConfigProvider, Input, type InputRef } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { useMemo, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'antd/dist/reset.css';
import '../../../renderer/app/app.css';
import { theme } from '../../../renderer/app/theme.ts';
import type { CellEdit, EditOutcome, GridColumn, LedgerGridApi, Refs } from '../../../renderer/grid/index.ts';
import { LedgerGrid } from '../../../renderer/grid/index.ts';
import type { Field, Value } from '../../../shared/dictionary/index.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';

type Row = { readonly id: string } & Readonly<Record<string, Value>>;

const COUNTIES = ['宝清县', '集贤县', '友谊县', '饶河县', '尖山区', '岭东区', '四方台区', '宝山区', '经开区'];
const SURNAMES = '王李张刘陈杨单曾解尉';
const GIVEN = ['伟', '秀英', '建国', '志强', '晓东', '丽华'];
const WORKS = [
  '污水处理厂',
  '产业园基础设施',
  '石墨新材料',
  '粮食仓储物流',
  '光伏发电',
  '重症医学楼',
  '长输供热管网',
  '道路改造',
];

const people = Array.from({ length: 60 }, (_, index) => ({
  id: `p${index}`,
  label: `${SURNAMES[index % SURNAMES.length]}${GIVEN[index % GIVEN.length]}`,
  hint: COUNTIES[index % COUNTIES.length] ?? '',
}));
const units = COUNTIES.map((label, index) => ({ id: `u${index}`, label }));

/** Repeatable numbers, so that two runs show the same. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

function makeRows(count: number): Row[] {
  const next = random(7);
  const pick = <T,>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const fields: Readonly<Record<string, Field>> = dictionary.project.fields;
  return Array.from({ length: count }, (_, index) => {
    const row: Record<string, Value> & { id: string } = { id: `r${index}` };
    for (const [key, field] of Object.entries(fields)) {
      if (next() < 0.12 && !field.required) {
        row[key] = null;
        continue;
      }
      switch (field.type) {
        case 'money':
          row[key] = Math.floor(next() * 900_000) * 1000;
          break;
        case 'integer':
          row[key] = field.unit === undefined ? 2019 + Math.floor(next() * 6) : Math.floor(next() * 900);
          break;
        case 'date':
          row[key] =
            `202${Math.floor(next() * 4)}-${String(1 + Math.floor(next() * 12)).padStart(2, '0')}-${String(1 + Math.floor(next() * 28)).padStart(2, '0')}`;
          break;
        case 'choice':
          row[key] = pick(field.choices ?? []).value;
          break;
        case 'choices':
          row[key] = JSON.stringify([pick(field.choices ?? []).value]);
          break;
        case 'flag':
          row[key] = next() < 0.2 ? 1 : 0;
          break;
        case 'ref':
          row[key] =
            field.ref === 'person' ? pick(people).id : field.ref === 'responsibilityUnit' ? pick(units).id : null;
          break;
        default:
          row[key] =
            key === 'name'
              ? `${pick(COUNTIES)}${pick(WORKS)}项目（${index + 1}期）`
              : key === 'code'
                ? `SYS${String(index + 1).padStart(4, '0')}`
                : null;
      }
    }
    return row;
  });
}

declare global {
  interface Window {
    readonly gridTest: {
      edits: { title: string; edits: readonly CellEdit[] }[];
      undo(): void;
      api: LedgerGridApi<Row> | null;
      outcome: EditOutcome;
    };
  }
}

const log: Window['gridTest'] = { edits: [], undo: () => undefined, api: null, outcome: { ok: true } };
Object.assign(window, { gridTest: log });

function Page() {
  const params = new URLSearchParams(location.search);
  const [rows, setRows] = useState(() => makeRows(Number(params.get('rows') ?? 2000)));
  const [query, setQuery] = useState('');
  const [title, setTitle] = useState('');
  const history = useRef<Row[][]>([]);
  const search = useRef<InputRef>(null);
  const columns = useMemo((): GridColumn<Row>[] => {
    const fields: Readonly<Record<string, Field>> = dictionary.project.fields;
    return [
      ...Object.entries(fields).map(
        ([key, field]): GridColumn<Row> => ({
          key,
          field,
          ...(key === 'name' || key === 'code' ? { pinned: 'left' as const } : {}),
          ...(key === 'annualPlan' ? { ownerMark: '市', editable: false, lockedReason: '由市领导小组办公室下达' } : {}),
        }),
      ),
      {
        key: 'rate',
        label: '年度投资占比',
        unit: '%',
        kind: 'number',
        group: '投资',
        value: (row) =>
          typeof row['annualPlan'] === 'number' &&
          typeof row['totalInvestment'] === 'number' &&
          row['totalInvestment'] > 0
            ? (row['annualPlan'] / row['totalInvestment']) * 100
            : null,
        format: (value) => (typeof value === 'number' ? value.toFixed(1) : '—'),
        cellClass: (row) => (row['stage'] === 'suspended' ? 'test-red' : undefined),
      },
      {
        key: 'light',
        label: '亮灯',
        width: 64,
        value: (row) => (row['stage'] === 'suspended' ? 'red' : 'green'),
        format: (value) => (value === 'red' ? '红' : '绿'),
        render: (row) =>
          row['stage'] === 'suspended' ? (
            <span style={{ color: '#b91c1c' }}>■ 红</span>
          ) : (
            <span style={{ color: '#15803d' }}>● 绿</span>
          ),
      },
    ];
  }, []);
  const refs = useMemo(
    (): Refs => ({
      person: {
        options: people,
        create: async (label) => {
          people.push({ id: `n${label}`, label, hint: '' });
          return `n${label}`;
        },
      },
      responsibilityUnit: { options: units },
    }),
    [],
  );
  log.undo = () => {
    const last = history.current.pop();
    if (last !== undefined) setRows(last);
  };
  const onEdit = async (edits: readonly CellEdit[], name: string): Promise<EditOutcome> => {
    log.edits.push({ title: name, edits });
    await new Promise((resolve) => setTimeout(resolve, 60));
    if (!log.outcome.ok) return log.outcome;
    history.current.push(rows);
    setTitle(name);
    const byRow = Map.groupBy?.(edits, (edit) => edit.rowId) ?? new Map<string, CellEdit[]>();
    setRows((old) =>
      old.map((row) =>
        byRow.has(row.id)
          ? { ...row, ...Object.fromEntries((byRow.get(row.id) ?? []).map((edit) => [edit.key, edit.value])) }
          : row,
      ),
    );
    return log.outcome;
  };
  return (
    <div
      style={{
        height: '100vh',
        display: 'flex',
        flexDirection: 'column',
        gap: 8,
        padding: 8,
        boxSizing: 'border-box',
        background: '#fff',
      }}
    >
      <style>{'.test-red { color: #b91c1c; font-weight: 600; }'}</style>
      <div style={{ display: 'flex', gap: 8 }}>
        <Input
          ref={search}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          placeholder="查找"
          style={{ width: 260 }}
        />
        <Button onClick={() => log.undo()}>撤销{title === '' ? '' : `：${title}`}</Button>
      </div>
      <div style={{ flex: 1, minHeight: 0 }}>
        <LedgerGrid<Row>
          columns={columns}
          rows={rows}
          refs={refs}
          onEdit={onEdit}
          quickSearch={query}
          storageKey="试验页"
          totals
          selectable
          label="项目台账"
          openLabel="打开项目页"
          onOpenRow={(row) => setTitle(`打开 ${row.id}`)}
          onFind={() => search.current?.focus({ cursor: 'all' })}
          onUndo={() => log.undo()}
          apiRef={(value) => {
            log.api = value;
          }}
          emptyText="还没有项目"
        />
      </div>
    </div>
  );
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
    <AntApp>
      <Page />
    </AntApp>
  </ConfigProvider>,
);
