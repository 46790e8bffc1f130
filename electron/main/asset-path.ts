import { isAbsolute, join, posix } from 'node:path';

export const appOrigin = 'app://ledger';
const printOrigin = 'app://print';

/**
 * The file under `root` that an `app://ledger/…` address names, or undefined if it names none: another host, a broken
 * escape, or a way out of the folder.
 */
export function assetPath(root: string, address: string): string | undefined {
  const url = parse(address);
  if (url === undefined || url.host !== 'ledger') return undefined;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  // A backslash is a separator on Windows, a colon may name a drive or a stream there, and NUL ends a name everywhere.
  if (/[\\:\0]/.test(path) || path.split('/').includes('..')) return undefined;
  const inside = posix.normalize(path);
  return join(root, inside === '/' ? 'index.html' : inside);
}

/** Of what the page says was dropped on it, the paths of sync files and ledgers. */
export function droppedFiles(dropped: unknown): string[] {
  const paths: readonly unknown[] = Array.isArray(dropped) ? dropped : [];
  return paths.filter(
    (path): path is string => typeof path === 'string' && isAbsolute(path) && /\.(?:bbsync|bbledger)$/iu.test(path),
  );
}

/** The id in `app://print/<id>`, or undefined. */
export function printId(address: string): string | undefined {
  const url = parse(address);
  if (url === undefined || url.host !== 'print') return undefined;
  return /^\/([0-9a-f-]{36})$/.exec(url.pathname)?.[1];
}

export function printAddress(id: string): string {
  return `${printOrigin}/${id}`;
}

/** True for the pages of the program itself, the only ones that a window may show. */
export function isOwnPage(address: string): boolean {
  const url = parse(address);
  return url?.host === 'ledger';
}

function parse(address: string): URL | undefined {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  return url.protocol === 'app:' && url.username === '' && url.port === '' ? url : undefined;
}
