import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { protocol } from 'electron';
import { assetPath, printId } from './asset-path.ts';

/** Scripts come from the program's own folder only; nothing may be fetched from anywhere. antd writes style elements. */
const windowPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'none'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** A printed paper is dead: no script at all. */
const printPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'";

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

const printPages = new Map<string, string>();

/** Makes `html` loadable as `app://print/<id>` until it is removed. */
export function addPrintPage(id: string, html: string): void {
  printPages.set(id, html);
}

export function removePrintPage(id: string): void {
  printPages.delete(id);
}

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the window's files from `root` and the printed papers from memory; everything else is 404. */
export function serveScheme(root: string): void {
  protocol.handle('app', async (request) => {
    if (request.method !== 'GET') return notFound();
    const id = printId(request.url);
    if (id !== undefined) {
      const html = printPages.get(id);
      return html === undefined ? notFound() : answer(html, '.html', printPolicy);
    }
    const path = assetPath(root, request.url);
    if (path === undefined) return notFound();
    try {
      return answer(new Uint8Array(await readFile(path)), extname(path), windowPolicy);
    } catch {
      return notFound();
    }
  });
}

function answer(body: string | Uint8Array<ArrayBuffer>, extension: string, policy: string): Response {
  return new Response(body, {
    headers: {
      'content-type': mediaTypes[extension] ?? 'application/octet-stream',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}

function notFound(): Response {
  return new Response('', { status: 404 });
}
