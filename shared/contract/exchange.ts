import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { INCARNATION_REASONS } from './backup.ts';
import { jobEvent, procedure, rowId, value } from './base.ts';
import { faultSchema } from './faults.ts';
import { ledgerStatus } from './session.ts';

const level = z.enum(['city', 'county', 'town']);
const path = z.string().min(1).max(4096);
const passphrase = z.string().min(6).max(100);

export const bundleKind = z.enum(['upward', 'downward', 'full', 'enrolment']);

/** Kinds of files in the register; a refused file may be of no kind that could be read. */
export const KIND_NAMES: Readonly<Record<string, string>> = {
  upward: '上行',
  downward: '下行',
  full: '全量',
  enrolment: '入网',
  unknown: '不明',
};

/** The city's program asks for more than this office's can: which fields are decided otherwise, which version is needed. */
export const upgradeNotice = z.object({
  text: z.string(),
  /** Program version to upgrade to; null where the city's is the older one. */
  needed: z.string().nullable(),
  /** '项目“年度计划投资”由市级决定'. */
  fields: z.array(z.string()),
});
export type UpgradeNotice = z.infer<typeof upgradeNotice>;

/** What of one table is in a file, or was made of it. */
export const entityCount = z.object({
  entity: z.string(),
  /** '旬报'. */
  label: z.string(),
  rows: z.number(),
});

export const entityOutcome = z.object({
  entity: z.string(),
  label: z.string(),
  added: z.number(),
  changed: z.number(),
  same: z.number(),
  /** Rows older than what is here; nothing of them was taken. */
  older: z.number(),
});
export type EntityOutcome = z.infer<typeof entityOutcome>;

/** Rows and values that wait beside the ledger, by reason. */
export const waitingCounts = z.object({
  /** Fields and tables of a newer version: 有 n 个新字段暂不显示. */
  unknown: z.number(),
  /** Values outside this version's dictionary. */
  value: z.number(),
  /** Rows whose project or unit is not here yet: 待补 n 条. */
  missing: z.number(),
  /** Rows that their writer may not create. */
  authority: z.number(),
  /** Sealed rows that came with another content. */
  digest: z.number(),
  /** Rows of a clock more than a day ahead. */
  clock: z.number(),
});
export type WaitingCounts = z.infer<typeof waitingCounts>;

export const fileSender = z.object({ officeId: z.string(), name: z.string(), level });

/** How a file stands to those before it. */
export const arrival = z.enum(['new', 'late', 'repeated']);

const writing = z.object({
  /** Name of the PC; null where the program did not tell yet. */
  machine: z.string().nullable(),
  number: z.number().nullable(),
  /** UTC ms: when it was read, or the refused one made. */
  at: z.number().nullable(),
});

/** Two PCs of one office went on from the same place, each for itself. */
export const forkReport = z.object({
  /** The last file before they parted. */
  common: z.object({ number: z.number().nullable(), at: z.number() }).nullable(),
  /** What was read after it, and the file that is refused. */
  read: writing,
  refused: writing,
});

/** What one file is, holds and does: before import as a rehearsal, after import as what was done. */
export const fileReport = z.object({
  path,
  fileName: z.string(),
  bytes: z.number(),
  /**
   * ready: may be imported; applied: was imported; repeated: was imported before; candidate: the sender waits for
   * admission; refused: see `fault`.
   */
  state: z.enum(['ready', 'applied', 'repeated', 'candidate', 'refused']),
  fault: faultSchema.nullable(),
  sender: fileSender.nullable(),
  kind: bundleKind.nullable(),
  bundleId: z.string().nullable(),
  number: z.number().nullable(),
  /** Period key such as '2021-05-2'. */
  period: z.string().nullable(),
  /** UTC ms, by the sender's clock. */
  madeAt: z.number().nullable(),
  /** Of its signed manifest, hex; on the hand-over slip too. */
  digest: z.string().nullable(),
  arrival: arrival.nullable(),
  /** Numbers of the sender's stream that never came. */
  gap: z.object({ from: z.number(), to: z.number() }).nullable(),
  /** The sender restored a backup or moved to another PC. */
  newIncarnation: z.boolean(),
  fork: forkReport.nullable(),
  entities: z.array(entityOutcome),
  conflicts: z.number(),
  proposals: z.number(),
  waiting: waitingCounts,
  /** Rows that had waited and found their place now. */
  placed: z.number(),
  /** 更正申请 that came, because the period was reviewed before; and those that the file decided. */
  requests: z.object({ came: z.number(), accepted: z.number(), declined: z.number() }),
  /** Why the clerk should look twice before importing; null when ordinary. */
  massChange: z.string().nullable(),
  /** Sentences for the clerk, most important first. */
  notes: z.array(z.string()),
  /** Of a candidate: four groups of four digits to compare over the telephone. */
  fingerprint: z.string().nullable(),
  /** Register entry, after import. */
  exchangeId: z.string().nullable(),
});
export type FileReport = z.infer<typeof fileReport>;

