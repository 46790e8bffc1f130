import { writeFileSync } from 'node:fs';
import { Fault } from '../../../shared/contract/faults.ts';
import { type EntityName, isEntityName } from '../../../shared/dictionary/index.ts';
import { openAsOf } from '../../ledger/store/as-of.ts';
import { dump } from '../../ledger/store/dump.ts';
import { verifyRebuild } from '../../ledger/store/rebuild.ts';
import { verify } from '../../ledger/store/verify.ts';
import { type CommonOptions, withReading } from '../context.ts';
import { EXIT, type Result } from '../output.ts';

export interface DumpOptions extends CommonOptions {
  readonly entity?: string[];
  /** The ledger as it was at that local time. */
  readonly at?: string;
  readonly out?: string;
}

/** The ledger as canonical sorted JSON: two ledgers with the same data dump the same text. */
export async function dumpLedger(options: DumpOptions): Promise<void> {
  await withReading(options, (session) => {
    const only = options.entity?.map((name): EntityName => {
      if (!isEntityName(name)) throw new Fault('INVALID_VALUE', { what: '--entity', why: `没有“${name}”这一类` });
      return name;
    });
    const past = options.at === undefined ? null : openAsOf(session.store, instantOf(options.at));
    const parts = [...dump(past ?? session.store, only)].join('');
    past?.close();
    if (options.out === undefined) process.stdout.write(parts);
    else writeFileSync(options.out, parts);
  });
}

/** A day is meant to its end. @throws Fault INVALID_VALUE */
function instantOf(text: string): number {
  const at = new Date(/^\d{4}-\d{2}-\d{2}$/u.test(text) ? `${text}T23:59:59.999` : text).getTime();
  if (Number.isNaN(at)) throw new Fault('INVALID_VALUE', { what: '--at', why: '应为 2021-03-31 或 2021-03-31T10:00' });
  return at;
}

export interface VerifyOptions extends CommonOptions {
  readonly rebuild?: boolean;
}

/** Full check of file and journal; with `rebuild` also that the journal makes exactly what the tables hold. */
export async function verifyLedger(options: VerifyOptions): Promise<Result> {
  try {
    return await verifyOpened(options);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'LEDGER_DAMAGED') throw error;
    return {
      value: { ok: false, fault: error.code, text: error.message },
      lines: [error.message],
      exitCode: EXIT.unsound,
    };
  }
}

function verifyOpened(options: VerifyOptions): Promise<Result> {
  return withReading(options, ({ store }) => {
    const verdict = verify(store);
    const rebuilt = options.rebuild === true && verdict.pages.length === 0 ? verifyRebuild(store.db) : null;
    const ok = verdict.ok && (rebuilt?.ok ?? true);
    return {
      value: rebuilt === null ? verdict : { ...verdict, ok, rebuilt },
      lines: ok
        ? [
            `台账完好：数据页和 ${verdict.entries} 条流水全部相符`,
            ...(rebuilt === null ? [] : [`用流水重建 ${rebuilt.rows} 行，与各表逐项相符`]),
          ]
        : ['台账有问题，请保留原文件并用备份恢复：', ...verdict.pages, ...verdict.journal, ...(rebuilt?.told ?? [])],
      ...(ok ? {} : { exitCode: EXIT.unsound }),
    };
  });
}
