import { FileProtectOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { ListedLight } from '../../../shared/contract/rates.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { LIGHT_NAMES, type Light } from '../../../shared/domain/light.ts';
import { formatRate } from '../../../shared/domain/rate.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { LIGHT_ORDER, LightMark } from '../../components/light-mark.tsx';
import { RowStrip } from '../../components/row-strip.tsx';
import { type GridColumn, LedgerGrid } from '../../grid/index.ts';
import { LightDrawer } from './light-drawer.tsx';

interface LightRow extends ListedLight {
  readonly id: string;
}

const { project } = dictionary;

const columns: readonly GridColumn<LightRow>[] = [
  {
    key: 'light',
    label: '亮灯',
    width: 84,
    pinned: 'left',
    value: (row) => LIGHT_ORDER.indexOf(row.light),
    kind: 'number',
    total: 'none',
    cellClass: () => 'rates-mark',
    format: (_, row) => LIGHT_NAMES[row.light],
    render: (row) => <LightMark light={row.light} named />,
  },
  { key: 'name', field: project.fields.name, width: 250, pinned: 'left', editable: false },
  { key: 'text', label: '理由', group: '判断', width: 400, tooltip: (row) => row.text },
  { key: 'unitName', label: '责任单位', group: '项目', width: 110 },
  { key: 'stage', field: project.fields.stage, group: '项目', editable: false, width: 110 },
  { key: 'annualPlan', field: project.fields.annualPlan, label: '年度计划', editable: false, width: 104 },
  { key: 'yearToDate', field: dictionary.report.fields.yearToDate, group: '投资', editable: false, width: 104 },
  {
    key: 'share',
    label: '完成率',
    group: '投资',
    width: 84,
    kind: 'number',
    value: (row) => (row.annualPlan === null || row.annualPlan <= 0 ? null : (row.yearToDate ?? 0) / row.annualPlan),
    format: (_, row) => formatRate({ numerator: row.yearToDate ?? 0, denominator: row.annualPlan ?? 0 }),
    total: 'none',
  },
];

export interface LightsFilter {
  readonly lights: readonly Light[];
  /** Null: all units. */
  readonly unitIds: readonly string[] | null;
}

interface LightsListProps {
  readonly date: string;
  readonly lights: readonly ListedLight[];
  readonly filter: LightsFilter;
  readonly onFilter: (filter: LightsFilter) => void;
}

/** Projects by light with the reason in words; chosen ones go to a supervision draft (B8). */
export function LightsList({ date, lights, filter, onFilter }: LightsListProps) {
  const { level } = useLedger();
  const [, navigate] = useLocation();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [active, setActive] = useState<LightRow | null>(null);
  const [explained, setExplained] = useState<string | null>(null);
  const inUnits = useMemo(
    () => (filter.unitIds === null ? lights : lights.filter((light) => filter.unitIds?.includes(light.unitId))),
    [lights, filter.unitIds],
  );
  const rows = useMemo(
    () =>
      inUnits
        .filter((light) => filter.lights.includes(light.light))
        .map((light): LightRow => ({ ...light, id: light.projectId }))
        .sort((left, right) => LIGHT_ORDER.indexOf(left.light) - LIGHT_ORDER.indexOf(right.light)),
    [inUnits, filter.lights],
  );
  const units = useMemo(
    () =>
      [...new Map(lights.map((light) => [light.unitId, light.unitName]))].map(([value, label]) => ({ value, label })),
    [lights],
  );
  const supervise = (ids: readonly string[]): void => navigate(`/supervision/new?projects=${ids.join(',')}`);
  const toggle = (light: Light, on: boolean): void =>
    onFilter({ ...filter, lights: LIGHT_ORDER.filter((each) => (each === light ? on : filter.lights.includes(each))) });
  return (
    <div className="rates-lights-list">
      <div className="page-head">
        {LIGHT_ORDER.map((light) => (
          <Checkbox
            key={light}
            checked={filter.lights.includes(light)}
            onChange={(event) => toggle(light, event.target.checked)}
          >
            <span className="rates-choice">
              <LightMark light={light} named /> {inUnits.filter((each) => each.light === light).length}
            </span>
          </Checkbox>
        ))}
        {units.length > 1 ? (
          <Select
            mode="multiple"
            allowClear={{ label: '清除' }}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="全部单位"
            aria-label="责任单位"
            style={{ minWidth: 180 }}
            maxTagCount={2}
            options={units}
            value={filter.unitIds === null ? [] : [...filter.unitIds]}
            onChange={(value: string[]) => onFilter({ ...filter, unitIds: value.length === 0 ? null : value })}
          />
        ) : null}
        <Input.Search
          enterButton="查找"
          allowClear
          placeholder="项目名称、理由，可用拼音"
          aria-label="查找项目"
          style={{ width: 220 }}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span style={{ flex: 1 }} />
        {level === 'city' ? (
          <Button
            type="primary"
            icon={<FileProtectOutlined aria-hidden />}
            disabled={chosen.length === 0}
            onClick={() => supervise(chosen)}
          >
            拟督办文书{chosen.length > 0 ? `（${chosen.length}项）` : ''}
          </Button>
        ) : null}
      </div>
      <div className="rates-grid">
        <LedgerGrid<LightRow>
          columns={columns}
          rows={rows}
          storageKey="rates.lights"
          label="亮灯项目"
          readOnly
          selectable={level === 'city'}
          quickSearch={search}
          openLabel="亮灯说明"
          onOpenRow={(row) => setExplained(row.id)}
          onSelectionChange={(selected) => setChosen(selected.map((row) => row.id))}
          onActiveCellChange={(cell) => setActive(cell?.row ?? null)}
          rowMenu={(selected) => [
            {
              key: 'project',
              label: '打开项目页',
              disabled: selected.length !== 1,
              run: () => navigate(`/projects/${selected[0]?.id ?? ''}`),
            },
            ...(level === 'city'
              ? [{ key: 'supervise', label: '拟督办文书', run: () => supervise(selected.map((row) => row.id)) }]
              : []),
          ]}
          emptyText={lights.length === 0 ? '还没有项目' : '没有符合条件的项目，请勾选上面的灯号或清除单位'}
        />
      </div>
      <RowStrip hint="选中一行，这里显示完整理由；双击或按回车看规则和历期亮灯。">
        {active === null ? null : (
          <>
            <LightMark light={active.light} named />
            <strong>{active.name}</strong>
            <span className="row-strip-text">{active.text}</span>
            <Button size="small" onClick={() => setExplained(active.id)}>
              亮灯说明
            </Button>
          </>
        )}
      </RowStrip>
      <LightDrawer projectId={explained} date={date} onClose={() => setExplained(null)} />
    </div>
  );
}