export const peer = z.object({
  officeId: z.string(),
  name: z.string(),
  code: z.string(),
  level,
  /** The office above this one, or below. */
  above: z.boolean(),
  status: z.enum(['invited', 'admitted', 'revoked']),
  fingerprint: z.string().nullable(),
  /** Changes of this ledger that the peer has not acknowledged. */
  unsent: z.number(),
  /** `read`: whether the other side has told that it read it. */
  lastSent: z.object({ at: z.number(), number: z.number(), read: z.boolean() }).nullable(),
  lastRead: z.object({ at: z.number(), number: z.number().nullable(), period: z.string().nullable() }).nullable(),
  gap: z.object({ from: z.number(), to: z.number() }).nullable(),
  /** Rows and values of its files that wait because its clock ran more than a day ahead. */
  ahead: z.number(),
});
export type Peer = z.infer<typeof peer>;

export const registerEntry = z.object({
  id: z.string(),
  direction: z.enum(['in', 'out']),
  officeId: z.string().nullable(),
  officeName: z.string(),
  number: z.number().nullable(),
  kind: z.string(),
  period: z.string().nullable(),
  at: z.number(),
  operator: z.string(),
  fileName: z.string(),
  bytes: z.number(),
  digest: z.string().nullable(),
  /** '项目 3，旬报 42'. */
  content: z.string(),
  rows: z.number(),
  /** written, applied, repeated, refused, undone, admitted. */
  outcome: z.string(),
  outcomeText: z.string(),
  note: z.string().nullable(),
  /** What the other side has told of a file of ours: '对方已导入（…）'; null until it has. */
  receipt: z.string().nullable(),
  /** Whether 撤销导入 is offered. */
  undoable: z.boolean(),
});
export type RegisterEntry = z.infer<typeof registerEntry>;

export const exportEstimate = z.object({
  officeId: z.string(),
  officeName: z.string(),
  full: z.boolean(),
  counts: z.array(entityCount),
  rows: z.number(),
  period: z.string().nullable(),
  number: z.number(),
  suggestedName: z.string(),
  /** Photos, videos and papers that go along, without their small pictures. */
  blobs: z.number(),
  blobBytes: z.number(),
  /** '应报 42 个项目，还有 3 个未报'. */
  warnings: z.array(z.string()),
});
export type ExportEstimate = z.infer<typeof exportEstimate>;

export const exportResult = z.object({
  exchangeId: z.string(),
  path,
  fileName: z.string(),
  bytes: z.number(),
  digest: z.string(),
  number: z.number(),
  counts: z.array(entityCount),
  rows: z.number(),
  blobs: z.number(),
  /** Files in all; the first holds the rows. */
  volumes: z.number(),
  /** Volumes that could not be written now, and why. */
  unwritten: z.number(),
  unwrittenWhy: z.string().nullable(),
});
export type ExportResult = z.infer<typeof exportResult>;

/** A volume of pictures of the last file to an office; may be written any day, and again. */
export const unwrittenVolume = z.object({
  bundleId: z.string(),
  volume: z.number(),
  count: z.number(),
  officeName: z.string(),
  number: z.number(),
  fileName: z.string(),
  blobs: z.number(),
  bytes: z.number(),
  writtenAt: z.number().nullable(),
});
export type UnwrittenVolume = z.infer<typeof unwrittenVolume>;

