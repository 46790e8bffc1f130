import { checkValue } from '../../../shared/dictionary/check.ts';
import { type EntityName, entityOf, type Value } from '../../../shared/dictionary/index.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { FieldInput, type FieldOutcome } from '../../components/field-input.tsx';
import type { Saver } from '../../components/use-save.tsx';
import type { Refs } from '../../grid/index.ts';

interface EntityFormProps {
  readonly entity: EntityName;
  readonly row: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly keys: readonly string[];
  readonly refs: Refs;
  readonly saver: Saver;
  readonly readOnly: boolean;
}

const asValue = (value: unknown): Value => (typeof value === 'string' || typeof value === 'number' ? value : null);

/** Some fields of one row, each saved when it is left. */
export function EntityForm({ entity, row, keys, refs, saver, readOnly }: EntityFormProps) {
  const { today } = useLedger();
  const { label, fields } = entityOf(entity);
  const save = async (key: string, value: Value): Promise<FieldOutcome> => {
    const field = fields[key];
    if (field === undefined) return { fault: null, applied: false };
    const problem = checkValue(field, value);
    if (problem !== null) return { fault: `${problem}。没有保存，请改正`, applied: false };
    const outcome = await saver.save(`修改${label}“${field.label}”`, [{ entity, id: row.id, set: { [key]: value } }]);
    return outcome.ok ? { fault: null, applied: outcome.proposals === 0 } : { fault: outcome.message, applied: false };
  };
  return (
    <div className="fields">
      {keys.map((key) => {
        const field = fields[key];
        return field === undefined ? null : (
          <FieldInput
            key={`${row.id}${key}`}
            field={field}
            value={asValue(row[key])}
            refs={refs}
            today={today}
            readOnly={readOnly}
            wide={field.type === 'longText' || (field.width ?? 0) > 170 || key === 'issuer'}
            onSave={(value) => save(key, value)}
          />
        );
      })}
    </div>
  );
}
