import { DeleteOutlined, ExportOutlined, ImportOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Input, type InputRef } from 'antd';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { tinykeys } from 'tinykeys';
import { useLocation, useSearch } from 'wouter';
import { COUNTING_NAMES, leftOutOf } from '../../../shared/domain/bundle.ts';
import { api } from '../../app/api.ts';
import { onCommand, runCommand } from '../../app/commands.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { useSayWritten } from '../../components/use-say-written.tsx';
import '../../components/components.css';
import { CountingChoice, useCounting } from '../../components/counting-choice.tsx';
import { exportExcel, tableOf } from '../../components/export-excel.ts';
import { useAuthority } from '../../components/use-authority.ts';
import { useRefs } from '../../components/use-refs.ts';
import { SavedMark, useSave } from '../../components/use-save.tsx';
import { LedgerGrid, type LedgerGridApi } from '../../grid/index.ts';
import { projectColumns } from './columns.tsx';
import { NewProject } from './new-project.tsx';
import { useProjectsPlace } from './place.ts';
import { type ProjectRow, useProjectRows } from './rows.ts';
import { UnitChips } from './unit-chips.tsx';

const NONE: readonly ProjectRow[] = [];
const place = useProjectsPlace.setState;
type Unit = { readonly id: string; readonly label: string };

/** Units in order with short names; `own` are those this office may add projects to. */
function useUnits(): { readonly all: readonly Unit[]; readonly own: readonly Unit[] } {
  const { level, officeId } = useLedger();
  const { data } = useQuery(api.records.list.queryOptions({ input: { entity: 'responsibilityUnit' } }));
  return useMemo(() => {
    const rows = [...(data ?? [])].sort(
      (left, right) => Number(left['sequence'] ?? 9999) - Number(right['sequence'] ?? 9999),
    );
    const asUnit = (row: (typeof rows)[number]): Unit => ({
      id: row.id,
      label: String(row['shortName'] ?? row['name'] ?? ''),
    });
    return {
      all: rows.map(asUnit),
      own: rows.filter((row) => level === 'city' || row['officeId'] === officeId).map(asUnit),
    };
  }, [data, level, officeId]);
}