export const enrolmentResult = z.object({ officeId: z.string(), path, fileName: z.string(), bytes: z.number() });

/** One value of a dispute, ready to show. */
const side = z.object({
  value,
  text: z.string(),
  officeName: z.string(),
  operator: z.string(),
  at: z.number().nullable(),
});

const disputeCommon = {
  id: z.string(),
  entity: z.string(),
  entityLabel: z.string(),
  rowId: z.string(),
  /** Name of the project or whatever the row is about. */
  rowName: z.string(),
  field: z.string(),
  fieldLabel: z.string(),
  unitId: z.string().nullable(),
  state: z.string(),
  decidedBy: z.string().nullable(),
};

export const conflictItem = z.object({ ...disputeCommon, kept: side, other: side });
export type ConflictItem = z.infer<typeof conflictItem>;

export const proposalItem = z.object({
  ...disputeCommon,
  current: side,
  proposed: side,
  reason: z.string().nullable(),
  /** Whether this office decides it. */
  mine: z.boolean(),
});
export type ProposalItem = z.infer<typeof proposalItem>;

export const parkedItem = z.object({
  id: z.number(),
  at: z.number(),
  officeName: z.string(),
  reason: z.string(),
  reasonText: z.string(),
  entityLabel: z.string(),
  rowId: z.string(),
  /** Name of the project or whatever waits, or whose field; empty where it has none. */
  rowName: z.string(),
  values: z.array(z.object({ label: z.string(), text: z.string() })),
});

export type ParkedItem = z.infer<typeof parkedItem>;

const registerFilter = z.object({
  direction: z.enum(['in', 'out']).optional(),
  officeId: rowId.optional(),
  search: z.string().max(100).optional(),
  limit: z.int().min(1).max(5000),
});

const files = z.array(path).min(1).max(500);

/** What the office should know of its own ledger's identity. */
const identityNotice = z.discriminatedUnion('kind', [
  /** The ledger got a new stream and no file has told of it yet. */
  z.object({ kind: z.literal('renewed'), reason: z.enum(INCARNATION_REASONS), at: z.number() }),
  /**
   * The office above found two PCs writing as this office. `own`: the file in question was written by this ledger; `taken`: it
   * was read all the same, for the office had left that number.
   */
  z.object({
    kind: z.literal('forked'),
    own: z.boolean(),
    taken: z.boolean(),
    at: z.number(),
    machine: z.string(),
  }),
]);
export type IdentityNotice = z.infer<typeof identityNotice>;

