import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Bundle, openBundle, type Reader } from '../../electron/ledger/exchange/bundle/bundle-read.ts';
import { Importer } from '../../electron/ledger/exchange/import/importer.ts';
import { readerOf } from '../../electron/ledger/exchange/offices/keys.ts';
import { chooseSuite } from '../../electron/ledger/exchange/offices/suite-choice.ts';
import { readIdentity } from '../../electron/ledger/store/meta.ts';
import { Fault } from '../../shared/contract/faults.ts';
import { randomOf } from '../helpers/random.ts';
import { type Office, type Region, region } from '../stories/exchange/offices.ts';

/**
 * Mutations of valid sync files at every byte region: each is refused in words or means what the original means; the
 * ledger is as before; memory stays bounded (exchange design, 'Known sender, unaltered content').
 *
 * Each file lies on a disk and goes through the reader as an import calls it (`openBundle`, `verify`). What the reader lets
 * pass, and every fiftieth file whatever it is, goes through a whole import over the ledger.
 */

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
      return copy.fill(0, at, Math.min(copy.length, at + length));
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
  readonly keys: Reader;
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

type Report = Awaited<ReturnType<Office['preview']>>;

/** What an accepted file says of itself, without its path. */
function meaningOf(report: Report): string {
  const { path: _, fileName: __, bytes: ___, ...rest } = report;
  return JSON.stringify(rest);
}

/** One file in so many goes through a whole import though the reader has refused it. */
const WHOLE_IMPORT_EVERY = 50;
/** SM2 in JavaScript takes ten times as long: one file in so many is of that suite. */
const SM_EVERY = 16;

interface Letter {
  readonly path: string;
  readonly reader: Office;
}

async function letter(sender: Office, reader: Office): Promise<Letter> {
  return { path: await sender.send(reader), reader };
}

async function targetOf({ path, reader }: Letter): Promise<Target> {
  const keys = readerOf(reader.store, readIdentity(reader.store));
  return { reader, keys, bytes: readFileSync(path), meaning: meaningOf(await reader.preview(path)) };
}

/** An upward and a downward file of each suite. */
async function makeTargets({
  city,
  counties: [county],
}: Region): Promise<Record<'standard' | 'sm', readonly Target[]>> {
  if (!county) throw new Error('no county');
  for (let row = 0; row < 12; row += 1) county.addProject(`粮食仓储${row}期`);
  const project = county.addProject('污水处理厂');
  county.set('project', project, { content: '日处理能力两万吨，出水达到一级A标准' });
  await city.read(await county.send(city));
  city.set('project', project, { annualPlan: 90_000_000 });
  county.set('project', project, { note: '本月完成主体' });
  county.addProject('冷链物流园');
  const standard = [await letter(county, city), await letter(city, county)];
  chooseSuite(city.store, 2, city.actor());
  await county.read(await city.send(county));
  await city.read(await county.send(city));
  county.set('project', project, { note: '下月竣工' });
  city.set('project', project, { annualPlan: 80_000_000 });
  const sm = [await letter(county, city), await letter(city, county)];
  // What a file means is asked of the ledgers as they will be while it is altered.
  const all: Target[] = [];
  for (const each of [...standard, ...sm]) all.push(await targetOf(each));
  return { standard: all.slice(0, 2), sm: all.slice(2) };
}

/** The code of a refusal, or null for a file that the reader lets pass. @throws what is no refusal */
async function refusalOf(path: string, keys: Reader): Promise<string | null> {
  let bundle: Bundle | undefined;
  try {
    bundle = await openBundle(path, keys);
    await bundle.verify();
    return bundle.trust === 'admitted' ? null : 'candidate';
  } catch (error) {
    if (error instanceof Fault && error.code !== 'UNEXPECTED' && error.message.length > 0) return error.code;
    throw error;
  } finally {
    await bundle?.close();
  }
}

class Mutations {
  readonly wrong: string[] = [];
  readonly refused: Record<string, number> = {};
  harmless = 0;
  readonly #path: string;
  #tried = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** @param what mutation, for the list of what went wrong */
  async try(target: Target, bytes: Buffer, what: string): Promise<void> {
    this.#tried += 1;
    if (bytes.equals(target.bytes)) {
      this.harmless += 1;
      return;
    }
    write(this.#path, bytes);
    try {
      const refusal = await refusalOf(this.#path, target.keys);
      if (refusal !== null) this.refused[refusal] = (this.refused[refusal] ?? 0) + 1;
      if (refusal === null || this.#tried % WHOLE_IMPORT_EVERY === 0) await this.#import(target, refusal, what);
    } catch (error) {
      this.wrong.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #import({ reader, keys, meaning }: Target, refusal: string | null, what: string): Promise<void> {
    const importer = new Importer(reader.store, keys);
    try {
      const report = await importer.preview(this.#path, { actor: reader.actor() });
      const code = report.fault?.code ?? (report.state === 'candidate' ? 'candidate' : null);
      if (code !== refusal && refusal !== null)
        this.wrong.push(`${what}: ${refusal} to the reader, ${code} to the import`);
      // The reader lets pass what is well sealed; the import may still refuse what it says.
      else if (refusal === null && code !== null) this.refused[code] = (this.refused[code] ?? 0) + 1;
      else if (refusal === null && meaningOf(report) === meaning) this.harmless += 1;
      else if (refusal === null) this.wrong.push(`${what}: taken with another meaning`);
    } finally {
      await importer.close();
    }
  }
}

/** @param files how many mutations in all, spread evenly over the bytes of upward and downward files of both suites */
export async function runMutations(options: {
  readonly files: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}): Promise<MutationResult> {
  const random = randomOf(options.seed);
  const world = await region();
  const folder = join(world.folder, 'mutated');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'file.bbsync');
  const mutations = new Mutations(path);
  let peak = 0;
  try {
    const targets = await makeTargets(world);
    const all = [...targets.standard, ...targets.sm];
    const before = all.map(({ reader }) => reader.dump());
    const start = process.memoryUsage.rss();
    for (let n = 0; n < options.files; n += 1) {
      const group = n % SM_EVERY === 0 ? targets.sm : targets.standard;
      const target = group[Math.floor(random() * group.length)];
      const kind = KINDS[Math.floor(random() * KINDS.length)];
      if (!target || !kind) throw new RangeError('no target');
      const place = ((n / options.files) * 1.0001) % 1;
      await mutations.try(target, mutate(target.bytes, kind, place, random), `${kind} at ${place.toFixed(5)}`);
      if (n % 100 === 0) peak = Math.max(peak, process.memoryUsage.rss());
      if ((n + 1) % 5000 === 0) options.log(`${n + 1} files`);
    }
    const { wrong, refused, harmless } = mutations;
    for (const [index, { reader }] of all.entries()) {
      if (reader.dump() !== before[index]) wrong.push(`${reader.name}: the ledger changed`);
    }
    rmSync(path, { force: true });
    return { files: options.files, wrong, harmless, refused, peakMb: Math.max(0, peak - start) / 1024 / 1024 };
  } finally {
    world.close();
  }
}
