import { readFileSync, writeFileSync } from 'node:fs';
import { LoroDoc, LoroMap } from 'loro-crdt';
import * as Y from 'yjs';
import type { Value } from '../../shared/dictionary/index.ts';

export const peerNames = ['yjs', 'loro'] as const;
export type PeerName = (typeof peerNames)[number];

type Fields = readonly (readonly [string, Exclude<Value, null>])[];

/** A document of a published library for the same work: one map an entity, in it one map a row, so that fields merge. */
interface Document {
  setRow(entity: string, id: string, fields: Fields): void;
  /** Everything it knows, for another document. */
  update(): Uint8Array;
  apply(update: Uint8Array): void;
  /** What is kept on the disk. */
  snapshot(): Uint8Array;
}

function yjsDocument(client: number): Document {
  const doc = new Y.Doc();
  doc.clientID = client;
  return {
    setRow(entity, id, fields) {
      const rows = doc.getMap<Y.Map<unknown>>(entity);
      const row = rows.get(id);
      if (!row) rows.set(id, new Y.Map<unknown>(fields));
      else for (const [field, value] of fields) if (row.get(field) !== value) row.set(field, value);
    },
    update: () => Y.encodeStateAsUpdate(doc),
    apply: (update) => Y.applyUpdate(doc, update),
    snapshot: () => Y.encodeStateAsUpdate(doc),
  };
}

function loroDocument(client: number): Document {
  const doc = new LoroDoc();
  doc.setPeerId(BigInt(client));
  return {
    setRow(entity, id, fields) {
      const rows = doc.getMap(entity);
      const found = rows.get(id);
      const row = found instanceof LoroMap ? found : rows.setContainer(id, new LoroMap());
      for (const [field, value] of fields) if (row.get(field) !== value) row.set(field, value);
    },
    update() {
      doc.commit();
      return doc.export({ mode: 'update' });
    },
    apply: (update) => doc.import(update),
    snapshot() {
      doc.commit();
      return doc.export({ mode: 'snapshot' });
    },
  };
}

const documents: Readonly<Record<PeerName, (client: number) => Document>> = { yjs: yjsDocument, loro: loroDocument };

function setRows(document: Document, file: string): void {
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    const { entity, id, ...values } = JSON.parse(line) as Record<string, Value>;
    const fields = Object.entries(values).filter((pair): pair is [string, Exclude<Value, null>] => pair[1] !== null);
    document.setRow(String(entity), String(id), fields);
  }
}

/**
 * Counties make their older half, the city takes it, the counties work on; then each writes all that it has.
 *
 * @param older plain rows of each county as the city has them
 * @param newer as they are
 * @returns where the city's document and the counties' updates are
 */
export function preparePeer(
  name: PeerName,
  files: { readonly older: readonly string[]; readonly newer: readonly string[] },
): { readonly city: string; readonly updates: readonly string[] } {
  const city = documents[name](1000);
  const updates = files.newer.map((newer, index) => {
    const county = documents[name](index + 1);
    const older = files.older[index];
    if (older !== undefined) setRows(county, older);
    city.apply(county.update());
    setRows(county, newer);
    const path = `${newer}.${name}`;
    writeFileSync(path, county.update());
    return path;
  });
  const path = `${files.newer[0] ?? ''}.city.${name}`;
  writeFileSync(path, city.snapshot());
  return { city: path, updates };
}

/**
 * Merges all updates into the city's document, which is in memory already, and makes it durable once at the end. No
 * signature, no authority, no history that could be shown, no transaction a file.
 *
 * @returns ms
 */
export function mergePeer(name: PeerName, city: string, updates: readonly string[]): number {
  const document = documents[name](1000);
  document.apply(readFileSync(city));
  const start = performance.now();
  for (const update of updates) document.apply(readFileSync(update));
  writeFileSync(`${city}.merged`, document.snapshot(), { flush: true });
  return performance.now() - start;
}
