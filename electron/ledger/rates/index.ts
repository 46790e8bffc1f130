export { figuresAt, groupBy, inForce, isNotAmong, notSuperseded, type ProjectFigures, readLists } from './figures.ts';
export { type RatesQuery, ratesAt } from './four-rates.ts';
export { earlierPeriodEnds, type JudgedProject, judgeAll, type LightsOn, lightsAt } from './lights.ts';
export { type HeldBack, type Reviewed, readReviewed, reviewed } from './reviews.ts';
export { cadenceOn, cadences, lightRuleOn, lightRules, type ReportKind, ratesRuleOn } from './rules.ts';
export { groupsOn, type Unit, unitNames, unitsInOrder } from './units.ts';
