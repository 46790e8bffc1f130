import { FilePdfOutlined, PrinterOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, App, Button, InputNumber, Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { platform } from '../app/api.ts';
import { messageOf } from '../app/fault.ts';
import { PaperFrame } from './paper-frame.tsx';

const LAST_PRINTER = 'baobao.printer';

export interface PrintedPaper {
  readonly html: string;
  readonly title: string;
  readonly pages: number;
}

/** 存为 PDF: asks where, makes the file, offers the folder. Resolves to false when it was cancelled or failed. */
export function useSavePdf(): (html: string, name: string) => Promise<boolean> {
  const { message, notification } = App.useApp();
  return async (html, name) => {
    try {
      const path = await platform.pickSaveFile({
        title: '存为 PDF',
        defaultName: `${name}.pdf`,
        filters: [{ name: 'PDF 文件', extensions: ['pdf'] }],
      });
      if (path === null) return false;
      const outPath = /\.pdf$/iu.test(path) ? path : `${path}.pdf`;
      const outcome = await platform.htmlToPdf({ html, outPath });
      if (!outcome.ok) {
        message.error(outcome.reason, 8);
        return false;
      }
      const show = async (): Promise<void> => {
        const shown = await platform.showInFolder({ path: outPath });
        if (!shown.ok) message.error(shown.reason, 8);
      };
      notification.success({
        title: 'PDF 已保存',
        description: outPath,
        actions: (
          <Button size="small" onClick={() => void show()}>
            在文件夹中显示
          </Button>
        ),
        key: 'pdf-saved',
        placement: 'bottomLeft',
        duration: 8,
      });
      return true;
    } catch (error) {
      message.error(messageOf(error), 8);
      return false;
    }
  };
}

interface PrintDialogProps {
  readonly open: boolean;
  /** '打印督办文书（3 份）'. */
  readonly title: string;
  /** Undefined while it is being laid out. */
  readonly paper: PrintedPaper | undefined;
  /** Why it could not be laid out, in Chinese. */
  readonly fault?: string | null;
  /** Suggested name of the PDF, without extension. */
  readonly fileName: string;
  /** Choices of the paper itself, above the printer's. */
  readonly options?: ReactNode;
  /** Show the papers beside the choices; off where the screen shows them already. */
  readonly preview?: boolean;
  /** What to set at the printer, such as both sides. */
  readonly note?: string | null;
  onClose(): void;
}

/** 打印: preview, printer, copies; where there is no printer, PDF. For every paper of the program. */
export function PrintDialog(props: PrintDialogProps) {
  const { open, paper, preview = true } = props;
  const { message } = App.useApp();
  const savePdf = useSavePdf();
  const [saving, setSaving] = useState(false);
  const [copies, setCopies] = useState(1);
  const [chosen, setChosen] = useState(() => localStorage.getItem(LAST_PRINTER));
  const printers = useQuery({
    queryKey: ['platform', 'printers'],
    queryFn: () => platform.listPrinters(),
    enabled: open,
    staleTime: 0,
  });
  const known = printers.data ?? [];
  const printer = known.find(({ name }) => name === chosen)?.name ?? known[0]?.name;
  const none = printers.data !== undefined && known.length === 0;
  const print = useMutation({
    mutationFn: (html: string) =>
      platform.printHtml({ html, copies, ...(printer === undefined ? {} : { deviceName: printer }) }),
    onSuccess: (outcome) => {
      if (!outcome.ok) {
        message.warning(outcome.reason, 8);
        return;
      }
      if (printer !== undefined) localStorage.setItem(LAST_PRINTER, printer);
      message.success(`已送打印机：${paper?.pages ?? 0} 页，${copies} 份`);
      props.onClose();
    },
    onError: (error) => {
      message.error(messageOf(error), 8);
    },
  });
  const save = async (): Promise<void> => {
    if (paper === undefined) return;
    setSaving(true);
    await savePdf(paper.html, props.fileName);
    setSaving(false);
  };

  return (
    <Modal
      open={open}
      title={props.title}
      onCancel={props.onClose}
      width={preview ? 'min(1180px, calc(100vw - 48px))' : 440}
      style={{ top: preview ? 16 : 80 }}
      footer={null}
      destroyOnHidden
    >
      <div style={{ display: 'flex', gap: 14, height: preview ? 'calc(100vh - 130px)' : 'auto' }}>
        {preview ? (
          <div style={{ flex: 1, minWidth: 0, display: 'flex' }}>
            <PaperFrame html={paper?.html ?? null} title="打印预览" />
          </div>
        ) : null}
        <div style={{ width: preview ? 280 : '100%', display: 'flex', flexDirection: 'column', gap: 12 }}>
          {props.options}
          {props.fault ? <Alert type="error" showIcon title={props.fault} /> : null}
          <div style={{ color: '#374151' }} role="status">
            {paper === undefined ? '正在排版…' : `共 ${paper.pages} 页，A4`}
          </div>
          {none ? (
            <Alert
              type="info"
              showIcon
              title="这台电脑没有安装打印机"
              description="可以存为 PDF，拷到有打印机的电脑上打印；文书内容没有变化。"
            />
          ) : (
            <>
              <div className="print-choice">
                <span>打印机</span>
                <Select
                  style={{ width: '100%' }}
                  aria-label="打印机"
                  loading={printers.isPending}
                  value={printer ?? null}
                  placeholder="正在查找打印机…"
                  options={known.map(({ name, displayName }) => ({ value: name, label: displayName }))}
                  onChange={setChosen}
                />
              </div>
              <div className="print-choice">
                <span>份数</span>
                <InputNumber
                  min={1}
                  max={99}
                  precision={0}
                  aria-label="份数"
                  style={{ width: '100%' }}
                  value={copies}
                  onChange={(value) => setCopies(value ?? 1)}
                />
              </div>
            </>
          )}
          {props.note ? <div style={{ color: '#4b5563', fontSize: 13 }}>{props.note}</div> : null}
          <div style={{ display: 'flex', gap: 8 }}>
            {none ? null : (
              <Button
                type="primary"
                icon={<PrinterOutlined aria-hidden />}
                disabled={paper === undefined || printer === undefined}
                loading={print.isPending}
                onClick={() => paper && print.mutate(paper.html)}
              >
                打印
              </Button>
            )}
            <Button
              type={none ? 'primary' : 'default'}
              icon={<FilePdfOutlined aria-hidden />}
              disabled={paper === undefined}
              loading={saving}
              onClick={() => void save()}
            >
              存为 PDF
            </Button>
          </div>
        </div>
      </div>
    </Modal>
  );
}
