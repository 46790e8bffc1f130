import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import Database, { type Database as Sqlite, type Statement } from 'better-sqlite3';
import type { Bundle } from '../../electron/ledger/exchange/bundle/bundle-read.ts';
import type { ManifestFacts } from '../../electron/ledger/exchange/bundle/bundle-write.ts';
import { type Manifest, parseManifest } from '../../electron/ledger/exchange/bundle/manifest.ts';
import { type RowToWrite, SegmentEncoder } from '../../electron/ledger/exchange/bundle/record.ts';
import { decodeSegment } from '../../electron/ledger/exchange/bundle/segment-read.ts';
import type { Suite } from '../../electron/ledger/exchange/bundle/suite.ts';
import type { BundleSink, Medium } from '../../electron/ledger/exchange/medium.ts';
import type { Store } from '../../electron/ledger/store/open.ts';

/**
 * Ledgers and sync files in memory, for schedules by the ten thousand: the program's own SQLite, tables, journal, commit,
 * export, merge, manifest and record text; no disk, no zip, no seal, no signature. A connection lives through all schedules,
 * each of which is one transaction that is rolled back, so that statements are prepared once.
 */

type Mode = 'rows' | 'raw' | 'pluck';
type Parameters = readonly unknown[];

/** Tables of the program, save those of the dictionary in which nothing has happened. */
const TABLES = `SELECT "name" FROM "sqlite_master" WHERE "type" = 'table' AND "name" NOT LIKE 'sqlite_%' AND (
  "name" IN (SELECT DISTINCT "entity" FROM "change") OR "sql" NOT LIKE '%"_stamps"%')`;

/** A statement of a mode; the compiled one is shared with whoever asks for the same text in the same mode. */
class SharedStatement {
  readonly #db: MemoryDb;
  readonly #sql: string;
  #mode: Mode = 'rows';

  constructor(db: MemoryDb, sql: string) {
    this.#db = db;
    this.#sql = sql;
  }

  raw(): this {
    this.#mode = 'raw';
    return this;
  }

  pluck(): this {
    this.#mode = 'pluck';
    return this;
  }

  #statement(): Statement<unknown[]> {
    return this.#db.compiled(this.#sql, this.#mode);
  }

  get(...parameters: Parameters): unknown {
    return this.#statement().get(...parameters);
  }

  all(...parameters: Parameters): unknown[] {
    return this.#statement().all(...parameters);
  }

  run(...parameters: Parameters): Database.RunResult {
    return this.#statement().run(...parameters);
  }

  iterate(...parameters: Parameters): Iterable<unknown> {
    // What is written meanwhile must not disturb the reader, nor find its statement busy.
    return this.#statement().all(...parameters);
  }
}

interface TableText {
  readonly text: string;
  readonly rows: number;
}

