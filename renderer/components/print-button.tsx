import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { messageOf } from '../app/fault.ts';
import { PrintDialog, type PrintedPaper } from './print-dialog.tsx';

interface PrintButtonProps {
  /** Name on the button: '打印'. */
  readonly label?: string;
  readonly title: string;
  /** Suggested name of the PDF, without extension. */
  readonly fileName: string;
  readonly disabled?: boolean;
  /** Lays the paper out, anew at each opening. */
  load(): Promise<PrintedPaper>;
}

/** 打印: lays a paper out when asked, and shows it before it is printed. */
export function PrintButton({ label = '打印', title, fileName, disabled = false, load }: PrintButtonProps) {
  const [open, setOpen] = useState(false);
  const [paper, setPaper] = useState<PrintedPaper | undefined>(undefined);
  const [fault, setFault] = useState<string | null>(null);
  const start = async (): Promise<void> => {
    setOpen(true);
    setPaper(undefined);
    setFault(null);
    try {
      setPaper(await load());
    } catch (error) {
      setFault(messageOf(error));
    }
  };
  return (
    <>
      <Button icon={<PrinterOutlined aria-hidden />} disabled={disabled} onClick={() => void start()}>
        {label}
      </Button>
      <PrintDialog
        open={open}
        title={title}
        paper={paper}
        fault={fault}
        fileName={fileName}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
