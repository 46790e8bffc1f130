import { eventIterator, oc } from '@orpc/contract';
import * as z from 'zod';

/**
 * What the window asks of the main process: dialogs, printing, folders. No business rule.
 * Expected failures are values with a Chinese reason, ready to be shown.
 */

/** Done, or the reason in Chinese why not. */
const outcome = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), reason: z.string() }),
]);
export type Outcome = z.infer<typeof outcome>;

/** Extensions without the dot, as Electron's dialogs want them. */
const fileFilter = z.object({ name: z.string(), extensions: z.array(z.string()) });
export type FileFilter = z.infer<typeof fileFilter>;

const removable = z.object({
  path: z.string(),
  label: z.string(),
  /** Bytes a user may still write; null where the system does not tell. */
  freeBytes: z.number().nullable(),
  readOnly: z.boolean(),
});
export type Removable = z.infer<typeof removable>;

const printer = z.object({ name: z.string(), displayName: z.string() });
export type Printer = z.infer<typeof printer>;

const menuCommand = z.enum(['undo', 'redo', 'find', 'help', 'about']);
export type MenuCommand = z.infer<typeof menuCommand>;

const platformEvent = z.discriminatedUnion('kind', [
  /** .bbsync or .bbledger files were opened from the file manager, dropped on the window or handed over by a second start. */
  z.object({ kind: z.literal('open-files'), paths: z.array(z.string()) }),
  /** The ledger process died and a new one answers; what had been acknowledged is on disk. */
  z.object({ kind: z.literal('ledger-restarted') }),
  /** The ledger process died too often; nothing answers until the program is started again. */
  z.object({ kind: z.literal('ledger-failed') }),
  z.object({ kind: z.literal('command'), command: menuCommand }),
]);
export type PlatformEvent = z.infer<typeof platformEvent>;

const appInfo = z.object({
  name: z.string(),
  version: z.string(),
  dataFolder: z.string(),
  logFolder: z.string(),
  /** `linux`, `win32`, … */
  system: z.string(),
  runtime: z.object({ electron: z.string(), chrome: z.string(), node: z.string() }),
  packaged: z.boolean(),
  /** Started with `--sample`: the window opens the sample data by itself. */
  sample: z.boolean(),
});
export type AppInfo = z.infer<typeof appInfo>;

export const platformContract = {
  /** Absolute paths; empty when the user cancels. */
  pickOpenFiles: oc
    .input(
      z.object({
        title: z.string(),
        filters: z.array(fileFilter).optional(),
        multiple: z.boolean().optional(),
        /** Choose a folder instead of files. */
        directory: z.boolean().optional(),
      }),
    )
    .output(z.array(z.string())),
  /** An absolute path; null when the user cancels. */
  pickSaveFile: oc
    .input(z.object({ title: z.string(), defaultName: z.string(), filters: z.array(fileFilter).optional() }))
    .output(z.string().nullable()),
  showInFolder: oc.input(z.object({ path: z.string() })).output(outcome),
  openLogFolder: oc.output(outcome),
  listRemovable: oc.output(z.array(removable)),
  listPrinters: oc.output(z.array(printer)),
  /** Prints without a dialog when `deviceName` is given, else with the system's dialog. */
  printHtml: oc
    .input(z.object({ html: z.string(), deviceName: z.string().optional(), copies: z.int().min(1).max(99).optional() }))
    .output(outcome),
  /** The page size is that of the document's own @page rule. Replaces `outPath` only when the PDF is complete. */
  htmlToPdf: oc.input(z.object({ html: z.string(), outPath: z.string() })).output(outcome),
  copyText: oc.input(z.object({ text: z.string() })).output(outcome),
  /** 1 is 100 %. */
  setZoom: oc.input(z.object({ factor: z.number().min(0.5).max(3) })).output(outcome),
  appInfo: oc.output(appInfo),
  /** Never ends while the window lives; what happened before the first listener is kept for it. */
  events: oc.output(eventIterator(platformEvent)),
};
