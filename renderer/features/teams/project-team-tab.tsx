import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Segmented, Spin } from 'antd';
import { useRef, useState } from 'react';
import type { CaseLine } from '../../../shared/contract/teams.ts';
import { checkValue } from '../../../shared/dictionary/check.ts';
import { dictionary, type Value } from '../../../shared/dictionary/index.ts';
import { api, ledger } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { newId } from '../../app/new-id.ts';
import { FieldInput, type FieldOutcome } from '../../components/field-input.tsx';
import { ImportList } from '../../components/import-list.tsx';
import { useRefs } from '../../components/use-refs.ts';
import { useSave } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid, type LedgerGridApi } from '../../grid/index.ts';
import { Instructions } from './instructions.tsx';
import './teams.css';

const service = dictionary.projectService.fields;
const meeting = dictionary.caseMeeting.fields;
const KEYS = ['stewardId', 'plan', 'crew', 'crewManager', 'crewPhone', 'mechanism'] as const;
const STATES = { has: '√', lacks: '缺', notYet: '—' } as const;

const caseColumns: readonly GridColumn<CaseLine>[] = [
  { key: 'matter', field: meeting.matter, pinned: 'left' },
  { key: 'metOn', field: meeting.metOn },
  { key: 'hostId', field: meeting.hostId },
  { key: 'participants', field: meeting.participants },
  { key: 'decision', field: meeting.decision },
  { key: 'unitText', field: meeting.unitText },
  { key: 'deadline', field: meeting.deadline },
  { key: 'doneOn', field: meeting.doneOn },
  { key: 'result', field: meeting.result },
];

/** 专班与服务 of one project: 六个一, the rule of its list, steward, crew, 一事一议 (B4, C4, D11). */
export function ProjectTeamTab({ projectId }: { readonly projectId: string }) {
  const { today } = useLedger();
  const { data, error } = useQuery(api.teams.project.queryOptions({ input: { id: projectId } }));
  const refs = useRefs();
  const saver = useSave();
  const cases = useRef<LedgerGridApi<CaseLine>>(null);
  const [active, setActive] = useState<CaseLine | null>(null);
  const [view, setView] = useState<'cases' | 'instructions'>('cases');
  const fresh = useRef<string | null>(null);
  if (error !== null) return <Alert type="error" showIcon title={messageOf(error)} />;
  if (data === undefined) return <Spin style={{ margin: 24 }} />;
  const saveService = async (key: (typeof KEYS)[number], value: Value): Promise<FieldOutcome> => {
    const problem = checkValue(service[key], value);
    if (problem !== null) return { fault: `${problem}。没有保存，请改正`, applied: false };
    fresh.current ??= newId();
    // Undone, the row is still there as 作废.
    const set = data.service === null ? { voided: 0, projectId, [key]: value } : { [key]: value };
    const outcome = await saver.save(`修改服务保障“${service[key].label}”`, [
      { entity: 'projectService', id: data.service?.id ?? fresh.current, set },
    ]);
    return outcome.ok ? { fault: null, applied: true } : { fault: outcome.message, applied: false };
  };
  const addCase = async (): Promise<void> => {
    const id = newId();
    const saved = await saver.save('登记一事一议', [
      { entity: 'caseMeeting', id, set: { projectId, matter: '新议题', metOn: today } },
    ]);
    if (saved.ok) setTimeout(() => cases.current?.focusCell(id, 'matter'), 250);
  };
  return (
    <div className="team-column">
      <div className="panel" style={{ padding: '8px 12px' }}>
        <ul className="six-list" aria-label="六个一">
          {data.six.map((each) => (
            <li key={each.key} className={each.state === 'lacks' ? 'six-lacks' : undefined} title={each.text}>
              <b>{STATES[each.state]}</b> {each.label}
              {each.state === 'has' ? `：${each.text}` : ''}
            </li>
          ))}
        </ul>
        <div style={{ marginTop: 4 }}>
          {data.check.problem === '' ? (
            <span className="quiet">专班组成符合规定。{data.check.rule}</span>
          ) : (
            <span className="six-lacks">
              {data.check.problem}{' '}
              {data.check.fixable ? (
                <button
                  type="button"
                  className="link-button"
                  onClick={() =>
                    void saver.run(() => ledger.teams.applyRule({ projectIds: [projectId] }), '已按规定设置专班')
                  }
                >
                  按规定设置
                </button>
              ) : null}
            </span>
          )}
          {data.forces.map((force) => (
            <div key={force.id}>
              专班：{force.name}（成员 {force.members.length} 人{force.dailyReport === 'yes' ? '，每日报进度' : ''}）
            </div>
          ))}
        </div>
      </div>
      <section className="form-group" style={{ marginBottom: 0 }} aria-label="服务保障">
        <div className="fields">
          {KEYS.map((key) => (
            <FieldInput
              key={key}
              field={service[key]}
              value={data.service?.[key] ?? null}
              refs={refs}
              today={today}
              onSave={(value) => saveService(key, value)}
            />
          ))}
        </div>
      </section>
      <div className="team-bar">
        <Segmented<'cases' | 'instructions'>
          aria-label="记录"
          value={view}
          onChange={setView}
          options={[
            { value: 'cases', label: `一事一议（${data.cases.length}）` },
            { value: 'instructions', label: `领导指示（${data.instructions.length}）` },
          ]}
        />
      </div>
      {view === 'instructions' ? <Instructions rows={data.instructions} projectId={projectId} /> : null}
      {view === 'cases' ? (
        <>
          <div className="team-bar">
            <Button icon={<PlusOutlined aria-hidden />} onClick={() => void addCase()}>
              登记议题
            </Button>
            <Button
              icon={<DeleteOutlined aria-hidden />}
              disabled={active === null}
              onClick={() => {
                if (active !== null)
                  void saver.act(
                    `作废议题“${active.matter}”`,
                    [{ entity: 'caseMeeting', id: active.id, set: { voided: 1 } }],
                    '已作废',
                  );
              }}
            >
              作废
            </Button>
            <ImportList entity="caseMeeting" projectId={projectId} />
          </div>
          <div className="team-grid">
            <LedgerGrid<CaseLine>
              apiRef={cases}
              label="一事一议"
              storageKey="case-meetings"
              columns={caseColumns}
              rows={data.cases}
              refs={refs}
              today={today}
              onEdit={(edits, title) => saver.saveCells('caseMeeting', edits, title)}
              onActiveCellChange={(cell) => setActive(cell?.row ?? null)}
              emptyText="还没有一事一议。一个问题开一次会，议定事项、办理单位和期限登记在这里。"
            />
          </div>
        </>
      ) : null}
    </div>
  );
}
