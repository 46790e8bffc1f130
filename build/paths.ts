import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The project folder, found by walking up from this module to its package.json.
 * Works for the TypeScript sources and for the bundles in dist/ alike.
 */
export function findProjectRoot(from: string): string {
  let folder = from;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`No package.json above ${from}`);
    folder = parent;
  }
  return folder;
}

export const projectRoot = findProjectRoot(dirname(fileURLToPath(import.meta.url)));
export const modulesFolder = join(projectRoot, 'node_modules');
/** Everything provisioned lives here, so that `npm ci` gives a clean slate. */
export const cacheFolder = join(modulesFolder, '.cache', 'baobao');