/** What the program asks of a connection, inside the one transaction that is a schedule. */
class MemoryDb {
  readonly #real: Sqlite;
  readonly #compiled: Readonly<Record<Mode, Map<string, Statement<unknown[]>>>> = {
    rows: new Map(),
    raw: new Map(),
    pluck: new Map(),
  };
  readonly #templates = new Map<string, TableText>();
  #depth = 0;

  constructor(bytes: Buffer) {
    const nativeBinding = process.env['BAOBAO_NATIVE'];
    this.#real = new Database(bytes, nativeBinding ? { nativeBinding } : {});
    for (const pragma of ['foreign_keys = ON', 'temp_store = MEMORY', 'cache_size = -32000']) this.#real.pragma(pragma);
  }

  compiled(sql: string, mode: Mode): Statement<unknown[]> {
    const compiled = this.#compiled[mode];
    let statement = compiled.get(sql);
    if (!statement) {
      statement = this.#real.prepare<unknown[]>(sql);
      if (mode !== 'rows') statement[mode]();
      compiled.set(sql, statement);
    }
    return statement;
  }

  prepare(sql: string): SharedStatement {
    return new SharedStatement(this, sql);
  }

  transaction<F extends (...parameters: never[]) => unknown>(work: F): Database.Transaction<F> {
    return this.#real.transaction(work) as unknown as Database.Transaction<F>;
  }

  pragma(text: string, options?: Database.PragmaOptions): unknown {
    return /^(wal_|journal_mode|synchronous)/u.test(text) ? [] : this.#real.pragma(text, options);
  }

  get inTransaction(): boolean {
    return this.#depth > 0;
  }

  /** The program's transactions are savepoints of the schedule's. */
  exec(sql: string): void {
    if (sql.startsWith('BEGIN')) {
      this.#real.exec('SAVEPOINT "program"');
      this.#depth += 1;
      return;
    }
    if (sql !== 'COMMIT' && sql !== 'ROLLBACK') throw new Error(`not expected of a ledger in memory: ${sql}`);
    this.#real.exec(sql === 'COMMIT' ? 'RELEASE "program"' : 'ROLLBACK TO "program"; RELEASE "program"');
    this.#depth -= 1;
  }

  /** Everything as the template has it. */
  begin(): void {
    if (this.#real.inTransaction) this.#real.exec('ROLLBACK');
    this.#depth = 0;
    this.#real.exec('BEGIN');
  }

  keep(name: string): void {
    this.#real.exec(`SAVEPOINT "${name}"`);
  }

  goBackTo(name: string): void {
    this.#real.exec(`ROLLBACK TO "${name}"`);
  }

  /** What a table holds before anything happened in a schedule; asked for while that is so. */
  #template(table: string): TableText {
    let known = this.#templates.get(table);
    if (!known) {
      const rows = this.#rowsOf(table);
      known = { text: JSON.stringify(rows), rows: rows.length };
      this.#templates.set(table, known);
    }
    return known;
  }

  #rowsOf(table: string): unknown[][] {
    return this.compiled(`SELECT * FROM "${table}"`, 'raw').all() as unknown[][];
  }

  /** Takes over what another has that began from the same template, as this one begins. Most tables are alike, or have grown. */
  copy(from: MemoryDb): void {
    for (const table of from.compiled(TABLES, 'pluck').all() as string[]) {
      const rows = from.#rowsOf(table);
      const text = JSON.stringify(rows);
      const mine = this.#template(table);
      if (text === mine.text) continue;
      const hasGrown = mine.rows > 0 && text.startsWith(`${mine.text.slice(0, -1)},`);
      if (!hasGrown) this.compiled(`DELETE FROM "${table}"`, 'rows').run();
      const marks = (rows[0] ?? []).map(() => '?').join(', ');
      for (const row of rows.slice(hasGrown ? mine.rows : 0))
        this.compiled(`INSERT INTO "${table}" VALUES (${marks})`, 'rows').run(...row);
    }
  }

  close(): void {
    this.#real.close();
  }
}

/** A ledger in memory that can be taken back to its template, and to a backup. */
export interface MemoryLedger {
  readonly store: Store;
  begin(): void;
  backUp(): string;
  /** Only to the latest backup: SQLite's savepoints lie one on the other. */
  goBackTo(backup: string): void;
  /** Another PC with the same ledger, which has begun. */
  clone(): MemoryLedger;
  close(): void;
}

let ledgers = 0;

/** @param bytes of a ledger file that is not in WAL mode */
export function memoryLedger(bytes: Buffer): MemoryLedger {
  return ledgerOn(new MemoryDb(bytes), { bytes, spare: [] });
}

/** What ledgers begin from, with connections that are free again: their statements are prepared. */
interface Template {
  readonly bytes: Buffer;
  readonly spare: MemoryDb[];
}

function ledgerOn(db: MemoryDb, template: Template, release: () => unknown = () => db.close()): MemoryLedger {
  ledgers += 1;
  const path = `/memory/${ledgers}.bbledger`;
  const store: Store = {
    path,
    db: db as unknown as Sqlite,
    // Nothing of the exchange asks through Kysely.
    query: undefined as never,
    gate: { holder: null },
    listeners: new Set(),
    asOf: null,
    close: () => undefined,
  };
  let backups = 0;
  return {
    store,
    begin() {
      store.gate.holder = null;
      backups = 0;
      db.begin();
    },
    backUp() {
      backups += 1;
      const name = `backup ${backups}`;
      db.keep(name);
      return name;
    },
    goBackTo: (backup) => db.goBackTo(backup),
    clone() {
      // SQLite gives the bytes of a connection only as they were before its transaction.
      const { bytes, spare } = template;
      const other = spare.pop() ?? new MemoryDb(bytes);
      other.begin();
      other.copy(db);
      return ledgerOn(other, template, () => spare.push(other));
    },
    close: () => void release(),
  };
}