/** 交换: enrolment, export, import, register, disputes. */
export const exchangeContract = {
  overview: procedure.output(
    z.object({
      officeId: z.string(),
      level,
      /** Suite that the city has chosen for new files: 1 international, 2 国密. */
      suite: z.union([z.literal(1), z.literal(2)]),
      /** Null until this office has keys. */
      fingerprint: z.string().nullable(),
      peers: z.array(peer),
      conflicts: z.number(),
      proposals: z.number(),
      waiting: waitingCounts,
      notice: identityNotice.nullable(),
      upgrade: upgradeNotice.nullable(),
    }),
  ),
  /** Fields that the city's table of owners gives to another than this program's dictionary does. */
  otherOwners: procedure.output(
    z.array(z.object({ entity: z.string(), field: z.string(), city: z.enum(['city', 'unit', 'shared', 'above']) })),
  ),
  /** 换用新编号: this ledger goes on under a stream of its own; nothing is lost by it. */
  renew: procedure.output(z.null()),
  /** The operator has read the notice. */
  dismissNotice: procedure.output(z.null()),

  /** 入网文件 for an office; makes the office of a unit when it has none yet. */
  createEnrolment: procedure
    .input(
      z.object({
        officeId: rowId.optional(),
        unitId: rowId.optional(),
        code: z.string().trim().max(32).optional(),
        name: z.string().trim().max(100).optional(),
        passphrase,
        /** Folder, or file name ending in .bbsync. */
        path,
      }),
    )
    .output(eventIterator(jobEvent(enrolmentResult))),
  /** 登记下级填报端: the city says to which county a unit's office reports; that county makes its enrolment file. */
  registerBelow: procedure
    .input(z.object({ unitId: rowId, aboveId: rowId }))
    .output(z.object({ officeId: z.string() })),
  /** 加入: opens an enrolment file into a new ledger and makes it the open one. */
  join: procedure
    .input(
      z.object({
        enrolmentPath: path,
        passphrase: z.string().max(100),
        ledgerPath: path,
        operator: z.string().trim().min(1).max(40),
      }),
    )
    .output(eventIterator(jobEvent(ledgerStatus))),
  /** 核准入网, after the fingerprint was compared over the telephone. */
  admit: procedure
    .input(z.object({ path, fingerprint: z.string().max(60) }))
    .output(z.object({ officeId: z.string(), name: z.string() })),
  /** 密码套件 of new files, city only. */
  chooseSuite: procedure.input(z.object({ suite: z.union([z.literal(1), z.literal(2)]) })).output(z.null()),
  revoke: procedure.input(z.object({ officeId: rowId })).output(z.null()),

  estimate: procedure.input(z.object({ officeId: rowId, full: z.boolean() })).output(exportEstimate),
  export: procedure
    .input(z.object({ officeId: rowId, full: z.boolean(), path }))
    .output(eventIterator(jobEvent(exportResult))),
  volumes: procedure.output(z.array(unwrittenVolume)),
  writeVolume: procedure
    .input(z.object({ bundleId: rowId, volume: z.int().min(2), path }))
    .output(eventIterator(jobEvent(z.object({ path, bytes: z.number(), digest: z.string() })))),
  /** 交接单 of a file that was written, as HTML to print. */
  slip: procedure.input(z.object({ exchangeId: rowId })).output(z.object({ title: z.string(), html: z.string() })),

  /** Sync files of a folder, for choosing a whole stick. */
  filesIn: procedure.input(z.object({ folder: path })).output(z.array(path)),
  preview: procedure.input(z.object({ paths: files })).output(eventIterator(jobEvent(z.array(fileReport)))),
  import: procedure
    .input(z.object({ paths: files, allowMassChange: z.boolean().optional() }))
    .output(eventIterator(jobEvent(z.array(fileReport)))),
  undoImport: procedure
    .input(z.object({ exchangeId: rowId }))
    .output(z.object({ reverted: z.number(), kept: z.number() })),

  /** 按收到时间采纳: what an office below wrote while its clock ran ahead is taken as of now. */
  acceptAhead: procedure.input(z.object({ officeId: rowId })).output(z.object({ placed: z.number() })),

  register: procedure.input(registerFilter).output(z.array(registerEntry)),
  /** 收发登记表 to print, as filtered. */
  registerPaper: procedure
    .input(registerFilter)
    .output(z.object({ html: z.string(), title: z.string(), pages: z.number() })),

  conflicts: procedure.input(z.object({ open: z.boolean() })).output(z.array(conflictItem)),
  /**
   * 'kept' and 'other' choose a side, 'value' sets a third. By rule: 'ours' and 'theirs' take the value that this office, or
   * one of the others, wrote; a conflict of which that does not tell one value is left open.
   */
  resolve: procedure
    .input(
      z.object({
        ids: z.array(rowId).min(1).max(5000),
        choice: z.enum(['kept', 'other', 'value', 'ours', 'theirs']),
        value: value.optional(),
      }),
    )
    .output(z.object({ resolved: z.number(), left: z.number() })),
  proposals: procedure.input(z.object({ open: z.boolean() })).output(z.array(proposalItem)),
  decide: procedure
    .input(z.object({ ids: z.array(rowId).min(1).max(5000), accept: z.boolean() }))
    .output(z.object({ decided: z.number() })),
  parked: procedure.input(z.object({ limit: z.int().min(1).max(5000) })).output(z.array(parkedItem)),
};
