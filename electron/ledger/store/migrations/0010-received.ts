/**
 * 0010: the text of sync files, packed as it came, each once. Records of the rows that it brought say where in it they stand
 * instead of repeating it, which was half of a ledger.
 */
export const received = /* sql */ `
CREATE TABLE "received" (
  "digest" TEXT PRIMARY KEY NOT NULL,
  "body" BLOB NOT NULL
) STRICT;
`;
