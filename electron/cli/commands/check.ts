import { writeFileSync } from 'node:fs';
import { Fault } from '../../../shared/contract/faults.ts';
import { type EntityName, isEntityName } from '../../../shared/dictionary/index.ts';
import { dump } from '../../ledger/store/dump.ts';
import { verify } from '../../ledger/store/verify.ts';
import { type CommonOptions, withReading } from '../context.ts';
import { EXIT, type Result } from '../output.ts';

export interface DumpOptions extends CommonOptions {
  readonly entity?: string[];
  readonly out?: string;
}

/** The ledger as canonical sorted JSON: two ledgers with the same data dump the same text. */
export async function dumpLedger(options: DumpOptions): Promise<void> {
  await withReading(options, (session) => {
    const only = options.entity?.map((name): EntityName => {
      if (!isEntityName(name)) throw new Fault('INVALID_VALUE', { what: '--entity', why: `没有“${name}”这一类` });
      return name;
    });
    const parts = [...dump(session.store, only)].join('');
    if (options.out === undefined) process.stdout.write(parts);
    else writeFileSync(options.out, parts);
  });
}

/** Full check of file and journal. */
export function verifyLedger(options: CommonOptions): Promise<Result> {
  return withReading(options, (session) => {
    const verdict = verify(session.store);
    return {
      value: verdict,
      lines: verdict.ok
        ? [`台账完好：数据页和 ${verdict.entries} 条流水全部相符`]
        : ['台账有问题，请保留原文件并用备份恢复：', ...verdict.pages, ...verdict.journal],
      ...(verdict.ok ? {} : { exitCode: EXIT.unsound }),
    };
  });
}
