/**
 * 0008: land is measured in 亩 with decimals. A column of a strict table keeps its type, so it is made anew; every value
 * stays what it was. And the members of a unit's own leading group.
 */
export const landAreaUnitGroups = /* sql */ `
ALTER TABLE "project" ADD COLUMN "landArea_decimal" REAL;
UPDATE "project" SET "landArea_decimal" = "landArea";
ALTER TABLE "project" DROP COLUMN "landArea";
ALTER TABLE "project" RENAME COLUMN "landArea_decimal" TO "landArea";
ALTER TABLE "unitGroup" ADD COLUMN "members" TEXT;
`;
