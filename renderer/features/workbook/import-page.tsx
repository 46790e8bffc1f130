import { useQuery } from '@tanstack/react-query';
import { App, Button, Spin, Steps } from 'antd';
import { useMemo, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { ImportResult } from '../../../shared/contract/workbook.ts';
import { api, ledger, platform } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useJob } from '../../components/use-job.tsx';
import { useRefs } from '../../components/use-refs.ts';
import { useSayWritten } from '../../components/use-say-written.tsx';
import { CheckStep } from './check-step.tsx';
import { DoneStep } from './done-step.tsx';
import { FileStep } from './file-step.tsx';
import { MappingStep } from './mapping-step.tsx';
import { type BadCells, type CheckRow, outcomeOf, type RowChoice } from './outcome.ts';
import { useImport } from './use-import.ts';
import './workbook.css';

type Step = 'file' | 'mapping' | 'check' | 'done';
const STEPS: readonly { readonly key: Step; readonly title: string }[] = [
  { key: 'file', title: '选择文件' },
  { key: 'mapping', title: '对照各列' },
  { key: 'check', title: '核对内容' },
  { key: 'done', title: '完成' },
];
const FILTERS = [{ name: 'Excel 表格', extensions: ['xlsx', 'xls', 'et', 'csv', 'xlsm', 'ods'] }];
const NO_CHOICES: ReadonlyMap<number, RowChoice> = new Map();

const actionsOf = (choices: ReadonlyMap<number, RowChoice>) =>
  [...choices].map(([rowNumber, choice]) => ({ rowNumber, ...choice }));

