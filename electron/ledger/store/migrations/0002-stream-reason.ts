/**
 * 0002: why a stream was opened, and after which number of which stream: shown where the ledger tells of itself, and what
 * an exchange partner is told (exchange design, New incarnation).
 */
export const streamReason = /* sql */ `
ALTER TABLE "stream" ADD COLUMN "reason" TEXT;
ALTER TABLE "stream" ADD COLUMN "previousTag" TEXT;
ALTER TABLE "stream" ADD COLUMN "previousN" INTEGER;
`;
