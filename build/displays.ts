import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** Virtual displays, one for each run of windows at the same time: what shares one shares clipboard and focus. */
export interface Displays {
  /** As `DISPLAY` names them. */
  readonly names: readonly string[];
  end(): void;
}

/** The X server says on descriptor 3 which number was free, once it can be used. */
function numberOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    (server.stdio[3] as Readable).on('data', (data: Buffer) => {
      text += data.toString();
      if (text.endsWith('\n')) resolve(text.trim());
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
}

export async function startDisplays(count: number): Promise<Displays> {
  const servers = Array.from({ length: count }, () =>
    spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    }),
  );
  const end = (): void => {
    for (const server of servers) server.kill();
  };
  try {
    // One after another: two that look for a free number at the same time may find the same.
    const names: string[] = [];
    for (const server of servers) names.push(`:${await numberOf(server)}`);
    return { names, end };
  } catch (error) {
    end();
    throw error;
  }
}
