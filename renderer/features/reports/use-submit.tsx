import { App, Input } from 'antd';
import { useState } from 'react';
import type { CheckResult, PeriodInfo, SubmitResult } from '../../../shared/contract/reports.ts';
import { ledger } from '../../app/client.ts';
import { messageOf } from '../../app/fault.ts';

interface Submitting {
  readonly busy: boolean;
  /** 校验 or a refused 提交 found something: the panel over the grid is open. */
  readonly checking: boolean;
  readonly done: SubmitResult | null;
  check(): Promise<void>;
  submit(): Promise<void>;
  dismiss(): void;
}

function names(missing: CheckResult['missing']): string {
  const shown = missing.slice(0, 6).map((project) => project.name);
  return missing.length > shown.length ? `${shown.join('、')}等` : shown.join('、');
}

/** 校验 and 提交: asks only where something is missing or a submitted figure changes. */
export function useSubmit(
  period: PeriodInfo | undefined,
  unitIds: readonly string[] | undefined,
  { corrects, locked }: { readonly corrects: boolean; readonly locked: readonly string[] },
): Submitting {
  const { modal, message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [checking, setChecking] = useState(false);
  const [done, setDone] = useState<SubmitResult | null>(null);
  const input = () => ({
    kind: period?.kind ?? ('tenDay' as const),
    period: period?.key ?? '',
    ...(unitIds === undefined ? {} : { unitIds: [...unitIds] }),
  });

  const askMissing = async (missing: CheckResult['missing']): Promise<boolean> =>
    missing.length === 0 ||
    (await modal.confirm({
      title: `还有 ${missing.length} 项应报未填`,
      content: `${names(missing)}。缺报的项目以后仍可补报，市级会看到“部分报送”。`,
      okText: '缺报提交',
      cancelText: '回去补填',
    }));

  /** Units whose period is reviewed: told before it is written. */
  const askLocked = async (): Promise<boolean> =>
    locked.length === 0 ||
    (await modal.confirm({
      title: '该旬已审核，提交后为更正申请',
      content: `${locked.join('、')}本旬已由市里审核。提交的内容作为更正申请随文件上报，市里采纳以前，原报的数继续有效；未采纳的会写明理由。`,
      okText: '提交更正申请',
      cancelText: '先不提交',
    }));

  const askReason = async (): Promise<string | null> => {
    let reason = '';
    const agreed = await modal.confirm({
      title: '更正理由',
      content: (
        <>
          <p>已报送的数将被更正，原报保留，市级能看到更正前后的数和理由。</p>
          <Input.TextArea
            autoFocus
            rows={3}
            maxLength={200}
            aria-label="更正理由"
            placeholder="如：核减未计量的工程款"
            onChange={(event) => {
              reason = event.target.value.trim();
            }}
          />
        </>
      ),
      okText: '提交更正',
      cancelText: '取消',
      onOk: () => (reason === '' ? Promise.reject(new Error('empty')) : undefined),
    });
    return agreed ? reason : null;
  };

  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      message.error(messageOf(error), 8);
    } finally {
      setBusy(false);
    }
  };

  const look = async (): Promise<CheckResult> => {
    const result = await ledger.reports.check(input());
    setChecking(result.counts.errors > 0 || result.counts.unexplained > 0);
    return result;
  };

  return {
    busy,
    checking,
    done,
    dismiss() {
      setChecking(false);
      setDone(null);
    },
    check: () =>
      run(async () => {
        const { counts, missing } = await look();
        if (counts.errors > 0 || counts.unexplained > 0) return;
        const rest = missing.length > 0 ? `，还有 ${missing.length} 项未填` : '，可以提交';
        message.success(`已填 ${counts.filled} 项校验通过${rest}`);
      }),
    submit: () =>
      run(async () => {
        const { counts, missing } = await look();
        if (counts.errors > 0 || counts.unexplained > 0) return;
        if (!(await askLocked())) return;
        if (!(await askMissing(missing))) return;
        const reason = corrects ? await askReason() : '';
        if (reason === null) return;
        setDone(
          await ledger.reports.submit({
            ...input(),
            ...(reason === '' ? {} : { reason }),
            ...(missing.length > 0 ? { incomplete: true } : {}),
          }),
        );
        setChecking(false);
      }),
  };
}
