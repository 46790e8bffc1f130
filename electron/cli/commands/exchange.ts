import { existsSync, statSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import type { FileReport } from '../../../shared/contract/exchange.ts';
import { Fault } from '../../../shared/contract/faults.ts';
import {
  admit,
  backupBeforeImport,
  createEnrolment,
  exportTo,
  filesIn,
  Importer,
  join,
  overview,
  registerBelow,
} from '../../ledger/exchange/index.ts';
import type { Session } from '../../ledger/session/index.ts';
import { type CommonOptions, hostOf, makeFolder, withSession } from '../context.ts';
import { EXIT, type Result, table } from '../output.ts';

export interface EnrolOptions extends CommonOptions {
  readonly unit: string[];
  readonly passphrase: string;
  readonly out: string;
}

async function unitNamed(session: Session, name: string): Promise<string> {
  const unit = await session.store.query
    .selectFrom('responsibilityUnit')
    .select('id')
    .where('name', '=', name)
    .where('voided', '=', 0)
    .executeTakeFirst();
  if (!unit) throw new Fault('UNKNOWN_ROW', { what: name });
  return unit.id;
}

export interface RegisterBelowOptions extends CommonOptions {
  readonly unit: string;
  readonly under: string;
}

/** 登记下级填报端: the unit's office reports to the county named, which makes its enrolment file. */
export function registerUnder(options: RegisterBelowOptions): Promise<Result> {
  return withSession(options, async (session) => {
    const request = {
      unitId: await unitNamed(session, options.unit),
      aboveId: await receiverOf(session, options.under),
    };
    const value = registerBelow(session.store, request, session.actor());
    return { value, lines: [`已登记：${options.unit} 报 ${options.under}`] };
  });
}

/** 制作入网文件 for one or more responsible units. */
export function enrol(options: EnrolOptions): Promise<Result> {
  return withSession(options, async (session) => {
    makeFolder(options.out);
    const files: { unit: string; path: string }[] = [];
    for (const name of options.unit) {
      const path = joinPath(options.out, `${name}_入网.bbsync`);
      const request = { unitId: await unitNamed(session, name), passphrase: options.passphrase };
      const file = await createEnrolment(session.store, request, path, { actor: session.actor() });
      files.push({ unit: name, path: file.path });
    }
    return { value: { files }, lines: files.map((file) => `${file.unit}：${file.path}`) };
  });
}

export interface JoinOptions extends CommonOptions {
  readonly enrolment: string;
  readonly passphrase: string;
}

/** 加入: a new ledger from an enrolment file. */
export async function joinOffice(options: JoinOptions): Promise<Result> {
  const actor = { operator: options.operator ?? '经办人', now: hostOf(options).now() };
  const request = { enrolmentPath: options.enrolment, passphrase: options.passphrase, ledgerPath: options.ledger };
  const store = await join(request, { actor });
  try {
    const { fingerprint } = overview(store);
    return {
      value: { path: store.path, fingerprint },
      lines: [`已加入：${store.path}`, `本单位指纹 ${fingerprint ?? ''}`],
    };
  } finally {
    store.close();
  }
}

export interface ExportOptions extends CommonOptions {
  readonly to?: string;
  readonly out: string;
  readonly full?: boolean;
}

/** The office above, or the one named by its own name, its code, or the unit it answers for. */
async function receiverOf(session: Session, name: string | undefined): Promise<string> {
  const { peers } = overview(session.store);
  if (name === undefined) {
    const above = peers.find((peer) => peer.above);
    if (!above) throw new Fault('UNKNOWN_ROW', { what: '上级单位' });
    return above.officeId;
  }
  const peer = peers.find((item) => item.name === name || item.code === name);
  if (peer) return peer.officeId;
  const unit = await session.store.query
    .selectFrom('responsibilityUnit')
    .select('officeId')
    .where('name', '=', name)
    .where('voided', '=', 0)
    .executeTakeFirst();
  if (unit?.officeId == null) throw new Fault('UNKNOWN_ROW', { what: name });
  return unit.officeId;
}

/** 导出 one sync file, upward unless --to names an office below. */
export function exportSync(options: ExportOptions): Promise<Result> {
  return withSession(options, async (session) => {
    const request = { officeId: await receiverOf(session, options.to), full: options.full === true };
    // A folder that is not there yet is meant as one; else each office's file would take the name of the folder.
    if (!options.out.endsWith('.bbsync')) makeFolder(options.out);
    const result = await exportTo(session.store, request, options.out, { actor: session.actor() });
    const content = result.counts.map((count) => `${count.label} ${count.rows}`).join('，');
    return { value: result, lines: [`已写出并读回：${result.path}（第${result.number}号，${content || '无新数据'}）`] };
  });
}

export interface ImportOptions extends CommonOptions {
  readonly file: string[];
  readonly admit?: boolean;
  readonly fingerprint?: string[];
  readonly dryRun?: boolean;
  readonly allowMassChange?: boolean;
}

function pathsOf(given: readonly string[]): string[] {
  return given.flatMap((path) => (existsSync(path) && statSync(path).isDirectory() ? filesIn(path) : [path]));
}

const STATES: Readonly<Record<FileReport['state'], string>> = {
  ready: '可以导入',
  applied: '已导入',
  repeated: '以前导入过',
  candidate: '待核准入网',
  refused: '未导入',
};

function lineOf(report: FileReport): string[] {
  const sum = (key: 'added' | 'changed' | 'same'): number =>
    report.entities.reduce((total, entity) => total + entity[key], 0);
  return [
    report.fileName,
    report.sender?.name ?? '',
    STATES[report.state],
    String(sum('added')),
    String(sum('changed')),
    report.fault?.text ?? report.notes[0] ?? '',
  ];
}

/** 导入 files or folders of files; one bad file does not stop the rest, but the exit code tells of it. */
export function importSync(options: ImportOptions): Promise<Result> {
  return withSession(options, async (session, keeper) => {
    const reports: FileReport[] = [];
    const beforeWrite = backupBeforeImport(keeper);
    for (const path of pathsOf(options.file)) {
      const read = async (): Promise<FileReport> => {
        const importer = new Importer(session.store);
        try {
          const actor = session.actor();
          if (options.dryRun === true) return await importer.preview(path, { actor });
          return await importer.apply(path, { actor, beforeWrite, allowMassChange: options.allowMassChange === true });
        } finally {
          await importer.close();
        }
      };
      let report = await read();
      const told = report.fingerprint ?? '';
      const known = options.admit === true || (options.fingerprint ?? []).includes(told);
      if (report.state === 'candidate' && known && options.dryRun !== true) {
        await admit(session.store, path, told, session.actor());
        report = await read();
      }
      reports.push(report);
    }
    const bad = reports.some((report) => report.state === 'refused' || report.state === 'candidate');
    return {
      value: reports,
      lines: table(['文件', '来自', '结果', '新增', '变更', '说明'], reports.map(lineOf)),
      ...(bad ? { exitCode: EXIT.fault } : {}),
    };
  });
}
