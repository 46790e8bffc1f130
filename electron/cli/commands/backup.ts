import { Fault } from '../../../shared/contract/faults.ts';
import { backupNow, previewBackup, readSettings, restoreInto, takeBackup } from '../../ledger/backup/index.ts';
import { readIdentity } from '../../ledger/store/meta.ts';
import { type CommonOptions, hostOf, withReading, withSession } from '../context.ts';
import type { Result } from '../output.ts';

export interface BackupOptions extends CommonOptions {
  /** Folder; the program's own when absent. */
  readonly to?: string;
}

/** One checked backup; possible beside an open window. */
export function backup(options: BackupOptions): Promise<Result> {
  return withReading(options, ({ store }) => {
    const host = hostOf(options);
    const made =
      options.to === undefined
        ? takeBackup(store, host, 'manual')
        : backupNow(store, { reason: 'manual', folder: options.to, now: host.now() });
    return {
      value: made,
      lines: [
        `已备份并核对：${made.path}`,
        `${(made.bytes / 1048576).toFixed(1)} MB，流水 ${made.head.n} 条，用时 ${Math.round(made.tookMs)} 毫秒`,
      ],
    };
  });
}

export interface RestoreOptions extends CommonOptions {
  readonly from: string;
  /** Only tell what it holds and what would be lost to view. */
  readonly dryRun?: boolean;
}

async function unlessDamaged<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Fault && (error.code === 'LEDGER_DAMAGED' || error.code === 'NOT_A_LEDGER')) return null;
    throw error;
  }
}

/**
 * Restores a backup in the place of the ledger; the old file stays beside it under a new name. Of a damaged ledger, what was
 * saved after the backup is put in again as far as it can be read.
 */
export async function restore(options: RestoreOptions): Promise<Result> {
  // Where the restore would look for pictures.
  const places = { ledgerPath: options.ledger, second: readSettings(hostOf(options).dataFolder).second };
  const preview =
    (await unlessDamaged(withReading(options, ({ store }) => previewBackup(options.from, store, places)))) ??
    previewBackup(options.from, null, places);
  const { comparison } = preview;
  const lost = comparison.kind === 'same-office' ? comparison.newer : 0;
  const lines = [
    `${preview.officeName}　项目 ${preview.projects} 项　旬报 ${preview.reports} 条　流水 ${preview.entries} 条`,
    ...(comparison.kind === 'none' ? ['当前台账损坏'] : []),
    ...(lost > 0 ? [`当前台账比它多 ${lost} 次修改，恢复后在旧文件中可以查到`] : []),
  ];
  if (options.dryRun === true) return { value: preview, lines };
  const present = await unlessDamaged(withSession(options, ({ store }) => readIdentity(store)));
  const result = await restoreInto(hostOf(options), {
    backup: options.from,
    target: options.ledger,
    present,
    release: () => {},
  });
  return {
    value: { preview, ...result },
    lines: [
      ...lines,
      `已恢复到 ${options.ledger}，旧文件保留为 ${result.keptAs ?? ''}`,
      ...(result.pictures.copied > 0 ? [`照片、视频补回 ${result.pictures.copied} 个`] : []),
      ...(result.pictures.missing.length > 0
        ? [`缺照片、视频 ${result.pictures.missing.length} 个：${result.pictures.missing.slice(0, 10).join('；')}`]
        : []),
      ...(result.caughtUp === null ? [] : [`从损坏的台账中补回备份之后的 ${result.caughtUp.entries} 次修改`]),
    ],
  };
}
