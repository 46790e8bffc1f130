import { withLedger } from '../procedure.ts';
import { explainLight } from './explain.ts';
import { behindRate, ratesAt } from './four-rates.ts';
import { packedLights } from './lights.ts';
import { groupsOn } from './units.ts';

export const ratesHandlers = {
  summary: withLedger.rates.summary.handler(({ context, input }) => ratesAt(context.session.store, input)),
  behind: withLedger.rates.behind.handler(({ context, input }) =>
    behindRate(context.session.store, input, input.key, input.kind),
  ),
  lights: withLedger.rates.lights.handler(({ context, input }) =>
    packedLights(context.session.store, input.date, input.scope),
  ),
  explain: withLedger.rates.explain.handler(({ context, input }) =>
    explainLight(context.session.store, input.projectId, input.date),
  ),
  groups: withLedger.rates.groups.handler(async ({ context, input }) =>
    (await groupsOn(context.session.store, input.date)).map((group) => ({ ...group, units: [...group.units] })),
  ),
};
