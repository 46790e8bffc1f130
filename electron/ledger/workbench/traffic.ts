import { entityNames, entityOf } from '../../../shared/dictionary/index.ts';
import { dateAt } from '../../../shared/domain/date.ts';
import { parsePeriod, periodLabel } from '../../../shared/domain/period.ts';
import { reviewed } from '../rates/index.ts';
import type { Session } from '../session/session.ts';

/** 建议修改 and 冲突 that wait for someone. */
export async function waitingFor({ store, identity }: Session) {
  const proposals = await store.query
    .selectFrom('proposal')
    .select(['toOwner', 'fromOfficeId'])
    .where('state', '=', 'open')
    .where('voided', '=', 0)
    .execute();
  const conflicts = await store.query
    .selectFrom('conflict')
    .select('id')
    .where('state', '=', 'open')
    .where('voided', '=', 0)
    .execute();
  const mine = identity.level === 'city' ? 'city' : 'unit';
  const isOurs = (fromOfficeId: string | null): boolean => fromOfficeId === identity.officeId;
  // What a county suggests to its town is addressed to a unit, but not to itself.
  const decides = proposals.filter(
    ({ toOwner, fromOfficeId }) => toOwner === mine && !(mine === 'unit' && isOurs(fromOfficeId)),
  );
  const { heldBack } = reviewed(store);
  const asked = [...heldBack.values()].filter(({ standing }) => standing === 'requested');
  return {
    requests: new Set(asked.map(({ projectId, batch }) => `${projectId} ${batch.period}`)).size,
    proposals: decides.length,
    proposed: proposals.filter((proposal) => isOurs(proposal.fromOfficeId) && !decides.includes(proposal)).length,
    conflicts: conflicts.length,
  };
}

/** Sync files read on the ledger's day, the newest first. */
export async function filesReadToday(session: Session) {
  const { query } = session.store;
  const rows = await query
    .selectFrom('exchange')
    .leftJoin('office', 'office.id', 'exchange.officeId')
    .select(['exchange.id', 'exchange.at', 'exchange.period', 'exchange.fileName', 'office.name as officeName'])
    .where('direction', '=', 'in')
    .where('outcome', '=', 'applied')
    .orderBy('exchange.at', 'desc')
    .limit(200)
    .execute();
  const today = session.today();
  return rows
    .filter((row) => dateAt(row.at) === today)
    .map(({ id, at, period, fileName, officeName }) => {
      const parsed = period === null ? null : parsePeriod(period);
      return { id, at, fileName, officeName: officeName ?? '', period: parsed === null ? null : periodLabel(parsed) };
    });
}

const LOCAL = entityNames.filter((name) => entityOf(name).travels === false);

function ownRowsSince(session: Session, n: number): number {
  const marks = LOCAL.map(() => '?').join(', ');
  const row = session.store.db
    .prepare(
      `SELECT count(DISTINCT c."rowId") AS "rows" FROM "change" c JOIN "journal" j ON j."n" = c."n"
       WHERE j."n" > ? AND j."officeId" = ? AND j."kind" NOT IN ('setup', 'sync') AND c."entity" NOT IN (${marks || "''"})`,
    )
    .get(n, session.identity.officeId, ...LOCAL) as { rows: number };
  return row.rows;
}

interface LastOut {
  readonly officeId: string | null;
  readonly toN: number;
  readonly at: number;
}

function lastExports(session: Session): readonly LastOut[] {
  return session.store.db
    .prepare(
      `SELECT "officeId", max("toN") AS "toN", max("at") AS "at" FROM "exchange"
       WHERE "direction" = 'out' AND "toN" IS NOT NULL GROUP BY "officeId"`,
    )
    .all() as LastOut[];
}

/** Rows changed here since the last file that took them to the city (county). */
export function unsentUpward(session: Session): { readonly changes: number; readonly lastAt: number | null } {
  const outs = lastExports(session);
  const to = outs.reduce((most, out) => Math.max(most, out.toN), 0);
  const lastAt = outs.reduce<number | null>((latest, out) => Math.max(latest ?? 0, out.at), null);
  return { changes: ownRowsSince(session, to), lastAt };
}

/** Rows changed here since the file sent down longest ago, and offices that have not got them (city). */
export async function unsentDownward(
  session: Session,
): Promise<{ readonly changes: number; readonly offices: number }> {
  const offices = await session.store.query
    .selectFrom('office')
    .select('id')
    .where('voided', '=', 0)
    .where('status', '=', 'admitted')
    .where('id', '!=', session.identity.officeId)
    .execute();
  const sent = new Map(lastExports(session).map((out) => [out.officeId, out.toN]));
  const last = session.store.db
    .prepare(`SELECT max("n") AS "n" FROM "journal" WHERE "officeId" = ? AND "kind" NOT IN ('setup', 'sync')`)
    .get(session.identity.officeId) as { n: number | null };
  const behind = offices.filter(({ id }) => (sent.get(id) ?? 0) < (last.n ?? 0));
  if (behind.length === 0) return { changes: 0, offices: 0 };
  const from = Math.min(...behind.map(({ id }) => sent.get(id) ?? 0));
  return { changes: ownRowsSince(session, from), offices: behind.length };
}
