import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { applyPatch } from './native/patch.ts';
import { cacheFolder, modulesFolder, projectRoot } from './paths.ts';

/**
 * One better-sqlite3 binary for every runtime. The upstream prebuilds want Node-API 10 and glibc 2.34: they abort
 * Electron 25 and do not load on UOS 20 or Kylin V10 SP1. A patch to Node-API 8, compiled by Zig against glibc 2.17,
 * serves Node 20, Node 24 and Electron alike.
 */
const target = 'x86_64-linux-gnu.2.17';
const packageFolder = join(modulesFolder, 'better-sqlite3');
const zigFolder = join(modulesFolder, '@ryoppippi', 'zig-linux-x64');

function canBuild(): boolean {
  return process.platform === 'linux' && process.arch === 'x64' && existsSync(join(zigFolder, 'zig'));
}

function version(): string {
  const manifest: { version: string } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  return manifest.version;
}

function readPatch(): string {
  return readFileSync(join(projectRoot, 'build', 'native', `better-sqlite3-${version()}-napi8.patch`), 'utf8');
}

function builtBinding(): string {
  const hash = createHash('sha256').update(`${version()}\n${target}\n${readPatch()}`).digest('hex').slice(0, 16);
  return join(cacheFolder, 'native', hash, 'better_sqlite3.node');
}

function upstreamBinding(): string {
  return join(packageFolder, 'prebuilds', `${process.platform}-${process.arch}.node`);
}

/**
 * The native file to give to `new Database(path, { nativeBinding })` in development and tests.
 * `BAOBAO_NATIVE` overrides it; the packaged program sets that to its own copy.
 * @throws when nothing has been provisioned yet
 */
export function nativeBindingPath(): string {
  const override = process.env['BAOBAO_NATIVE'];
  if (override) return override;
  const path = canBuild() ? builtBinding() : upstreamBinding();
  if (!existsSync(path)) throw new Error(`No SQLite binding at ${path}. Run: npm run provision`);
  return path;
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args[0] ?? ''} exited with ${String(code)}`)),
    );
  });
}

async function compile(output: string): Promise<void> {
  const zig = join(zigFolder, 'zig');
  chmodSync(zig, 0o755);
  mkdirSync(join(cacheFolder, 'native'), { recursive: true });
  const work = mkdtempSync(join(cacheFolder, 'native', 'work-'));
  try {
    for (const part of ['src', 'deps', 'binding.gyp']) {
      cpSync(join(packageFolder, part), join(work, part), { recursive: true });
    }
    applyPatch(readPatch(), work);

    const defines = readFileSync(join(work, 'deps', 'defines.gypi'), 'utf8').matchAll(/'([A-Z0-9_]+(?:=[^']*)?)'/g);
    const sqliteDefines = Array.from(defines, (match) => `-D${match[1] ?? ''}`);
    const env = {
      ...process.env,
      ZIG_GLOBAL_CACHE_DIR: join(cacheFolder, 'zig'),
      ZIG_LOCAL_CACHE_DIR: join(work, 'zig'),
    };
    const common = ['-target', target, '-O2', '-fPIC', '-w'];

    await Promise.all([
      run(
        zig,
        [
          'cc',
          ...common,
          '-std=gnu99',
          ...sqliteDefines,
          '-c',
          join(work, 'deps/sqlite3/sqlite3.c'),
          '-o',
          join(work, 's.o'),
        ],
        env,
      ),
      run(
        zig,
        [
          'c++',
          ...common,
          '-std=c++20',
          '-fvisibility=hidden',
          '-DNAPI_VERSION=8',
          '-DNAPI_DISABLE_CPP_EXCEPTIONS',
          '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
          '-DBUILDING_NODE_EXTENSION',
          `-I${join(modulesFolder, 'node-api-headers', 'include')}`,
          `-I${join(modulesFolder, 'node-addon-api')}`,
          `-I${join(work, 'deps/sqlite3')}`,
          `-I${join(work, 'src')}`,
          '-c',
          join(work, 'src/better_sqlite3.cpp'),
          '-o',
          join(work, 'b.o'),
        ],
        env,
      ),
    ]);
    const linked = join(work, 'better_sqlite3.node');
    await run(
      zig,
      [
        'c++',
        '-target',
        target,
        '-shared',
        '-o',
        linked,
        join(work, 'b.o'),
        join(work, 's.o'),
        '-Wl,--allow-shlib-undefined',
        '-ldl',
        '-s',
      ],
      env,
    );
    mkdirSync(join(output, '..'), { recursive: true });
    // A rename, so that a parallel run never sees half a file.
    renameSync(linked, output);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Makes the SQLite binding present, says which one it took and returns its path. */
export async function provisionNative(): Promise<string> {
  const override = process.env['BAOBAO_NATIVE'];
  if (override) {
    console.log(`[native] BAOBAO_NATIVE: ${override}`);
    return override;
  }
  if (!canBuild()) {
    const path = nativeBindingPath();
    console.log(`[native] upstream prebuild for ${process.platform}-${process.arch}`);
    return path;
  }
  const output = builtBinding();
  if (existsSync(output)) {
    console.log(`[native] Node-API 8 build (cached): ${output}`);
    return output;
  }
  console.log(`[native] compiling better-sqlite3 ${version()} with Zig for ${target}, about two minutes …`);
  const started = Date.now();
  await compile(output);
  console.log(`[native] Node-API 8 build in ${Math.round((Date.now() - started) / 1000)} s: ${output}`);
  return output;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await provisionNative();