/** 项目台账: every project in one sheet (A5). */
export function ProjectsPage({
  extraActions,
}: {
  readonly extraActions?: (ticked: readonly string[]) => ReactNode;
} = {}) {
  const { level, today, officeName } = useLedger();
  const { message } = App.useApp();
  const sayWritten = useSayWritten();
  const [, navigate] = useLocation();
  const question = useSearch();
  const { data, error } = useProjectRows();
  const { ownerOfColumn } = useAuthority('project');
  const refs = useRefs({ projects: true });
  const units = useUnits();
  const saver = useSave();
  const { unitId, light, search } = useProjectsPlace();
  const [ticked, setTicked] = useState<readonly ProjectRow[]>(NONE);
  const [adding, setAdding] = useState(false);
  const grid = useRef<LedgerGridApi<ProjectRow>>(null);
  const searchBox = useRef<InputRef>(null);

  useEffect(() => {
    const asked = new URLSearchParams(question).get('unit');
    if (asked === null) return;
    place({ unitId: asked, light: null });
    navigate('/projects', { replace: true });
  }, [question, navigate]);

  const find = useCallback((): void => searchBox.current?.focus({ cursor: 'all' }), []);
  useEffect(() => {
    const unbind = tinykeys(window, {
      '$mod+f': (event) => {
        event.preventDefault();
        find();
      },
    });
    const off = onCommand('find', find);
    return () => {
      unbind();
      off();
    };
  }, [find]);

  const openProject = useCallback((id: string) => navigate(`/projects/${id}`), [navigate]);
  const columns = useMemo(() => projectColumns(ownerOfColumn, openProject), [ownerOfColumn, openProject]);
  const all = data?.rows ?? NONE;
  const rows = useMemo(
    () =>
      unitId === null && light === null
        ? all
        : all.filter((row) => (unitId === null || row.unitId === unitId) && (light === null || row.light === light)),
    [all, unitId, light],
  );

  const [counting, setCounting] = useCounting();
  const hasBundles = useMemo(() => leftOutOf(rows, 'whole').size > 0, [rows]);
  const totalsOver = useMemo(
    () => ({
      note: COUNTING_NAMES[counting],
      leftOut: (shown: readonly ProjectRow[]) => leftOutOf(shown, counting),
    }),
    [counting],
  );
  const statusExtra = <CountingChoice value={counting} onChange={setCounting} />;
  const remove = async (): Promise<void> => {
    const title = ticked.length === 1 ? `作废项目“${ticked[0]?.name ?? ''}”` : `作废 ${ticked.length} 个项目`;
    const changes = ticked.map((row) => ({ entity: 'project', id: row.id, set: { voided: 1 } }) as const);
    if (await saver.act(title, changes, `已${title}`)) grid.current?.setSelectedRows([]);
  };
  const exportShown = async (): Promise<void> => {
    const shown = grid.current?.exportRows();
    if (shown === undefined) return;
    const sheet = tableOf(shown, {
      name: '项目台账',
      title: '重点项目包保推进台账',
      note: [officeName, today, hasBundles ? `合计${COUNTING_NAMES[counting]}` : ''].filter(Boolean).join('　'),
      percents: ['investmentRate'],
      leaveOut: ['open'],
    });
    try {
      const path = await exportExcel(sheet, today);
      if (path === null) return;
      sayWritten(`已导出 ${shown.rows.length} 个项目、${sheet.columns.length} 列`, path);
    } catch (fault) {
      message.error(messageOf(fault), 8);
    }
  };
  // The new row is on the screen only after the change stream has brought it.
  const [created, setCreated] = useState<string | null>(null);
  useEffect(() => {
    if (created === null || !rows.some((row) => row.id === created)) return undefined;
    const timer = setTimeout(() => {
      grid.current?.focusCell(created, 'name');
      setCreated(null);
    }, 80);
    return () => clearTimeout(timer);
  }, [created, rows]);

  return (
    <section className="page" aria-label="项目台账">
      <div className="page-head">
        <h1>项目台账</h1>
        <Input
          ref={searchBox}
          style={{ width: 280 }}
          prefix={<SearchOutlined aria-hidden />}
          placeholder="汉字、全拼或首字母 Ctrl+F"
          aria-label="在项目台账中查找"
          allowClear
          value={search}
          onChange={(event) => place({ search: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape') place({ search: '' });
            if (event.key === 'Enter' || event.key === 'ArrowDown') grid.current?.focus();
          }}
        />
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
          新增项目
        </Button>
        <Button
          icon={<DeleteOutlined aria-hidden />}
          disabled={ticked.length === 0}
          onClick={() => void remove()}
          title="勾选行首方框后作废，可以撤销"
        >
          {ticked.length === 0 ? '作废' : `作废（${ticked.length}）`}
        </Button>
        <Button icon={<ImportOutlined aria-hidden />} onClick={() => navigate('/projects/import')}>
          导入 Excel
        </Button>
        <Button
          icon={<ExportOutlined aria-hidden />}
          onClick={() => void exportShown()}
          title="按现在显示的列、筛选和顺序"
        >
          导出 Excel
        </Button>
        {extraActions?.(ticked.map((row) => row.id))}
        <span style={{ flex: 1 }} />
        <SavedMark saver={saver} />
      </div>
      <UnitChips
        rows={all}
        units={units.all}
        unitId={unitId}
        light={light}
        onUnit={(next) => place({ unitId: next })}
        onLight={(next) => place({ light: next })}
      />
      {error === null ? null : <Alert type="error" showIcon title={messageOf(error)} />}
      <div className="page-body fixed">
        <LedgerGrid<ProjectRow>
          apiRef={grid}
          label="项目台账"
          storageKey={`projects-${level}`}
          columns={columns}
          rows={rows}
          refs={refs}
          quickSearch={search}
          loading={data === undefined && error === null}
          totals
          {...(hasBundles ? { totalsOver, statusExtra } : {})}
          excel={false}
          selectable
          today={today}
          openLabel="打开项目页"
          onEdit={(edits, title) => saver.saveCells('project', edits, title)}
          onOpenRow={(row) => openProject(row.id)}
          onSelectionChange={setTicked}
          onShownRowsChange={(shown) => place({ shownIds: shown.map((row) => row.id) })}
          onFind={find}
          onUndo={() => runCommand('undo')}
          onRedo={() => runCommand('redo')}
          empty={
            all.length > 0 ? (
              <p className="lg-empty">没有符合条件的项目。可以清除筛选，或换几个字查找。</p>
            ) : (
              <div className="lg-empty">
                <p>
                  这里登记本{level === 'city' ? '市' : '单位'}的包保项目，一个项目一行。可以新增，也可以从已有的 Excel
                  清单导入。
                </p>
                <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
                  新增第一个项目
                </Button>{' '}
                <Button icon={<ImportOutlined aria-hidden />} onClick={() => navigate('/projects/import')}>
                  导入 Excel
                </Button>
              </div>
            )
          }
        />
      </div>
      <NewProject
        open={adding}
        units={units.own}
        unitId={unitId}
        known={all}
        saver={saver}
        onClose={() => setAdding(false)}
        onCreated={(id) => {
          if (light !== null) place({ light: null });
          setCreated(id);
        }}
      />
    </section>
  );
}
