CREATE TABLE "attachment" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "period" TEXT,
  "kind" TEXT,
  "title" TEXT,
  "takenAt" INTEGER,
  "addedAt" INTEGER,
  "digest" TEXT,
  "bytes" INTEGER,
  "mime" TEXT,
  "width" INTEGER,
  "height" INTEGER,
  "thumbDigest" TEXT,
  "sourceDigest" TEXT,
  "fileName" TEXT,
  "note" TEXT,
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

CREATE TABLE "change" (
  "seq" INTEGER PRIMARY KEY NOT NULL,
  "n" INTEGER NOT NULL,
  "entity" TEXT NOT NULL,
  "rowId" TEXT NOT NULL,
  "record" TEXT NOT NULL,
  "before" TEXT
) STRICT;

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

CREATE TABLE "endpoint" (
  "stream" TEXT NOT NULL,
  "n" INTEGER NOT NULL,
  "chain" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  PRIMARY KEY ("stream", "n")
) STRICT, WITHOUT ROWID;

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

CREATE TABLE "holiday" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "date" TEXT,
  "kind" TEXT,
  "name" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
) STRICT, WITHOUT ROWID;

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

CREATE TABLE "keyring" ("name" TEXT PRIMARY KEY NOT NULL, "secret" TEXT NOT NULL, "public" TEXT NOT NULL) STRICT, WITHOUT ROWID;

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

CREATE TABLE "leaderInstruction" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "voided" INTEGER NOT NULL DEFAULT 0,
  "projectId" TEXT,
  "leaderId" TEXT,
  "givenOn" TEXT,
  "content" TEXT,
  "unitText" TEXT,
  "deadline" TEXT,
  "liaisonId" TEXT,
  "reportedOn" TEXT,
  "doneOn" TEXT,
  "result" TEXT,
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
, "predecessorId" TEXT, "workingDays" INTEGER) STRICT, WITHOUT ROWID;

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

CREATE TABLE "meta" ("key" TEXT PRIMARY KEY NOT NULL, "value" TEXT NOT NULL) STRICT, WITHOUT ROWID;

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

CREATE TABLE "origin" (
  "stamp" TEXT PRIMARY KEY NOT NULL,
  "at" INTEGER NOT NULL,
  "officeId" TEXT NOT NULL,
  "operator" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "title" TEXT NOT NULL
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

CREATE TABLE "peerLacks" (
  "officeId" TEXT NOT NULL,
  "digest" TEXT NOT NULL,
  PRIMARY KEY ("officeId", "digest")
) STRICT, WITHOUT ROWID;

CREATE TABLE "peerSuite" (
  "officeId" TEXT NOT NULL,
  "suite" INTEGER NOT NULL,
  PRIMARY KEY ("officeId", "suite")
) STRICT, WITHOUT ROWID;

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
  "waiverReason" TEXT,
  "waiverUntil" TEXT,
  "note" TEXT,
  "cityNote" TEXT,
  "_stamp" TEXT NOT NULL,
  "_stamps" TEXT
, "landArea" REAL, "greenChannel" TEXT, "greenChannelOn" TEXT, "greenChannelNote" TEXT) STRICT, WITHOUT ROWID;

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
, "currentStamp" TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE "received" (
  "digest" TEXT PRIMARY KEY NOT NULL,
  "body" BLOB NOT NULL
) STRICT;

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

CREATE TABLE "stream" (
  "tag" TEXT PRIMARY KEY NOT NULL,
  "officeId" TEXT NOT NULL,
  "ledgerId" TEXT NOT NULL,
  "incarnation" INTEGER NOT NULL,
  "openedAt" INTEGER NOT NULL,
  "own" INTEGER NOT NULL
, "reason" TEXT, "previousTag" TEXT, "previousN" INTEGER) STRICT, WITHOUT ROWID;

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
, "members" TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE "volume" (
  "bundleId" TEXT NOT NULL,
  "volume" INTEGER NOT NULL,
  "officeId" TEXT NOT NULL,
  "fileName" TEXT NOT NULL,
  "contentKey" TEXT NOT NULL,
  "readme" BLOB NOT NULL,
  "manifest" BLOB NOT NULL,
  "signature" BLOB NOT NULL,
  "at" INTEGER NOT NULL,
  "writtenAt" INTEGER,
  PRIMARY KEY ("bundleId", "volume")
) STRICT, WITHOUT ROWID;

CREATE INDEX "attachment_project" ON "attachment" ("projectId");

CREATE INDEX "attachment_source" ON "attachment" ("sourceDigest");

CREATE INDEX "caseMeeting_project" ON "caseMeeting" ("projectId");

CREATE INDEX "chainTemplateLink_template" ON "chainTemplateLink" ("templateId");

CREATE INDEX "change_n" ON "change" ("n");

CREATE INDEX "change_row" ON "change" ("rowId");

CREATE INDEX "conflict_row" ON "conflict" ("rowId");

CREATE INDEX "exchange_at" ON "exchange" ("at");

CREATE INDEX "exchange_bundle" ON "exchange" ("bundleId");

CREATE INDEX "expertReview_project" ON "expertReview" ("projectId");

CREATE INDEX "factorCase_project" ON "factorCase" ("projectId");

CREATE INDEX "factor_project" ON "factor" ("projectId");

CREATE INDEX "financing_project" ON "financing" ("projectId");

CREATE INDEX "groupUnit_unit" ON "groupUnit" ("unitId");

CREATE INDEX "holiday_date" ON "holiday" ("date");

CREATE INDEX "inspectionTask_subject" ON "inspectionTask" ("subjectId");

CREATE INDEX "jointApproval_project" ON "jointApproval" ("projectId");

CREATE INDEX "journal_stamp" ON "journal" ("stamp");

CREATE INDEX "leadVisit_lead" ON "leadVisit" ("leadId");

CREATE INDEX "leaderInstruction_project" ON "leaderInstruction" ("projectId");

CREATE INDEX "link_project" ON "link" ("projectId");

CREATE INDEX "listMembership_project" ON "listMembership" ("projectId");

CREATE INDEX "monthlyTask_project" ON "monthlyTask" ("projectId");

CREATE INDEX "obstruction_project" ON "obstruction" ("projectId");

CREATE INDEX "outputRecord_project" ON "outputRecord" ("projectId");

CREATE INDEX "permit_project" ON "permit" ("projectId");

CREATE INDEX "poolAdjustment_batch" ON "poolAdjustment" ("batch");

CREATE INDEX "poolEntry_project" ON "poolEntry" ("projectId");

CREATE INDEX "projectService_project" ON "projectService" ("projectId");

CREATE INDEX "project_unit" ON "project" ("unitId");

CREATE INDEX "proposal_row" ON "proposal" ("rowId");

CREATE INDEX "reportDraft_project" ON "reportDraft" ("projectId", "kind", "period");

CREATE INDEX "report_period" ON "report" ("kind", "period");

CREATE INDEX "report_project" ON "report" ("projectId", "kind", "period");

CREATE INDEX "specialPermit_project" ON "specialPermit" ("projectId");

CREATE INDEX "stageEvent_project" ON "stageEvent" ("projectId");

CREATE INDEX "statisticsPaper_project" ON "statisticsPaper" ("projectId");

CREATE INDEX "submission_period" ON "submission" ("kind", "period", "unitId");

CREATE INDEX "taskForceMember_force" ON "taskForceMember" ("taskForceId");

CREATE INDEX "taskForce_project" ON "taskForce" ("projectId");
