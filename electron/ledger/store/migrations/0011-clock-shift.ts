/**
 * 0011: values of an office whose clock ran ahead, taken as of when they were received (exchange design, table of situations).
 */
export const clockShift = /* sql */ `
CREATE TABLE "clockShift" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "parentOfficeId" TEXT,
  "officeId" TEXT,
  "streamTag" TEXT,
  "fromStamp" TEXT,
  "shiftMs" INTEGER,
  "operator" TEXT,
  "decidedAt" INTEGER,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
`;
