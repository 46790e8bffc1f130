import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Importer } from '../../electron/ledger/exchange/importer.ts';
import { type Office, region } from '../stories/exchange/offices.ts';

/**
 * Mutations of valid sync files at every byte region: each is refused in words or means what the original means; the
 * ledger is as before; memory stays bounded (exchange design, 'Known sender, unaltered content').
 */

/** Small, repeatable from its seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

type Kind = 'flip' | 'byte' | 'cut' | 'drop' | 'repeat' | 'swap' | 'zero' | 'grow';
const KINDS: readonly Kind[] = ['flip', 'byte', 'cut', 'drop', 'repeat', 'swap', 'zero', 'grow'];

/** One mutation at a place of the file, given as a share of its length. */
function mutate(original: Buffer, kind: Kind, place: number, random: () => number): Buffer {
  const at = Math.min(original.length - 1, Math.floor(place * original.length));
  const length = 1 + Math.floor(random() * 64);
  const copy = Buffer.from(original);
  switch (kind) {
    case 'flip':
      copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      return copy;
    case 'byte':
      copy[at] = Math.floor(random() * 256);
      return copy;
    case 'cut':
      return copy.subarray(0, at);
    case 'drop':
      return Buffer.concat([copy.subarray(0, at), copy.subarray(at + length)]);
    case 'repeat':
      return Buffer.concat([copy.subarray(0, at + length), copy.subarray(at)]);
    case 'swap': {
      const other = Math.floor(random() * original.length);
      const [left = 0, right = 0] = [copy[at], copy[other]];
      copy[at] = right;
      copy[other] = left;
      return copy;
    }
    case 'zero':
      return copy.fill(0, at, at + length);
    case 'grow':
      return Buffer.concat([copy, Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)))]);
  }
}

function write(path: string, bytes: Buffer): void {
  const handle = openSync(path, 'w');
  writeSync(handle, bytes);
  closeSync(handle);
}

interface Target {
  readonly reader: Office;
  readonly bytes: Buffer;
  readonly meaning: string;
}

export interface MutationResult {
  readonly files: number;
  /** Files that were taken though they mean something else, that threw, or that changed the ledger. */
  readonly wrong: readonly string[];
  /** Mutations that touch nothing that is read, such as a swap of equal bytes. */
  readonly harmless: number;
  /** Refusals by fault. */
  readonly refused: Readonly<Record<string, number>>;
  /** Growth of the process over the run. */
  readonly peakMb: number;
}

/** What an accepted file says of itself, without its path. */
function meaningOf(report: Awaited<ReturnType<Office['preview']>>): string {
  const { path: _, fileName: __, bytes: ___, ...rest } = report;
  return JSON.stringify(rest);
}

/** @param files how many mutations in all, spread evenly over the bytes of an upward and a downward file */
export async function runMutations(options: {
  readonly files: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}): Promise<MutationResult> {
  const random = randomOf(options.seed);
  const world = await region();
  const folder = join(world.folder, 'mutated');
  mkdirSync(folder, { recursive: true });
  const wrong: string[] = [];
  const refused: Record<string, number> = {};
  let harmless = 0;
  let peak = 0;
  try {
    const [county] = world.counties;
    if (!county) throw new Error('no county');
    for (let row = 0; row < 12; row += 1) county.addProject(`粮食仓储${row}期`);
    const project = county.addProject('污水处理厂');
    county.set('project', project, { content: '日处理能力两万吨，出水达到一级A标准' });
    await world.city.read(await county.send(world.city));
    world.city.set('project', project, { annualPlan: 90_000_000 });
    county.set('project', project, { note: '本月完成主体' });
    county.addProject('冷链物流园');
    const targets: Target[] = [];
    for (const [sender, reader] of [
      [county, world.city],
      [world.city, county],
    ] as const) {
      const path = await sender.send(reader);
      targets.push({ reader, bytes: readFileSync(path), meaning: meaningOf(await reader.preview(path)) });
    }
    const before = targets.map(({ reader }) => reader.dump());
    const start = process.memoryUsage().rss;
    const path = join(folder, 'file.bbsync');
    for (let n = 0; n < options.files; n += 1) {
      const target = targets[n % targets.length];
      const kind = KINDS[Math.floor(random() * KINDS.length)] ?? 'flip';
      if (!target) continue;
      const place = ((n / options.files) * 1.0001) % 1;
      const bytes = mutate(target.bytes, kind, place, random);
      if (bytes.equals(target.bytes)) {
        harmless += 1;
        continue;
      }
      write(path, bytes);
      const importer = new Importer(target.reader.store);
      try {
        const report = await importer.preview(path, { actor: target.reader.actor() });
        if (report.fault) refused[report.fault.code] = (refused[report.fault.code] ?? 0) + 1;
        else if (meaningOf(report) === target.meaning) harmless += 1;
        else wrong.push(`${kind} at ${place.toFixed(5)}: taken with another meaning`);
      } catch (error) {
        wrong.push(`${kind} at ${place.toFixed(5)}: ${error instanceof Error ? error.message : String(error)}`);
      } finally {
        importer.close();
      }
      peak = Math.max(peak, process.memoryUsage().rss);
      if ((n + 1) % 5000 === 0) options.log(`${n + 1} files`);
    }
    for (const [index, { reader }] of targets.entries()) {
      if (reader.dump() !== before[index]) wrong.push(`${reader.name}: the ledger changed`);
    }
    rmSync(path, { force: true });
    return { files: options.files, wrong, harmless, refused, peakMb: Math.max(0, peak - start) / 1024 / 1024 };
  } finally {
    world.close();
  }
}
