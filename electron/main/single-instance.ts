import { app } from 'electron';
import { parseStart } from './start-options.ts';

/**
 * One program per data folder. A second start gives its files to the first and ends.
 * @returns false when this is the second start
 */
export function claimSingleInstance(onSecondStart: (files: readonly string[]) => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', (_event, argv, workingFolder) => {
    onSecondStart(parseStart(argv.slice(1), workingFolder, {}).files);
  });
  return true;
}
