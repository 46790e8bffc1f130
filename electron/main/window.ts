import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, type Rectangle, screen, type WebPreferences } from 'electron';
import log from 'electron-log/main';
import { appOrigin } from './asset-path.ts';

export const windowTitle = '包保台账';

/** Spelled out although most are defaults: this is the list that a security review reads. */
export const safePreferences: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  spellcheck: false,
};

interface WindowState {
  readonly bounds: Rectangle;
  readonly maximized: boolean;
}

export interface WindowOptions {
  readonly dataFolder: string;
  readonly size: readonly [number, number] | undefined;
}

/** Opens the window where it was left, or as large as the screen allows. */
export function openMainWindow({ dataFolder, size }: WindowOptions): BrowserWindow {
  const stateFile = join(dataFolder, 'window.json');
  const state = size === undefined ? readState(stateFile) : undefined;
  const area = screen.getPrimaryDisplay().workAreaSize;
  const window = new BrowserWindow({
    width: size?.[0] ?? Math.min(1440, area.width),
    height: size?.[1] ?? Math.min(900, area.height),
    ...(state?.bounds ?? {}),
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: windowTitle,
    backgroundColor: '#f5f6f8',
    // In a test the page is the whole window, so that screenshots have the size asked for.
    useContentSize: size !== undefined,
    autoHideMenuBar: size !== undefined,
    webPreferences: { ...safePreferences, preload: join(app.getAppPath(), 'dist', 'preload', 'preload.cjs') },
  });
  if (state?.maximized) window.maximize();
  window.on('page-title-updated', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());
  const crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, details) => {
    log.error('the page is gone', details);
    const now = Date.now();
    crashes.push(now);
    // No data lives in the page: it is simply shown again, unless it would die again at once.
    if (crashes.filter((at) => now - at < 60_000).length <= 3) window.webContents.reload();
  });
  window.webContents.on('console-message', (event, level, message) => {
    // Electron before 35 says it in arguments, 3 meaning an error.
    if ((event.level ?? level) === 'error' || level === 3) log.error('[page]', event.message ?? message);
  });
  window.on('close', () => {
    if (size === undefined)
      writeState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  window.loadURL(`${appOrigin}/index.html`).catch((error: unknown) => log.error('page did not load', error));
  return window;
}

function readState(file: string): WindowState | undefined {
  try {
    const state: WindowState = JSON.parse(readFileSync(file, 'utf8'));
    return isOnScreen(state.bounds) ? state : undefined;
  } catch {
    // No file at the first start; a damaged one is worth no more than a default place.
    return undefined;
  }
}

/** A monitor may have been unplugged since: enough of the title bar must be reachable. */
function isOnScreen(bounds: Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching(bounds);
  return (
    bounds.x < workArea.x + workArea.width - 100 &&
    bounds.x + bounds.width > workArea.x + 100 &&
    bounds.y >= workArea.y - 10 &&
    bounds.y < workArea.y + workArea.height - 50
  );
}

function writeState(file: string, state: WindowState): void {
  try {
    writeFileSync(file, JSON.stringify(state));
  } catch (error) {
    log.warn('window state not saved', error);
  }
}
