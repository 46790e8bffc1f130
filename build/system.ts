import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** What Electron, its fonts and the checks from outside need on Debian and its relatives. */
const packages: readonly string[] = [
  'xvfb',
  'xauth',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libnotify4',
  'fonts-noto-cjk',
  'poppler-utils',
];

function isInstalled(name: string): boolean {
  const answer = spawnSync('dpkg-query', ['-s', name], { encoding: 'utf8' });
  return answer.stdout.includes('Status: install ok installed');
}

function run(command: readonly string[]): boolean {
  const [program = '', ...args] = command;
  console.log(`[system] ${command.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const result = spawnSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', env });
  if (result.status !== 0) console.error(result.stderr);
  return result.status === 0;
}

/**
 * Installs the missing Debian packages when the account may; otherwise prints the command for the administrator.
 * Does nothing on other systems.
 */
export function provisionSystem(): void {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return;
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...missing];
  const isRoot = process.getuid?.() === 0;
  const hasSudo = !isRoot && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  const prefix = hasSudo ? ['sudo', '-n'] : [];
  if (!isRoot && !hasSudo) {
    console.error(`[system] missing packages. As administrator run:\n  ${install.join(' ')}`);
    return;
  }
  if (run([...prefix, ...install])) return;
  // The package lists may be absent or stale on a fresh machine.
  if (!run([...prefix, 'apt-get', 'update']) || !run([...prefix, ...install])) {
    throw new Error(`[system] could not install: ${missing.join(' ')}`);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) provisionSystem();
