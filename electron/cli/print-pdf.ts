import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundle } from '../../build/bundle.ts';
import { electronEnvironment, electronLaunch } from '../../build/run-electron.ts';
import { Fault } from '../../shared/contract/faults.ts';
import { writeFileWhole } from '../ledger/store/files.ts';

interface Ended {
  readonly code: number;
  readonly said: string;
}

/** Electron speaks of buses and drivers that a machine without a desktop lacks; it is heard only when printing failed. */
function runQuietly(args: readonly string[]): Promise<Ended> {
  const { command, args: full } = electronLaunch(args);
  return new Promise((done, fail) => {
    const said: string[] = [];
    const child = spawn(command, full, { stdio: ['ignore', 'pipe', 'pipe'], env: electronEnvironment() });
    child.stdout.on('data', (data) => said.push(String(data)));
    child.stderr.on('data', (data) => said.push(String(data)));
    child.once('error', fail);
    child.once('exit', (code) => done({ code: code ?? 1, said: said.join('') }));
  });
}

/** What the print run said in its own words, without Chromium's lines such as '[13:1122/0249.95:ERROR:bus.cc(399)] …'. */
const withoutNoise = (said: string): string =>
  said
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\[\d+:\d+\/[\d.]+:[A-Z]+:/u.test(line))
    .join(' ');

/**
 * Prints HTML to a PDF with the same Electron as the window, under a virtual display where there is none.
 *
 * @throws Fault UNEXPECTED when the print run failed, DISK_FULL, READ_ONLY
 */
export async function printPdf(html: string, pdf: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'baobao-print-'));
  try {
    // Standard output belongs to the command's own answer, which may be JSON.
    await bundle((line) => process.stderr.write(`${line}\n`));
    const page = join(folder, 'paper.html');
    const job = join(folder, 'job.json');
    writeFileWhole(page, html);
    writeFileWhole(job, JSON.stringify([{ html: page, pdf: resolve(pdf) }]));
    const { code, said } = await runQuietly(['--print-job', job]);
    if (code !== 0) throw new Fault('UNEXPECTED', { why: withoutNoise(said) || `打印任务没有完成，代码 ${code}` });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
