import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readdir, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Removable } from '../../shared/contract/platform.ts';

const run = promisify(execFile);

/** The sticks at hand. `BAOBAO_STICKS` adds folders, separated by `:`, for tests. */
export async function listRemovable(): Promise<Removable[]> {
  const given = (process.env['BAOBAO_STICKS'] ?? '').split(':').filter((path) => path !== '');
  const found = process.platform === 'win32' ? await windowsDrives() : await linuxMounts();
  return Promise.all([...given, ...found].map(describe));
}

async function linuxMounts(): Promise<string[]> {
  const users = [...(await folders('/media')), ...(await folders('/run/media'))];
  const candidates = [...(await Promise.all(users.map(folders))).flat(), ...(await folders('/mnt'))];
  const mounted = await Promise.all(candidates.map(isMountPoint));
  return candidates.filter((_, index) => mounted[index]);
}

async function folders(parent: string): Promise<string[]> {
  try {
    const entries = await readdir(parent, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(parent, entry.name));
  } catch {
    // Absent on most systems, or another user's.
    return [];
  }
}

async function isMountPoint(path: string): Promise<boolean> {
  try {
    return (await stat(path)).dev !== (await stat(dirname(path))).dev;
  } catch {
    return false;
  }
}

async function windowsDrives(): Promise<string[]> {
  const query = 'Get-CimInstance Win32_LogicalDisk -Filter "DriveType=2" | ForEach-Object { $_.DeviceID }';
  try {
    const { stdout } = await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', query], {
      timeout: 5_000,
      windowsHide: true,
    });
    return Array.from(stdout.matchAll(/^([A-Z]:)/gm), (match) => `${match[1] ?? ''}\\`);
  } catch {
    // Without PowerShell the user picks the drive in the file dialog.
    return [];
  }
}

async function describe(path: string): Promise<Removable> {
  const [freeBytes, readOnly] = await Promise.all([
    statfs(path).then(
      (stats) => stats.bavail * stats.bsize,
      () => null,
    ),
    access(path, constants.W_OK).then(
      () => false,
      () => true,
    ),
  ]);
  return { path, label: basename(path) || path, freeBytes, readOnly };
}
