import { App } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ImportPreview, OpenedWorkbook, PreviewInput } from '../../../shared/contract/workbook.ts';
import { ledger } from '../../app/api.ts';
import { codeOf, messageOf } from '../../app/fault.ts';

export type Question = Omit<PreviewInput, 'importId'>;

export interface ImportState {
  readonly book: OpenedWorkbook | null;
  readonly question: Question | null;
  readonly preview: ImportPreview | null;
  /** What is being done, while it is. */
  readonly busy: string | null;
  readonly open: (path: string, asked: Pick<Question, 'target' | 'period'> | null) => Promise<boolean>;
  /** Looks again with something changed. */
  readonly ask: (changes: Partial<Question>) => Promise<void>;
  readonly reset: () => void;
}

/** The workbook being imported and how it is read now. Nothing is written by any of this. */
export function useImport(): ImportState {
  const { message } = App.useApp();
  const [book, setBook] = useState<OpenedWorkbook | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  const openId = useRef<string | null>(null);

  const fail = useCallback(
    (error: unknown): void => {
      if (codeOf(error) !== 'CANCELLED') message.error(messageOf(error), 10);
    },
    [message],
  );

  const look = useCallback(
    async (importId: string, asked: Question): Promise<boolean> => {
      running.current?.abort();
      const stop = new AbortController();
      running.current = stop;
      setQuestion(asked);
      try {
        for await (const event of await ledger.workbook.preview({ importId, ...asked }, { signal: stop.signal })) {
          if (stop.signal.aborted) return false;
          if (event.kind === 'done') setPreview(event.result);
          else setBusy(event.title);
        }
        return true;
      } catch (error) {
        if (!stop.signal.aborted) fail(error);
        return false;
      } finally {
        if (running.current === stop) setBusy(null);
      }
    },
    [fail],
  );

  const close = useCallback((): void => {
    running.current?.abort();
    const importId = openId.current;
    openId.current = null;
    // What is left open is dropped by the ledger process in time; a failed close does no harm.
    if (importId !== null) void ledger.workbook.close({ importId }).catch(() => undefined);
  }, []);

  const reset = useCallback((): void => {
    close();
    setBook(null);
    setQuestion(null);
    setPreview(null);
    setBusy(null);
  }, [close]);

  const open = useCallback(
    async (path: string, asked: Pick<Question, 'target' | 'period'> | null): Promise<boolean> => {
      reset();
      const stop = new AbortController();
      running.current = stop;
      setBusy('正在读取工作簿');
      try {
        const opened = await ledger.workbook.open({ path }, { signal: stop.signal });
        openId.current = opened.importId;
        setBook(opened);
        const sheet = opened.sheets.find(({ index }) => index === opened.suggested) ?? opened.sheets[0];
        return await look(opened.importId, {
          sheet: sheet?.index ?? 0,
          target: asked?.target ?? sheet?.target ?? 'project',
          headerRows: null,
          columns: null,
          unitId: null,
          period: asked?.period ?? null,
        });
      } catch (error) {
        if (!stop.signal.aborted) fail(error);
        return false;
      } finally {
        setBusy(null);
      }
    },
    [look, reset, fail],
  );

  const ask = useCallback(
    async (changes: Partial<Question>): Promise<void> => {
      if (book === null || question === null) return;
      await look(book.importId, { ...question, ...changes });
    },
    [book, question, look],
  );

  useEffect(() => close, [close]);
  return { book, question, preview, busy, open, ask, reset };
}
