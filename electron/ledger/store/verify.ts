import { createHash } from 'node:crypto';
import { nextChain } from './digest.ts';
import type { Store } from './open.ts';
import { pageFindings } from './page-findings.ts';
import { damagedTexts } from './received.ts';
import type { JournalRow } from './tables.ts';

type Ledger = Pick<Store, 'db'>;

export interface Verdict {
  readonly ok: boolean;
  /** What SQLite's own full check found, in Chinese; empty when sound. */
  readonly pages: readonly string[];
  /** Journal rows read. */
  readonly entries: number;
  /** What does not fit in the journal, in Chinese; empty when sound. */
  readonly journal: readonly string[];
}

/** Digest and number of the records of an entry, in their order. */
function recordsOf(store: Ledger, n: number): { readonly digest: string; readonly count: number } {
  const hash = createHash('sha256');
  let count = 0;
  const rows = store.db.prepare('SELECT "record" FROM "change" WHERE "n" = ? ORDER BY "seq"').iterate(n) as Iterable<{
    record: string;
  }>;
  for (const { record } of rows) {
    count += 1;
    hash.update(record, 'utf8');
    hash.update('\n');
  }
  return { digest: hash.digest('hex'), count };
}

/**
 * Whether an entry's records are what was written. The digest of an import is that of its file, as the register has it; that
 * its rows are unaltered is shown by rebuilding the tables.
 */
function isUnaltered(store: Ledger, entry: JournalRow): boolean {
  const { digest, count } = recordsOf(store, entry.n);
  if (count !== entry.changes) return false;
  if (digest === entry.digest) return true;
  if (entry.kind !== 'sync') return false;
  const file = store.db.prepare('SELECT 1 FROM "exchange" WHERE "bundleId" = ? AND "digest" = ?');
  return file.get(entry.bundleId, entry.digest) !== undefined;
}

function checkJournal(store: Ledger): Pick<Verdict, 'entries' | 'journal'> {
  const found: string[] = [];
  let expected = 1;
  let chain = '';
  let entries = 0;
  const rows = store.db.prepare('SELECT * FROM "journal" ORDER BY "n"').all() as JournalRow[];
  for (const entry of rows) {
    entries += 1;
    if (entry.n !== expected)
      found.push(`流水缺第 ${expected} 号${entry.n - 1 > expected ? `至第 ${entry.n - 1} 号` : ''}`);
    if (!isUnaltered(store, entry)) {
      found.push(`第 ${entry.n} 号“${entry.title}”的内容与摘要不符`);
    }
    chain = nextChain(chain, entry.n, entry.digest);
    if (chain !== entry.chain) found.push(`第 ${entry.n} 号“${entry.title}”与前号的链接不符`);
    chain = entry.chain;
    expected = entry.n + 1;
  }
  for (const digest of damagedTexts(store)) found.push(`收到的原文“${digest}”与摘要不符`);
  return { entries, journal: found };
}

/** Full check of pages and journal: nothing missing, nothing altered since it was written. */
export function verify(store: Ledger): Verdict {
  let found: string[];
  try {
    found = (store.db.pragma('integrity_check(20)') as { integrity_check: string }[])
      .map((row) => row.integrity_check)
      .filter((text) => text !== 'ok');
  } catch (error) {
    // A damaged page makes the check itself throw; then that is the finding.
    found = [error instanceof Error ? error.message : String(error)];
  }
  const pages = pageFindings(found);
  const journal = pages.length === 0 ? checkJournal(store) : { entries: 0, journal: [] };
  return { ok: pages.length === 0 && journal.journal.length === 0, pages, ...journal };
}
