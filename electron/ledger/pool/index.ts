export { addToBatch, approveBatch, executeBatch, readBatch, readPoolOverview } from './batch.ts';
export { listCompanions } from './guard.ts';
export { readBundles, readExperts, readMemberships, readReserve, takeIn } from './lists.ts';
export { paceProposals, proposalsOn } from './proposals.ts';
