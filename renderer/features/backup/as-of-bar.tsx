import { HistoryOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { PastDay } from './past-day.tsx';
import { useLookAt } from './use-look-at.ts';
import { dayText } from './words.ts';
import './backup.css';

/** Over every screen while the window looks at the past: which day, that nothing can be changed, the way back. */
export function AsOfBar({ asOf }: { readonly asOf: number }) {
  const { lookAt, busy } = useLookAt();
  return (
    <div className="as-of-bar" role="status">
      <HistoryOutlined aria-hidden />
      <strong>正在查看 {dayText(asOf)}的台账（只读）</strong>
      <span>当日结束时的数据，不能修改</span>
      <span className="as-of-space" />
      <PastDay value={asOf} onChoose={lookAt} disabled={busy} />
      <Button type="primary" loading={busy} onClick={() => lookAt(null)}>
        回到今天
      </Button>
    </div>
  );
}
