import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Empty } from 'antd';
import { useMemo, useState } from 'react';
import type { TemplateLinkRow } from '../../../shared/contract/chain.ts';
import { CHAIN_KINDS, dictionary } from '../../../shared/dictionary/index.ts';
import { api, ledger } from '../../app/api.ts';
import { runCommand } from '../../app/commands.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { newId } from '../../app/new-id.ts';
import { FieldInput } from '../../components/field-input.tsx';
import { FindingsStrip, markFindings, useCheckedEdit } from '../../components/row-findings.tsx';
import { useRefs } from '../../components/use-refs.ts';
import { useSave } from '../../components/use-save.tsx';
import { LedgerGrid } from '../../grid/index.ts';

const { fields } = dictionary.chainTemplateLink;
const NONE: readonly TemplateLinkRow[] = [];

const columns = markFindings<TemplateLinkRow>([
  { key: 'sequence', field: fields.sequence, pinned: 'left' },
  { key: 'name', field: fields.name, pinned: 'left' },
  { key: 'unitText', field: fields.unitText },
  { key: 'workingDays', field: fields.workingDays },
  { key: 'after', field: fields.after },
  { key: 'evidence', field: fields.evidence },
]);

const labelOf = (key: string): string =>
  (fields as Readonly<Record<string, { readonly label: string } | undefined>>)[key]?.label ?? key;

/** 链条模板: the city's, by kind of project; edited here, applied to projects. */
export function TemplatesView() {
  const { level, today } = useLedger();
  const { data } = useQuery(api.chain.templates.queryOptions());
  const refs = useRefs();
  const saver = useSave();
  const [chosen, setChosen] = useState<string | null>(null);
  const [active, setActive] = useState<TemplateLinkRow | null>(null);
  const edit = useCheckedEdit('chainTemplateLink');
  const template = data?.find((each) => each.id === chosen) ?? data?.[0];
  const rows = useMemo(() => template?.links ?? NONE, [template]);
  const isCity = level === 'city';

  const addTemplate = (): void => {
    const id = newId();
    setChosen(id);
    void saver.save('增加链条模板', [
      { entity: 'chainTemplate', id, set: { name: '新模板', kind: 'other', sequence: (data?.length ?? 0) + 1 } },
    ]);
  };
  const addLink = (): void => {
    if (template === undefined) return;
    const last = Math.max(0, ...rows.map((row) => row.sequence));
    const set = {
      templateId: template.id,
      sequence: last + 1,
      name: '新环节',
      workingDays: 10,
      after: last === 0 ? null : last,
    };
    void saver.save('增加模板环节', [{ entity: 'chainTemplateLink', id: newId(), set }]);
  };
  const remove = (): void => {
    if (active === null) return;
    const title = `作废模板环节“${active.name}”`;
    void saver.act(title, [{ entity: 'chainTemplateLink', id: active.id, set: { voided: 1 } }], `已${title}`);
  };

  if (data?.length === 0) {
    return (
      <Empty description="还没有链条模板。程序自带在建新开工 7 个节点、前期工作 13 个节点两套，登记后可以改。">
        <Button type="primary" onClick={() => void saver.run(() => ledger.chain.seedTemplates())}>
          登记自带的模板
        </Button>
      </Empty>
    );
  }
  return (
    <div className="split" style={{ gridTemplateColumns: '250px minmax(0, 1fr)', height: '100%' }}>
      <div className="view">
        {isCity ? (
          <Button icon={<PlusOutlined aria-hidden />} onClick={addTemplate}>
            增加模板
          </Button>
        ) : null}
        <ul className="master-list grow">
          {data?.map((each) => (
            <li key={each.id}>
              <button type="button" aria-current={each.id === template?.id} onClick={() => setChosen(each.id)}>
                {each.name}
                <span>
                  {CHAIN_KINDS.find((kind) => kind.value === each.kind)?.label}，{each.links.length} 个环节
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div className="view">
        {template === undefined ? null : (
          <div className="panel fields" style={{ padding: '8px 12px' }}>
            {(['name', 'kind', 'note'] as const).map((key) => (
              <FieldInput
                key={`${template.id}${key}`}
                field={dictionary.chainTemplate.fields[key]}
                value={template[key]}
                refs={refs}
                today={today}
                readOnly={!isCity}
                wide={key === 'note'}
                onSave={async (value) => {
                  const title = `修改模板“${template.name}”`;
                  const outcome = await saver.save(title, [
                    { entity: 'chainTemplate', id: template.id, set: { [key]: value } },
                  ]);
                  return outcome.ok ? { fault: null, applied: true } : { fault: outcome.message, applied: false };
                }}
              />
            ))}
          </div>
        )}
        <div className="bar">
          <Button icon={<PlusOutlined aria-hidden />} disabled={!isCity || template === undefined} onClick={addLink}>
            增加环节
          </Button>
          <Button icon={<DeleteOutlined aria-hidden />} disabled={!isCity || active === null} onClick={remove}>
            作废环节
          </Button>
          <span className="quiet">{isCity ? '改动只影响以后套用的项目。' : '模板由市级登记，各地套用。'}</span>
        </div>
        <div className="grow">
          <LedgerGrid<TemplateLinkRow>
            label="模板环节"
            storageKey="chain-template-links"
            columns={columns}
            rows={rows}
            readOnly={!isCity}
            onEdit={edit}
            onActiveCellChange={(cell) => setActive(cell?.row ?? null)}
            onUndo={() => runCommand('undo')}
            onRedo={() => runCommand('redo')}
            emptyText="点“增加环节”登记第一个。"
          />
        </div>
        <FindingsStrip
          row={active === null ? null : { title: active.name, findings: active.findings }}
          labels={labelOf}
          hint="前置序号：哪一个环节完成后才能开始。没有前置的从开始日期算起，可以同时办理。"
        />
      </div>
    </div>
  );
}
