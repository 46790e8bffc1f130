declare const brand: unique symbol;

/** A `Base` that cannot be mistaken for another of the same shape. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** Id of a ledger row: UUIDv7 in lower case, 36 characters. */
export type Id<Entity extends string> = Brand<string, `${Entity}Id`>;

export type OfficeId = Id<'Office'>;
export type UnitId = Id<'Unit'>;
export type PersonId = Id<'Person'>;
export type GroupId = Id<'Group'>;
export type ProjectId = Id<'Project'>;
export type LinkId = Id<'Link'>;
export type ReportId = Id<'Report'>;
export type SubmissionId = Id<'Submission'>;
export type SheetId = Id<'Sheet'>;
export type RuleId = Id<'Rule'>;
export type BundleId = Id<'Bundle'>;
export type ChangeId = Id<'Change'>;

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether `text` is a UUIDv7 as the ledger writes it: lower case, with hyphens (RFC 9562 §5.7). */
export function isUuidV7(text: unknown): text is string {
  return typeof text === 'string' && UUID_V7.test(text);
}

/** `text` as an id of the kind asked for, or null when it is not a UUIDv7. */
export function toId<Kind extends Id<string>>(text: string): Kind | null {
  return isUuidV7(text) ? (text as Kind) : null;
}
