/**
 * 0005: 影像资料 (B7, E3) and what the exchange remembers for them: which pictures a partner still lacks, volumes written or
 * still to write, and in which suites a partner can check our signature.
 */
export const attachmentsSuites = /* sql */ `
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
CREATE INDEX "attachment_project" ON "attachment" ("projectId");
CREATE INDEX "attachment_source" ON "attachment" ("sourceDigest");
CREATE TABLE "peerSuite" (
  "officeId" TEXT NOT NULL,
  "suite" INTEGER NOT NULL,
  PRIMARY KEY ("officeId", "suite")
) STRICT, WITHOUT ROWID;
CREATE TABLE "peerLacks" (
  "officeId" TEXT NOT NULL,
  "digest" TEXT NOT NULL,
  PRIMARY KEY ("officeId", "digest")
) STRICT, WITHOUT ROWID;
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
`;
