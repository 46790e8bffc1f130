import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { writeFileWhole } from '../store/files.ts';

/** Of this PC, not of a ledger: a stick or a second disk. */
export interface BackupSettings {
  /** Folder that gets a copy of every backup; null for none. */
  readonly second: string | null;
}

const shape = z.object({ second: z.string().nullable() });
const NONE: BackupSettings = { second: null };

const pathOf = (dataFolder: string): string => join(dataFolder, 'backup-settings.json');

export function readSettings(dataFolder: string): BackupSettings {
  const path = pathOf(dataFolder);
  if (!existsSync(path)) return NONE;
  try {
    return shape.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // A spoilt settings file costs the second place, which the backup page then shows as not chosen.
    return NONE;
  }
}

/** @throws Fault DISK_FULL, READ_ONLY */
export function writeSettings(dataFolder: string, settings: BackupSettings): void {
  mkdirSync(dataFolder, { recursive: true });
  writeFileWhole(pathOf(dataFolder), JSON.stringify(settings));
}
