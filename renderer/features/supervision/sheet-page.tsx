import { FilePdfOutlined, PrinterOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Result } from 'antd';
import { useMemo, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { PaperFrame } from '../../components/paper-frame.tsx';
import { PrintDialog, useSavePdf } from '../../components/print-dialog.tsx';
import { ApproveDialog } from './approve-dialog.tsx';
import { IssueDialog } from './issue-dialog.tsx';
import { duplexNote, PaperOptions, usePaper, usePaperForm } from './paper-options.tsx';
import { ReplyForm } from './reply-form.tsx';
import { type SheetDetail, SheetFacts, SheetFields } from './sheet-fields.tsx';
import { StandingMark } from './standing-mark.tsx';
import { dueText, fileName, kindName, sheetName } from './words.ts';
import './supervision.css';

/** One sheet by its id in the address. */
export function SheetPage() {
  const { id = '' } = useParams<{ id: string }>();
  const [, navigate] = useLocation();
  const sheet = useQuery(api.supervision.get.queryOptions({ input: { id } }));
  if (sheet.error) {
    return (
      <Result
        status="warning"
        title="这份文书打不开"
        subTitle={messageOf(sheet.error)}
        extra={<Button onClick={() => navigate('/supervision')}>返回督办</Button>}
      />
    );
  }
  return sheet.data === undefined ? null : <Sheet key={id} sheet={sheet.data} />;
}

type Dialog = 'none' | 'approve' | 'issue' | 'print';

function Sheet({ sheet }: { readonly sheet: SheetDetail }) {
  const { message } = App.useApp();
  const { today, level } = useLedger();
  const isCity = level === 'city';
  const [, navigate] = useLocation();
  const [dialog, setDialog] = useState<Dialog>('none');
  const [saving, setSaving] = useState(false);
  const [paperForm, setPaperForm] = usePaperForm();
  const savePdf = useSavePdf();
  const { standing } = sheet;
  const editable = isCity && standing === 'draft';
  const ids = useMemo(() => [sheet.id], [sheet.id]);
  const { paper, fault } = usePaper(ids, paperForm);
  const name = fileName(`${sheetName(sheet)} ${sheet.unitName}`);
  const fail = (error: Error): void => {
    message.error(messageOf(error), 8);
  };
  const close = useMutation(
    api.supervision.close.mutationOptions({
      onSuccess: () => {
        message.success('已办结，可在顶部撤销');
      },
      onError: fail,
    }),
  );
  const back = useMutation(
    api.records.commit.mutationOptions({
      onSuccess: () => {
        message.success('已退回拟稿，批准记录已清除，可在顶部撤销');
      },
      onError: fail,
    }),
  );
  const reopen = (): void =>
    back.mutate({
      title: `退回拟稿：${sheetName(sheet)}`.slice(0, 120),
      changes: [
        {
          entity: 'supervisionSheet',
          id: sheet.id,
          set: { state: 'draft', approvedBy: null, approvedOn: null, approvalNote: null },
        },
      ],
    });
  const pdf = async (): Promise<void> => {
    if (paper === undefined) return;
    setSaving(true);
    await savePdf(paper.html, name);
    setSaving(false);
  };
  const left = dueText(sheet, today);

  return (
    <div className="page">
      <div className="page-head">
        <Button onClick={() => navigate('/supervision')}>返回督办</Button>
        <h1>{sheet.number ?? `${kindName(sheet.kind)}（未编号）`}</h1>
        <span>{sheet.unitName}</span>
        <StandingMark standing={standing} />
        {left === '' ? null : <span className={standing === 'overdue' ? 'sheet-standing overdue' : ''}>{left}</span>}
        <div style={{ flex: 1 }} />
        {isCity && standing === 'draft' ? (
          <Button type="primary" onClick={() => setDialog('approve')}>
            登记批准
          </Button>
        ) : null}
        {isCity && standing === 'approved' ? (
          <>
            <Button loading={back.isPending} onClick={reopen}>
              退回拟稿
            </Button>
            <Button type="primary" onClick={() => setDialog('issue')}>
              编号印发
            </Button>
          </>
        ) : null}
        {isCity && (standing === 'issued' || standing === 'overdue' || standing === 'replied') ? (
          <Button loading={close.isPending} onClick={() => close.mutate({ ids: [sheet.id] })}>
            办结
          </Button>
        ) : null}
        <Button
          icon={<PrinterOutlined aria-hidden />}
          type={sheet.number !== null && isCity ? 'primary' : 'default'}
          disabled={paper === undefined}
          onClick={() => setDialog('print')}
        >
          打印
        </Button>
        <Button
          icon={<FilePdfOutlined aria-hidden />}
          disabled={paper === undefined}
          loading={saving}
          onClick={() => void pdf()}
        >
          存为 PDF
        </Button>
      </div>
      <div className="sheet-page">
        <div className="sheet-left">
          {isCity && standing !== 'draft' ? (
            <p className="sheet-locked">
              {standing === 'approved'
                ? '已登记批准，内容不再改动。需要修改时请先“退回拟稿”，改后重新登记批准。'
                : '已编号印发，内容不能再改。需要更正时请另行发文。'}
            </p>
          ) : null}
          {editable ? <SheetFields sheet={sheet} /> : <SheetFacts sheet={sheet} today={today} />}
          {sheet.number === null ? null : <ReplyForm sheet={sheet} today={today} isCity={isCity} />}
        </div>
        <section className="sheet-right" aria-label="打印预览">
          <div style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
            <PaperOptions value={paperForm} onChange={setPaperForm} />
            <div style={{ flex: 1 }} />
            <span role="status">{paper === undefined ? '正在排版…' : `共 ${paper.pages} 页`}</span>
          </div>
          {fault === null ? null : <Alert type="error" showIcon title={fault} />}
          <PaperFrame html={paper?.html ?? null} title="文书预览" />
        </section>
      </div>
      <ApproveDialog
        open={dialog === 'approve'}
        sheets={[sheet]}
        onClose={() => setDialog('none')}
        onDone={() => setDialog('none')}
      />
      <IssueDialog
        open={dialog === 'issue'}
        sheets={[sheet]}
        onClose={() => setDialog('none')}
        onDone={() => setDialog('none')}
      />
      <PrintDialog
        open={dialog === 'print'}
        title={`打印 ${sheetName(sheet)}`}
        paper={paper}
        fault={fault}
        fileName={name}
        preview={false}
        note={duplexNote(paperForm)}
        onClose={() => setDialog('none')}
      />
    </div>
  );
}
