import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Checkbox, Segmented } from 'antd';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import type { PrintedPaper } from '../../components/print-dialog.tsx';

export interface PaperForm {
  readonly form: 'letter' | 'form';
  readonly duplex: boolean;
  readonly replySlip: boolean;
}

const REMEMBERED = 'baobao.supervision.paper';
const DEFAULT: PaperForm = { form: 'letter', duplex: true, replySlip: true };

function remembered(): PaperForm {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? 'null');
    return typeof kept === 'object' && kept !== null ? { ...DEFAULT, ...kept } : DEFAULT;
  } catch {
    // What was remembered is only a habit; a damaged note of it is forgotten.
    return DEFAULT;
  }
}

/** How the papers are printed; remembered on this computer. */
export function usePaperForm(): readonly [PaperForm, (form: PaperForm) => void] {
  const [form, setForm] = useState(remembered);
  const change = (next: PaperForm): void => {
    setForm(next);
    localStorage.setItem(REMEMBERED, JSON.stringify(next));
  };
  return [form, change];
}

/** The papers of one print run. Keeps the old one on the screen while the next is laid out. */
export function usePaper(
  ids: readonly string[],
  form: PaperForm,
  enabled = true,
): { readonly paper: PrintedPaper | undefined; readonly fault: string | null } {
  const query = useQuery(
    api.supervision.paper.queryOptions({
      input: { ids: [...ids], ...form },
      enabled: enabled && ids.length > 0,
      placeholderData: keepPreviousData,
    }),
  );
  return { paper: query.data, fault: query.error === null ? null : messageOf(query.error) };
}

interface PaperOptionsProps {
  readonly value: PaperForm;
  readonly vertical?: boolean;
  onChange(value: PaperForm): void;
}

export function PaperOptions({ value, vertical = false, onChange }: PaperOptionsProps) {
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: vertical ? 'column' : 'row',
        alignItems: vertical ? 'flex-start' : 'center',
        gap: vertical ? 8 : 12,
      }}
    >
      <Segmented<PaperForm['form']>
        aria-label="版式"
        value={value.form}
        options={[
          { value: 'letter', label: '信函式' },
          { value: 'form', label: '表单式' },
        ]}
        onChange={(form) => onChange({ ...value, form })}
      />
      <Checkbox checked={value.duplex} onChange={({ target }) => onChange({ ...value, duplex: target.checked })}>
        双面
      </Checkbox>
      <Checkbox checked={value.replySlip} onChange={({ target }) => onChange({ ...value, replySlip: target.checked })}>
        附回执
      </Checkbox>
    </div>
  );
}

/** What the operator has to set at the printer. */
export function duplexNote({ duplex }: PaperForm): string {
  return duplex ? '请在打印机上选“双面，长边翻转”；每份文书从新的一张纸开始。' : '单面打印；每份文书从新的一页开始。';
}
