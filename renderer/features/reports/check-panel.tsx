import { Alert, Button } from 'antd';
import type { CheckResult } from '../../../shared/contract/reports.ts';
import { SEVERITY_NAMES } from '../../../shared/domain/report-check.ts';

interface CheckPanelProps {
  readonly result: CheckResult;
  readonly goTo: (projectId: string, field: string) => void;
  readonly onClose: () => void;
}

/** What stands in the way of submitting, each line leading to its cell. */
export function CheckPanel({ result, goTo, onClose }: CheckPanelProps) {
  const { counts } = result;
  const parts = [
    counts.errors > 0 ? `${counts.errors} 项须更正` : null,
    counts.unexplained > 0 ? `${counts.unexplained} 项需核实后写明说明` : null,
  ].filter((part) => part !== null);
  const clear = parts.length === 0;
  return (
    <Alert
      type={counts.errors > 0 ? 'error' : clear ? 'success' : 'warning'}
      showIcon
      closable={{ onClose }}
      title={clear ? '疑点均已说明，可以提交' : `还不能提交：${parts.join('，')}`}
      description={
        <ul className="reports-check">
          {result.rows.flatMap((row) =>
            row.findings.map((finding) => (
              <li key={`${row.projectId} ${finding.text}`}>
                <b className={finding.severity === 'error' ? 'report-error-text' : 'report-warn-text'}>
                  {SEVERITY_NAMES[finding.severity]}
                </b>
                <Button
                  type="link"
                  size="small"
                  onClick={() =>
                    goTo(
                      row.projectId,
                      finding.severity === 'warn' && row.needsExplanation ? 'explanation' : finding.field,
                    )
                  }
                >
                  {row.name}
                </Button>
                {finding.text}
              </li>
            )),
          )}
        </ul>
      }
    />
  );
}
