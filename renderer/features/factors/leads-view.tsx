import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { AttractionByUnit, LeadRow, VisitRow } from '../../../shared/contract/factors.ts';
import { dictionary, fieldOf } from '../../../shared/dictionary/index.ts';
import { api, ledger } from '../../app/api.ts';
import { runCommand } from '../../app/commands.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { newId } from '../../app/new-id.ts';
import { ImportList } from '../../components/import-list.tsx';
import { PrintButton } from '../../components/print-button.tsx';
import { AddButton, VoidButton } from '../../components/row-buttons.tsx';
import { FindingsStrip, markFindings, useCheckedEdit } from '../../components/row-findings.tsx';
import { useKept } from '../../components/use-kept.ts';
import { useRefs } from '../../components/use-refs.ts';
import { useSave } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid, type LedgerGridApi } from '../../grid/index.ts';

const leadFields = dictionary.investmentLead.fields;
const visitFields = dictionary.leadVisit.fields;

const leadColumns = markFindings<LeadRow>([
  { key: 'name', field: leadFields.name, pinned: 'left' },
  ...(['unitId', 'state', 'investor', 'origin', 'planned', 'officerId', 'foundOn'] as const).map((key) => ({
    key,
    field: leadFields[key],
  })),
  { key: 'visits', label: '拜访次数', kind: 'number', width: 84, total: 'none' },
  { key: 'lastVisit', label: '最近拜访', kind: 'date', width: 108 },
  ...(['signedOn', 'agreement', 'agreed', 'projectId', 'note'] as const).map((key) => ({
    key,
    field: leadFields[key],
  })),
]);

const visitColumns: readonly GridColumn<VisitRow>[] = [
  { key: 'visitedOn', field: visitFields.visitedOn, pinned: 'left' },
  { key: 'leadName', label: '招商线索', width: 220 },
  { key: 'unitName', label: '责任单位', width: 100 },
  ...(['kind', 'leader', 'participants', 'result'] as const).map((key) => ({ key, field: visitFields[key] })),
];

type UnitRow = AttractionByUnit[number] & { readonly id: string };

const unitColumns: readonly GridColumn<UnitRow>[] = [
  { key: 'unitName', label: '责任单位', width: 140, pinned: 'left' },
  { key: 'leads', label: '线索', kind: 'number', width: 90, total: 'sum' },
  { key: 'visits', label: '拜访', kind: 'number', width: 90, total: 'sum' },
  { key: 'signed', label: '签约', kind: 'number', width: 90, total: 'sum' },
  { key: 'landed', label: '落地', kind: 'number', width: 90, total: 'sum' },
  { key: 'agreed', field: leadFields.agreed, label: '协议投资', width: 130 },
];

type View = 'leads' | 'visits' | 'units';

