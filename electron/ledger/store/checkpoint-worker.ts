import { parentPort, workerData } from 'node:worker_threads';
import { connect, PATIENCE_MS } from './connect.ts';

const db = connect(String(workerData), { fileMustExist: true, timeout: PATIENCE_MS });

/** Each message: move what is in the write-ahead log to the main file; `end`: no more will come. Answers when it has let go of the file. */
parentPort?.on('message', (message: 'move' | 'end') => {
  if (message === 'move') {
    // Waits for nobody: what a reader still needs stays in the log.
    db.pragma('wal_checkpoint(PASSIVE)');
    return;
  }
  db.close();
  parentPort?.postMessage('closed');
  parentPort?.close();
});
