import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundle } from '../../build/bundle.ts';
import { runElectron } from '../../build/run-electron.ts';
import { Fault } from '../../shared/contract/faults.ts';
import { writeFileWhole } from '../ledger/store/files.ts';

/**
 * Prints HTML to a PDF with the same Electron as the window, under a virtual display where there is none.
 *
 * @throws Fault UNEXPECTED when the print run failed, DISK_FULL, READ_ONLY
 */
export async function printPdf(html: string, pdf: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'baobao-print-'));
  try {
    await bundle();
    const page = join(folder, 'paper.html');
    const job = join(folder, 'job.json');
    writeFileWhole(page, html);
    writeFileWhole(job, JSON.stringify([{ html: page, pdf: resolve(pdf) }]));
    const code = await runElectron(['--print-job', job]);
    if (code !== 0) throw new Fault('UNEXPECTED', { why: `打印任务没有完成，代码 ${code}` });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
