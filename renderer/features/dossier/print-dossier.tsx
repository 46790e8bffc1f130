import { PrinterOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { PrintDialog } from '../../components/print-dialog.tsx';

/** 打印台账: the dossiers of one project, or of those ticked, as one print run (A5). */
export function PrintDossier({ ids }: { readonly ids: readonly string[] }) {
  const [open, setOpen] = useState(false);
  const [duplex, setDuplex] = useState(true);
  const paper = useQuery({
    ...api.dossier.paper.queryOptions({ input: { ids: [...ids], duplex } }),
    enabled: open && ids.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const many = ids.length > 1;
  return (
    <>
      <Button
        icon={<PrinterOutlined aria-hidden />}
        disabled={ids.length === 0}
        title={ids.length === 0 ? '勾选行首方框后打印' : '一个项目一份，供签字存档'}
        onClick={() => setOpen(true)}
      >
        {many ? `打印台账（${ids.length}）` : '打印台账'}
      </Button>
      <PrintDialog
        open={open}
        title={many ? `打印单项目台账（${ids.length} 份）` : '打印单项目台账'}
        paper={paper.data}
        fault={paper.error === null ? null : messageOf(paper.error)}
        fileName={paper.data?.title ?? '重点项目推进台账'}
        options={
          <Checkbox checked={duplex} onChange={(event) => setDuplex(event.target.checked)}>
            双面打印（每份另起一张纸）
          </Checkbox>
        }
        note={duplex ? '请在打印机属性中选择双面打印、长边翻转。' : null}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
