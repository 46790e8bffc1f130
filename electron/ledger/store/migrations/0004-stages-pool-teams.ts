/**
 * 0004: stages with their events and yields; list memberships, reserve pool, adjustments, experts; task forces, unit groups,
 * inspection office, services of a project. Additive: projects keep their stage and lists, their past is unknown.
 */
export const stagesPoolTeams = /* sql */ `
CREATE TABLE "inspectionOffice" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "name" TEXT,
  "officeHost" TEXT,
  "directorId" TEXT,
  "deputyId" TEXT,
  "contact" TEXT,
  "duties" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "unitGroup" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "unitId" TEXT,
  "name" TEXT,
  "leaderId" TEXT,
  "deputyId" TEXT,
  "officeHost" TEXT,
  "directorId" TEXT,
  "liaisonId" TEXT,
  "document" TEXT,
  "formedOn" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "expert" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "personId" TEXT,
  "speciality" TEXT,
  "source" TEXT,
  "since" TEXT,
  "until" TEXT,
  "note" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "listMembership" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "list" TEXT,
  "year" INTEGER,
  "effectiveFrom" TEXT,
  "effectiveTo" TEXT,
  "note" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "stageEvent" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "from" TEXT,
  "to" TEXT,
  "date" TEXT,
  "evidence" TEXT,
  "note" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "outputRecord" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "month" TEXT,
  "output" INTEGER,
  "tax" INTEGER,
  "jobs" INTEGER,
  "capacity" INTEGER,
  "note" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "taskForce" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "level" TEXT,
  "name" TEXT,
  "unitId" TEXT,
  "projectId" TEXT,
  "parentId" TEXT,
  "leaderId" TEXT,
  "officerId" TEXT,
  "formedOn" TEXT,
  "document" TEXT,
  "dailyReport" TEXT,
  "duties" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "taskForceMember" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "taskForceId" TEXT,
  "unitId" TEXT,
  "personId" TEXT,
  "role" TEXT,
  "sequence" INTEGER,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "projectService" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "stewardId" TEXT,
  "plan" TEXT,
  "crew" TEXT,
  "crewManager" TEXT,
  "crewPhone" TEXT,
  "mechanism" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "caseMeeting" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "matter" TEXT,
  "metOn" TEXT,
  "hostId" TEXT,
  "participants" TEXT,
  "decision" TEXT,
  "unitText" TEXT,
  "deadline" TEXT,
  "doneOn" TEXT,
  "result" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "poolEntry" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "poolClass" TEXT,
  "step" TEXT,
  "enteredOn" TEXT,
  "ripeOn" TEXT,
  "leftOn" TEXT,
  "outcome" TEXT,
  "note" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "poolAdjustment" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "batch" TEXT,
  "kind" TEXT,
  "projectId" TEXT,
  "list" TEXT,
  "replacementId" TEXT,
  "state" TEXT,
  "reason" TEXT,
  "effectiveOn" TEXT,
  "approvedBy" TEXT,
  "approvedOn" TEXT,
  "approvalNote" TEXT,
  "figures" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "expertReview" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "expertId" TEXT,
  "reviewedOn" TEXT,
  "conclusion" TEXT,
  "risk" TEXT,
  "opinion" TEXT,
  "riskText" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "inspectionTask" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "subject" TEXT,
  "subjectId" TEXT,
  "officerId" TEXT,
  "manner" TEXT,
  "dueOn" TEXT,
  "doneOn" TEXT,
  "result" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX "listMembership_project" ON "listMembership" ("projectId");
CREATE INDEX "stageEvent_project" ON "stageEvent" ("projectId");
CREATE INDEX "outputRecord_project" ON "outputRecord" ("projectId");
CREATE INDEX "taskForce_project" ON "taskForce" ("projectId");
CREATE INDEX "taskForceMember_force" ON "taskForceMember" ("taskForceId");
CREATE INDEX "projectService_project" ON "projectService" ("projectId");
CREATE INDEX "caseMeeting_project" ON "caseMeeting" ("projectId");
CREATE INDEX "poolEntry_project" ON "poolEntry" ("projectId");
CREATE INDEX "poolAdjustment_batch" ON "poolAdjustment" ("batch");
CREATE INDEX "expertReview_project" ON "expertReview" ("projectId");
CREATE INDEX "inspectionTask_subject" ON "inspectionTask" ("subjectId");
`;
