import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { BrowserWindow } from 'electron';
import log from 'electron-log/main';
import type { Outcome, Printer } from '../../shared/contract/platform.ts';
import { printAddress } from './asset-path.ts';
import { addPrintPage, removePrintPage } from './protocol.ts';
import { safePreferences } from './window.ts';

/** One paper at a time: a batch of a hundred sheets must not open a hundred windows. */
let queue: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const result = queue.then(work, work);
  queue = result.catch(() => undefined);
  return result;
}

async function withPage<T>(html: string, use: (window: BrowserWindow) => Promise<T>): Promise<T> {
  const id = randomUUID();
  const window = new BrowserWindow({ show: false, webPreferences: { ...safePreferences, javascript: false } });
  addPrintPage(id, html);
  try {
    await window.loadURL(printAddress(id));
    return await use(window);
  } finally {
    removePrintPage(id);
    window.destroy();
  }
}

/** The page size and margins are those of the document's @page rule. */
export function htmlToPdf(html: string, outPath: string): Promise<Outcome> {
  return inTurn(async () => {
    try {
      const pdf = await withPage(html, (window) =>
        window.webContents.printToPDF({ pageSize: 'A4', preferCSSPageSize: true, printBackground: true }),
      );
      await replaceFile(outPath, pdf);
      return { ok: true };
    } catch (error) {
      log.error('htmlToPdf', error);
      return { ok: false, reason: `PDF没有生成：${reasonOf(error)}原有文件未改动。` };
    }
  });
}

/** Never half a file: a temporary one beside it, flushed, then renamed. */
async function replaceFile(path: string, data: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

const systemReasons: Readonly<Record<string, string>> = {
  EACCES: '没有写入该文件夹的权限，请换一个位置。',
  EBUSY: '文件正被其他程序打开，请关闭后重试。',
  ENOENT: '文件夹不存在或U盘已拔出，请换一个位置。',
  ENOSPC: '磁盘已满，请腾出空间后重试。',
  EPERM: '文件正被其他程序打开或受保护，请关闭后重试。',
  EROFS: '该位置是只读的，请换一个位置。',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return systemReasons[code] ?? '页面排版未能完成，请查看日志。';
}

export interface PrintRequest {
  readonly html: string;
  readonly deviceName?: string | undefined;
  readonly copies?: number | undefined;
}

export function printHtml({ html, deviceName, copies }: PrintRequest): Promise<Outcome> {
  return inTurn(async () => {
    try {
      return await withPage(html, async (window) => {
        if ((await window.webContents.getPrintersAsync()).length === 0) {
          return { ok: false, reason: '没有找到打印机。请先安装打印机，或改为导出PDF。' };
        }
        return new Promise<Outcome>((resolve) => {
          window.webContents.print(
            {
              printBackground: true,
              pageSize: 'A4',
              copies: copies ?? 1,
              ...(deviceName === undefined ? { silent: false } : { silent: true, deviceName }),
            },
            (success, reason) => {
              if (success) resolve({ ok: true });
              else
                resolve({
                  ok: false,
                  reason: /cancel/i.test(reason) ? '已取消打印。' : '打印没有完成，请检查打印机。',
                });
            },
          );
        });
      });
    } catch (error) {
      log.error('printHtml', error);
      return { ok: false, reason: '打印没有完成，请查看日志。' };
    }
  });
}

export async function listPrinters(window: BrowserWindow): Promise<Printer[]> {
  const printers = await window.webContents.getPrintersAsync();
  return printers.map(({ name, displayName }) => ({ name, displayName: displayName || name }));
}
