import { isDeepStrictEqual } from 'node:util';
import type { Bundle, KnownOffice, Reader } from '../bundle/bundle-read.ts';
import type { Medium } from '../medium.ts';

interface Opened {
  readonly bundle: Bundle;
  /** What was known of its office when its signature was verified. */
  readonly office: KnownOffice | undefined;
}

/**
 * The file whose turn is next: opened, verified and begun to be unpacked while the one before it is merged, which else
 * waits for the disk once a file. Only time depends on it: a file that cannot be had so is opened again when its turn comes,
 * and says then what is wrong with it.
 */
export class NextFile {
  readonly #medium: Medium;
  readonly #reader: Reader;
  #path: string | null = null;
  #opening: Promise<Opened | null> = Promise.resolve(null);

  constructor(medium: Medium, reader: Reader) {
    this.#medium = medium;
    this.#reader = reader;
  }

  begin(path: string): void {
    if (this.#path === path) return;
    this.#path = path;
    const before = this.#opening;
    this.#opening = before.then((opened) => opened?.bundle.close()).then(() => this.#open(path));
  }

  /** The file, or null where it has to be opened by its turn. */
  async take(path: string): Promise<Bundle | null> {
    if (this.#path !== path) return null;
    const opened = await this.#opening;
    this.#path = null;
    this.#opening = Promise.resolve(null);
    if (opened === null) return null;
    // The file before it may have admitted or revoked its office.
    if (isDeepStrictEqual(opened.office, this.#reader.knownOffice(opened.bundle.manifest.office.id)))
      return opened.bundle;
    await opened.bundle.close();
    return null;
  }

  async close(): Promise<void> {
    const opened = await this.#opening;
    this.#opening = Promise.resolve(null);
    await opened?.bundle.close();
  }

  async #open(path: string): Promise<Opened | null> {
    let bundle: Bundle | undefined;
    try {
      bundle = await this.#medium.open(path, this.#reader);
      const office = this.#reader.knownOffice(bundle.manifest.office.id);
      await bundle.verify();
      return { bundle: begun(bundle), office };
    } catch {
      await bundle?.close();
      return null;
    }
  }
}

/** A verified file whose first rows are being unpacked. */
function begun(bundle: Bundle): Bundle {
  const { manifest, verify: _, ...rest } = bundle;
  let first = manifest.volumes.index === 1 && manifest.segments.length > 0 ? bundle.segment(0) : null;
  first?.catch(() => undefined);
  return {
    ...rest,
    manifest,
    verify: () => Promise.resolve(),
    segment(index) {
      if (index !== 0 || first === null) return bundle.segment(index);
      const segment = first;
      // Its rows can be gone through once.
      first = null;
      return segment;
    },
  };
}
