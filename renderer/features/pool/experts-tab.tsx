import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useMemo, useRef, useState } from 'react';
import type { ExpertLine, ReviewLine } from '../../../shared/contract/pool.ts';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { api } from '../../app/api.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { newId } from '../../app/new-id.ts';
import { VoidButton } from '../../components/row-buttons.tsx';
import { useRefs } from '../../components/use-refs.ts';
import type { Saver } from '../../components/use-save.tsx';
import { type GridColumn, LedgerGrid, type LedgerGridApi } from '../../grid/index.ts';

const expert = dictionary.expert.fields;
const review = dictionary.expertReview.fields;

const expertColumns: readonly GridColumn<ExpertLine>[] = [
  { key: 'name', label: '姓名', width: 90, pinned: 'left', value: (line) => line.name },
  { key: 'title', label: '单位及职务', width: 200, value: (line) => line.title },
  { key: 'speciality', field: expert.speciality },
  { key: 'source', field: expert.source },
  { key: 'since', field: expert.since },
  { key: 'until', field: expert.until },
  { key: 'reviews', label: '评审', width: 70, kind: 'number', unit: '次', value: (line) => line.reviews },
  { key: 'note', field: expert.note },
];

const reviewColumns: readonly GridColumn<ReviewLine>[] = [
  { key: 'name', label: '项目名称', width: 250, pinned: 'left', value: (line) => line.name },
  { key: 'expertName', label: '专家', width: 90, value: (line) => line.expertName },
  { key: 'reviewedOn', field: review.reviewedOn },
  { key: 'conclusion', field: review.conclusion },
  { key: 'risk', field: review.risk },
  { key: 'riskText', field: review.riskText },
  { key: 'opinion', field: review.opinion },
];

/** 专家评审 (E10): who may be asked, and what each said of which project. */
export function ExpertsTab({ saver }: { readonly saver: Saver }) {
  const { level, today } = useLedger();
  const isCity = level === 'city';
  const refs = useRefs({ projects: true });
  const { data } = useQuery(api.pool.experts.queryOptions());
  const [person, setPerson] = useState<string | null>(null);
  const [projectId, setProjectId] = useState<string | null>(null);
  const [expertId, setExpertId] = useState<string | null>(null);
  const [active, setActive] = useState<ReviewLine | null>(null);
  const [activeExpert, setActiveExpert] = useState<string | null>(null);
  const reviews = useRef<LedgerGridApi<ReviewLine>>(null);
  const experts = useMemo(() => data?.experts ?? [], [data]);
  const current = experts.find((each) => each.id === activeExpert);
  const addExpert = async (): Promise<void> => {
    if (person === null) return;
    const saved = await saver.act(
      '增加评审专家',
      [{ entity: 'expert', id: newId(), set: { personId: person, since: today } }],
      '已增加评审专家',
    );
    if (saved) setPerson(null);
  };
  const addReview = async (): Promise<void> => {
    if (projectId === null || expertId === null) return;
    const id = newId();
    const saved = await saver.act(
      '登记专家评审',
      [{ entity: 'expertReview', id, set: { projectId, expertId, reviewedOn: today } }],
      '已登记专家评审，请填写结论、意见和风险',
    );
    if (saved) setTimeout(() => reviews.current?.focusCell(id, 'conclusion'), 300);
  };
  const options = (entity: string) =>
    (refs[entity]?.options ?? []).map((option) => ({
      value: option.id,
      label: option.hint === undefined ? option.label : `${option.label}（${option.hint}）`,
    }));
  return (
    <div className="pool-column">
      {isCity ? (
        <div className="pool-bar">
          <Select<string>
            aria-label="增加专家"
            style={{ width: 240 }}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="从人员中选专家"
            {...(person === null ? {} : { value: person })}
            options={options('person')}
            onChange={setPerson}
          />
          <Button icon={<PlusOutlined aria-hidden />} disabled={person === null} onClick={() => void addExpert()}>
            列入专家库
          </Button>
          <VoidButton entity="expert" id={current?.id ?? null} name={current?.name ?? ''} />
          <span className="quiet">没有登记的专家先在“组织 → 人员”中登记。</span>
        </div>
      ) : null}
      <div className="pool-grid" style={{ flex: 2 }}>
        <LedgerGrid<ExpertLine>
          label="评审专家"
          storageKey="pool-experts"
          columns={expertColumns}
          rows={experts}
          refs={refs}
          readOnly={!isCity}
          onEdit={(edits, title) => saver.saveCells('expert', edits, title)}
          onActiveCellChange={(cell) => setActiveExpert(cell?.row.id ?? null)}
          emptyText="专家库还是空的。"
        />
      </div>
      {isCity ? (
        <div className="pool-bar">
          <Select<string>
            aria-label="评审项目"
            style={{ width: 340 }}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="评审项目"
            {...(projectId === null ? {} : { value: projectId })}
            options={options('project')}
            onChange={setProjectId}
          />
          <Select<string>
            aria-label="评审专家"
            style={{ width: 160 }}
            placeholder="专家"
            {...(expertId === null ? {} : { value: expertId })}
            options={experts.map((each) => ({ value: each.id, label: each.name }))}
            onChange={setExpertId}
          />
          <Button
            icon={<PlusOutlined aria-hidden />}
            disabled={projectId === null || expertId === null}
            onClick={() => void addReview()}
          >
            登记评审
          </Button>
          <Button
            icon={<DeleteOutlined aria-hidden />}
            disabled={active === null}
            onClick={() => {
              if (active !== null)
                void saver.act(
                  `作废评审“${active.name}”`,
                  [{ entity: 'expertReview', id: active.id, set: { voided: 1 } }],
                  '已作废',
                );
            }}
          >
            作废
          </Button>
        </div>
      ) : null}
      <div className="pool-grid" style={{ flex: 3 }}>
        <LedgerGrid<ReviewLine>
          apiRef={reviews}
          label="专家评审"
          storageKey="pool-reviews"
          columns={reviewColumns}
          rows={data?.reviews ?? []}
          readOnly={!isCity}
          today={today}
          onEdit={(edits, title) => saver.saveCells('expertReview', edits, title)}
          onActiveCellChange={(cell) => setActive(cell?.row ?? null)}
          emptyText="还没有评审意见。"
        />
      </div>
    </div>
  );
}
