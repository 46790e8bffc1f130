import { Alert, Button, Card, Descriptions, type DescriptionsProps, Table, Tag } from 'antd';
import { type EntityOutcome, type FileReport, KIND_NAMES } from '../../../shared/contract/exchange.ts';
import { digestText } from '../../../shared/domain/digest-text.ts';
import { sizeText } from '../../components/size-text.ts';
import { ForkNotice } from './fork-notice.tsx';
import { SlipButton } from './slip-button.tsx';
import { gapText, periodText, timeText } from './words.ts';

const STATES: Readonly<Record<FileReport['state'], { readonly text: string; readonly color: string }>> = {
  ready: { text: '可以导入', color: 'blue' },
  applied: { text: '已导入', color: 'green' },
  repeated: { text: '以前导入过', color: 'default' },
  candidate: { text: '待核准入网', color: 'default' },
  refused: { text: '不能导入', color: 'red' },
};

/** An unusual file, which is taken once the clerk says that it is meant. */
const TO_VERIFY = { text: '待核实', color: 'orange' } as const;

const stateOf = ({ state, massChange }: FileReport): (typeof STATES)[FileReport['state']] =>
  state === 'ready' && massChange !== null ? TO_VERIFY : STATES[state];

const WAITING: Readonly<Record<keyof FileReport['waiting'], string>> = {
  unknown: '新版字段暂存',
  value: '值不合本版字典，暂存',
  missing: '所属项目未到，待补',
  authority: '无权新建，暂存',
  digest: '与已封存的内容不符，隔离',
  clock: '对方时钟超前，隔离',
};

function waitingText(waiting: FileReport['waiting']): string {
  const parts = (Object.keys(WAITING) as (keyof typeof WAITING)[])
    .filter((reason) => waiting[reason] > 0)
    .map((reason) => `${WAITING[reason]} ${waiting[reason]} 条`);
  return parts.length === 0 ? '无' : parts.join('；');
}

/** Notes after which somebody has to be called. */
const ALARMING = /^(?:异常批量变更.*请与发送单位核对|数据不完整|对方时钟)/u;

function Note({ text }: { readonly text: string }) {
  if (ALARMING.test(text)) return <Alert type="warning" showIcon title={text} style={{ marginBottom: 8 }} />;
  return <p style={{ margin: '0 0 4px' }}>{text}</p>;
}

const columns = [
  { title: '内容', dataIndex: 'label' },
  { title: '新增', dataIndex: 'added', align: 'right' as const, width: 80 },
  { title: '变更', dataIndex: 'changed', align: 'right' as const, width: 80 },
  { title: '相同', dataIndex: 'same', align: 'right' as const, width: 80 },
  { title: '较旧未取', dataIndex: 'older', align: 'right' as const, width: 90 },
];

function factsOf(report: FileReport, narrow: boolean): NonNullable<DescriptionsProps['items']> {
  const digest =
    report.digest === null
      ? []
      : [
          {
            key: 'digest',
            label: '文件摘要',
            span: narrow ? 3 : 1,
            children: <code>{digestText(report.digest)}</code>,
          },
        ];
  // A refused file was not merged: it has none of these.
  const outcome =
    report.state === 'refused'
      ? []
      : [
          { key: 'gap', label: '缺号', children: report.gap ? gapText(report.gap) : '无' },
          { key: 'conflicts', label: '冲突', children: report.conflicts === 0 ? '无' : `${report.conflicts} 处` },
          { key: 'proposals', label: '建议修改', children: report.proposals === 0 ? '无' : `${report.proposals} 条` },
          { key: 'waiting', label: '暂存', span: narrow ? 3 : 2, children: waitingText(report.waiting) },
        ];
  return [
    { key: 'period', label: '报告期', children: periodText(report.period) },
    { key: 'made', label: '制作时间', children: timeText(report.madeAt) },
    { key: 'size', label: '大小', children: sizeText(report.bytes) },
    ...(narrow ? [...outcome, ...digest] : [...digest, ...outcome]),
  ];
}

function OneReport({
  report,
  narrow,
  onAdmit,
}: {
  readonly report: FileReport;
  /** One of two beside each other. */
  readonly narrow: boolean;
  readonly onAdmit: () => void;
}) {
  const state = stateOf(report);
  const news = report.entities.filter((each) => each.added + each.changed + each.older > 0);
  const same = report.entities.filter((each) => !news.includes(each) && each.same > 0);
  const title = report.sender
    ? `${report.sender.name}　${KIND_NAMES[report.kind ?? ''] ?? ''}${report.number === null ? '' : ` 第${report.number}号`}`
    : report.fileName;
  return (
    <Card
      size="small"
      title={title}
      extra={
        <span>
          <Tag color={state.color}>{state.text}</Tag>
          {report.state === 'applied' && report.exchangeId !== null ? (
            <SlipButton exchangeId={report.exchangeId} fileName={report.fileName} receipt quiet />
          ) : null}
          {report.state === 'candidate' ? (
            <Button size="small" type="primary" onClick={onAdmit}>
              核对指纹并核准
            </Button>
          ) : null}
        </span>
      }
    >
      {report.fork ? <ForkNotice fork={report.fork} officeName={report.sender?.name ?? ''} /> : null}
      {report.fault && !report.fork ? (
        <Alert type="error" showIcon title={report.fault.text} style={{ marginBottom: 8 }} />
      ) : null}
      {report.notes.map((note) => (
        <Note key={note} text={note} />
      ))}
      {report.sender ? <Descriptions size="small" column={narrow ? 3 : 4} items={factsOf(report, narrow)} /> : null}
      {news.length > 0 ? (
        <Table<EntityOutcome>
          size="small"
          rowKey="entity"
          pagination={false}
          dataSource={news}
          columns={columns}
          style={{ marginTop: 6 }}
        />
      ) : null}
      {same.length > 0 ? (
        <p style={{ margin: '6px 0 0', color: '#374151' }}>
          {news.length > 0 ? '另有 ' : '没有新增或变更。'}
          {same.length} 类 {same.reduce((sum, each) => sum + each.same, 0)} 条与本台账相同。
        </p>
      ) : null}
    </Card>
  );
}

/** '共 20 个文件：可以导入 18 个，以前导入过 1 个，不能导入 1 个。' */
export function summaryOf(reports: readonly FileReport[]): string {
  const states = reports.map((report) => stateOf(report).text);
  const kinds = [...new Set(states)];
  const parts = kinds.map((text) => `${text} ${states.filter((each) => each === text).length} 个`);
  return `共 ${reports.length} 个文件：${parts.join('，')}。`;
}

/** What somebody has to see to: not to be looked for among twenty that are as they should be. */
function needsAttention(report: FileReport): boolean {
  return report.massChange !== null || report.state === 'candidate' || report.state === 'refused';
}

/** What each file is, holds and does; one card a file, those first that somebody has to see to. */
export function FileReports({
  reports,
  onAdmit,
}: {
  readonly reports: readonly FileReport[];
  readonly onAdmit: (report: FileReport) => void;
}) {
  return (
    <div
      style={{
        display: 'grid',
        gridTemplateColumns: reports.length > 1 ? 'repeat(2, minmax(0, 1fr))' : 'minmax(0, 1fr)',
        gap: 10,
      }}
    >
      {[...reports]
        .sort((left, right) => Number(needsAttention(right)) - Number(needsAttention(left)))
        .map((report) => (
          <OneReport key={report.path} report={report} narrow={reports.length > 1} onAdmit={() => onAdmit(report)} />
        ))}
    </div>
  );
}
