/**
 * 0003: promotion chain with templates, working calendar and monthly tasks; permits; factors. Additive: the links that are
 * there keep their rows, their predecessor is unknown.
 */
export const chainPermitsFactors = /* sql */ `
ALTER TABLE "link" ADD COLUMN "predecessorId" TEXT;
ALTER TABLE "link" ADD COLUMN "workingDays" INTEGER;
CREATE TABLE "holiday" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "date" TEXT,
  "kind" TEXT,
  "name" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "chainTemplate" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "name" TEXT,
  "kind" TEXT,
  "sequence" INTEGER,
  "note" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "chainTemplateLink" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "templateId" TEXT,
  "sequence" INTEGER,
  "name" TEXT,
  "unitText" TEXT,
  "workingDays" INTEGER,
  "after" INTEGER,
  "evidence" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "permitKind" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "name" TEXT,
  "shortName" TEXT,
  "department" TEXT,
  "stage" TEXT,
  "limitDays" INTEGER,
  "validMonths" INTEGER,
  "joint" INTEGER,
  "sequence" INTEGER,
  "note" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "monthlyTask" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "month" TEXT,
  "investment" INTEGER,
  "content" TEXT,
  "doneOn" TEXT,
  "result" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "permit" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "kindId" TEXT,
  "state" TEXT,
  "plannedSubmit" TEXT,
  "plannedApproval" TEXT,
  "actualSubmit" TEXT,
  "actualApproval" TEXT,
  "limitDays" INTEGER,
  "blockedReason" TEXT,
  "commitment" TEXT,
  "commitmentDue" TEXT,
  "commitmentMet" TEXT,
  "documentNumber" TEXT,
  "validUntil" TEXT,
  "personId" TEXT,
  "note" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "jointApproval" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "startedOn" TEXT,
  "limitDays" INTEGER,
  "pausedDays" INTEGER,
  "endedOn" TEXT,
  "note" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "specialPermit" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "season" TEXT,
  "scope" TEXT,
  "measures" TEXT,
  "appliedOn" TEXT,
  "state" TEXT,
  "department" TEXT,
  "documentNumber" TEXT,
  "validFrom" TEXT,
  "validUntil" TEXT,
  "note" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "statisticsPaper" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "kind" TEXT,
  "state" TEXT,
  "readyOn" TEXT,
  "dueOn" TEXT,
  "note" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "factor" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "kind" TEXT,
  "item" TEXT,
  "measure" TEXT,
  "needed" INTEGER,
  "obtained" INTEGER,
  "department" TEXT,
  "personId" TEXT,
  "deadline" TEXT,
  "doneOn" TEXT,
  "note" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "factorCase" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "group" TEXT,
  "matter" TEXT,
  "raisedOn" TEXT,
  "department" TEXT,
  "personId" TEXT,
  "deadline" TEXT,
  "doneOn" TEXT,
  "result" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "obstruction" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "happenedOn" TEXT,
  "kind" TEXT,
  "matter" TEXT,
  "unitText" TEXT,
  "officerId" TEXT,
  "deadline" TEXT,
  "doneOn" TEXT,
  "result" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "financing" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "source" TEXT,
  "bank" TEXT,
  "needed" INTEGER,
  "matched" INTEGER,
  "paid" INTEGER,
  "meetingOn" TEXT,
  "meeting" TEXT,
  "contact" TEXT,
  "deadline" TEXT,
  "note" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "investmentLead" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "unitId" TEXT,
  "name" TEXT,
  "investor" TEXT,
  "origin" TEXT,
  "planned" INTEGER,
  "state" TEXT,
  "officerId" TEXT,
  "foundOn" TEXT,
  "signedOn" TEXT,
  "agreement" TEXT,
  "agreed" INTEGER,
  "projectId" TEXT,
  "note" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "leadVisit" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "leadId" TEXT,
  "unitId" TEXT,
  "visitedOn" TEXT,
  "kind" TEXT,
  "leader" TEXT,
  "participants" TEXT,
  "result" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX "holiday_date" ON "holiday" ("date");
CREATE INDEX "chainTemplateLink_template" ON "chainTemplateLink" ("templateId");
CREATE INDEX "monthlyTask_project" ON "monthlyTask" ("projectId");
CREATE INDEX "permit_project" ON "permit" ("projectId");
CREATE INDEX "jointApproval_project" ON "jointApproval" ("projectId");
CREATE INDEX "specialPermit_project" ON "specialPermit" ("projectId");
CREATE INDEX "statisticsPaper_project" ON "statisticsPaper" ("projectId");
CREATE INDEX "factor_project" ON "factor" ("projectId");
CREATE INDEX "factorCase_project" ON "factorCase" ("projectId");
CREATE INDEX "obstruction_project" ON "obstruction" ("projectId");
CREATE INDEX "financing_project" ON "financing" ("projectId");
CREATE INDEX "leadVisit_lead" ON "leadVisit" ("leadId");
`;
