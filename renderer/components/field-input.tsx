import { DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useId, useMemo, useState } from 'react';
import type { Field, Value } from '../../shared/dictionary/index.ts';
import { editText, formatCell, listOf, unitOf } from '../grid/format-cell.ts';
import type { Refs } from '../grid/index.ts';
import { parseCell } from '../grid/parse-cell.ts';
import { buildSearchText, matches } from './search-match.ts';
import type { OwnerNote } from './use-authority.ts';

/** `fault` in words where nothing was saved; not `applied` where the value became a proposal to the other side. */
export interface FieldOutcome {
  readonly fault: string | null;
  readonly applied: boolean;
}

interface FieldInputProps {
  readonly field: Field;
  readonly value: Value;
  readonly refs: Refs;
  readonly today: string;
  /** Small mark of the side that decides the field, with what an edit does. */
  readonly owner?: OwnerNote | null;
  readonly readOnly?: boolean;
  /** Width in columns of the form's grid. */
  readonly wide?: boolean;
  onSave(value: Value): Promise<FieldOutcome>;
}

/** One field of a form: label with unit, editor by type, saved when it is left, its fault in words below. */
export function FieldInput(props: FieldInputProps) {
  const { field, value, owner, wide = false } = props;
  const [fault, setFault] = useState<string | null>(null);
  const id = useId();
  const unit = unitOf(field);
  const save = async (next: Value): Promise<FieldOutcome> => {
    if (next === value) {
      setFault(null);
      return { fault: null, applied: false };
    }
    const outcome = await props.onSave(next);
    setFault(outcome.fault);
    return outcome;
  };
  return (
    <div className={wide ? 'field field-wide' : 'field'}>
      <label htmlFor={id} title={field.help}>
        {field.label}
        {unit === null ? null : <span className="field-unit">（{unit}）</span>}
        {field.required ? <span className="field-required">必填</span> : null}
        {owner === undefined || owner === null ? null : (
          <span className="field-owner" title={owner.help}>
            {owner.mark}
          </span>
        )}
      </label>
      <Editor {...props} id={id} fault={fault} setFault={setFault} save={save} />
      {fault === null ? null : (
        <div className="field-fault" role="alert">
          {fault}
        </div>
      )}
    </div>
  );
}

interface EditorProps extends FieldInputProps {
  readonly id: string;
  readonly fault: string | null;
  setFault(fault: string | null): void;
  save(value: Value): Promise<FieldOutcome>;
}

function Editor(props: EditorProps) {
  switch (props.field.type) {
    case 'choice':
    case 'choices':
    case 'flag':
      return <ChoiceEditor {...props} />;
    case 'ref':
      return <RefEditor {...props} />;
    case 'date':
      return <DateEditor {...props} />;
    default:
      return <TextEditor {...props} />;
  }
}

function TextEditor({ field, value, id, today, readOnly, fault, setFault, save }: EditorProps) {
  const shown = editText(value, field);
  const [draft, setDraft] = useState(shown);
  const [typing, setTyping] = useState(false);
  useEffect(() => setDraft(shown), [shown]);
  const leave = async (): Promise<void> => {
    setTyping(false);
    if (draft === shown) {
      setFault(null);
      return;
    }
    const result = parseCell(draft, field, { today });
    if (!result.ok) {
      setFault(`${result.reason}。没有保存，请改正`);
      return;
    }
    // What was refused stays to be corrected; what the other side decides goes back to its value.
    const { fault: problem, applied } = await save(result.value);
    if (problem === null && !applied) setDraft(shown);
  };
  const common = {
    id,
    // Thousands marks are for reading; they go while one types.
    value: typing || draft !== shown ? draft : formatCell(value, field),
    onFocus: () => setTyping(true),
    readOnly: readOnly ?? false,
    status: fault === null ? ('' as const) : ('error' as const),
    onBlur: () => void leave(),
  };
  if (field.type === 'longText') {
    return (
      <Input.TextArea
        {...common}
        autoSize={{ minRows: 1, maxRows: 6 }}
        onChange={(event) => setDraft(event.target.value)}
      />
    );
  }
  return (
    <Input
      {...common}
      {...(field.type === 'money' || field.type === 'integer' || field.type === 'decimal'
        ? { className: 'figure', inputMode: 'decimal' as const }
        : {})}
      onChange={(event) => setDraft(event.target.value)}
      onPressEnter={(event) => event.currentTarget.blur()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          setDraft(shown);
          setFault(null);
        }
      }}
    />
  );
}

