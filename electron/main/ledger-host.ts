import { join } from 'node:path';
import { app, MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import log from 'electron-log/main';

export interface LedgerHostOptions {
  readonly dataFolder: string;
  /** The ledger that the program was started with. */
  readonly ledger: string | undefined;
  readonly onRestarted: () => void;
  /** It died so often that another start would not help. */
  readonly onGivenUp: () => void;
}

/** More deaths than this within a minute mean a fault that a restart does not cure. */
const deathsPerMinute = 5;

/** Starts the ledger process, watches it and starts it again when it dies. */
export class LedgerHost {
  readonly #options: LedgerHostOptions;
  readonly #deaths: number[] = [];
  #process: UtilityProcess | undefined;
  #closing = false;

  constructor(options: LedgerHostOptions) {
    this.#options = options;
  }

  start(): void {
    const { ledger, dataFolder } = this.#options;
    const child = utilityProcess.fork(join(app.getAppPath(), 'dist', 'ledger', 'launch.cjs'), [], {
      serviceName: 'baobao-ledger',
      stdio: 'pipe',
      // As in the window: what was answered is let go before much of it has piled up.
      execArgv: ['--optimize-for-size'],
      env: {
        ...process.env,
        BAOBAO_NATIVE: nativeBinding(),
        BAOBAO_DATA_DIR: dataFolder,
        // After a death it goes on with what was open then.
        ...(ledger === undefined || this.#deaths.length > 0 ? {} : { BAOBAO_OPEN: ledger }),
      },
    });
    child.stdout?.on('data', (data: Buffer) => log.info('[ledger]', data.toString().trimEnd()));
    child.stderr?.on('data', (data: Buffer) => log.warn('[ledger]', data.toString().trimEnd()));
    child.once('exit', (code) => this.#onExit(child, code));
    this.#process = child;
  }

  /** A new port whose other end the ledger process answers. */
  connect(): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    this.#process?.postMessage({ kind: 'port' }, [port1]);
    return port2;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Asks the process to end by itself, so that the journal is checkpointed; waits at most two seconds. */
  async close(): Promise<void> {
    this.#closing = true;
    const child = this.#process;
    if (child === undefined) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        child.kill();
        resolve();
      }, 2_000);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      child.postMessage({ kind: 'close' });
    });
  }

  #onExit(child: UtilityProcess, code: number): void {
    if (this.#process !== child) return;
    this.#process = undefined;
    if (this.#closing) return;
    log.error(`ledger process ended with ${code}`);
    const now = Date.now();
    this.#deaths.push(now);
    if (this.#deaths.filter((at) => now - at < 60_000).length > deathsPerMinute) {
      this.#options.onGivenUp();
      return;
    }
    this.start();
    this.#options.onRestarted();
  }
}

/** Packaged, the binding lies beside the archive; unpackaged, whoever starts us says where it is. */
function nativeBinding(): string {
  if (app.isPackaged) return join(process.resourcesPath, 'native', 'better_sqlite3.node');
  const path = process.env['BAOBAO_NATIVE'];
  if (!path) throw new Error('BAOBAO_NATIVE is not set: start with npm start');
  return path;
}
