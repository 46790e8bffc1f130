import { useQuery } from '@tanstack/react-query';
import { Popover } from 'antd';
import type { Light } from '../../../shared/domain/light.ts';
import { api } from '../../app/api.ts';
import { LightMark, lightText } from '../../components/light-mark.tsx';

interface LightReasonProps {
  readonly projectId: string;
  readonly date: string;
  readonly light: Light;
  readonly text: string;
}

function Explanation({ projectId, date }: { readonly projectId: string; readonly date: string }) {
  const { data } = useQuery(api.rates.explain.queryOptions({ input: { projectId, date } }));
  if (data === undefined) return <p>正在读取…</p>;
  return (
    <div style={{ width: 540, maxHeight: '56vh', overflow: 'auto' }}>
      <ul style={{ paddingInlineStart: 18, margin: '0 0 8px' }}>
        {data.current.reasons.map((reason) => (
          <li key={`${reason.code}${reason.text}`}>
            <LightMark light={reason.light} /> {reason.text}
          </li>
        ))}
      </ul>
      <div style={{ color: '#4b5563' }}>
        依据：{data.rule.name}（第 {data.rule.version} 版，{data.rule.effectiveFrom} 起）
      </div>
      <ul style={{ paddingInlineStart: 18, margin: '2px 0 8px', color: '#4b5563' }}>
        {data.ruleText.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <table className="plain-table">
        <caption>此前各期</caption>
        <tbody>
          {data.history.map((entry) => (
            <tr key={entry.period}>
              <td>{entry.label}</td>
              <td>
                <LightMark light={entry.light} named />
              </td>
              <td>{entry.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The light with its name; opens its reasons, the rule and the lights before (a figure explains itself). */
export function LightReason({ projectId, date, light, text }: LightReasonProps) {
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      title="亮灯原因"
      destroyOnHidden
      content={<Explanation projectId={projectId} date={date} />}
    >
      <button
        type="button"
        className="chip"
        style={{ height: 30, fontSize: 14 }}
        title={text}
        aria-label={`${lightText(light)}，原因：${text}`}
      >
        <LightMark light={light} named />
      </button>
    </Popover>
  );
}
