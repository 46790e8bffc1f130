import { readFile } from 'node:fs/promises';
import { htmlToPdf } from './print.ts';

interface PrintJobItem {
  readonly html: string;
  readonly pdf: string;
}

/**
 * `--print-job=<file>`: makes a PDF of each HTML file in the list `[{html, pdf}]` without showing a window.
 * @returns the exit code
 */
export async function runPrintJob(jobFile: string): Promise<number> {
  try {
    const items: readonly PrintJobItem[] = JSON.parse(await readFile(jobFile, 'utf8'));
    for (const item of items) {
      const outcome = await htmlToPdf(await readFile(item.html, 'utf8'), item.pdf);
      if (!outcome.ok) {
        console.error(`${item.pdf}：${outcome.reason}`);
        return 1;
      }
    }
    return 0;
  } catch (error) {
    console.error(`打印任务“${jobFile}”无法执行：${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}
