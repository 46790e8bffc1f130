import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { PrintDialog } from '../../components/print-dialog.tsx';

/** 交接单 of a written file, 接收回执 of an imported one: preview, print, PDF. */
export function SlipButton({
  exchangeId,
  fileName,
  receipt = false,
  quiet = false,
}: {
  readonly exchangeId: string;
  readonly fileName: string;
  readonly receipt?: boolean;
  /** Among other actions of a row. */
  readonly quiet?: boolean;
}) {
  const name = receipt ? '接收回执' : '交接单';
  const [open, setOpen] = useState(false);
  const slip = useQuery(api.exchange.slip.queryOptions({ input: { exchangeId }, enabled: open }));
  return (
    <>
      {quiet ? (
        <Button type="link" size="small" onClick={() => setOpen(true)}>
          {name}
        </Button>
      ) : (
        <Button
          type={receipt ? 'default' : 'primary'}
          icon={<PrinterOutlined aria-hidden />}
          onClick={() => setOpen(true)}
        >
          打印{name}
        </Button>
      )}
      <PrintDialog
        open={open}
        title={`打印${name}`}
        paper={slip.data ? { ...slip.data, pages: 1 } : undefined}
        fault={slip.error ? messageOf(slip.error) : null}
        fileName={`${name}_${fileName.replace(/\.bbsync$/u, '')}`}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
