import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { modulesFolder } from './paths.ts';
import type { ElectronRuntime } from './provision-electron.ts';

/**
 * What is shipped: the bundles in one archive and one SQLite binding beside it. node_modules stays at home, since every
 * process is bundled.
 * @param binding the SQLite binding of this machine's platform
 */
export function packaging(runtime: ElectronRuntime, binding: string): Configuration {
  const native = (from: string): { from: string; to: string } => ({ from, to: 'native/better_sqlite3.node' });
  return {
    appId: 'cn.baobao.ledger',
    productName: '包保台账',
    copyright: 'Baobao Ledger developers',
    directories: { output: 'release', buildResources: 'build/icons' },
    files: ['package.json', 'dist/**', '!dist/**/*.map', '!dist/.stamp', '!node_modules/**'],
    asar: true,
    npmRebuild: false,
    electronDist: runtime.dist,
    electronVersion: runtime.version,
    fileAssociations: [
      {
        ext: 'bbsync',
        name: '包保台账同步文件',
        description: '包保台账同步文件',
        mimeType: 'application/x-baobao-sync',
      },
      { ext: 'bbledger', name: '包保台账', description: '包保台账文件', mimeType: 'application/x-baobao-ledger' },
    ],
    electronFuses: {
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      // Playwright drives a test package through the inspector.
      enableNodeCliInspectArguments: process.env['BAOBAO_TEST_PACKAGE'] === '1',
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
    },
    // The fallback runtime carries a default app that would be found before ours.
    afterPack: ({ appOutDir }) => {
      rmSync(join(appOutDir, 'resources', 'app'), { recursive: true, force: true });
      return Promise.resolve();
    },
    linux: {
      executableName: 'baobao-ledger',
      target: ['deb', 'AppImage'],
      category: 'Office',
      icon: 'icon.png',
      extraResources: [native(binding)],
    },
    deb: {
      depends: ['libgtk-3-0', 'libnotify4', 'libnss3', 'libxss1', 'libasound2', 'libgbm1'],
      fpm: ['--deb-no-default-config-files'],
    },
    win: {
      target: ['nsis'],
      icon: 'icon.ico',
      extraResources: [native(join(modulesFolder, 'better-sqlite3', 'prebuilds', 'win32-x64.node'))],
    },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      installerLanguages: ['zh_CN'],
      language: '2052',
      shortcutName: '包保台账',
      // A ledger is worth more than a clean uninstall.
      deleteAppDataOnUninstall: false,
    },
  };
}
