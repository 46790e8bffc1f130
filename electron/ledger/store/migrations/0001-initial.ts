/**
 * 0001: the tables of the dictionary, the journal and what the exchange keeps. Frozen once released: a later change is a
 * later migration (architecture, Data).
 *
 * Each dictionary table carries `_stamp`, the stamp of the whole row, and `_stamps`, JSON of the fields written since.
 */
export const initial = /* sql */ `
CREATE TABLE "office" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "code" TEXT,
  "name" TEXT,
  "level" TEXT,
  "parentOfficeId" TEXT,
  "status" TEXT,
  "signKey" TEXT,
  "boxKey" TEXT,
  "contact" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "responsibilityUnit" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "name" TEXT,
  "shortName" TEXT,
  "kind" TEXT,
  "officeId" TEXT,
  "sequence" INTEGER,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "person" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "name" TEXT,
  "title" TEXT,
  "rank" TEXT,
  "unitId" TEXT,
  "workplace" TEXT,
  "phone" TEXT,
  "note" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "leadingGroup" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "name" TEXT,
  "officeHost" TEXT,
  "directorId" TEXT,
  "issuer" TEXT,
  "numberWord" TEXT,
  "duties" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "leadingGroupMember" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "leadingGroupId" TEXT,
  "personId" TEXT,
  "role" TEXT,
  "sequence" INTEGER,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "promotionGroup" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "name" TEXT,
  "sequence" INTEGER,
  "leaderId" TEXT,
  "liaisonId" TEXT,
  "officeHost" TEXT,
  "directorId" TEXT,
  "duties" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "groupMember" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "groupId" TEXT,
  "personId" TEXT,
  "sequence" INTEGER,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "groupUnit" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "groupId" TEXT,
  "unitId" TEXT,
  "effectiveFrom" TEXT,
  "effectiveTo" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "rule" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "kind" TEXT,
  "name" TEXT,
  "version" INTEGER,
  "effectiveFrom" TEXT,
  "body" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "project" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "code" TEXT,
  "name" TEXT,
  "unitId" TEXT,
  "lists" TEXT,
  "stage" TEXT,
  "category" TEXT,
  "nature" TEXT,
  "manageClass" TEXT,
  "nationalCode" TEXT,
  "content" TEXT,
  "location" TEXT,
  "builder" TEXT,
  "investorKind" TEXT,
  "startYear" INTEGER,
  "endYear" INTEGER,
  "isBundle" INTEGER,
  "bundleId" TEXT,
  "totalInvestment" INTEGER,
  "annualPlan" INTEGER,
  "previousInvestment" INTEGER,
  "annualGoal" TEXT,
  "fundCentral" INTEGER,
  "fundProvince" INTEGER,
  "fundCity" INTEGER,
  "fundBond" INTEGER,
  "fundTreasury" INTEGER,
  "fundLoan" INTEGER,
  "fundOwn" INTEGER,
  "fundForeign" INTEGER,
  "plannedStart" TEXT,
  "actualStart" TEXT,
  "plannedCompletion" TEXT,
  "actualCompletion" TEXT,
  "productionDate" TEXT,
  "suspendedSince" TEXT,
  "cityLeaderId" TEXT,
  "countyLeaderId" TEXT,
  "officerId" TEXT,
  "taskForceLeaderId" TEXT,
  "taskForceOfficerId" TEXT,
  "chiefServiceOfficerId" TEXT,
  "liaisonId" TEXT,
  "builderContact" TEXT,
  "builderPhone" TEXT,
  "landState" TEXT,
  "permitState" TEXT,
  "inStatistics" TEXT,
  "statisticsDate" TEXT,
  "landArea" INTEGER,
  "waiverReason" TEXT,
  "waiverUntil" TEXT,
  "note" TEXT,
  "cityNote" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "link" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "sequence" INTEGER,
  "name" TEXT,
  "unitText" TEXT,
  "personId" TEXT,
  "plannedStart" TEXT,
  "deadline" TEXT,
  "doneOn" TEXT,
  "evidence" TEXT,
  "note" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "reportDraft" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "kind" TEXT,
  "period" TEXT,
  "periodInvestment" INTEGER,
  "yearToDate" INTEGER,
  "fundsInPlace" INTEGER,
  "visibleProgress" TEXT,
  "problems" TEXT,
  "nextSteps" TEXT,
  "explanation" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "submission" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "unitId" TEXT,
  "kind" TEXT,
  "period" TEXT,
  "submittedAt" INTEGER,
  "operator" TEXT,
  "count" INTEGER,
  "expected" INTEGER,
  "findings" TEXT,
  "reason" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "report" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "submissionId" TEXT,
  "kind" TEXT,
  "period" TEXT,
  "periodInvestment" INTEGER,
  "yearToDate" INTEGER,
  "fundsInPlace" INTEGER,
  "visibleProgress" TEXT,
  "problems" TEXT,
  "nextSteps" TEXT,
  "explanation" TEXT,
  "supersedes" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "supervisionSheet" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "kind" TEXT,
  "unitId" TEXT,
  "state" TEXT,
  "number" TEXT,
  "numberYear" INTEGER,
  "numberSequence" INTEGER,
  "title" TEXT,
  "body" TEXT,
  "projectIds" TEXT,
  "addressee" TEXT,
  "copyTo" TEXT,
  "signer" TEXT,
  "contact" TEXT,
  "approvedBy" TEXT,
  "approvedOn" TEXT,
  "approvalNote" TEXT,
  "issuedOn" TEXT,
  "replyDue" TEXT,
  "asOf" TEXT,
  "dataDigest" TEXT,
  "escalatedFrom" TEXT,
  "receivedBy" TEXT,
  "receivedOn" TEXT,
  "repliedOn" TEXT,
  "replyText" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "proposal" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "entity" TEXT,
  "rowId" TEXT,
  "field" TEXT,
  "value" TEXT,
  "current" TEXT,
  "fromOfficeId" TEXT,
  "toOwner" TEXT,
  "unitId" TEXT,
  "operator" TEXT,
  "reason" TEXT,
  "state" TEXT,
  "decidedBy" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "conflict" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "entity" TEXT,
  "rowId" TEXT,
  "field" TEXT,
  "kept" TEXT,
  "keptStamp" TEXT,
  "other" TEXT,
  "otherStamp" TEXT,
  "unitId" TEXT,
  "state" TEXT,
  "decidedBy" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX "project_unit" ON "project" ("unitId");
CREATE INDEX "link_project" ON "link" ("projectId");
CREATE INDEX "reportDraft_project" ON "reportDraft" ("projectId", "kind", "period");
CREATE INDEX "report_project" ON "report" ("projectId", "kind", "period");
CREATE INDEX "report_period" ON "report" ("kind", "period");
CREATE INDEX "submission_period" ON "submission" ("kind", "period", "unitId");
CREATE INDEX "groupUnit_unit" ON "groupUnit" ("unitId");
CREATE INDEX "proposal_row" ON "proposal" ("rowId");
CREATE INDEX "conflict_row" ON "conflict" ("rowId");

-- What this ledger is: ledgerId, officeId, level, operator, last stamp. Local, never sent as such.
CREATE TABLE "meta" ("key" TEXT PRIMARY KEY NOT NULL, "value" TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- 流水: one row per saved change of this ledger, n dense in its stream, chained.
CREATE TABLE "journal" (
  "n" INTEGER PRIMARY KEY NOT NULL,
  "stream" TEXT NOT NULL,
  "stamp" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "officeId" TEXT NOT NULL,
  "operator" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "bundleId" TEXT,
  "undoOf" INTEGER,
  "undoneBy" INTEGER,
  "changes" INTEGER NOT NULL,
  "digest" TEXT NOT NULL,
  "chain" TEXT NOT NULL
) STRICT;
CREATE INDEX "journal_stamp" ON "journal" ("stamp");

-- One row per changed row: what was written (record) and what it replaced (before; null for a new row).
CREATE TABLE "change" (
  "seq" INTEGER PRIMARY KEY NOT NULL,
  "n" INTEGER NOT NULL,
  "entity" TEXT NOT NULL,
  "rowId" TEXT NOT NULL,
  "record" TEXT NOT NULL,
  "before" TEXT
) STRICT;
CREATE INDEX "change_n" ON "change" ("n");
CREATE INDEX "change_row" ON "change" ("rowId");

-- Every stream this ledger has heard of; 'own' marks its own incarnations.
CREATE TABLE "stream" (
  "tag" TEXT PRIMARY KEY NOT NULL,
  "officeId" TEXT NOT NULL,
  "ledgerId" TEXT NOT NULL,
  "incarnation" INTEGER NOT NULL,
  "openedAt" INTEGER NOT NULL,
  "own" INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Known export end points of streams: the fork test (exchange design, Streams).
CREATE TABLE "endpoint" (
  "stream" TEXT NOT NULL,
  "n" INTEGER NOT NULL,
  "chain" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  PRIMARY KEY ("stream", "n")
) STRICT, WITHOUT ROWID;

-- What each peer office has acknowledged of us, and what we have read of it. listFrom: from where on we know all export end
-- points of its stream. gapFrom to gapTo: numbers of its stream that never came.
CREATE TABLE "peer" (
  "officeId" TEXT PRIMARY KEY NOT NULL,
  "ackedStream" TEXT,
  "ackedN" INTEGER NOT NULL DEFAULT 0,
  "readStream" TEXT,
  "readN" INTEGER NOT NULL DEFAULT 0,
  "readChain" TEXT,
  "listFrom" INTEGER,
  "gapFrom" INTEGER,
  "gapTo" INTEGER,
  "nextNumber" INTEGER NOT NULL DEFAULT 1,
  "enrolSecret" TEXT
) STRICT, WITHOUT ROWID;

-- Who made the changes that came in files: explains a stamp that is not of this ledger's own journal.
CREATE TABLE "origin" (
  "stamp" TEXT PRIMARY KEY NOT NULL,
  "at" INTEGER NOT NULL,
  "officeId" TEXT NOT NULL,
  "operator" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "title" TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- 收发登记: every file sent and read, also the refused ones.
CREATE TABLE "exchange" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "direction" TEXT NOT NULL,
  "bundleId" TEXT,
  "officeId" TEXT,
  "number" INTEGER,
  "kind" TEXT NOT NULL,
  "period" TEXT,
  "at" INTEGER NOT NULL,
  "operator" TEXT NOT NULL,
  "fileName" TEXT NOT NULL,
  "bytes" INTEGER NOT NULL,
  "digest" TEXT,
  "fromN" INTEGER,
  "toN" INTEGER,
  "journalN" INTEGER,
  "counts" TEXT NOT NULL,
  "outcome" TEXT NOT NULL,
  "note" TEXT
) STRICT;
CREATE INDEX "exchange_bundle" ON "exchange" ("bundleId");
CREATE INDEX "exchange_at" ON "exchange" ("at");

-- Records of a newer program that this version cannot place; carried on and replayed after an upgrade.
CREATE TABLE "parked" (
  "id" INTEGER PRIMARY KEY NOT NULL,
  "bundleId" TEXT NOT NULL,
  "officeId" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "reason" TEXT NOT NULL,
  "entity" TEXT NOT NULL,
  "rowId" TEXT NOT NULL,
  "record" TEXT NOT NULL,
  "digest" TEXT NOT NULL UNIQUE
) STRICT;

-- Secret keys of this office. Leaves the ledger in no sync file.
CREATE TABLE "keyring" ("name" TEXT PRIMARY KEY NOT NULL, "secret" TEXT NOT NULL, "public" TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;
