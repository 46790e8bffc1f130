export { type BackupMade, type BackupRequest, backupNow } from './backup-now.ts';
export { type BackupFile, backupFolder, backupsIn, rotate } from './folder.ts';
