import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Values that makers leave where a number should be; the same on every PC, so no sign of one. */
const NOTHING = /^(|none|0+|f+|default string|not specified|to be filled.*|system serial number|unknown|\(null\))$/iu;

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    // Not there, or for the administrator only: the other signs have to do.
    return '';
  }
}

function entries(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** Main board and disks by the kernel's word. Removable disks and network cards do not count: they come and go. */
function linuxSigns(): string[] {
  const board = ['product_uuid', 'board_serial', 'product_serial'].map((name) => readText(`/sys/class/dmi/id/${name}`));
  const disks = entries('/sys/block')
    .filter((name) => readText(`/sys/block/${name}/removable`) === '0')
    .flatMap((name) =>
      ['device/serial', 'device/wwid', 'wwid'].map((file) => readText(join('/sys/block', name, file))),
    );
  const cards = entries('/sys/class/net')
    .filter((name) => entries(`/sys/class/net/${name}/device`).length > 0)
    .map((name) => readText(`/sys/class/net/${name}/address`));
  return [...board, ...disks, ...cards];
}

/** The identity of board and firmware as Windows keeps it; a disk image put on another PC gets another one. */
async function windowsSigns(): Promise<string[]> {
  try {
    const { stdout } = await run('reg', ['query', 'HKLM\\SYSTEM\\HardwareConfig', '/v', 'LastConfig'], {
      timeout: 5000,
      windowsHide: true,
    });
    return [/\{[0-9a-f-]{36}\}/iu.exec(stdout)?.[0] ?? ''];
  } catch {
    return [];
  }
}

function networkSigns(): string[] {
  return Object.values(networkInterfaces()).flatMap((list) =>
    // The second lowest bit of the first byte marks an address that software has made up.
    (list ?? [])
      .filter(({ internal, mac }) => !internal && (Number.parseInt(mac.slice(0, 2), 16) & 2) === 0)
      .map(({ mac }) => mac),
  );
}

/**
 * Signs of this PC's hardware, each hashed with `salt`: board, fixed disks, network cards. Never an id of the operating
 * system, which a disk image copies. Empty where nothing can be read.
 */
export async function machineSigns(salt: string): Promise<readonly string[]> {
  const found = process.platform === 'win32' ? await windowsSigns() : linuxSigns();
  const signs = [...found, ...networkSigns()].map((sign) => sign.toLowerCase()).filter((sign) => !NOTHING.test(sign));
  return [...new Set(signs)]
    .map((sign) => createHash('sha256').update(`${salt}\n${sign}`).digest('hex').slice(0, 24))
    .sort();
}

/**
 * Whether two lists of signs are of different PCs: less than half of the shorter list is in the other. A replaced disk or
 * network card leaves a PC what it is; where one side knows nothing, nothing is concluded.
 */
export function isOtherMachine(stored: readonly string[], present: readonly string[]): boolean {
  if (stored.length === 0 || present.length === 0) return false;
  const known = new Set(stored);
  const shared = present.filter((sign) => known.has(sign)).length;
  return shared * 2 < Math.min(stored.length, present.length);
}
