import { PastDay } from './past-day.tsx';
import { useLookAt } from './use-look-at.ts';

/** What looking at the past means, and for which day. */
export function AsOfChoice({ onChosen }: { readonly onChosen: () => void }) {
  const { lookAt, busy } = useLookAt();
  return (
    <div style={{ width: 240 }}>
      <p style={{ margin: '0 0 8px', color: '#374151' }}>各页面换成那一天结束时的数据，只能看、打印和导出，不能改。</p>
      <PastDay
        value={null}
        disabled={busy}
        onChoose={(at) => {
          onChosen();
          lookAt(at);
        }}
      />
    </div>
  );
}
