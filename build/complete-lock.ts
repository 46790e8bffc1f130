import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './paths.ts';

/**
 * Adds to package-lock.json the optional platform packages that npm leaves out when the registry at hand does not carry
 * them (a partial mirror). Without the entries `npm ci` refuses the whole lock file, though none of them would be
 * installed on this platform. Run after every `npm install`.
 */
interface LockEntry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const systems: readonly [pattern: RegExp, os: string][] = [
  [/android/, 'android'],
  [/darwin/, 'darwin'],
  [/win32|windows/, 'win32'],
  [/freebsd/, 'freebsd'],
  [/openharmony/, 'openharmony'],
  [/linux/, 'linux'],
];
const processors: readonly [pattern: RegExp, cpu: string][] = [
  [/arm64/, 'arm64'],
  [/arm-|armv7/, 'arm'],
  [/ia32/, 'ia32'],
  [/ppc64/, 'ppc64'],
  [/riscv64/, 'riscv64'],
  [/s390x/, 's390x'],
  [/x64/, 'x64'],
];

const find = (table: readonly [RegExp, string][], name: string): string | undefined =>
  table.find(([pattern]) => pattern.test(name))?.[1];

const lockFile = join(projectRoot, 'package-lock.json');
const lock: { packages: Record<string, LockEntry> } = JSON.parse(readFileSync(lockFile, 'utf8'));
let added = 0;
for (const entry of Object.values({ ...lock.packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const os = find(systems, name);
    const cpu = find(processors, name);
    if (os === undefined || cpu === undefined || lock.packages[`node_modules/${name}`] !== undefined) continue;
    const libc = name.includes('musl') ? 'musl' : name.includes('gnu') ? 'glibc' : undefined;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
      os: [os],
      cpu: [cpu],
      ...(libc === undefined ? {} : { libc: [libc] }),
    };
    added += 1;
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(lockFile, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
console.log(`[lock] ${added} optional platform packages added`);
