import { Button, DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { useId } from 'react';
import { ledger } from '../../app/api.ts';
import { SaveNote } from './save-note.tsx';
import type { SheetDetail } from './sheet-fields.tsx';
import { useAutosave } from './use-autosave.ts';

interface ReplyFormProps {
  readonly sheet: SheetDetail;
  readonly today: string;
  readonly isCity: boolean;
}

const dayOf = (text: string | null) => (text === null || text === '' ? null : dayjs(text));
const filled = (text: string | null): string | null => (text === null || text.trim() === '' ? null : text.trim());

/** 回执: the unit answers in its own ledger, or the city enters what came back on paper. */
export function ReplyForm({ sheet, today, isCity }: ReplyFormProps) {
  const id = useId();
  const { receivedBy, receivedOn, repliedOn, replyText } = sheet;
  const { values, state, type, choose, flush } = useAutosave<{
    receivedBy: string | null;
    receivedOn: string | null;
    repliedOn: string | null;
    replyText: string | null;
  }>({ receivedBy, receivedOn, repliedOn, replyText }, async (set) => {
    const next = { receivedBy, receivedOn, repliedOn, replyText, ...set };
    await ledger.supervision.reply({
      id: sheet.id,
      receivedBy: filled(next.receivedBy),
      receivedOn: next.receivedOn,
      repliedOn: next.repliedOn,
      replyText: filled(next.replyText),
    });
  });
  const day = (key: 'receivedOn' | 'repliedOn', label: string) => (
    <div className="sheet-field">
      <label htmlFor={`${id}-${key}`}>{label}</label>
      <div style={{ display: 'flex', gap: 8 }}>
        <DatePicker
          id={`${id}-${key}`}
          style={{ width: 160 }}
          showNow={false}
          value={dayOf(values[key])}
          onChange={(next) => choose({ [key]: next?.format('YYYY-MM-DD') ?? null })}
        />
        {values[key] === null ? (
          <Button aria-label={`${label}填今天`} onClick={() => choose({ [key]: today })}>
            今天
          </Button>
        ) : null}
      </div>
    </div>
  );
  return (
    <section aria-label="签收与回复">
      <h2>签收与回复</h2>
      <p className="sheet-note">
        {isCity
          ? '责任单位在本单位台账填写后随上行文件报来；收到纸质回执的，由这里补录。'
          : '填写办理情况和回复日期后，状态变为“已回复”，随下一次导出报送市里。'}
      </p>
      <div className="sheet-field">
        <label htmlFor={`${id}-receivedBy`}>签收人</label>
        <Input
          id={`${id}-receivedBy`}
          maxLength={40}
          style={{ width: 240 }}
          value={values.receivedBy ?? ''}
          onChange={({ target }) => type('receivedBy', target.value)}
          onBlur={flush}
        />
      </div>
      {day('receivedOn', '签收日期')}
      <div className="sheet-field">
        <label htmlFor={`${id}-replyText`}>办理情况</label>
        <Input.TextArea
          id={`${id}-replyText`}
          maxLength={5000}
          autoSize={{ minRows: 4, maxRows: 12 }}
          value={values.replyText ?? ''}
          onChange={({ target }) => type('replyText', target.value)}
          onBlur={flush}
        />
      </div>
      {day('repliedOn', '回复日期')}
      <div style={{ minHeight: 20, textAlign: 'right' }}>
        <SaveNote state={state} />
      </div>
    </section>
  );
}
