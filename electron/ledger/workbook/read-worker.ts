import { parentPort, workerData } from 'node:worker_threads';
import { Fault, type FaultCode, type FaultDetail } from '../../../shared/contract/faults.ts';
import type { WorkbookContent } from './content.ts';
import { parseWorkbook } from './parse.ts';

/** What the thread is given. */
export interface ReadRequest {
  readonly bytes: Uint8Array;
  readonly fileName: string;
}

/** What it answers, once. */
export type ReadAnswer =
  | { readonly ok: true; readonly content: WorkbookContent }
  | { readonly ok: false; readonly code: FaultCode; readonly detail: FaultDetail };

const { bytes, fileName } = workerData as ReadRequest;

async function answer(): Promise<ReadAnswer> {
  try {
    return {
      ok: true,
      content: await parseWorkbook(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), fileName),
    };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, code: error.code, detail: error.detail };
    return { ok: false, code: 'UNEXPECTED', detail: { why: error instanceof Error ? error.message : String(error) } };
  }
}

void answer().then((result) => parentPort?.postMessage(result));
