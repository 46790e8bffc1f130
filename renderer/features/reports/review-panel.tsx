import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Card, Input, Space, Table } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import type { CorrectionRequest, UnitStatus } from '../../../shared/contract/reports.ts';
import { formatMoney } from '../../../shared/domain/money.ts';
import { api, forgetEverything } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { pagerItem } from '../../components/pager.tsx';

type Figures = CorrectionRequest['asked'];

const amount = (value: number | null): string => (value === null ? '—' : formatMoney(value, '万元', 'exact'));

/** The figures that count beside those that are asked for, only where they differ. */
function Difference({ counted, asked }: { readonly counted: Figures | null; readonly asked: Figures }) {
  const lines: readonly (readonly [string, string, string])[] = [
    ['本旬完成', amount(counted?.periodInvestment ?? null), amount(asked.periodInvestment)],
    ['自年初累计', amount(counted?.yearToDate ?? null), amount(asked.yearToDate)],
    ['资金到位', amount(counted?.fundsInPlace ?? null), amount(asked.fundsInPlace)],
    ['形象进度', counted?.visibleProgress ?? '—', asked.visibleProgress ?? '—'],
    ['存在问题', counted?.problems ?? '—', asked.problems ?? '—'],
    ['下步计划', counted?.nextSteps ?? '—', asked.nextSteps ?? '—'],
  ];
  const changed = lines.filter(([, now, then]) => now !== then);
  if (changed.length === 0) return <>与现行数相同</>;
  return (
    <>
      {changed.map(([label, now, then]) => (
        <div key={label}>
          {label}：{counted === null ? '' : `${now} → `}
          <strong>{then}</strong>
        </div>
      ))}
    </>
  );
}

/** Asks for a reason in words; null when it was given up. */
function useReason() {
  const { modal } = App.useApp();
  return async (title: string, note: ReactNode, okText: string): Promise<string | null> => {
    let reason = '';
    const agreed = await modal.confirm({
      title,
      content: (
        <>
          <p>{note}</p>
          <Input.TextArea
            autoFocus
            rows={3}
            maxLength={200}
            aria-label="理由"
            onChange={(event) => {
              reason = event.target.value.trim();
            }}
          />
        </>
      ),
      okText,
      cancelText: '返回',
      onOk: () => (reason === '' ? Promise.reject(new Error('empty')) : undefined),
    });
    return agreed ? reason : null;
  };
}

function useFail() {
  const { message } = App.useApp();
  return (error: Error): void => {
    message.error(messageOf(error), 8);
  };
}

const STATES: Readonly<Record<CorrectionRequest['state'], string>> = { requested: '待采纳', declined: '未采纳' };

/** 更正申请 of a period: what came after the review. The city decides; the unit's office sees how it stands. */
export function Requests({ period, decides }: { readonly period: string; readonly decides: boolean }) {
  const { message } = App.useApp();
  const fail = useFail();
  const askReason = useReason();
  const requests = useQuery(api.reports.requests.queryOptions({ input: { kind: 'tenDay', period } }));
  const decide = useMutation(
    api.reports.decideRequests.mutationOptions({
      onSuccess: ({ decided }, { accept }) => {
        forgetEverything();
        message.success(`${accept ? '已采纳' : '未采纳'}更正申请 ${decided} 项，可撤销；答复随下一个文件送达`);
      },
      onError: fail,
    }),
  );
  const rows = requests.data ?? [];
  if (rows.length === 0) return null;
  const open = rows.filter((row) => row.state === 'requested').map((row) => row.reportId);
  const leave = async (reportIds: string[]): Promise<void> => {
    const reason = await askReason('不采纳的理由', '原报继续有效，理由随下一个文件告诉填报单位。', '不采纳');
    if (reason !== null) decide.mutate({ reportIds, accept: false, reason });
  };
  return (
    <Card
      size="small"
      style={{ margin: '8px 12px 0' }}
      title={`更正申请（待采纳 ${open.length}，未采纳 ${rows.length - open.length}）：该旬已审核，采纳以前不计入各项数字`}
      extra={
        decides && open.length > 1 ? (
          <Button
            size="small"
            loading={decide.isPending}
            onClick={() => decide.mutate({ reportIds: open, accept: true })}
          >
            全部采纳
          </Button>
        ) : null
      }
    >
      <Table<CorrectionRequest>
        size="small"
        rowKey="reportId"
        dataSource={rows}
        pagination={{ pageSize: 10, hideOnSinglePage: true, itemRender: pagerItem }}
        columns={[
          { title: '单位', dataIndex: 'unitName', width: 110 },
          { title: '项目', dataIndex: 'projectName', ellipsis: true },
          {
            title: '现行数 → 申请更正为（万元）',
            render: (_, row) => <Difference counted={row.counted} asked={row.asked} />,
          },
          {
            title: '理由',
            width: 180,
            render: (_, row) => row.reason ?? (row.counted === null ? '审核后补报' : '—'),
          },
          {
            title: '报送',
            width: 120,
            render: (_, row) => (
              <>
                {row.submittedAt === null ? '' : dayjs(row.submittedAt).format('MM-DD HH:mm')} {row.operator}
              </>
            ),
          },
          {
            title: decides ? '处理' : '状态',
            width: decides ? 150 : 170,
            render: (_, row) => (
              <>
                {row.state === 'declined' ? `未采纳：${row.answer ?? ''} ` : decides ? '' : STATES[row.state]}
                {decides ? (
                  <Space size={0}>
                    <Button
                      type="link"
                      size="small"
                      onClick={() => decide.mutate({ reportIds: [row.reportId], accept: true })}
                    >
                      采纳
                    </Button>
                    {row.state === 'declined' ? null : (
                      <Button type="link" size="small" onClick={() => void leave([row.reportId])}>
                        不采纳
                      </Button>
                    )}
                  </Space>
                ) : null}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

/** 审核 of one unit, of all that are complete, and 取消审核. */
export function useReview(period: string) {
  const { message } = App.useApp();
  const fail = useFail();
  const askReason = useReason();
  const onSuccess = ({ title }: { readonly title: string }): void => {
    forgetEverything();
    message.success(`已${title}，可撤销`);
  };
  const review = useMutation(api.reports.review.mutationOptions({ onSuccess, onError: fail }));
  const withdraw = useMutation(api.reports.withdrawReview.mutationOptions({ onSuccess, onError: fail }));
  return {
    busy: review.isPending || withdraw.isPending,
    review: (units: readonly UnitStatus[]) =>
      review.mutate({ kind: 'tenDay', period, unitIds: units.map(({ unitId }) => unitId) }),
    async withdraw({ unitId, unitName }: UnitStatus): Promise<void> {
      const note = '取消后该单位可以照常更正；等待中的更正申请随即计入，已明确不采纳的仍不计入。';
      const reason = await askReason(`取消审核：${unitName}`, note, '取消审核');
      if (reason !== null) withdraw.mutate({ kind: 'tenDay', period, unitId, reason });
    },
  };
}
