import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { Database as Sqlite } from 'better-sqlite3';
import type { Value } from '../../../shared/dictionary/index.ts';
import { prepared } from './prepared.ts';

interface Holder {
  readonly db: Sqlite;
}

/** 132 bits: no two texts share it, nor can one be made to. */
const DIGEST_CHARS = 22;
const NEWLINE = 0x0a;
/** Texts that stay unpacked, at least the last one: who asks for one row asks for its neighbours. */
const KEPT_BYTES = 16 * 1024 * 1024;

/** Where a row stands in a text, in bytes: the line that names its columns, and its values from '[' to past ']'. */
export interface PlaceInText {
  readonly heading: number;
  readonly from: number;
  readonly to: number;
}

const digestOf = (body: Buffer): string => createHash('sha256').update(body).digest('base64url').slice(0, DIGEST_CHARS);

/**
 * Keeps a text as it came, once.
 *
 * @param body the lines of one segment, packed by gzip
 * @returns its name in records: they say by it what they hold, and so does the chain of the journal
 */
export function keepReceived(holder: Holder, body: Buffer): string {
  const digest = digestOf(body);
  prepared(holder, 'INSERT INTO "received" ("digest", "body") VALUES (?, ?) ON CONFLICT DO NOTHING').run(digest, body);
  return digest;
}

class Text {
  readonly bytes: Buffer;
  readonly #columns = new Map<number, readonly string[]>();

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  columns(heading: number): readonly string[] {
    let columns = this.#columns.get(heading);
    if (!columns) {
      const end = this.bytes.indexOf(NEWLINE, heading);
      const line = this.bytes.toString('utf8', heading, end < 0 ? undefined : end);
      columns = (JSON.parse(line) as { readonly f: readonly string[] }).f;
      this.#columns.set(heading, columns);
    }
    return columns;
  }
}

/** Unpacked texts of a connection, the last one asked for at the end. */
const unpacked = new WeakMap<Sqlite, Map<string, Text>>();

/** A text as it came, packed. @throws SyntaxError where it is lost or damaged */
export function receivedBody(holder: Holder, digest: string): Buffer {
  const body = prepared(holder, 'SELECT "body" FROM "received" WHERE "digest" = ?', 'pluck').get(digest) as
    | Buffer
    | undefined;
  if (body === undefined || digestOf(body) !== digest) throw new SyntaxError(`received text ${digest}`);
  return body;
}

function textOf(holder: Holder, digest: string): Text {
  let texts = unpacked.get(holder.db);
  if (!texts) {
    texts = new Map();
    unpacked.set(holder.db, texts);
  }
  const text = texts.get(digest) ?? new Text(gunzipSync(receivedBody(holder, digest)));
  texts.delete(digest);
  texts.set(digest, text);
  let bytes = 0;
  for (const [name, { bytes: held }] of [...texts].reverse()) {
    bytes += held.length;
    if (bytes > KEPT_BYTES && name !== digest) texts.delete(name);
  }
  return text;
}

/**
 * A row as it came: its columns, and values for them from the first on; those left out at the end are nothing.
 *
 * @throws SyntaxError where the text is lost or damaged
 */
export function receivedRow(
  holder: Holder,
  digest: string,
  { heading, from, to }: PlaceInText,
): { readonly columns: readonly string[]; readonly values: readonly Value[] } {
  const text = textOf(holder, digest);
  return {
    columns: text.columns(heading),
    values: JSON.parse(text.bytes.toString('utf8', from, to)) as readonly Value[],
  };
}

/** Names of texts that are not what came; empty when sound. */
export function damagedTexts({ db }: Holder): readonly string[] {
  const rows = db.prepare('SELECT "digest", "body" FROM "received"').iterate() as Iterable<{
    readonly digest: string;
    readonly body: Buffer;
  }>;
  const damaged: string[] = [];
  for (const { digest, body } of rows) if (digestOf(body) !== digest) damaged.push(digest);
  return damaged;
}
