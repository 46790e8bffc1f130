import { join } from 'node:path';
import { implement } from '@orpc/server';
import { app, type BrowserWindow, clipboard } from 'electron';
import { platformContract } from '../../shared/contract/platform.ts';
import { openFolder, pickOpenFiles, pickSaveFile, showInFolder } from './dialogs.ts';
import type { EventHub } from './event-hub.ts';
import { htmlToPdf, listPrinters, printHtml } from './print.ts';
import { listRemovable } from './removable.ts';
import { windowTitle } from './window.ts';

export interface PlatformContext {
  readonly window: BrowserWindow;
  readonly events: EventHub;
  readonly dataFolder: string;
  readonly sample: boolean;
}

/** Answers the platform contract; it does not compile while a call is missing. */
export function createPlatformRouter() {
  const os = implement(platformContract).$context<PlatformContext>();
  return os.router({
    pickOpenFiles: os.pickOpenFiles.handler(({ input, context }) => pickOpenFiles(context.window, input)),
    pickSaveFile: os.pickSaveFile.handler(({ input, context }) => pickSaveFile(context.window, input)),
    showInFolder: os.showInFolder.handler(({ input }) => showInFolder(input.path)),
    openLogFolder: os.openLogFolder.handler(({ context }) => openFolder(join(context.dataFolder, 'logs'))),
    listRemovable: os.listRemovable.handler(() => listRemovable()),
    listPrinters: os.listPrinters.handler(({ context }) => listPrinters(context.window)),
    printHtml: os.printHtml.handler(({ input }) => printHtml(input)),
    htmlToPdf: os.htmlToPdf.handler(({ input }) => htmlToPdf(input.html, input.outPath)),
    copyText: os.copyText.handler(({ input }) => {
      clipboard.writeText(input.text);
      return { ok: true };
    }),
    setZoom: os.setZoom.handler(({ input, context }) => {
      context.window.webContents.setZoomFactor(input.factor);
      return { ok: true };
    }),
    appInfo: os.appInfo.handler(({ context }) => ({
      name: windowTitle,
      version: app.getVersion(),
      dataFolder: context.dataFolder,
      logFolder: join(context.dataFolder, 'logs'),
      system: process.platform,
      runtime: {
        electron: process.versions.electron,
        chrome: process.versions.chrome,
        node: process.versions.node,
      },
      packaged: app.isPackaged,
      sample: context.sample,
    })),
    events: os.events.handler(({ context, signal }) => context.events.listen(signal)),
  });
}
