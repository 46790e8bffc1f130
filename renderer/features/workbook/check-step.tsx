import { Checkbox } from 'antd';
import { useMemo, useState } from 'react';
import type { ImportPreview } from '../../../shared/contract/workbook.ts';
import '../../components/components.css';
import { LedgerGrid, type RefOption, type RowMenuEntry } from '../../grid/index.ts';
import { checkColumns } from './check-columns.tsx';
import { SheetAlerts } from './mapping-step.tsx';
import { type BadCells, type CheckRow, FILTERS, passes, type RowChoice, type RowFilter } from './outcome.ts';
import { RowDetail } from './row-detail.tsx';

interface CheckProps {
  readonly preview: ImportPreview;
  readonly rows: readonly CheckRow[];
  readonly badCells: BadCells;
  readonly projects: readonly RefOption[];
  readonly onBadCells: (badCells: BadCells) => void;
  readonly onChoose: (rows: readonly CheckRow[], choice: RowChoice | null) => void;
}

/** The third step: every row as it will be read, with its problems; nothing is written yet. */
export function CheckStep({ preview, rows, badCells, projects, onBadCells, onChoose }: CheckProps) {
  const [filter, setFilter] = useState<RowFilter>('all');
  const [activeId, setActiveId] = useState<string | null>(null);
  const columns = useMemo(() => checkColumns(preview), [preview]);
  const shown = useMemo(() => rows.filter((row) => passes(row, filter)), [rows, filter]);
  const counts = useMemo(
    () => new Map(FILTERS.map(({ key }) => [key, rows.filter((row) => passes(row, key)).length])),
    [rows],
  );
  const active = rows.find(({ id }) => id === activeId) ?? null;
  const isProject = preview.target === 'project';
  const others = preview.rows.filter(({ kind }) => kind !== 'data' && kind !== 'blank').length;
  const blocked = rows.filter(({ row }) => row.blocked && !row.fatal).length;

  const menu = (chosen: readonly CheckRow[]): readonly RowMenuEntry[] => {
    const say = chosen.length > 1 ? `这 ${chosen.length} 行` : '这一行';
    const entry = (key: RowChoice['action'], label: string, fits: (row: CheckRow) => boolean): RowMenuEntry => ({
      key,
      label,
      disabled: !chosen.some(fits),
      run: () => {
        for (const row of chosen.filter(fits))
          onChoose([row], { action: key, projectId: key === 'update' ? row.row.projectId : null });
      },
    });
    return [
      ...(isProject ? [entry('create', `${say}作为新项目新增`, () => true)] : []),
      entry('update', `${say}更新到台账里的项目`, ({ row }) => row.projectId !== null),
      entry('skip', `${say}不导入`, () => true),
      {
        key: 'default',
        label: '恢复默认',
        disabled: !chosen.some(({ choice }) => choice !== null),
        run: () => onChoose(chosen, null),
      },
    ];
  };

  return (
    <div className="wb-step">
      <div className="wb-bar">
        <fieldset className="chip-group" aria-label="筛选">
          {FILTERS.map(({ key, label }) => (
            <button
              key={key}
              type="button"
              className="chip"
              aria-pressed={filter === key}
              onClick={() => setFilter(key)}
            >
              {label} <b>{counts.get(key) ?? 0}</b>
            </button>
          ))}
        </fieldset>
        {blocked === 0 ? null : (
          <Checkbox
            checked={badCells === 'leaveBlank'}
            onChange={(event) => onBadCells(event.target.checked ? 'leaveBlank' : 'skipRow')}
          >
            有错的单元格留空，其余照常导入（{blocked} 行）
          </Checkbox>
        )}
        <span style={{ flex: 1 }} />
        <span className="wb-quiet">
          另有分类、小计、注释等 {others} 行不导入
          {isProject && preview.newPeople.length > 0 ? `；将登记人员 ${preview.newPeople.length} 人` : ''}
        </span>
      </div>
      <SheetAlerts preview={preview} />
      <div className="wb-grid">
        <LedgerGrid<CheckRow>
          label="核对导入内容"
          storageKey={`workbook-check-${preview.importId}-${preview.sheet}-${preview.target}`}
          columns={columns}
          rows={shown}
          readOnly
          rowMenu={menu}
          onActiveCellChange={(cell) => setActiveId(cell?.row.id ?? null)}
          empty={<p className="lg-empty">{filter === 'all' ? '表头下面没有项目行。' : '没有这样的行。'}</p>}
        />
      </div>
      <RowDetail
        checked={active}
        mayCreate={isProject}
        projects={projects}
        onChoose={(choice) => active && onChoose([active], choice)}
      />
    </div>
  );
}
