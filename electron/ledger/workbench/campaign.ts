import type { Campaign } from '../../../shared/contract/workbench.ts';
import { daysBetween, type IsoDate } from '../../../shared/domain/date.ts';
import type { SchemeBody } from '../../../shared/presets/index.ts';
import type { Store } from '../store/open.ts';

/** A campaign and where the day stands in it; both days of the window are inside (B1). */
export function campaignOn(
  window: { readonly name: string; readonly from: IsoDate; readonly to: IsoDate },
  today: IsoDate,
): Campaign {
  const total = daysBetween(window.from, window.to) + 1;
  const { name, from, to } = window;
  if (today < from) return { name, from, to, total, state: 'before', day: daysBetween(today, from) };
  if (today > to) return { name, from, to, total, state: 'after', day: 0 };
  return { name, from, to, total, state: 'running', day: daysBetween(from, today) + 1 };
}

/** The campaign of the scheme in force; null when no scheme has one. */
export async function currentCampaign(store: Store, today: IsoDate): Promise<Campaign | null> {
  const rule = await store.query
    .selectFrom('rule')
    .select('body')
    .where('kind', '=', 'scheme')
    .where('voided', '=', 0)
    .where('effectiveFrom', '<=', today)
    .orderBy('effectiveFrom', 'desc')
    .executeTakeFirst();
  if (rule?.body == null) return null;
  const { campaign } = JSON.parse(rule.body) as Partial<SchemeBody>;
  return campaign === undefined ? null : campaignOn(campaign, today);
}
