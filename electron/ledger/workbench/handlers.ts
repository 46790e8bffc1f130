import { withLedger } from '../procedure.ts';
import { cityLights, cityWorkbench, rateTrend } from './city.ts';
import { countyWorkbench } from './county.ts';
import { weeklyNotes, weeklyPaper } from './weekly.ts';

export const workbenchHandlers = {
  city: withLedger.workbench.city.handler(({ context }) => cityWorkbench(context.session)),
  cityLights: withLedger.workbench.cityLights.handler(({ context }) => cityLights(context.session)),
  county: withLedger.workbench.county.handler(({ context }) => countyWorkbench(context.session)),
  trend: withLedger.workbench.trend.handler(({ context }) => rateTrend(context.session)),
  weekly: withLedger.workbench.weekly.handler(({ context, input }) => weeklyNotes(context.session, input.by)),
  weeklyPaper: withLedger.workbench.weeklyPaper.handler(({ context, input }) =>
    weeklyPaper(context.session, input.by, input.keys),
  ),
};
