import type { ExportEstimate, ExportResult } from '../../../../shared/contract/exchange.ts';
import { Fault } from '../../../../shared/contract/faults.ts';
import { entityNames, type Value } from '../../../../shared/dictionary/index.ts';
import { parsePeriod } from '../../../../shared/domain/period.ts';
import { type Identity, readIdentity } from '../../store/meta.ts';
import type { Store } from '../../store/open.ts';
import { suggestedName } from '../bundle/layout.ts';
import type { RowToWrite } from '../bundle/record.ts';
import { type OfficeRow, officeRow } from '../offices/keys.ts';
import { chainAt, journalEnd, type PeerRow, type Point, readPeer } from '../offices/peers.ts';
import { labelOf } from '../register/register.ts';
import { RowSource } from './export-rows.ts';
import { PictureWatch, picturesFor } from './pictures-out.ts';

export interface ExportRequest {
  readonly officeId: string;
  /** Everything, for a receiver that has lost what it had or never had it. */
  readonly full: boolean;
}

/** Everything that decides what goes into a file for one receiver. */
export interface Consignment {
  readonly identity: Identity;
  readonly own: OfficeRow;
  readonly receiver: OfficeRow;
  readonly peer: PeerRow;
  readonly upward: boolean;
  readonly from: Point;
  readonly to: Point;
  readonly full: boolean;
}

export function needOffice(store: Store, id: string): OfficeRow {
  const office = officeRow(store, id);
  if (!office) throw new Fault('UNKNOWN_ROW', { what: '填报端' });
  return office;
}

export function consign(store: Store, request: ExportRequest): Consignment {
  const identity = readIdentity(store);
  const own = needOffice(store, identity.officeId);
  const receiver = needOffice(store, request.officeId);
  const upward = own.parentOfficeId === receiver.id;
  if (!upward && receiver.parentOfficeId !== own.id) {
    throw new Fault('NOT_ALLOWED', { why: `本单位与“${receiver.name}”之间没有报送关系` });
  }
  const peer = readPeer(store, receiver.id);
  const known = chainAt(store, peer.ackedN);
  // Nothing acknowledged, or not by this ledger's own count: everything goes, and needs nothing before it.
  const full = request.full || peer.ackedN === 0 || known === undefined;
  const from: Point = full ? [0, ''] : [peer.ackedN, known ?? ''];
  return { identity, own, receiver, peer, upward, from, to: journalEnd(store), full };
}

export function sourceOf(store: Store, consignment: Consignment): RowSource {
  const { receiver, peer, upward, full, from, to } = consignment;
  return new RowSource(store, {
    officeId: receiver.id,
    upward,
    full,
    from: from[0],
    to: to[0],
    receiverStream: peer.readStream,
  });
}

/** The newest period reported in the rows. */
export class PeriodWatch {
  latest: string | null = null;

  see(entity: string, columns: readonly string[], row: RowToWrite): void {
    if (entity !== 'submission' || !row.whole) return;
    const key: Value = row.values[columns.indexOf('period')] ?? null;
    if (typeof key === 'string' && (this.latest === null || key > this.latest)) this.latest = key;
  }
}

const THIRDS: Readonly<Record<string, string>> = { 1: '上旬', 2: '中旬', 3: '下旬' };

/** '2021-05-中旬' for '2021-05-2'; other keys as they are. */
export function periodInName(key: string | null): string | null {
  if (key === null || parsePeriod(key)?.kind !== 'tenDay') return key;
  return `${key.slice(0, 7)}-${THIRDS[key.slice(8)] ?? ''}`;
}

export function countsOf(counts: ReadonlyMap<string, number>): ExportResult['counts'] {
  const order = entityNames as readonly string[];
  return [...counts]
    .filter(([entity]) => !entity.startsWith('_'))
    .sort(([left], [right]) => order.indexOf(left) - order.indexOf(right))
    .map(([entity, rows]) => ({ entity, label: labelOf(entity), rows }));
}

/** What an export would hold, without writing anything. */
export function estimateExport(store: Store, request: ExportRequest): Omit<ExportEstimate, 'warnings'> {
  const consignment = consign(store, request);
  const counts = new Map<string, number>();
  const period = new PeriodWatch();
  let rows = 0;
  const pictures = new PictureWatch();
  for (const { entity, columns, row } of sourceOf(store, consignment).rows()) {
    pictures.see(entity, columns, row);
    counts.set(entity, (counts.get(entity) ?? 0) + 1);
    period.see(entity, columns, row);
    rows += 1;
  }
  const { own, receiver, peer, full } = consignment;
  const blobs = picturesFor(store, store.path, pictures, receiver.id);
  return {
    blobs: blobs.filter((blob) => !blob.thumb).length,
    blobBytes: blobs.reduce((sum, blob) => sum + blob.plainBytes, 0),
    officeId: receiver.id,
    officeName: receiver.name,
    full,
    counts: countsOf(counts),
    rows,
    period: period.latest,
    number: peer.nextNumber,
    suggestedName: suggestedName(own.name, receiver.name, periodInName(period.latest), peer.nextNumber),
  };
}
