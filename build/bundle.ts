import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build as esbuild, type Plugin } from 'esbuild';
import { build as vite } from 'vite';
import { projectRoot } from './paths.ts';

const dist = join(projectRoot, 'dist');
const stampFile = join(dist, '.stamp');

/** The Node bundles: entry, output. CommonJS for the Node 18 inside Electron 25. The command line runs from source. */
const bundles: readonly [entry: string, output: string][] = [
  ['electron/main/main.ts', 'main/main.cjs'],
  ['electron/preload/preload.ts', 'preload/preload.cjs'],
  ['electron/ledger/launch.ts', 'ledger/launch.cjs'],
  ['electron/ledger/entry.ts', 'ledger/ledger.cjs'],
  ['electron/ledger/workbook/read-worker.ts', 'ledger/workbook-reader.cjs'],
  ['electron/ledger/exchange/bundle/sealing-worker.ts', 'ledger/sealing-worker.cjs'],
  ['electron/ledger/store/checkpoint-worker.ts', 'ledger/checkpoint-worker.cjs'],
];

/** Changes when any source does: paths, sizes and times of what goes into dist/. */
function sourceStamp(): string {
  const hash = createHash('sha256');
  const patterns = ['{shared,electron,renderer}/**/*.*', 'build/*.ts', '*.config.ts', 'package-lock.json'];
  for (const file of globSync(patterns, { cwd: projectRoot }).sort()) {
    const { size, mtimeMs } = statSync(join(projectRoot, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/**
 * A package that is imported only when it is needed (Excel, 国密) becomes a file of its own beside the bundle: compiling it
 * at every start would cost as much as all the rest.
 */
const lazyPackages: Plugin = {
  name: 'lazy-packages',
  setup(build) {
    // The filter is read by esbuild, in Go's dialect, which knows no flag u.
    build.onResolve({ filter: /^[@a-z]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === lazyPackages) return null;
      const found = await build.resolve(path, { kind, resolveDir, pluginData: lazyPackages });
      if (found.external) return found;
      const output = `lazy/${path.replace('@', '').replaceAll('/', '-')}.cjs`;
      await bundleNode(found.path, `ledger/${output}`);
      return { path: `./${output}`, external: true };
    });
  },
};

async function bundleNode(entry: string, output: string): Promise<void> {
  const source = resolve(projectRoot, entry);
  const isPreload = entry.includes('preload');
  await esbuild({
    entryPoints: [source],
    outfile: join(dist, output),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    external: ['electron'],
    // As require(): code that came from a cache of compiled code may not import().
    supported: { 'dynamic-import': false },
    sourcemap: 'linked',
    // Half as much to read at each start; names stay, for the log.
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'warning',
    // A thread is started from its text, which has no neighbours: it stays one file.
    plugins: entry.endsWith('worker.ts') ? [] : [lazyPackages],
    // A sandboxed preload has no node: modules.
    ...(isPreload
      ? {}
      : {
          banner: { js: "const __moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
          define: { 'import.meta.url': '__moduleUrl' },
        }),
  });
}

/** Bundles every process into dist/. Does nothing, and says nothing of it to `say`, if no source has changed since. */
export async function bundle(say?: (line: string) => void): Promise<void> {
  const stamp = sourceStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    if (say === undefined) console.log('[build] dist/ is up to date');
    return;
  }
  const started = Date.now();
  mkdirSync(dist, { recursive: true });
  rmSync(stampFile, { force: true });
  rmSync(join(dist, 'ledger'), { recursive: true, force: true });
  // A test runner says NODE_ENV=test, of which React and antd would make another page (every dialog the same id).
  const callers = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await Promise.all([
      ...bundles.map(([entry, output]) => bundleNode(entry, output)),
      vite({ configFile: join(projectRoot, 'vite.config.ts'), logLevel: 'warn' }),
    ]);
  } finally {
    if (callers === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = callers;
  }
  writeFileSync(stampFile, stamp);
  (say ?? console.log)(`[build] dist/ in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await bundle();
