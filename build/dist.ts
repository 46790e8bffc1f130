import { build, Platform } from 'electron-builder';
import { bundle } from './bundle.ts';
import { packaging } from './electron-builder.ts';
import { projectRoot } from './paths.ts';
import { provisionElectron } from './provision-electron.ts';
import { provisionNative } from './provision-native.ts';

/**
 * `npm run dist:dir` makes a folder that runs here; `dist:linux` (deb, AppImage) and `dist:win` (nsis) need
 * electron-builder's own tools from the network or its cache.
 */
const target = process.argv[2];
const targets =
  target === 'win'
    ? Platform.WINDOWS.createTarget()
    : target === 'linux'
      ? Platform.LINUX.createTarget()
      : Platform.current().createTarget('dir');

const runtime = await provisionElectron();
const binding = await provisionNative();
await bundle();
if (!runtime.official && target !== 'dir') {
  throw new Error(
    'The fallback Electron is for development and tests, never for shipping: see build/provision-electron.ts',
  );
}
const files = await build({ projectDir: projectRoot, targets, config: packaging(runtime, binding), publish: 'never' });
console.log(files.length === 0 ? '[dist] release/' : files.join('\n'));
