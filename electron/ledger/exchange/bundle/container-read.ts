import { type FileHandle, open } from 'node:fs/promises';
import { type Entry, fromBufferPromise, fromFdPromise, type ZipFile } from 'yauzl';
import { Fault } from '../../../../shared/contract/faults.ts';
import { crc32 } from './crc32.ts';
import { isEntryName, MANIFEST, partLabel, README, SIGNATURE } from './layout.ts';
import { LIMITS } from './limits.ts';
import { faultOf, mediumFault } from './refuse.ts';

interface Place {
  readonly start: number;
  readonly bytes: number;
  readonly crc: number;
}

/** An opened sync file. Nothing in it is believed yet. */
export interface Container {
  readonly path: string;
  readonly size: number;
  /** Length of each entry by name. */
  readonly entries: ReadonlyMap<string, number>;
  /** All of it is in memory: what was read once is the same for ever. */
  readonly isHeld: boolean;
  /** The raw bytes of an entry. @throws Fault SYNC_CUT, SYNC_DAMAGED, FILE_GONE */
  read(name: string): Promise<Buffer>;
  /** Part of an entry, for those that are too long to hold. @throws Fault as `read` */
  readPart(name: string, start: number, bytes: number): Promise<Buffer>;
  /** Whether the archive's own check sum of an entry fits, to tell a failing stick from a forger. */
  soundlyStored(name: string, bytes: Uint8Array): boolean;
  close(): Promise<void>;
}

const MAGIC = Buffer.from('PK\u0003\u0004', 'latin1');
const SMALL: Readonly<Record<string, number>> = {
  [README]: LIMITS.readmeBytes,
  [MANIFEST]: LIMITS.manifestBytes,
  [SIGNATURE]: LIMITS.signatureBytes,
};

/** Files up to here are read at one go: what was checked is then what is used, whatever becomes of the stick. */
const WHOLE_BYTES = 32 * 1024 * 1024;

async function readFrom(file: FileHandle, start: number, bytes: number, path: string): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(bytes);
  let done = 0;
  while (done < bytes) {
    const { bytesRead } = await file.read(buffer, done, bytes - done, start + done);
    if (bytesRead === 0) throw faultOf('SYNC_CUT', path);
    done += bytesRead;
  }
  return buffer;
}

/** A file of which parts can be read, held in memory where it is small. */
interface Source {
  readonly size: number;
  readonly file: FileHandle;
  readonly whole: Buffer | null;
}

async function readAt(source: Source, start: number, bytes: number, path: string): Promise<Buffer> {
  if (source.whole === null) return readFrom(source.file, start, bytes, path);
  if (start + bytes > source.size) throw faultOf('SYNC_CUT', path);
  return source.whole.subarray(start, start + bytes);
}

async function checkMagic(file: FileHandle, path: string): Promise<Source> {
  const { size } = await file.stat();
  if (size > LIMITS.fileBytes) throw faultOf('SYNC_TOO_LARGE', path, `${Math.round(size / 1_000_000)} MB`);
  const whole = size <= WHOLE_BYTES ? await readFrom(file, 0, size, path) : null;
  const source = { size, file, whole };
  // A short text under our extension is another file, not one of ours cut off.
  const head = await readAt(source, 0, Math.min(size, MAGIC.length), path);
  if (!head.equals(MAGIC.subarray(0, head.length))) throw faultOf('SYNC_NOT_A_FILE', path);
  if (size < 64) throw faultOf('SYNC_CUT', path);
  return source;
}

function checkEntry(entry: Entry, seen: ReadonlyMap<string, Place>, path: string): void {
  const refuse = (why: string): never => {
    throw faultOf('SYNC_MALFORMED', path, why);
  };
  if (entry.fileNameLength > LIMITS.nameBytes || !isEntryName(entry.fileName)) {
    // Another archive altogether, such as a workbook, rather than one of ours with something slipped in.
    if (seen.size === 0) throw faultOf('SYNC_NOT_A_FILE', path);
    refuse('含有不认识的内容');
  }
  if (seen.has(entry.fileName)) refuse('内容重名');
  if (entry.compressionMethod !== 0 || entry.isEncrypted()) refuse('压缩方式不允许');
  if (entry.compressedSize !== entry.uncompressedSize) refuse('长度不一致');
  if (entry.uncompressedSize > (SMALL[entry.fileName] ?? LIMITS.fileBytes)) refuse('内容过大');
}

