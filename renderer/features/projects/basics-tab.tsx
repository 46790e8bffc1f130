import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { checkValue } from '../../../shared/dictionary/check.ts';
import { dictionary, type Field, type Value } from '../../../shared/dictionary/index.ts';
import { api } from '../../app/api.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { FieldInput, type FieldOutcome } from '../../components/field-input.tsx';
import { useAuthority } from '../../components/use-authority.ts';
import type { Saver } from '../../components/use-save.tsx';
import type { Refs } from '../../grid/index.ts';

interface BasicsProps {
  readonly project: Readonly<Record<string, Value>> & { readonly id: string };
  readonly refs: Refs;
  readonly saver: Saver;
}

const fields: readonly (readonly [string, Field])[] = Object.entries(dictionary.project.fields);
const groups = [...new Set(fields.map(([, field]) => field.group ?? '其他'))];

const WIDE = new Set(['name', 'builder', 'location', 'landState', 'waiverReason']);

/** 基本情况: every field of the dictionary in its groups, each saved when it is left. */
export function BasicsTab({ project, refs, saver }: BasicsProps) {
  const { today } = useLedger();
  const { ownerOf } = useAuthority('project');
  // A row from another office is taken as it came, so that both ledgers agree.
  const { data: findings } = useQuery(
    api.records.findings.queryOptions({ input: { entity: 'project', id: project.id } }),
  );
  const save = async (key: string, field: Field, value: Value): Promise<FieldOutcome> => {
    const problem = checkValue(field, value);
    if (problem !== null) return { fault: `${problem}。没有保存，请改正`, applied: false };
    const outcome = await saver.save(`修改“${field.label}”`, [
      { entity: 'project', id: project.id, set: { [key]: value } },
    ]);
    return outcome.ok ? { fault: null, applied: outcome.proposals === 0 } : { fault: outcome.message, applied: false };
  };
  return (
    <div className="page-body">
      {findings === undefined || findings.length === 0 ? null : (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 12 }}
          title={[
            ['以下内容与规则不符，请核对更正', findings.filter(({ severity }) => severity === 'refuse')] as const,
            ['请核对', findings.filter(({ severity }) => severity === 'question')] as const,
          ]
            .filter(([, found]) => found.length > 0)
            .map(([words, found]) => `${words}：${found.map(({ reason }) => reason).join('；')}`)
            .join('。')}
        />
      )}
      {groups.map((group) => (
        <section key={group} className="form-group" aria-label={group}>
          <h2>{group}</h2>
          <div className="fields">
            {fields
              .filter(([, field]) => (field.group ?? '其他') === group)
              .map(([key, field]) => (
                <FieldInput
                  key={key}
                  field={field}
                  value={project[key] ?? null}
                  refs={refs}
                  today={today}
                  wide={field.type === 'longText' || WIDE.has(key)}
                  owner={ownerOf(key, project['unitId'] ?? null)}
                  onSave={(value) => save(key, field, value)}
                />
              ))}
          </div>
        </section>
      ))}
    </div>
  );
}
