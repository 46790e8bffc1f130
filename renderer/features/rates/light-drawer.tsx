import { useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Drawer, Spin, Table } from 'antd';
import { useLocation } from 'wouter';
import { formatChinese } from '../../../shared/domain/date.ts';
import { moneyText } from '../../../shared/domain/money.ts';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { ruleWords } from '../../components/explain-rate.ts';
import { LightMark } from '../../components/light-mark.tsx';

interface LightDrawerProps {
  readonly projectId: string | null;
  readonly date: string;
  readonly onClose: () => void;
}

/** 亮灯说明: reason, rule, target against done, lights of the periods before. */
export function LightDrawer({ projectId, date, onClose }: LightDrawerProps) {
  const [, navigate] = useLocation();
  const explained = useQuery({
    ...api.rates.explain.queryOptions({ input: { projectId: projectId ?? '', date } }),
    enabled: projectId !== null,
  });
  const { data } = explained;
  return (
    <Drawer
      open={projectId !== null}
      onClose={onClose}
      size={560}
      title={data?.current.name ?? '亮灯说明'}
      extra={<Button onClick={() => navigate(`/projects/${projectId ?? ''}`)}>打开项目页</Button>}
    >
      {explained.isError ? messageOf(explained.error) : null}
      {explained.isPending && projectId !== null ? <Spin /> : null}
      {data === undefined ? null : (
        <>
          <Descriptions
            size="small"
            column={1}
            bordered
            styles={{ label: { width: 100 } }}
            items={[
              { key: 'light', label: '亮灯', children: <LightMark light={data.current.light} named /> },
              {
                key: 'reason',
                label: '理由',
                children: data.current.reasons.map((reason) => (
                  <div key={reason.text} style={{ display: 'flex', gap: 6, alignItems: 'baseline' }}>
                    <LightMark light={reason.light} />
                    <span>{reason.text}</span>
                  </div>
                )),
              },
              {
                key: 'figures',
                label: '依据',
                children: `自年初累计 ${moneyText(data.current.yearToDate)} ÷ 年度计划 ${moneyText(data.current.annualPlan)}，截至${formatChinese(date)}`,
              },
              {
                key: 'rule',
                label: '规则',
                children: (
                  <>
                    <strong>{ruleWords(data.rule)}</strong>
                    {data.ruleText.map((line) => (
                      <div key={line}>{line}</div>
                    ))}
                  </>
                ),
              },
            ]}
          />
          <h3 className="rates-subhead">各月末应完成与已完成（%）</h3>
          <Table
            size="small"
            pagination={false}
            rowKey="key"
            scroll={{ x: 'max-content' }}
            columns={[
              { key: 'name', dataIndex: 'name', title: '月份', fixed: 'left' },
              ...data.curve.map((point) => ({
                key: String(point.month),
                dataIndex: String(point.month),
                title: `${point.month}`,
                align: 'right' as const,
              })),
            ]}
            dataSource={[
              {
                key: 'due',
                name: '应完成',
                ...Object.fromEntries(data.curve.map((point) => [point.month, point.due.toFixed(1)])),
              },
              {
                key: 'done',
                name: '已完成',
                ...Object.fromEntries(data.curve.map((point) => [point.month, point.done?.toFixed(1) ?? '—'])),
              },
            ]}
          />
          <h3 className="rates-subhead">历期亮灯</h3>
          <Table
            size="small"
            pagination={false}
            rowKey="period"
            columns={[
              { key: 'label', dataIndex: 'label', title: '期次', width: 120 },
              {
                key: 'light',
                title: '亮灯',
                width: 84,
                render: (_, line) => <LightMark light={line.light} named />,
              },
              { key: 'text', dataIndex: 'text', title: '理由' },
            ]}
            dataSource={data.history}
            locale={{ emptyText: '没有以前各期的记录' }}
          />
        </>
      )}
    </Drawer>
  );
}
