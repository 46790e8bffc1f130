import { HistoryOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useLedger } from './ledger-status.tsx';

// Dates are chosen seldom; the start does not wait for the calendar.
const feature = () => import('../features/backup/index.ts');
const Bar = lazy(async () => ({ default: (await feature()).AsOfBar }));
const Choice = lazy(async () => ({ default: (await feature()).AsOfChoice }));

/** Over every screen while the window looks at the past. */
export function AsOfBar() {
  const { asOf } = useLedger();
  if (asOf === null) return null;
  return (
    <Suspense fallback={null}>
      <Bar asOf={asOf} />
    </Suspense>
  );
}

/** In the header: the way to the ledger of a past day. */
export function AsOfPicker() {
  const { asOf } = useLedger();
  const [open, setOpen] = useState(false);
  if (asOf !== null) return null;
  return (
    <Popover
      title="查看过去某一天的台账"
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      content={
        <Suspense fallback={null}>
          <Choice onChosen={() => setOpen(false)} />
        </Suspense>
      }
    >
      <Button
        type="text"
        icon={<HistoryOutlined aria-hidden />}
        title="查看过去某一天的台账"
        aria-label="查看过去某一天的台账"
      />
    </Popover>
  );
}