interface MemoryFile {
  readonly manifest: Buffer;
  readonly segments: readonly Buffer[];
}

class MemoryWriter implements BundleSink {
  readonly #suite: Suite;
  readonly #keep: (path: string, file: MemoryFile) => void;
  readonly #encoder = new SegmentEncoder();
  readonly #counts = new Map<string, number>();
  #rows = 0;

  constructor(suite: Suite, keep: (path: string, file: MemoryFile) => void) {
    this.#suite = suite;
    this.#keep = keep;
  }

  get rows(): number {
    return this.#rows;
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  add(entity: string, columns: readonly string[], row: RowToWrite): undefined {
    this.#encoder.group(entity, columns);
    this.#encoder.row(row);
    this.#rows += 1;
    this.#counts.set(entity, (this.#counts.get(entity) ?? 0) + 1);
  }

  write: BundleSink['write'] = (path, facts, to) => {
    const plain = Buffer.from(this.#rows === 0 ? '' : this.#encoder.text(), 'utf8');
    const manifest = this.#manifest(facts, plain, to.own.public);
    const bytes = Buffer.from(JSON.stringify(manifest), 'utf8');
    this.#keep(path, { manifest: bytes, segments: plain.length === 0 ? [] : [plain] });
    return Promise.resolve({
      path,
      bytes: bytes.length + plain.length,
      digest: createHash('sha256').update(bytes).digest('hex'),
      manifest,
      volumes: [],
      contentKey: new Uint8Array(32),
    });
  };

  #manifest(facts: ManifestFacts, plain: Buffer, signer: Manifest['signer']): Manifest {
    const none = { bytes: plain.length, plainBytes: plain.length, sha256: '0'.repeat(64) };
    return {
      otherKeys: [],
      readable: [this.#suite.id],
      ...facts,
      counts: Object.fromEntries(this.#counts),
      rows: this.#rows,
      readme: { bytes: 0, sha256: '0'.repeat(64) },
      segments: plain.length === 0 ? [] : [{ name: 'data/000.ndjson.gz', ...none }],
      suite: this.#suite.id,
      signer,
      receivers: [],
      passphrase: null,
    };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Files of one schedule. Whose they are is what they say: keys and seals are not of this layer. */
export function memoryMedium(): { readonly medium: Medium; path(): string; forget(): void } {
  const files = new Map<string, MemoryFile>();
  const beside = new WeakMap<Store, Store>();
  let named = 0;
  const open = (path: string): Bundle => {
    const file = files.get(path);
    if (!file) throw new Error(`no file ${path}`);
    const manifest = parseManifest(file.manifest, path);
    return {
      path,
      size: file.manifest.length,
      manifest,
      digest: createHash('sha256').update(file.manifest).digest('hex'),
      trust: 'admitted',
      verify: () => Promise.resolve(),
      segment: (index) => {
        const plain = file.segments[index] ?? Buffer.alloc(0);
        return Promise.resolve({
          packed: gzipSync(plain, { level: 1 }),
          plain,
          groups: decodeSegment(plain, path, `第 ${index} 段`),
        });
      },
      blob: () => {
        throw new Error('no pictures in memory');
      },
      close: () => Promise.resolve(),
    };
  };
  return {
    medium: {
      beside(store) {
        let other = beside.get(store);
        if (!other) {
          // The gate and the connection are the ledger's own: nothing else happens to it meanwhile.
          other = { ...store, close: () => undefined };
          beside.set(store, other);
        }
        return other;
      },
      writer: (suite) => new MemoryWriter(suite, (path, file) => files.set(path, file)),
      open: (path) => Promise.resolve(open(path)),
    },
    path() {
      named += 1;
      return `/memory/${named}.bbsync`;
    },
    forget: () => files.clear(),
  };
}
