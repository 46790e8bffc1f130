import { App, Button } from 'antd';
import { messageOf } from '../app/fault.ts';
import { useLedgerIfOpen } from '../app/ledger-status.tsx';
import type { ExportedGrid } from '../grid/index.ts';
import { exportExcel, tableOf } from './export-excel.ts';
import { useSayWritten } from './use-say-written.tsx';

/** 导出 Excel of what a grid shows: its columns, its rows as filtered and sorted. */
export function ExportButton<R>({ label, exported }: { readonly label: string; exported(): ExportedGrid<R> }) {
  const status = useLedgerIfOpen();
  const { message } = App.useApp();
  const sayWritten = useSayWritten();
  if (status === null) return null;
  const { officeName, today } = status;
  const run = async (): Promise<void> => {
    const shown = exported();
    if (shown.rows.length === 0) {
      message.info('表中没有可以导出的行');
      return;
    }
    try {
      const path = await exportExcel(
        tableOf(shown, { name: label, title: label, note: `${officeName}　${today}` }),
        today,
      );
      if (path !== null) sayWritten(`已导出 ${shown.rows.length} 行`, path);
    } catch (error) {
      message.error(messageOf(error), 8);
    }
  };
  return (
    <Button size="small" type="text" title="按现在显示的列、筛选和顺序" onClick={() => void run()}>
      导出 Excel
    </Button>
  );
}
