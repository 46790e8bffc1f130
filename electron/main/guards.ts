import { app, type Session, session, type WebContents } from 'electron';
import log from 'electron-log/main';
import { isOwnPage } from './asset-path.ts';

/** A remote debugger would see every person's data; the fuses do not cover these switches. */
const debugSwitches: readonly string[] = ['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address'];

export function refusesToStart(): boolean {
  return process.env['BAOBAO_TEST'] !== '1' && debugSwitches.some((name) => app.commandLine.hasSwitch(name));
}

/** No window leaves the program, opens another or gets a permission, whatever its page does. */
export function guardEverything(): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  app.on('session-created', denyPermissions);
  denyPermissions(session.defaultSession);
}

function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    log.warn('window.open denied', url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event, url) => {
    if (!isOwnPage(url)) {
      log.warn('navigation denied', url);
      event.preventDefault();
    }
  });
  contents.on('will-frame-navigate', (event) => {
    // A preview frame shows the paper that its parent wrote into it (srcdoc), never an address.
    if (!isOwnPage(event.url) && event.url !== 'about:srcdoc') event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

function denyPermissions(target: Session): void {
  target.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  target.setPermissionCheckHandler(() => false);
  target.setDevicePermissionHandler(() => false);
  // A save goes through the ledger process; the page itself downloads nothing.
  target.on('will-download', (event) => event.preventDefault());
}
