import { Radio, Select } from 'antd';
import type { RefOption } from '../../grid/index.ts';
import { type CheckRow, OUTCOME_WORDS, type RowChoice } from './outcome.ts';

function whyWords({ row, outcome, choice }: CheckRow): string {
  if (outcome === 'blocked') {
    return row.fatal ? '要改正后才能导入' : '改正后再导入，或在上面勾选“有错的单元格留空”';
  }
  return choice === null ? row.reason : '人工指定';
}

/** Everything about the chosen row: why it is treated so, what is wrong, what an update would change; and the choice. */
export function RowDetail({
  checked,
  mayCreate,
  projects,
  onChoose,
}: {
  readonly checked: CheckRow | null;
  readonly mayCreate: boolean;
  readonly projects: readonly RefOption[];
  readonly onChoose: (choice: RowChoice | null) => void;
}) {
  if (checked === null) {
    return (
      <section className="panel wb-detail wb-quiet" aria-label="所选行">
        选中一行，这里说明为什么这样处理、哪一格有问题、更新会改动什么，也可以改变处理办法。
      </section>
    );
  }
  const { row, outcome, choice } = checked;
  const action = choice?.action ?? (row.action === 'skip' && row.needsChoice ? null : row.action);
  const target = choice?.projectId ?? row.projectId;
  const choose = (next: RowChoice['action']): void =>
    onChoose({ action: next, projectId: next === 'update' ? target : null });
  return (
    <section className="panel wb-detail" aria-label="所选行" aria-live="polite">
      <div className="wb-detail-head">
        <strong>
          {`第${row.rowNumber === row.lastRow ? row.rowNumber : `${row.rowNumber}至${row.lastRow}`}行　${row.label || '（没有项目名称）'}`}
        </strong>
        <Radio.Group
          aria-label="这一行怎么处理"
          size="small"
          optionType="button"
          value={action}
          onChange={(event) => choose(event.target.value as RowChoice['action'])}
          options={[
            ...(mayCreate ? [{ value: 'create', label: '新增' }] : []),
            { value: 'update', label: '更新' },
            { value: 'skip', label: '不导入' },
          ]}
        />
        {action === 'update' ? (
          <Select
            aria-label="更新到哪个项目"
            size="small"
            style={{ width: 300 }}
            placeholder="选择台账里的项目"
            {...(target === null ? { status: 'error' as const } : {})}
            value={target}
            showSearch={{ optionFilterProp: 'label' }}
            options={projects.map(({ id, label }) => ({ value: id, label }))}
            onChange={(projectId: string) => onChoose({ action: 'update', projectId })}
          />
        ) : null}
        {choice === null ? null : (
          <button type="button" className="link-button" onClick={() => onChoose(null)}>
            恢复默认
          </button>
        )}
        <span className="wb-quiet">
          {OUTCOME_WORDS[outcome]}：{whyWords(checked)}
        </span>
      </div>
      <div className="wb-detail-body">
        {row.problems.length === 0 ? null : (
          <ul aria-label="问题">
            {row.problems.map(({ cell, severity, text }) => (
              <li key={`${cell}${text}`} className={severity === 'error' ? 'wb-error-text' : 'wb-warn-text'}>
                {severity === 'error' ? '错' : '提示'}：{text}
              </li>
            ))}
          </ul>
        )}
        {row.changes.length === 0 || action !== 'update' || target !== row.projectId ? null : (
          <ul aria-label="更新会改动">
            {row.changes.map(({ label, before, after }) => (
              <li key={label}>
                {label}：{before || '（空）'} → <b>{after || '（空）'}</b>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
