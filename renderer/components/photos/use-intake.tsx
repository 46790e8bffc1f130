import { App } from 'antd';
import { type ReactNode, useCallback } from 'react';
import type { Inspected } from '../../../shared/contract/attachments.ts';
import type { Progress } from '../../../shared/contract/base.ts';
import { ledger, platform } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { newId } from '../../app/new-id.ts';
import { useJob } from '../use-job.tsx';
import { shrink, toBase64 } from './shrink.ts';

/** Bytes of a dropped file sent at one go. */
const PIECE_BYTES = 4 * 1024 * 1024;

interface About {
  readonly projectId: string;
  readonly period: string | null;
}

async function upload(file: File, signal: AbortSignal): Promise<string> {
  const id = newId();
  let path = '';
  for (let start = 0; start === 0 || start < file.size; start += PIECE_BYTES) {
    signal.throwIfAborted();
    const bytes = new Uint8Array(await file.slice(start, start + PIECE_BYTES).arrayBuffer());
    ({ path } = await ledger.attachments.upload({ id, fileName: file.name.slice(-200), start, data: toBase64(bytes) }));
  }
  return path;
}

async function take(source: Inspected, { projectId, period }: About, signal: AbortSignal): Promise<void> {
  const common = { projectId, period, title: '', source };
  if (source.kind === 'photo') {
    const original = await ledger.attachments.original({ path: source.path });
    await ledger.attachments.addPhoto({ ...common, ...(await shrink(original.data, original.mime)) });
    return;
  }
  for await (const _event of await ledger.attachments.addFile(common, { signal })) {
    // Progress is shown by the file count.
  }
}

type Event =
  | Progress
  | { readonly kind: 'done'; readonly result: { readonly added: number; readonly failed: string[] } };

async function* takeAll(sources: readonly Inspected[], about: About, signal: AbortSignal): AsyncGenerator<Event> {
  const failed: string[] = [];
  let added = 0;
  for (const [at, source] of sources.entries()) {
    signal.throwIfAborted();
    yield { kind: 'progress', title: `${at + 1}/${sources.length} ${source.fileName}`, share: at / sources.length };
    try {
      await take(source, about, signal);
      added += 1;
    } catch (error) {
      const why = error instanceof DOMException ? '照片已损坏，读不出来' : messageOf(error);
      failed.push(`${source.fileName}：${why}`);
    }
  }
  yield { kind: 'done', result: { added, failed } };
}

async function* uploadAll(
  files: readonly File[],
  signal: AbortSignal,
): AsyncGenerator<Progress | { kind: 'done'; result: string[] }> {
  const paths: string[] = [];
  for (const [at, file] of files.entries()) {
    yield { kind: 'progress', title: `读取 ${file.name}`, share: at / files.length };
    paths.push(await upload(file, signal));
  }
  yield { kind: 'done', result: paths };
}

function usedText(source: Inspected): string {
  const [first] = source.used;
  if (first === undefined) return '';
  const period = first.periodLabel === null ? '' : `${first.periodLabel}旬报中`;
  return `${source.fileName}：这张照片已在“${first.projectName}”${period}用过`;
}

/** Taking in photos, videos and papers: chosen or dropped, looked at, doubtful ones asked about, made smaller, stored. */
export function useIntake(about: About): {
  readonly pick: () => Promise<void>;
  readonly drop: (files: readonly File[]) => Promise<void>;
  readonly busy: boolean;
  readonly dialog: ReactNode;
} {
  const { message, modal } = App.useApp();
  const { run, busy, dialog } = useJob();
  const { projectId, period } = about;

  const takePaths = useCallback(
    async (paths: string[]): Promise<void> => {
      if (paths.length === 0) return;
      const found = await run('查看文件', (signal) => ledger.attachments.inspect({ paths }, { signal }));
      if (found === null) return;
      const refused = found.filter((source) => source.refused !== null);
      let good = found.filter((source) => source.refused === null);
      const twice = good.filter((source) => source.used.length > 0);
      if (twice.length > 0) {
        const all = await modal.confirm({
          title: '有照片以前用过',
          content: (
            <>
              {twice.slice(0, 8).map((source) => (
                <p key={source.path}>{usedText(source)}</p>
              ))}
              <p>重复使用的照片会标出“重复使用”，上级导入后也能看到。</p>
            </>
          ),
          okText: '仍然加入',
          cancelText: '跳过这些',
        });
        if (!all) good = good.filter((source) => source.used.length === 0);
      }
      const result =
        good.length === 0
          ? { added: 0, failed: [] }
          : await run('加入照片、视频', async (signal) => takeAll(good, { projectId, period }, signal));
      if (result === null) return;
      const bad = [...refused.map((source) => `${source.fileName}：${source.refused}`), ...result.failed];
      if (bad.length > 0)
        modal.warning({
          title: `有 ${bad.length} 个文件没有加入`,
          content: bad.map((line) => <p key={line}>{line}</p>),
        });
      if (result.added > 0) message.success(`已加入 ${result.added} 个`);
    },
    [run, modal, message, projectId, period],
  );

  const pick = useCallback(async (): Promise<void> => {
    const paths = await platform.pickOpenFiles({
      title: '选择照片、视频或资料',
      multiple: true,
      filters: [
        {
          name: '照片、视频、资料',
          extensions: [
            'jpg',
            'jpeg',
            'png',
            'webp',
            'mp4',
            'mov',
            'avi',
            'mkv',
            'wmv',
            'pdf',
            'doc',
            'docx',
            'xls',
            'xlsx',
            'ofd',
          ],
        },
      ],
    });
    await takePaths(paths);
  }, [takePaths]);

  const drop = useCallback(
    async (files: readonly File[]): Promise<void> => {
      if (files.length === 0) return;
      const paths = await run('读取文件', async (signal) => uploadAll(files, signal));
      if (paths !== null) await takePaths(paths);
    },
    [run, takePaths],
  );

  return { pick, drop, busy, dialog };
}
