/**
 * 0009: 绿色通道 of a project (A10), what hooked-up leaders asked for and who told it (C3).
 */
export const serviceInstructions = /* sql */ `
ALTER TABLE "project" ADD COLUMN "greenChannel" TEXT;
ALTER TABLE "project" ADD COLUMN "greenChannelOn" TEXT;
ALTER TABLE "project" ADD COLUMN "greenChannelNote" TEXT;
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
CREATE INDEX "leaderInstruction_project" ON "leaderInstruction" ("projectId");
`;