async function listEntries(zip: ZipFile, size: number, path: string): Promise<Map<string, Place>> {
  if (zip.entryCount > LIMITS.entries) throw faultOf('SYNC_MALFORMED', path, '条目过多');
  const places = new Map<string, Place>();
  let sum = 0;
  for await (const entry of zip.eachEntry()) {
    checkEntry(entry, places, path);
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    sum += entry.uncompressedSize;
    // Entries that overlap or reach past the end are made by hand, never by a writer.
    if (fileDataStart + entry.uncompressedSize > size || sum > size) throw faultOf('SYNC_MALFORMED', path, '条目越界');
    places.set(entry.fileName, { start: fileDataStart, bytes: entry.uncompressedSize, crc: entry.crc32 });
  }
  return places;
}

/** What yauzl says, as a fault: a lost end means a cut file, a bad name a forged one, the rest a damaged one. */
function archiveFault(error: unknown, path: string): Fault {
  if (error instanceof Fault) return error;
  const message = error instanceof Error ? error.message : '';
  if (error instanceof Error && 'code' in error) return mediumFault(error, path);
  if (/end of central directory/iu.test(message)) return faultOf('SYNC_CUT', path, undefined, error);
  if (/relative path|absolute path|invalid characters/iu.test(message)) {
    return faultOf('SYNC_MALFORMED', path, '含有不允许的路径', error);
  }
  return faultOf('SYNC_DAMAGED', path, '目录区', error);
}

async function openArchive(
  file: FileHandle,
  path: string,
): Promise<{ readonly source: Source; readonly places: Map<string, Place> }> {
  const source = await checkMagic(file, path);
  const options = { autoClose: false, lazyEntries: true, strictFileNames: true, validateEntrySizes: true };
  const zip = await (source.whole ? fromBufferPromise(source.whole, options) : fromFdPromise(file.fd, options));
  const places = await listEntries(zip, source.size, path);
  if (places.size === 0) throw faultOf('SYNC_NOT_A_FILE', path);
  for (const name of [README, MANIFEST, SIGNATURE]) {
    if (!places.has(name)) throw faultOf('SYNC_MALFORMED', path, `缺少${partLabel(name)}`);
  }
  return { source, places };
}

/**
 * Opens a sync file and checks its frame: magic, size, number and names of entries, no compression, nothing out of bounds.
 *
 * @throws Fault SYNC_NOT_A_FILE, SYNC_CUT, SYNC_DAMAGED, SYNC_MALFORMED, SYNC_TOO_LARGE, FILE_GONE
 */
export async function openContainer(path: string): Promise<Container> {
  let file: FileHandle | undefined;
  try {
    const opened = await open(path, 'r');
    file = opened;
    const { source, places } = await openArchive(opened, path);
    const placeOf = (name: string): Place => {
      const place = places.get(name);
      if (!place) throw faultOf('SYNC_MALFORMED', path, `缺少${partLabel(name)}`);
      return place;
    };
    return {
      path,
      size: source.size,
      isHeld: source.whole !== null,
      entries: new Map([...places].map(([name, place]) => [name, place.bytes])),
      async read(name) {
        const place = placeOf(name);
        try {
          return await readAt(source, place.start, place.bytes, path);
        } catch (error) {
          throw mediumFault(error, path);
        }
      },
      async readPart(name, start, bytes) {
        const place = placeOf(name);
        if (start + bytes > place.bytes) throw faultOf('SYNC_CUT', path);
        try {
          return await readAt(source, place.start + start, bytes, path);
        } catch (error) {
          throw mediumFault(error, path);
        }
      },
      soundlyStored: (name, bytes) => crc32(bytes) === placeOf(name).crc,
      close: () => opened.close(),
    };
  } catch (error) {
    await file?.close();
    throw archiveFault(error, path);
  }
}
