import { existsSync } from 'node:fs';
import { type BrowserWindow, dialog, shell } from 'electron';
import type { FileFilter, Outcome } from '../../shared/contract/platform.ts';

export interface OpenRequest {
  readonly title: string;
  readonly filters?: FileFilter[] | undefined;
  readonly multiple?: boolean | undefined;
  readonly directory?: boolean | undefined;
}

export async function pickOpenFiles(window: BrowserWindow, request: OpenRequest): Promise<string[]> {
  const answer = await dialog.showOpenDialog(window, {
    title: request.title,
    filters: request.filters ?? [],
    properties: [
      request.directory ? 'openDirectory' : 'openFile',
      ...(request.multiple ? (['multiSelections'] as const) : []),
      ...(request.directory ? (['createDirectory'] as const) : []),
    ],
  });
  return answer.canceled ? [] : answer.filePaths;
}

export interface SaveRequest {
  readonly title: string;
  readonly defaultName: string;
  readonly filters?: FileFilter[] | undefined;
}

export async function pickSaveFile(window: BrowserWindow, request: SaveRequest): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: request.title,
    defaultPath: request.defaultName,
    filters: request.filters ?? [],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return canceled || !filePath ? null : filePath;
}

export function showInFolder(path: string): Outcome {
  if (!existsSync(path)) return { ok: false, reason: `找不到“${path}”，可能已被移走或U盘已拔出。` };
  shell.showItemInFolder(path);
  return { ok: true };
}

export async function openFolder(path: string): Promise<Outcome> {
  const fault = await shell.openPath(path);
  return fault === '' ? { ok: true } : { ok: false, reason: `文件夹“${path}”打不开。` };
}
