import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Fault } from '../../../shared/contract/faults.ts';
import { fileFault } from '../store/files.ts';
import { startThread } from '../thread.ts';
import { READ_LIMITS, unreadable, type WorkbookContent } from './content.ts';
import type { ReadAnswer, ReadRequest } from './read-worker.ts';

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** ms; a damaged file can keep the reading library busy for ever. */
  readonly timeLimit?: number;
}

const TIME_LIMIT = 60_000;
const MEMORY_MB = 1500;

function outOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

const DAMAGED = '文件可能已损坏';
const SAVE_AGAIN = '请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入';

/** Reads in a thread of its own, which is stopped when it takes too long or the operator cancels. */
function parseInThread(
  request: ReadRequest,
  { signal, timeLimit = TIME_LIMIT }: ReadOptions,
): Promise<WorkbookContent> {
  return new Promise((resolve, reject) => {
    const thread = startThread(
      new URL('./read-worker.ts', import.meta.url),
      new URL('./workbook-reader.cjs', import.meta.url),
      { workerData: request, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } },
    );
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      thread.removeAllListeners();
      // What a stopped thread still has to say is of no interest.
      thread.on('error', () => {});
      void thread.terminate();
      settle();
    };
    const fail = (fault: Fault): void => finish(() => reject(fault));
    const cancel = (): void => fail(new Fault('CANCELLED'));
    const timer = setTimeout(() => {
      fail(unreadable(request.fileName, `${Math.round(timeLimit / 1000)} 秒没有读完，${DAMAGED}`, SAVE_AGAIN));
    }, timeLimit);
    signal?.addEventListener('abort', cancel);
    thread.once('message', (answer: ReadAnswer) => {
      if (answer.ok) finish(() => resolve(answer.content));
      else fail(new Fault(answer.code, answer.detail));
    });
    thread.once('error', (error: Error) => {
      const why = outOfMemory(error) ? '内容太大，内存不够' : DAMAGED;
      fail(unreadable(request.fileName, why, SAVE_AGAIN, error));
    });
    thread.once('exit', () => fail(unreadable(request.fileName, DAMAGED, SAVE_AGAIN)));
  });
}

/**
 * Reads a workbook's bytes.
 *
 * @throws Fault FILE_UNREADABLE, CANCELLED
 */
export function readBytes(bytes: Uint8Array, fileName: string, options: ReadOptions = {}): Promise<WorkbookContent> {
  return parseInThread({ bytes, fileName }, options);
}

/**
 * Reads a workbook from disk.
 *
 * @throws Fault FILE_GONE, FILE_LOCKED, FILE_UNREADABLE, CANCELLED
 */
export async function readWorkbook(path: string, options: ReadOptions = {}): Promise<WorkbookContent> {
  const name = basename(path);
  let bytes: Buffer;
  try {
    const { size } = await stat(path);
    if (size > READ_LIMITS.bytes) {
      throw unreadable(name, '文件超过 40 MB', '请删去图片和不用的工作表，另存后再导入');
    }
    bytes = await readFile(path);
  } catch (error) {
    const found = fileFault(error, path);
    if (found.code === 'READ_ONLY') {
      throw unreadable(name, '没有读取的权限，或正被其他程序独占', '请关闭占用它的程序后再试', error);
    }
    throw found;
  }
  return readBytes(bytes, name, options);
}
