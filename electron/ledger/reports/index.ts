export { consolidate } from './consolidated.ts';
export { copyLast, fillCells } from './fill.ts';
export { reportHistory } from './history.ts';
export { currentPeriod, describePeriod, recentPeriods } from './periods.ts';
export { periodOverview, receivedMatrix } from './received.ts';
export { correctionRequests, decideRequests, reviewPeriod, withdrawReview } from './review.ts';
export { readSheet } from './sheet.ts';
export { checkPeriod, submitPeriod } from './submit.ts';
