/**
 * 0012: 旬报审核, what makes a later report a 更正申请 (exchange design, table of situations: period locked).
 */
export const periodReview = /* sql */ `
CREATE TABLE "periodReview" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "unitId" TEXT,
  "kind" TEXT,
  "period" TEXT,
  "state" TEXT,
  "reviewedAt" INTEGER,
  "operator" TEXT,
  "submissions" TEXT,
  "accepted" TEXT,
  "declined" TEXT,
  "reason" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
`;
