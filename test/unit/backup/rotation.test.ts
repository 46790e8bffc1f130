import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BackupName, backupFileName, parseBackupName } from '../../../electron/ledger/backup/file-name.ts';
import { expired, type KeptBackup, RETENTION } from '../../../electron/ledger/backup/rotation.ts';
import { BACKUP_REASONS } from '../../../shared/contract/backup.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const START = new Date(2021, 0, 1).getTime();

const minutes = fc.integer({ min: 0, max: 3 * 365 * 24 * 60 }).map((count) => START + count * MINUTE);
const backups: fc.Arbitrary<readonly KeptBackup[]> = fc
  .array(fc.record({ at: minutes, reason: fc.constantFrom(...BACKUP_REASONS) }), { maxLength: 120 })
  .map((list) => list.map((backup, index) => ({ ...backup, sequence: 1, name: `b${index}` })));

describe('rotation of backups', () => {
  it('keeps the newest, never touches a future one, and settles at once', () => {
    fc.assert(
      fc.property(backups, minutes, (list, now) => {
        const gone = new Set(expired(list, now));
        const kept = list.filter((backup) => !gone.has(backup));
        const past = list.filter((backup) => backup.at <= now);
        const newest = Math.max(...past.map((backup) => backup.at));
        if (past.length > 0) expect(kept.some((backup) => backup.at === newest)).toBe(true);
        for (const backup of gone) expect(backup.at).toBeLessThanOrEqual(now);
        expect(expired(kept, now)).toEqual([]);
        const most = RETENTION.days + RETENTION.weeks + RETENTION.months + 3 * RETENTION.special;
        expect(kept.filter((backup) => backup.at <= now).length).toBeLessThanOrEqual(most);
      }),
    );
  });

  it('keeps the last five before an import, whatever else there is', () => {
    fc.assert(
      fc.property(backups, (list) => {
        const now = START + 4 * 365 * DAY;
        const gone = new Set(expired(list, now));
        const imports = list
          .filter((backup) => backup.reason === 'before-import')
          .sort((left, right) => right.at - left.at);
        const fifth = imports[RETENTION.special - 1]?.at ?? 0;
        for (const backup of imports) if (backup.at > fifth) expect(gone.has(backup)).toBe(false);
      }),
    );
  });

  it('after two years of daily work holds 7 days, 4 weeks and 12 months, of the right days', () => {
    let list: KeptBackup[] = [];
    let now = START;
    for (let day = 0; day < 730; day += 1) {
      now = START + day * DAY + 9 * 3_600_000;
      list.push({ name: `d${day}`, at: now, reason: 'start', sequence: 1 });
      const gone = new Set(expired(list, now));
      list = list.filter((backup) => !gone.has(backup));
    }
    const ages = list.map((backup) => Math.round((now - backup.at) / DAY)).sort((left, right) => left - right);
    expect(ages.slice(0, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(ages.some((age) => age > 14 && age <= 21)).toBe(true);
    expect(new Set(list.map((backup) => new Date(backup.at).toISOString().slice(0, 7))).size).toBe(12);
    expect(list.length).toBeLessThanOrEqual(7 + 4 + 12);
  });
});

describe('name of a backup', () => {
  it('says office, time and reason', () => {
    const name: BackupName = {
      office: '安澜市项目办',
      at: new Date(2021, 4, 18, 14, 30, 59).getTime(),
      reason: 'before-import',
      sequence: 1,
    };
    expect(backupFileName(name)).toBe('安澜市项目办_2021-05-18_1430_导入前.bbbackup');
  });

  it('is read back, whatever the office is called, and fits the file systems', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        minutes,
        fc.constantFrom(...BACKUP_REASONS),
        fc.integer({ min: 1, max: 9999 }),
        (office, at, reason, sequence) => {
          const text = backupFileName({ office, at, reason, sequence });
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(250);
          expect(text).not.toMatch(/[\\/:*?"<>|\p{Cc}]/u);
          expect(parseBackupName(text)).toMatchObject({ at, reason, sequence });
        },
      ),
    );
  });

  it('is not seen in other files', () => {
    expect(parseBackupName('安澜市项目办_2021-05-18_1430_别的.bbbackup')).toBeNull();
    expect(parseBackupName('安澜市项目办_2021-05-18_1430_导入前.bbbackup.part')).toBeNull();
  });
});
