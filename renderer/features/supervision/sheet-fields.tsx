import { DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useId } from 'react';
import type { SheetLine } from '../../../shared/contract/supervision.ts';
import { ledger } from '../../app/api.ts';
import { SaveNote } from './save-note.tsx';
import { useAutosave } from './use-autosave.ts';
import { sheetName } from './words.ts';

export interface SheetDetail extends SheetLine {
  readonly body: string;
  readonly addressee: string;
  readonly copyTo: string;
  readonly signer: string;
  readonly contact: string;
}

const LABELS = {
  title: '标题',
  addressee: '主送',
  body: '正文',
  copyTo: '抄送',
  contact: '联系人',
  replyDue: '反馈期限',
} as const;
type Key = keyof typeof LABELS;

interface FieldProps {
  readonly label: string;
  readonly children: (id: string) => ReactNode;
}

function Field({ label, children }: FieldProps) {
  const id = useId();
  return (
    <div className="sheet-field">
      <label htmlFor={id}>{label}</label>
      <div style={{ minWidth: 0 }}>{children(id)}</div>
    </div>
  );
}

/** What the paper says, saved as it is typed; only read once it is approved or issued. */
export function SheetFields({ sheet }: { readonly sheet: SheetDetail }) {
  const { title, addressee, body, copyTo, contact, replyDue } = sheet;
  const { values, state, type, choose, flush } = useAutosave<Record<Key, string | null>>(
    { title, addressee, body, copyTo, contact, replyDue },
    async (typed) => {
      // A paper without a title is not kept: the field says so, the last title stays in the ledger.
      const set = Object.entries(typed).filter(([key, value]) => key !== 'title' || (value ?? '').trim() !== '');
      if (set.length === 0) return;
      const names = set.map(([key]) => LABELS[key as Key]);
      await ledger.records.commit({
        title: `修改${sheetName(sheet)}的${names.join('、')}`.slice(0, 120),
        changes: [{ entity: 'supervisionSheet', id: sheet.id, set: Object.fromEntries(set) }],
      });
    },
  );
  const text = (key: Key): string => values[key] ?? '';
  const line = (key: Key, placeholder: string) => (id: string) => (
    <Input
      id={id}
      value={text(key)}
      placeholder={placeholder}
      onChange={({ target }) => type(key, target.value)}
      onBlur={flush}
    />
  );
  return (
    <div>
      <Field label="标题">
        {(id) => (
          <>
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 1, maxRows: 3 }}
              value={text('title')}
              status={text('title').trim() === '' ? 'error' : ''}
              onChange={({ target }) => type('title', target.value.replace(/\n/gu, ''))}
              onBlur={flush}
            />
            {text('title').trim() === '' ? <div className="sheet-note bad">标题不能为空</div> : null}
          </>
        )}
      </Field>
      <Field label="主送">{line('addressee', '责任单位')}</Field>
      <Field label="正文">
        {(id) => (
          <div className="sheet-body">
            <Input.TextArea
              id={id}
              aria-describedby={`${id}-note`}
              autoSize={{ minRows: 8, maxRows: window.innerHeight > 900 ? 26 : 14 }}
              value={text('body')}
              onChange={({ target }) => type('body', target.value)}
              onBlur={flush}
            />
            <div className="sheet-note" id={`${id}-note`}>
              每行一段；以“一、”“（一）”“1.”“（1）”开头的是小标题；以“|”开头的行是表格，首行为表头。
            </div>
          </div>
        )}
      </Field>
      <Field label="反馈期限">
        {(id) => (
          <DatePicker
            id={id}
            style={{ width: 160 }}
            showNow={false}
            value={values.replyDue === null || values.replyDue === '' ? null : dayjs(values.replyDue)}
            onChange={(day) => choose({ replyDue: day?.format('YYYY-MM-DD') ?? null })}
          />
        )}
      </Field>
      <Field label="抄送">{line('copyTo', '多个单位用顿号分开')}</Field>
      <Field label="联系人">{line('contact', '姓名和电话')}</Field>
      <div style={{ minHeight: 20, textAlign: 'right' }}>
        <SaveNote state={state} />
      </div>
    </div>
  );
}

function Shown({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div className="sheet-field">
      <span className="sheet-label">{label}</span>
      <div className="sheet-text">{text}</div>
    </div>
  );
}

/** The same, only read: the paper beside it shows the text. */
export function SheetFacts({ sheet, today }: { readonly sheet: SheetDetail; readonly today: string }) {
  const approval = [sheet.approvedBy, sheet.approvedOn, sheet.approvalNote].filter((part) => part !== null).join('，');
  return (
    <div>
      <Shown label="标题" text={sheet.title} />
      <Shown label="主送" text={sheet.addressee} />
      <Shown label="涉及项目" text={sheet.projects.map((project) => project.name).join('\n')} />
      {sheet.approvedBy === null ? null : <Shown label="批准" text={approval} />}
      {sheet.issuedOn === null ? null : <Shown label="印发日期" text={sheet.issuedOn} />}
      <Shown
        label="反馈期限"
        text={`${sheet.replyDue ?? ''}${sheet.standing === 'overdue' && sheet.replyDue !== null && sheet.replyDue < today ? '（已逾期）' : ''}`}
      />
      {sheet.copyTo === '' ? null : <Shown label="抄送" text={sheet.copyTo} />}
      {sheet.contact === '' ? null : <Shown label="联系人" text={sheet.contact} />}
    </div>
  );
}
