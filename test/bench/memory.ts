import { readFileSync } from 'node:fs';
import type { ElectronApplication } from '@playwright/test';

/** Memory of a process in MB of 1,048,576 bytes. */
export interface Footprint {
  /** Resident, shared libraries counted in full. */
  readonly rss: number;
  /** Resident, what is shared counted by its share. */
  readonly pss: number;
}

/** Both processes that hold the ledger's data. */
export interface Footprints {
  readonly ledger: Footprint;
  readonly window: Footprint;
}

const MB = 1024;

/** As the kernel counts it, in /proc: Linux only. */
function footprintOf(pid: number): Footprint {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kb = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'mu').exec(text)?.[1] ?? Number.NaN);
  return { rss: kb('Rss') / MB, pss: kb('Pss') / MB };
}

const larger = (left: Footprint, right: Footprint): Footprint => ({
  rss: Math.max(left.rss, right.rss),
  pss: Math.max(left.pss, right.pss),
});

/** Watches the two processes from now on, four times a second; `end` gives the most that was seen. */
export async function watchMemory(app: ElectronApplication): Promise<{ now(): Footprints; end(): Footprints }> {
  const pids = await app.evaluate(({ app: electron, BrowserWindow }) => ({
    window: BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
    ledger: electron.getAppMetrics().find((metric) => metric.name === 'baobao-ledger')?.pid ?? 0,
  }));
  const now = (): Footprints => ({ ledger: footprintOf(pids.ledger), window: footprintOf(pids.window) });
  let most = now();
  const look = (): void => {
    const seen = now();
    most = { ledger: larger(most.ledger, seen.ledger), window: larger(most.window, seen.window) };
  };
  const timer = setInterval(look, 250);
  return {
    now,
    end: () => {
      clearInterval(timer);
      look();
      return most;
    },
  };
}
