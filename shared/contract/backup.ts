import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { jobEvent, procedure } from './base.ts';
import { ledgerStatus } from './session.ts';

/** Why a backup was made. */
export const BACKUP_REASONS = ['start', 'daily', 'before-import', 'before-upgrade', 'manual'] as const;
export type BackupReason = (typeof BACKUP_REASONS)[number];

/** The reason as it stands in file names and in the window. */
export const BACKUP_REASON_WORDS: Readonly<Record<BackupReason, string>> = {
  start: '启动',
  daily: '每日',
  'before-import': '导入前',
  'before-upgrade': '升级前',
  manual: '手动',
};

/**
 * Why a ledger goes on under a new stream (exchange design, New incarnation): restored from a backup; the file is behind
 * what this PC has seen of it; this PC has not seen it; other hardware; it went on elsewhere and came back; the operator
 * chose so, because the office above had found two PCs with one identity; its clock had run ahead and was put right.
 */
export const INCARNATION_REASONS = [
  'restored',
  'behind',
  'missing',
  'machine',
  'elsewhere',
  'chosen',
  'clock',
] as const;
export type IncarnationReason = (typeof INCARNATION_REASONS)[number];

/** What a ledger or a file says of it; null where it says nothing that this program knows. */
export function knownReason(said: string | null | undefined): IncarnationReason | null {
  return INCARNATION_REASONS.find((known) => known === said) ?? null;
}

export const INCARNATION_WORDS: Readonly<Record<IncarnationReason, string>> = {
  restored: '从备份恢复',
  behind: '台账文件比本机记录的旧（放回了旧文件）',
  missing: '在本机第一次打开',
  machine: '换了电脑或硬件',
  elsewhere: '在别处修改过后拿回本机',
  chosen: '经办人换用新编号',
  clock: '本机时钟曾经超前，上级已按收到时间采纳',
};

const entry = z.object({
  path: z.string(),
  name: z.string(),
  /** UTC ms. */
  at: z.number(),
  reason: z.enum(BACKUP_REASONS),
  bytes: z.number(),
  place: z.enum(['local', 'second']),
});
export type BackupEntry = z.infer<typeof entry>;

const line = z.object({ n: z.number(), at: z.number(), operator: z.string(), title: z.string() });

/** How the backup stands to the ledger at hand. */
const comparison = z.discriminatedUnion('kind', [
  /** No ledger at hand that could be read. */
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('other-office'), officeName: z.string() }),
  z.object({
    kind: z.literal('same-office'),
    /** Changes of the present ledger that the backup does not hold. */
    newer: z.number(),
    /** The last of them, newest first. */
    lines: z.array(line),
    /** Changes that only the backup holds, as when an older file was put back. */
    onlyInBackup: z.number(),
  }),
]);

const preview = z.object({
  path: z.string(),
  name: z.string(),
  /** Null when the name does not tell. */
  at: z.number().nullable(),
  reason: z.enum(BACKUP_REASONS).nullable(),
  bytes: z.number(),
  officeName: z.string(),
  projects: z.number(),
  reports: z.number(),
  /** Journal entries. */
  entries: z.number(),
  /** Photos, videos and papers that it names, and those that lie neither beside the ledger nor where backups are kept. */
  pictures: z.object({ total: z.number(), missing: z.array(z.string()) }),
  last: line.omit({ n: true }).nullable(),
  comparison,
});
export type BackupPreview = z.infer<typeof preview>;

const restored = z.object({
  status: ledgerStatus,
  /** Where the ledger that stood there before is kept. */
  keptAs: z.string().nullable(),
  /** Changes after the backup that could be read from the damaged ledger and were put in again. */
  caughtUp: z.number(),
  /** Whether that was all of them. */
  complete: z.boolean(),
  /** Photos, videos and papers that were brought back, and the names of those that are missing. */
  pictures: z.object({ copied: z.number(), missing: z.array(z.string()) }),
});
export type Restored = z.infer<typeof restored>;

const checked = z.object({
  ok: z.boolean(),
  at: z.number(),
  /** Journal entries and rows compared. */
  entries: z.number(),
  rows: z.number(),
  /** Findings in Chinese; empty when sound. */
  pages: z.array(z.string()),
  journal: z.array(z.string()),
  tables: z.array(z.string()),
  /** Names of photos, videos and papers that the disk has changed and that were put aside. */
  pictures: z.array(z.string()),
});
export type FullCheck = z.infer<typeof checked>;

const trouble = z.object({
  path: z.string(),
  officeName: z.string(),
  text: z.string(),
  backups: z.array(entry),
});
export type LedgerTrouble = z.infer<typeof trouble>;

const unused = z.object({
  count: z.number(),
  bytes: z.number(),
  /** A file that could not be read and may need them; nothing is cleared then. */
  unsure: z.string().nullable(),
});

/** 备份与恢复, integrity, and the ledger at a past instant. */
export const backupContract = {
  status: procedure.output(
    z.object({
      folder: z.string(),
      last: entry.nullable(),
      /** The last automatic backup that failed. */
      problem: z.string().nullable(),
      second: z.object({ folder: z.string().nullable(), at: z.number().nullable(), problem: z.string().nullable() }),
      /** Photos, videos and papers: named by the ledger, not here yet, bytes here; as last copied to the second place. */
      pictures: z.object({
        total: z.number(),
        lacking: z.number(),
        bytes: z.number(),
        second: z.object({ total: z.number(), copied: z.number(), missing: z.array(z.string()) }).nullable(),
      }),
      stream: z.object({
        incarnation: z.number(),
        openedAt: z.number(),
        reason: z.enum(INCARNATION_REASONS).nullable(),
      }),
      /** Why the ledger got a new stream at this opening. */
      renewed: z.enum(INCARNATION_REASONS).nullable(),
    }),
  ),
  /** Newest first, both places. */
  list: procedure.output(z.array(entry)),
  make: procedure.output(entry),
  setSecond: procedure.input(z.object({ folder: z.string().min(1).nullable() })).output(z.null()),
  /** Works without an open ledger too. */
  preview: procedure.input(z.object({ path: z.string().min(1) })).output(preview),
  /** The ledger at hand, or the damaged one, is put aside under a new name; never overwritten. */
  restore: procedure.input(z.object({ path: z.string().min(1) })).output(restored),
  /** Pictures beside the ledger that nothing needs any more. */
  unused: procedure.output(unused),
  clearUnused: procedure.output(unused),
  check: procedure.output(eventIterator(jobEvent(checked))),
  /** Damage of the ledger that was to be opened, or was open; null when all is well. */
  trouble: procedure.output(trouble.nullable()),
  /** Why the ledger asked for, or that of last time, could not be opened at the start, told once; null when it could. */
  startProblem: procedure.output(z.string().nullable()),
  /** Leaves the page that tells of damage. */
  dismissTrouble: procedure.output(z.null()),
  /** Writes what can be read of the damaged ledger into a new folder inside `folder`. */
  salvage: procedure.input(z.object({ folder: z.string().min(1) })).output(
    z.object({
      folder: z.string(),
      rows: z.number(),
      /** What could not be read, in Chinese; empty when everything could. */
      lost: z.array(z.string()),
    }),
  ),
  /** The window turns to the ledger at that instant, read-only; null turns back. */
  lookAt: procedure.input(z.object({ at: z.number().nullable() })).output(ledgerStatus),
  /** First and last instant of the journal, UTC ms; null while it is empty. */
  span: procedure.output(z.object({ first: z.number(), last: z.number() }).nullable()),
};
