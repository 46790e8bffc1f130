import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { PrintDialog } from '../../components/print-dialog.tsx';

/** 交接单 of a written file: preview, print, PDF. */
export function SlipButton({ exchangeId, fileName }: { readonly exchangeId: string; readonly fileName: string }) {
  const [open, setOpen] = useState(false);
  const slip = useQuery(api.exchange.slip.queryOptions({ input: { exchangeId }, enabled: open }));
  return (
    <>
      <Button type="primary" icon={<PrinterOutlined aria-hidden />} onClick={() => setOpen(true)}>
        打印交接单
      </Button>
      <PrintDialog
        open={open}
        title="打印交接单"
        paper={slip.data ? { ...slip.data, pages: 1 } : undefined}
        fault={slip.error ? messageOf(slip.error) : null}
        fileName={`交接单_${fileName.replace(/\.bbsync$/u, '')}`}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