function DateEditor({ value, id, readOnly, save }: EditorProps) {
  return (
    <DatePicker
      id={id}
      style={{ width: '100%' }}
      disabled={readOnly ?? false}
      value={typeof value === 'string' ? dayjs(value) : null}
      format={['YYYY-MM-DD', 'YYYY.M.D', 'YYYY/M/D', 'YYYYMMDD', 'YYYY年M月D日']}
      placeholder="未填"
      onChange={(date) => void save(date === null || date === undefined ? null : date.format('YYYY-MM-DD'))}
    />
  );
}

const YES_NO = [
  { value: '1', label: '是' },
  { value: '0', label: '否' },
];

function ChoiceEditor({ field, value, id, readOnly, save }: EditorProps) {
  const options =
    field.type === 'flag'
      ? YES_NO
      : (field.choices ?? []).map((choice) => ({ value: choice.value, label: choice.label }));
  const common = {
    id,
    options,
    disabled: readOnly ?? false,
    allowClear: field.required ? false : { label: '清除' },
    placeholder: '未填',
    style: { width: '100%' },
  };
  if (field.type === 'choices') {
    return (
      <Select<string[]>
        {...common}
        mode="multiple"
        showSearch={false}
        value={[...listOf(value)]}
        onChange={(next) => void save(next.length === 0 ? null : JSON.stringify([...next].sort()))}
      />
    );
  }
  return (
    <Select<string>
      {...common}
      {...(value === null ? {} : { value: String(value) })}
      onChange={(next: string | undefined) =>
        void save(next === undefined ? null : field.type === 'flag' ? Number(next) : next)
      }
    />
  );
}

const CREATE = 'create:';

function RefEditor({ field, value, id, refs, readOnly, save }: EditorProps) {
  const source = field.ref === undefined ? undefined : refs[field.ref];
  const [words, setWords] = useState('');
  const options = useMemo(
    () =>
      (source?.options ?? []).map((option) => ({
        value: option.id,
        label: option.hint === undefined ? option.label : `${option.label}（${option.hint}）`,
        name: option.label,
      })),
    [source],
  );
  const typed = words.trim();
  const canCreate = source?.create !== undefined && typed !== '' && !options.some((option) => option.name === typed);
  const choose = async (chosen: string | undefined): Promise<void> => {
    setWords('');
    if (chosen === undefined) {
      await save(null);
    } else if (chosen.startsWith(CREATE)) {
      const created = (await source?.create?.(chosen.slice(CREATE.length))) ?? null;
      if (created !== null) await save(created);
    } else {
      await save(chosen);
    }
  };
  return (
    <Select<string>
      id={id}
      style={{ width: '100%' }}
      disabled={readOnly ?? false}
      allowClear={field.required ? false : { label: '清除' }}
      placeholder="未定"
      showSearch={{
        onSearch: setWords,
        filterOption: (query, option) =>
          option !== undefined &&
          (String(option.value).startsWith(CREATE) || matches(buildSearchText(String(option.label)), query)),
      }}
      notFoundContent="没有找到"
      options={canCreate ? [...options, { value: `${CREATE}${typed}`, label: `登记“${typed}”`, name: typed }] : options}
      {...(typeof value === 'string' ? { value } : {})}
      onChange={(chosen: string | undefined) => void choose(chosen)}
    />
  );
}
