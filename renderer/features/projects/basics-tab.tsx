import { checkValue } from '../../../shared/dictionary/check.ts';
import { dictionary, type Field, type Value } from '../../../shared/dictionary/index.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { FieldInput } from '../../components/field-input.tsx';
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

function ownerOf(
  field: Field,
  level: 'city' | 'county' | 'town',
): { readonly owner?: { readonly mark: string; readonly help: string } } {
  const help = (who: string): string => `由${who}填报；在这里修改会作为建议修改提出，对方采纳后生效`;
  if (level === 'city' && field.owner === 'unit') return { owner: { mark: '县', help: help('责任单位（县区）') } };
  if (level !== 'city' && field.owner === 'city') return { owner: { mark: '市', help: help('市级') } };
  return {};
}

/** 基本情况: every field of the dictionary in its groups, each saved when it is left. */
export function BasicsTab({ project, refs, saver }: BasicsProps) {
  const { level, today } = useLedger();
  const save = async (key: string, field: Field, value: Value): Promise<string | null> => {
    const problem = checkValue(field, value);
    if (problem !== null) return `${problem}。没有保存，请改正`;
    const outcome = await saver.save(`修改“${field.label}”`, [
      { entity: 'project', id: project.id, set: { [key]: value } },
    ]);
    return outcome.ok ? null : outcome.message;
  };
  return (
    <div className="page-body">
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
                  {...ownerOf(field, level)}
                  onSave={(value) => save(key, field, value)}
                />
              ))}
          </div>
        </section>
      ))}
    </div>
  );
}
