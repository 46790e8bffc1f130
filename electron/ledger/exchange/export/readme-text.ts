import { parsePeriod, periodLabel } from '../../../../shared/domain/period.ts';
import { PROGRAM_VERSION } from '../../store/program-version.ts';
import type { ManifestFacts } from '../bundle/bundle-write.ts';
import type { BundleKind } from '../bundle/manifest.ts';
import { formatInstant } from '../register/report.ts';

const KIND_TEXT: Record<BundleKind, string> = {
  upward: '上报',
  downward: '下发',
  full: '全量',
  enrolment: '入网文件',
};

/** 说明.txt: what a file is, for people who open it without the program. */
export function readmeText(
  facts: ManifestFacts,
  file: {
    readonly to: string;
    readonly counts: readonly { readonly label: string; readonly rows: number }[];
    readonly rows: number;
  },
): string {
  const period = facts.period === null ? null : parsePeriod(facts.period);
  const content = file.counts.map(({ label, rows }) => `${label} ${rows} 条`).join('，');
  return [
    '包保台账交换文件',
    '',
    `发送单位：${facts.office.name}`,
    `接收单位：${file.to}`,
    `类别：${KIND_TEXT[facts.kind]}`,
    `编号：第 ${facts.number} 号`,
    ...(period === null ? [] : [`报告期：${periodLabel(period)}`]),
    `导出时间：${formatInstant(facts.wallTime)}`,
    `内容：${content === '' ? '无新数据，仅回执' : content}`,
    `需要程序版本：${PROGRAM_VERSION} 以上`,
    '',
    '数据部分已签名并加密，只有接收单位的包保台账能够打开。',
    '请不要改名以外的改动，也不要解压后重新打包。',
    '',
  ].join('\n');
}
