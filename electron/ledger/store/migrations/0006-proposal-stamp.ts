/**
 * 0006: the stamp of the value that stood when a proposal was made of another, so that the office whose value was not taken
 * can go back to exactly that one (exchange design, Ownership).
 */
export const proposalStamp = /* sql */ `
ALTER TABLE "proposal" ADD COLUMN "currentStamp" TEXT;
`;
