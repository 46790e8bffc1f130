import { App, Progress as Bar, Button, Modal } from 'antd';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import type { Progress } from '../../shared/contract/base.ts';
import { codeOf, messageOf } from '../app/fault.ts';

type JobEvent<R> = Progress | { readonly kind: 'done'; readonly result: R };
type Start<R> = (signal: AbortSignal) => Promise<AsyncIterable<JobEvent<R>>>;

interface Running {
  readonly title: string;
  readonly stage: string;
  readonly share: number;
  readonly began: number;
}

function remaining(running: Running): string {
  const elapsed = Date.now() - running.began;
  if (running.share < 0.1 || elapsed < 2000) return '';
  const seconds = Math.ceil((elapsed / running.share - elapsed) / 1000);
  return seconds < 60 ? `约剩 ${seconds} 秒` : `约剩 ${Math.ceil(seconds / 60)} 分钟`;
}

/**
 * Runs one long job at a time, each after the one before: stage, share, time left, 取消. A fault is shown in its own words.
 *
 * @returns `run` resolves to the result, or null when the job failed or was cancelled; `dialog` is to be rendered
 */
export function useJob(): {
  readonly run: <R>(title: string, start: Start<R>) => Promise<R | null>;
  readonly busy: boolean;
  readonly dialog: ReactNode;
} {
  const { message } = App.useApp();
  const [running, setRunning] = useState<Running | null>(null);
  const abort = useRef<AbortController | null>(null);
  /** The job before: files dropped during an import are looked at when it has ended, and are what the screen shows last. */
  const before = useRef<Promise<unknown>>(Promise.resolve());

  const begin = useCallback(
    async <R,>(title: string, start: Start<R>): Promise<R | null> => {
      const controller = new AbortController();
      abort.current = controller;
      // What was said of an earlier try is out of date.
      message.destroy();
      setRunning({ title, stage: '准备', share: 0, began: Date.now() });
      try {
        for await (const event of await start(controller.signal)) {
          if (event.kind === 'done') return event.result;
          setRunning((now) => (now ? { ...now, stage: event.title, share: event.share } : now));
        }
        return null;
      } catch (error) {
        if (controller.signal.aborted || codeOf(error) === 'CANCELLED') message.info('已取消，台账没有改动。');
        else message.error(messageOf(error), 10);
        return null;
      } finally {
        setRunning(null);
        abort.current = null;
      }
    },
    [message],
  );
  const run = useCallback(
    <R,>(title: string, start: Start<R>): Promise<R | null> => {
      const job = before.current.then(() => begin(title, start));
      before.current = job;
      return job;
    },
    [begin],
  );

  const dialog = (
    <Modal
      title={running?.title}
      open={running !== null}
      closable={false}
      mask={{ closable: false }}
      footer={
        <Button onClick={() => abort.current?.abort()} autoFocus>
          取消
        </Button>
      }
      width={440}
    >
      {running === null ? null : (
        <>
          <Bar percent={Math.round(running.share * 100)} status="active" aria-label={running.title} />
          <p style={{ margin: '8px 0 0' }} role="status">
            {running.stage}
            {'　'}
            {remaining(running)}
          </p>
        </>
      )}
    </Modal>
  );
  return { run, busy: running !== null, dialog };
}
