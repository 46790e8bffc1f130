export { addToBatch, approveBatch, executeBatch, membershipChanges, readBatch, readPoolOverview } from './batch.ts';
export { readBundles, readExperts, readMemberships, readReserve, takeIn } from './lists.ts';
export { poolRuleOn } from './projects.ts';
export { paceProposals, proposalsOn } from './proposals.ts';
