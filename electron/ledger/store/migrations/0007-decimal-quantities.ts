/**
 * 0007: needed and obtained quantities of a factor may have decimals (66.7 亩). A column of a strict table keeps its type, so
 * the table is made anew; every value stays what it was.
 */
export const decimalQuantities = /* sql */ `
ALTER TABLE "factor" RENAME TO "factor_before";
CREATE TABLE "factor" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "kind" TEXT,
  "item" TEXT,
  "measure" TEXT,
  "needed" REAL,
  "obtained" REAL,
  "department" TEXT,
  "personId" TEXT,
  "deadline" TEXT,
  "doneOn" TEXT,
  "note" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO "factor" SELECT "id", "voided", "projectId", "kind", "item", "measure", "needed", "obtained", "department",
  "personId", "deadline", "doneOn", "note", "_stamp", "_stamps" FROM "factor_before";
DROP TABLE "factor_before";
CREATE INDEX "factor_project" ON "factor" ("projectId");
`;