/** 招商 (E11): leads, visits and agreements, by unit. `focus`: the lead to stand on. */
export function LeadsView({ focus }: { readonly focus: string | null }) {
  const { today, level, officeId } = useLedger();
  const { data } = useQuery({
    ...api.factors.leads.queryOptions({ input: {} }),
    placeholderData: keepPreviousData,
  });
  const units = useQuery(api.records.list.queryOptions({ input: { entity: 'responsibilityUnit' } }));
  const refs = useRefs({ projects: true });
  const saver = useSave();
  const [view, setView] = useKept<View>('factors.leads', 'leads');
  const [lead, setLead] = useState<LeadRow | null>(null);
  const [visit, setVisit] = useState<VisitRow | null>(null);
  const grid = useRef<LedgerGridApi<LeadRow>>(null);
  const loaded = data !== undefined;
  useEffect(() => {
    if (focus === null || !loaded) return undefined;
    setView('leads');
    const timer = setTimeout(() => grid.current?.focusCell(focus, 'name'), 250);
    return () => clearTimeout(timer);
  }, [focus, loaded, setView]);
  const editLead = useCheckedEdit('investmentLead');
  const editVisit = useCheckedEdit('leadVisit');
  const own = (units.data ?? []).find((unit) => level === 'city' || unit['officeId'] === officeId);
  const unitRows = useMemo(() => (data?.byUnit ?? []).map((unit): UnitRow => ({ ...unit, id: unit.unitId })), [data]);
  const current = data?.leads.find((row) => row.id === lead?.id) ?? null;
  const addLead = (): void => {
    if (own === undefined) return;
    const set = { unitId: current?.unitId ?? own.id, name: '新线索', state: 'lead', foundOn: today };
    void saver.save('登记招商线索', [{ entity: 'investmentLead', id: newId(), set }]);
  };
  const addVisit = (): void => {
    if (current === null) return;
    const set = { leadId: current.id, unitId: current.unitId, visitedOn: today, kind: 'out' };
    void saver.act(
      `登记拜访“${current.name}”`,
      [{ entity: 'leadVisit', id: newId(), set }],
      '已登记拜访，请到“拜访”里填写',
    );
  };
  return (
    <div className="view">
      <div className="bar">
        <Segmented<View>
          aria-label="招商"
          value={view}
          onChange={setView}
          options={[
            { value: 'leads', label: `线索（${data?.leads.length ?? 0}）` },
            { value: 'visits', label: `拜访（${data?.visits.length ?? 0}）` },
            { value: 'units', label: '按单位' },
          ]}
        />
        {view === 'leads' ? (
          <>
            <AddButton label="登记线索" disabled={own === undefined} onClick={addLead} />
            <AddButton label="登记拜访" disabled={current === null} onClick={addVisit} />
            <VoidButton entity="investmentLead" id={current?.id ?? null} name={current?.name ?? ''} />
          </>
        ) : null}
        {view === 'visits' ? (
          <VoidButton entity="leadVisit" id={visit?.id ?? null} name={visit?.leadName ?? ''} />
        ) : null}
        <span className="spring" />
        {view === 'units' ? null : <ImportList entity={view === 'leads' ? 'investmentLead' : 'leadVisit'} />}
        <PrintButton
          title="打印招商线索台账"
          fileName={`招商线索台账 ${today}`}
          load={() => ledger.factors.paper({ list: 'lead' })}
        />
      </div>
      <div className="grow">
        {view === 'leads' ? (
          <LedgerGrid<LeadRow>
            apiRef={grid}
            label="招商线索"
            storageKey="factors-leads"
            columns={leadColumns}
            rows={data?.leads ?? []}
            refs={refs}
            today={today}
            totals
            loading={data === undefined}
            onEdit={editLead}
            onActiveCellChange={(cell) => setLead(cell?.row ?? null)}
            onUndo={() => runCommand('undo')}
            emptyText="这里登记招商线索：投资方、来源、意向投资、进展、协议和落地项目。"
          />
        ) : null}
        {view === 'visits' ? (
          <LedgerGrid<VisitRow>
            label="招商拜访"
            storageKey="factors-visits"
            columns={visitColumns}
            rows={data?.visits ?? []}
            refs={refs}
            today={today}
            onEdit={editVisit}
            onActiveCellChange={(cell) => setVisit(cell?.row ?? null)}
            onUndo={() => runCommand('undo')}
            emptyText="还没有拜访。在“线索”里选中一条，点“登记拜访”。"
          />
        ) : null}
        {view === 'units' ? (
          <LedgerGrid<UnitRow>
            label="各单位招商情况"
            storageKey="factors-lead-units"
            columns={unitColumns}
            rows={unitRows}
            readOnly
            totals
            emptyText="还没有招商线索。"
          />
        ) : null}
      </div>
      {view === 'leads' ? (
        <FindingsStrip
          row={current === null ? null : { title: current.name, findings: current.findings }}
          labels={(key) => fieldOf('investmentLead', key)?.label ?? key}
          hint="选中一条线索，可以登记拜访，这里说明它有没有疑点。"
        />
      ) : null}
    </div>
  );
}
