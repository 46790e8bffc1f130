import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../build/paths.ts';
import { electronEnvironment, electronLaunch } from '../../build/run-electron.ts';
import { tool } from './launch.ts';

/** Papers looked at from outside: HTML → PDF by the program's own Electron, then poppler's tools. */

/** A word as pdftotext finds it; millimetres from the page's upper left corner. */
export interface PdfWord {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface PdfPage {
  readonly width: number;
  readonly height: number;
  readonly words: readonly PdfWord[];
}

const MM = 25.4 / 72;

/** Makes a PDF of each HTML document in one start of the program (`--print-job`). Returns their paths in order. */
export async function htmlToPdfs(documents: readonly string[]): Promise<string[]> {
  if (!existsSync(join(projectRoot, 'dist/main/main.cjs'))) await (await import('../../build/bundle.ts')).bundle();
  const folder = mkdtempSync(join(tmpdir(), 'baobao-pdf-'));
  const items = documents.map((html, index) => {
    const item = { html: join(folder, `${index}.html`), pdf: join(folder, `${index}.pdf`) };
    writeFileSync(item.html, html);
    return item;
  });
  const job = join(folder, 'job.json');
  writeFileSync(job, JSON.stringify(items));
  const { command, args } = electronLaunch([`--print-job=${job}`]);
  const said: string[] = [];
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: electronEnvironment() });
    child.stdout.on('data', (data) => said.push(String(data)));
    child.stderr.on('data', (data) => said.push(String(data)));
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`print job ended with ${code}:\n${said.join('')}`);
  return items.map((item) => item.pdf);
}

/** What `pdfinfo` says, by key. */
export function pdfInfo(pdf: string): ReadonlyMap<string, string> {
  const lines = tool('pdfinfo', [pdf]).split('\n');
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
}

/** Text of a page range in reading order. */
export function pdfText(pdf: string, first: number, last: number = first): string {
  return tool('pdftotext', ['-f', String(first), '-l', String(last), '-layout', pdf, '-']);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');
const attribute = (tag: string, name: string): number => Number(new RegExp(`${name}="([\\d.-]+)"`).exec(tag)?.[1]) * MM;

/** Pages with their words and places. */
export function pdfPages(pdf: string): PdfPage[] {
  const xml = tool('pdftotext', ['-bbox', pdf, '-']);
  return [...xml.matchAll(/(<page [^>]*>)([\s\S]*?)<\/page>/g)].map(([, head = '', body = '']) => ({
    width: attribute(head, 'width'),
    height: attribute(head, 'height'),
    words: [...body.matchAll(/(<word [^>]*>)([^<]*)<\/word>/g)].map(([, tag = '', text = '']) => ({
      text: plain(text),
      left: attribute(tag, 'xMin'),
      right: attribute(tag, 'xMax'),
      top: attribute(tag, 'yMin'),
      bottom: attribute(tag, 'yMax'),
    })),
  }));
}
