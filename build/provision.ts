import { pathToFileURL } from 'node:url';
import { provisionElectron } from './provision-electron.ts';
import { provisionNative } from './provision-native.ts';
import { provisionSystem } from './system.ts';

/** Everything that npm cannot install: system libraries, the SQLite binding, Electron itself. */
export async function provision(): Promise<void> {
  provisionSystem();
  await provisionElectron();
  await provisionNative();
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await provision();
