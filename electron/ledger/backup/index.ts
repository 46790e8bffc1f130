export { type BackupMade, type BackupRequest, backupNow } from './backup-now.ts';
export { finishRestore } from './finish-restore.ts';
export { type BackupFile, backupFolder, backupsIn, rotate } from './folder.ts';
export { incarnate } from './incarnation.ts';
export { type BackupHost, LedgerKeeper, takeBackup } from './keeper.ts';
export { previewBackup } from './preview.ts';
export { type RestoreResult, restoreInto } from './restore.ts';
export { readSettings } from './settings.ts';
