import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { RPCHandler } from '@orpc/server/message-port';
import { app, BrowserWindow, type IpcMainEvent, ipcMain, MessageChannelMain } from 'electron';
import log from 'electron-log/main';
import { droppedFiles, isOwnPage } from './asset-path.ts';
import { openFolder } from './dialogs.ts';
import { EventHub } from './event-hub.ts';
import { guardEverything, refusesToStart } from './guards.ts';
import { LedgerHost } from './ledger-host.ts';
import { startLog } from './log.ts';
import { setMenu } from './menu.ts';
import { createPlatformRouter, type PlatformContext } from './platform.ts';
import { runPrintJob } from './print-job.ts';
import { registerScheme, serveScheme } from './protocol.ts';
import { claimSingleInstance } from './single-instance.ts';
import { parseStart } from './start-options.ts';
import { openMainWindow } from './window.ts';

/** Composition root of the main process. */
const options = parseStart(process.argv.slice(1), process.cwd(), process.env);
if (options.dataFolder !== undefined) {
  mkdirSync(options.dataFolder, { recursive: true });
  app.setPath('userData', options.dataFolder);
}
const dataFolder = app.getPath('userData');

// Chromium's own sandbox cannot run as root (build machines start with --no-sandbox); asked for both, its children die.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
// With 20,000 projects the window holds 100 MB; left alone, V8 lets garbage of the grid pile up to six times that.
app.commandLine.appendSwitch('js-flags', '--optimize-for-size');
registerScheme();

if (refusesToStart()) {
  console.error('包保台账不允许带远程调试参数启动。');
  app.exit(1);
} else if (options.printJob !== undefined) {
  const { printJob } = options;
  // Each paper's hidden window closes; that must not end the job.
  app.on('window-all-closed', () => {});
  // Beside a running program: its own profile, so that the two do not wait for each other.
  app.setPath('userData', join(app.getPath('temp'), `baobao-print-${process.pid}`));
  app.whenReady().then(async () => {
    prepare();
    app.exit(await runPrintJob(printJob));
  });
} else {
  run();
}

function prepare(): void {
  startLog(app.getPath('userData'));
  guardEverything();
  serveScheme(join(app.getAppPath(), 'dist', 'renderer'));
}

function run(): void {
  const events = new EventHub();
  let window: BrowserWindow | undefined;
  const isFirst = claimSingleInstance((files) => {
    if (files.length > 0) events.emit({ kind: 'open-files', paths: [...files] });
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  if (!isFirst) {
    app.exit(0);
    return;
  }
  // A ledger is open before the window asks; what else was given is told to it.
  const asked = options.files.find((path) => /\.bbledger$/iu.test(path));
  const others = options.files.filter((path) => path !== asked);
  if (others.length > 0) events.emit({ kind: 'open-files', paths: others });
  app.on('open-file', (_event, path) => events.emit({ kind: 'open-files', paths: [path] }));

  const ledger = new LedgerHost({
    dataFolder,
    ledger: asked,
    onRestarted: () => {
      sendLedgerPort();
      events.emit({ kind: 'ledger-restarted' });
    },
    onGivenUp: () => events.emit({ kind: 'ledger-failed' }),
  });
  const platform = new RPCHandler(createPlatformRouter());

  function sendLedgerPort(): void {
    if (window && !window.isDestroyed()) window.webContents.postMessage('baobao:port', 'ledger', [ledger.connect()]);
  }

  function sendPlatformPort(target: BrowserWindow): void {
    const { port1, port2 } = new MessageChannelMain();
    const context: PlatformContext = { window: target, events, dataFolder, sample: options.sample };
    platform.upgrade(port1, { context });
    port1.start();
    target.webContents.postMessage('baobao:port', 'platform', [port2]);
  }

  /** The window that an event comes from: only the page of the program itself, and its top frame. */
  function senderOf({ senderFrame: frame, sender }: IpcMainEvent): BrowserWindow | null {
    const from = BrowserWindow.fromWebContents(sender);
    if (from && from === window && frame && frame.parent === null && isOwnPage(frame.url)) return from;
    log.warn('denied to', frame?.url);
    return null;
  }

  ipcMain.on('baobao:ready', (event) => {
    const sender = senderOf(event);
    if (sender === null) return;
    sendPlatformPort(sender);
    sendLedgerPort();
  });

  ipcMain.on('baobao:dropped', (event, dropped: unknown) => {
    const paths = senderOf(event) === null ? [] : droppedFiles(dropped);
    if (paths.length > 0) events.emit({ kind: 'open-files', paths });
  });

  app.on('window-all-closed', () => app.quit());
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    ledger.close().finally(() => {
      closed = true;
      app.quit();
    });
  });

  app.whenReady().then(() => {
    prepare();
    log.info(`start ${app.getVersion()}, Electron ${process.versions.electron}`);
    // The page takes longest to be ready, then the ledger process; both start beside what follows.
    window = openMainWindow({ dataFolder, size: options.windowSize });
    ledger.start();
    setMenu({
      command: (command) => events.emit({ kind: 'command', command }),
      openLogFolder: () => void openFolder(join(dataFolder, 'logs')),
      window: () => window,
    });
    window.once('closed', () => {
      window = undefined;
    });
  });
}
