import { basename } from 'node:path';
import { INCARNATION_WORDS, knownReason } from '../../../../shared/contract/backup.ts';
import type { FileReport } from '../../../../shared/contract/exchange.ts';
import type { Bundle } from '../bundle/bundle-read.ts';
import type { Manifest } from '../bundle/manifest.ts';
import { NOTHING_WAITS } from '../merge/parked.ts';
import type { Arrival } from '../offices/arrival.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A report of a file of which nothing more is known than its manifest, or not even that. */
export function emptyReport(path: string, bundle: Bundle | undefined): FileReport {
  const manifest = bundle?.manifest;
  return {
    path,
    fileName: basename(path),
    bytes: bundle?.size ?? 0,
    state: 'refused',
    fault: null,
    sender: manifest
      ? { officeId: manifest.office.id, name: manifest.office.name, level: manifest.office.level }
      : null,
    kind: manifest?.kind ?? null,
    bundleId: manifest?.bundleId ?? null,
    number: manifest?.number ?? null,
    period: manifest?.period ?? null,
    madeAt: manifest?.wallTime ?? null,
    digest: bundle?.digest ?? null,
    arrival: null,
    gap: null,
    newIncarnation: false,
    fork: null,
    entities: [],
    conflicts: 0,
    proposals: 0,
    waiting: NOTHING_WAITS,
    placed: 0,
    requests: { came: 0, accepted: 0, declined: 0 },
    massChange: null,
    notes: [],
    fingerprint: null,
    exchangeId: null,
  };
}

const pad = (n: number): string => String(n).padStart(2, '0');

/** '2021年5月11日17时05分', local. */
export function formatInstant(ms: number): string {
  const at = new Date(ms);
  return `${at.getFullYear()}年${at.getMonth() + 1}月${at.getDate()}日${pad(at.getHours())}时${pad(at.getMinutes())}分`;
}

/** '3 小时' or '2 天', at least one. */
function lengthText(ms: number): string {
  return ms < 2 * DAY ? `${Math.max(1, Math.round(ms / HOUR))} 小时` : `${Math.round(ms / DAY)} 天`;
}

function clockNote(manifest: Manifest, { clockBehind }: Arrival, now: number): string | null {
  const ahead = manifest.wallTime - now;
  if (ahead > 5 * MINUTE) return `对方时钟超前约 ${lengthText(ahead)}，请提示对方校时。`;
  if (clockBehind > 5 * MINUTE)
    return `对方时钟比本机落后至少 ${lengthText(clockBehind)}，内容照收，请双方核对电脑的日期和时间。`;
  return null;
}

/** Which PC of the other office, why and since when. */
function renewalNote({ stream }: Manifest): string {
  const reason = knownReason(stream.reason);
  const why = reason === null ? '' : `：${INCARNATION_WORDS[reason]}`;
  const where = stream.machine === undefined ? '' : `，电脑“${stream.machine}”`;
  if (reason === 'clock')
    return `对方更正了超前的时钟，从此文件起重新计数（${formatInstant(stream.openedAt)}起${where}）。已收到的数据都保留。`;
  return `对方已还原备份或换了电脑，从此文件起重新计数（${formatInstant(stream.openedAt)}起${where}${why}）。已收到的数据都保留，对方丢失的由本单位下一个文件补回。`;
}

function spanText({ from, to }: { readonly from: number; readonly to: number }): string {
  return from === to ? String(from) : `${from}–${to}`;
}

const OLD_FORK_NOTE =
  '疑似对方还有一台电脑在用旧编号（克隆，或者是还原以前的文件）：内容都收下，同一处两值不同的列入“冲突”。如确有另一台电脑，请在其中一台换用新编号。';

/** It is imported only by who says that it is meant. */
function massChangeNote({ massChange, state }: FileReport): string | null {
  if (massChange === null) return null;
  return `异常批量变更：${massChange}。${state === 'applied' ? '导入时经办人已与发送单位核实。' : '请与发送单位核对。'}`;
}

/** Sentences about a file for the clerk, most important first. */
export function notesOf(report: FileReport, arrival: Arrival, manifest: Manifest, now: number): string[] {
  const { waiting } = report;
  const rows = report.entities.reduce((sum, entity) => sum + entity.added + entity.changed, 0);
  const notes: (string | null)[] = [
    arrival.before ? `该文件已于${formatInstant(arrival.before.at)}导入，无新数据。` : null,
    massChangeNote(report),
    arrival.newIncarnation ? renewalNote(manifest) : null,
    arrival.oldFork ? OLD_FORK_NOTE : null,
    report.gap ? `数据不完整：缺第 ${spanText(report.gap)} 号变更，请对方重新导出。` : null,
    arrival.kind === 'late' ? `较早文件，补入 ${rows} 条。` : null,
    waiting.missing > 0 ? `待补 ${waiting.missing} 条：所属项目或单位还没有到，到后自动补入。` : null,
    waiting.unknown > 0 ? `有 ${waiting.unknown} 处较新版本的内容暂不显示，已保留，升级后自动补入。` : null,
    waiting.value > 0 ? `有 ${waiting.value} 处内容不在本版本的选项或格式内，已保留，暂不显示。` : null,
    waiting.authority > 0 ? `有 ${waiting.authority} 条不由发送单位登记，没有采用，已保留备查。` : null,
    waiting.digest > 0 ? `有 ${waiting.digest} 条已报送的记录内容前后不一致，没有采用，已保留备查。` : null,
    waiting.clock > 0
      ? `对方时钟超前一天以上，有 ${waiting.clock} 条暂存，请提示对方校时。${manifest.kind === 'downward' ? '' : '核实后可在“交换”页按收到时间采纳。'}`
      : null,
    report.conflicts > 0 ? `有 ${report.conflicts} 处双方都改过，较晚的为现值，另一值在“冲突”中待看。` : null,
    report.proposals > 0 ? `有 ${report.proposals} 处不由填写方决定，已列为建议修改。` : null,
    report.requests.came > 0 ? `该旬已审核：有 ${report.requests.came} 条列为更正申请，采纳以前不计入各项数字。` : null,
    report.requests.accepted + report.requests.declined > 0
      ? `更正申请有答复：采纳 ${report.requests.accepted} 条，不采纳 ${report.requests.declined} 条。`
      : null,
    report.placed > 0 ? `补入以前待补的 ${report.placed} 条。` : null,
    arrival.before ? null : clockNote(manifest, arrival, now),
  ];
  return notes.filter((note): note is string => note !== null);
}
