import { join } from 'node:path';
import log from 'electron-log/main';

/** Logs go to the data folder, so that an office can hand them over on a stick. */
export function startLog(dataFolder: string): string {
  const folder = join(dataFolder, 'logs');
  log.transports.file.resolvePathFn = () => join(folder, 'main.log');
  log.transports.file.maxSize = 5 * 1024 * 1024;
  log.transports.console.level = process.env['BAOBAO_TEST'] === '1' ? false : 'warn';
  log.transports.ipc.level = false;
  log.errorHandler.startCatching({ showDialog: false });
  return folder;
}
