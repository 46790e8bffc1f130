import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { SheetRow } from '../../../shared/contract/reports.ts';
import { SEVERITY_NAMES } from '../../../shared/domain/report-check.ts';

interface CheckPanelProps {
  readonly rows: readonly SheetRow[];
  readonly goTo: (projectId: string, field: string) => void;
  readonly onClose: () => void;
}

/** What stands in the way of submitting, as the grid is now; each line leads to its cell. */
export function CheckPanel({ rows, goTo, onClose }: CheckPanelProps) {
  const pending = rows.filter((row) => row.status === 'draft' || row.status === 'correcting');
  const wrong = pending.filter((row) => row.findings.some((finding) => finding.severity === 'error'));
  const doubtful = pending.filter((row) => row.needsExplanation);
  const parts = [
    wrong.length > 0 ? `${wrong.length} 项须更正` : null,
    doubtful.length > 0 ? `${doubtful.length} 项需核实后写明说明` : null,
  ].filter((part) => part !== null);
  const clear = parts.length === 0;
  const lines = [
    ...wrong.flatMap((row) =>
      row.findings
        .filter((finding) => finding.severity === 'error')
        .map((finding) => ({ row, finding, field: finding.field })),
    ),
    ...doubtful.flatMap((row) => row.findings.map((finding) => ({ row, finding, field: 'explanation' }))),
  ];
  return (
    <section className={clear ? 'reports-check clear' : 'reports-check'} aria-label="校验结果" aria-live="polite">
      <header>
        <strong>{clear ? '校验通过，可以提交' : `还不能提交：${parts.join('，')}`}</strong>
        <Button
          size="small"
          type="text"
          icon={<CloseOutlined aria-hidden />}
          aria-label="关闭校验结果"
          onClick={onClose}
        />
      </header>
      {clear ? null : (
        <ul>
          {lines.map(({ row, finding, field }) => (
            <li key={`${row.id} ${finding.text}`}>
              <b className={finding.severity === 'error' ? 'report-error-text' : 'report-warn-text'}>
                {SEVERITY_NAMES[finding.severity]}
              </b>
              <Button type="link" size="small" onClick={() => goTo(row.id, field)}>
                {row.name}
              </Button>
              {finding.text}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