/** 导入 Excel: file → columns → rows → result. Nothing is written before the operator presses 导入. */
export function ImportExcelPage() {
  const { message } = App.useApp();
  const sayWritten = useSayWritten();
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch());
  const askedTarget = asked.get('target') === 'report' ? 'report' : 'project';
  const askedPeriod = asked.get('period');
  const { book, question, preview, busy, open, ask, reset } = useImport();
  const [step, setStep] = useState<Step>('file');
  const [choices, setChoices] = useState(NO_CHOICES);
  const [badCells, setBadCells] = useState<BadCells>('skipRow');
  const [result, setResult] = useState<ImportResult | null>(null);
  const [undone, setUndone] = useState(false);
  const job = useJob();
  const refs = useRefs({ projects: true });
  const periods = useQuery(api.reports.periods.queryOptions({ input: { count: 12 } }));

  const rows = useMemo((): readonly CheckRow[] => {
    const data = preview?.rows.filter(({ kind }) => kind === 'data') ?? [];
    return data.map((row) => {
      const choice = choices.get(row.rowNumber) ?? null;
      return { id: String(row.rowNumber), row, choice, outcome: outcomeOf(row, choice, badCells) };
    });
  }, [preview, choices, badCells]);
  const created = rows.filter(({ outcome }) => outcome === 'create').length;
  const updated = rows.filter(({ outcome }) => outcome === 'update').length;
  const undecided = rows.filter(({ outcome }) => outcome === 'choose').length;
  const stopped = preview?.problems.some(({ severity }) => severity === 'error') ?? true;

  const fail = (error: unknown): void => {
    message.error(messageOf(error), 10);
  };
  const pick = async (): Promise<void> => {
    const [path] = await platform.pickOpenFiles({ title: '选择要导入的 Excel 文件', filters: FILTERS });
    if (path === undefined) return;
    message.destroy();
    setChoices(NO_CHOICES);
    setResult(null);
    setUndone(false);
    const period = askedPeriod === null ? null : { kind: 'tenDay' as const, key: askedPeriod };
    const ok = await open(path, askedTarget === 'report' ? { target: 'report', period } : null);
    setStep(ok ? 'mapping' : 'file');
  };
  const askAgain = (changes: Parameters<typeof ask>[0]): void => {
    setChoices(NO_CHOICES);
    void ask(changes);
  };
  const choose = (chosen: readonly CheckRow[], choice: RowChoice | null): void => {
    setChoices((before) => {
      const after = new Map(before);
      for (const { row } of chosen) {
        if (choice === null) after.delete(row.rowNumber);
        else after.set(row.rowNumber, choice);
      }
      return after;
    });
  };
  const apply = async (): Promise<void> => {
    if (book === null) return;
    const actions = actionsOf(choices);
    const done = await job.run('导入 Excel', (signal) =>
      ledger.workbook.apply({ importId: book.importId, actions, badCells }, { signal }),
    );
    if (done === null) return;
    message.destroy();
    setResult(done);
    setStep('done');
  };
  const saveProblems = async (): Promise<void> => {
    if (book === null) return;
    const path = await platform.pickSaveFile({
      title: '导出没有导入的行',
      defaultName: `${book.fileName.replace(/\.\w+$/u, '')}（问题行）.xlsx`,
      filters: [{ name: 'Excel 工作簿', extensions: ['xlsx'] }],
    });
    if (path === null) return;
    try {
      const saved = await ledger.workbook.saveProblems({
        importId: book.importId,
        path,
        actions: actionsOf(choices),
        badCells,
      });
      sayWritten(`已导出 ${saved.rows} 行，问题写在每行末尾，改正后可直接导入`, path);
    } catch (error) {
      fail(error);
    }
  };
  const undo = async (): Promise<void> => {
    try {
      // The last action may be another one by now; only this import is to be taken back from here.
      const { undo: last } = await ledger.records.steps({ limit: 1 });
      if (last[0]?.n !== result?.n) {
        message.info('导入之后又有别的操作。请在右上角“撤销”里逐步撤回。', 8);
        return;
      }
      await ledger.records.undo();
      setUndone(true);
    } catch (error) {
      fail(error);
    }
  };
  const again = (): void => {
    reset();
    setChoices(NO_CHOICES);
    setResult(null);
    setUndone(false);
    setStep('file');
  };

  const returned = rows.length - created - updated;
  return (
    <section className="page" aria-label="导入 Excel">
      <div className="page-head">
        <h1>导入 Excel</h1>
        {book === null ? null : (
          <span className="wb-file-name" title={book.fileName}>
            {book.fileName}
          </span>
        )}
        <Steps
          size="small"
          className="wb-steps"
          current={STEPS.findIndex(({ key }) => key === step)}
          items={STEPS.map(({ key, title }) => ({ key, title }))}
        />
        <span style={{ flex: 1 }} />
        {busy === null ? null : (
          <span role="status" className="wb-quiet">
            <Spin size="small" /> {busy}
          </span>
        )}
        {step === 'mapping' ? (
          <>
            <Button onClick={() => void pick()}>换一个文件</Button>
            <Button type="primary" disabled={stopped || busy !== null} onClick={() => setStep('check')}>
              下一步：核对 {rows.length} 行
            </Button>
          </>
        ) : null}
        {step === 'check' ? (
          <>
            {returned > 0 ? (
              <Button onClick={() => void saveProblems()} title="把不导入的行连同原因存成 Excel">
                导出问题行
              </Button>
            ) : null}
            <Button onClick={() => setStep('mapping')}>上一步</Button>
            <Button
              type="primary"
              disabled={created + updated === 0 || busy !== null || job.busy || stopped}
              onClick={() => void apply()}
              title={undecided > 0 ? `还有 ${undecided} 行待选择，不选就不导入` : undefined}
            >
              导入：新增 {created} 更新 {updated}
            </Button>
          </>
        ) : null}
      </div>
      {step === 'file' ? <FileStep target={askedTarget} busy={busy !== null} onPick={() => void pick()} /> : null}
      {step === 'mapping' && book !== null && question !== null && preview !== null ? (
        <MappingStep
          book={book}
          question={question}
          preview={preview}
          units={refs['responsibilityUnit']?.options ?? []}
          periods={periods.data?.recent ?? []}
          onAsk={askAgain}
        />
      ) : null}
      {step === 'check' && preview !== null ? (
        <CheckStep
          preview={preview}
          rows={rows}
          badCells={badCells}
          projects={refs['project']?.options ?? []}
          onBadCells={setBadCells}
          onChoose={choose}
        />
      ) : null}
      {step === 'done' && result !== null ? (
        <DoneStep
          result={result}
          target={preview?.target ?? askedTarget}
          undone={undone}
          onUndo={() => void undo()}
          onSaveProblems={() => void saveProblems()}
          onSee={() => navigate(preview?.target === 'report' ? '/reports' : '/projects')}
          onAgain={again}
        />
      ) : null}
      {job.dialog}
    </section>
  );
}
