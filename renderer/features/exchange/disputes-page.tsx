import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Card, Empty, Input, Select, Space, Table, Typography } from 'antd';
import { useState } from 'react';
import type { ConflictItem, ProposalItem } from '../../../shared/contract/exchange.ts';
import { type EntityName, fieldOf, isEntityName } from '../../../shared/dictionary/index.ts';
import { api } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { pagerItem } from '../../components/pager.tsx';
import { parseCell } from '../../grid/parse-cell.ts';
import { ExchangeFrame } from './frame.tsx';
import { WaitingCard } from './waiting-card.tsx';
import { timeText } from './words.ts';

type Side = ConflictItem['kept'];
type Rule = 'kept' | 'other' | 'ours' | 'theirs';

const RULES: readonly { readonly value: Rule; readonly label: string }[] = [
  { value: 'kept', label: '较晚改的为准' },
  { value: 'other', label: '较早改的为准' },
  { value: 'ours', label: '本单位的为准' },
  { value: 'theirs', label: '对方的为准' },
];

function SideText({ side }: { readonly side: Side }) {
  return (
    <span>
      <strong>{side.text || '（空）'}</strong>
      <br />
      <Typography.Text type="secondary">
        {[side.officeName, side.operator, side.at === null ? '' : timeText(side.at)].filter(Boolean).join(' ')}
      </Typography.Text>
    </span>
  );
}

/** 建议修改 and 冲突: both values with office, person and time; choose one, or type a third. */
export function DisputesPage() {
  const { message } = App.useApp();
  const fail = (error: Error): void => {
    message.error(messageOf(error), 8);
  };
  const proposals = useQuery(api.exchange.proposals.queryOptions({ input: { open: true } }));
  const conflicts = useQuery(api.exchange.conflicts.queryOptions({ input: { open: true } }));
  const decide = useMutation(
    api.exchange.decide.mutationOptions({
      onSuccess: ({ decided }) => message.success(`已处理 ${decided} 条建议，可撤销`),
      onError: fail,
    }),
  );
  const resolve = useMutation(
    api.exchange.resolve.mutationOptions({
      onSuccess: ({ resolved, left }) =>
        message.success(
          `已处理 ${resolved} 处冲突，可撤销${left > 0 ? `；另有 ${left} 处两边不是一方本单位、一方对方，留待逐处选定` : ''}`,
          left > 0 ? 8 : undefined,
        ),
      onError: fail,
    }),
  );
  const [chosen, setChosen] = useState<string[]>([]);
  const [clashing, setClashing] = useState<string[]>([]);
  const mine = (proposals.data ?? []).filter((item) => item.mine).map((item) => item.id);
  const picked = chosen.filter((id) => mine.includes(id));
  // What was decided meanwhile is no longer chosen.
  const clashes = (conflicts.data ?? []).map((item) => item.id);
  const pickedClashes = clashing.filter((id) => clashes.includes(id));
  const [rule, setRule] = useState<Rule>('kept');
  const ruled = pickedClashes.length === 0 ? clashes : pickedClashes;

  return (
    <ExchangeFrame at="/exchange/disputes">
      <Card
        size="small"
        title={`建议修改（${proposals.data?.length ?? 0}）`}
        extra={
          <Space>
            <Button
              size="small"
              disabled={picked.length === 0}
              onClick={() => decide.mutate({ ids: picked, accept: true })}
            >
              采纳所选 {picked.length} 条
            </Button>
            <Button
              size="small"
              disabled={picked.length === 0}
              onClick={() => decide.mutate({ ids: picked, accept: false })}
            >
              不采纳所选
            </Button>
          </Space>
        }
      >
        <Table<ProposalItem>
          size="small"
          rowKey="id"
          loading={proposals.isPending}
          dataSource={proposals.data ?? []}
          pagination={{ pageSize: 20, hideOnSinglePage: true, itemRender: pagerItem }}
          rowSelection={{
            selectedRowKeys: picked,
            onChange: (keys) => setChosen(keys.map(String)),
            getCheckboxProps: (row) => ({ disabled: !row.mine, 'aria-label': `选择${row.rowName}` }),
            getTitleCheckboxProps: () => ({ 'aria-label': '全选建议' }),
          }}
          locale={{
            emptyText: (
              <Empty
                image={Empty.PRESENTED_IMAGE_SIMPLE}
                description="没有待处理的建议修改。对方改了由本单位决定的数据时，会列在这里。"
              />
            ),
          }}
          columns={[
            { title: '项目或记录', dataIndex: 'rowName' },
            { title: '字段', dataIndex: 'fieldLabel', width: 140 },
            { title: '现值', render: (_, row) => <SideText side={row.current} /> },
            { title: '建议改为', render: (_, row) => <SideText side={row.proposed} /> },
            {
              title: '处理',
              width: 150,
              render: (_, row) =>
                row.mine ? (
                  <Space size={0}>
                    <Button type="link" size="small" onClick={() => decide.mutate({ ids: [row.id], accept: true })}>
                      采纳
                    </Button>
                    <Button type="link" size="small" onClick={() => decide.mutate({ ids: [row.id], accept: false })}>
                      不采纳
                    </Button>
                  </Space>
                ) : (
                  '等对方处理'
                ),
            },
          ]}
        />
      </Card>
      <Card
        size="small"
        style={{ marginTop: 10 }}
        title={`冲突（${conflicts.data?.length ?? 0}）`}
        extra={
          <Space>
            <span>按规则处理：</span>
            <Select<Rule>
              size="small"
              style={{ width: 150 }}
              aria-label="处理冲突的规则"
              value={rule}
              options={[...RULES]}
              onChange={setRule}
            />
            <Button
              size="small"
              disabled={ruled.length === 0 || resolve.isPending}
              onClick={() => resolve.mutate({ ids: ruled, choice: rule })}
            >
              用于{pickedClashes.length === 0 ? '全部' : '所选'} {ruled.length} 处
            </Button>
          </Space>
        }
      >
        <Table<ConflictItem>
          size="small"
          rowKey="id"
          loading={conflicts.isPending}
          dataSource={conflicts.data ?? []}
          pagination={{ pageSize: 20, hideOnSinglePage: true, itemRender: pagerItem }}
          rowSelection={{
            selectedRowKeys: pickedClashes,
            onChange: (keys) => setClashing(keys.map(String)),
            getCheckboxProps: (row) => ({ 'aria-label': `选择${row.rowName}` }),
            getTitleCheckboxProps: () => ({ 'aria-label': '全选冲突' }),
          }}
          locale={{
            emptyText: (
              <Empty
                image={Empty.PRESENTED_IMAGE_SIMPLE}
                description="没有冲突。两边同时改了同一处时，后改的先用上，另一个值留在这里供选择。"
              />
            ),
          }}
          columns={[
            { title: '项目或记录', dataIndex: 'rowName' },
            { title: '字段', dataIndex: 'fieldLabel', width: 140 },
            { title: '现值（后改的）', render: (_, row) => <SideText side={row.kept} /> },
            { title: '另一值', render: (_, row) => <SideText side={row.other} /> },
            {
              title: '处理',
              width: 310,
              render: (_, row) => (
                <Space size={4} wrap>
                  <Button size="small" onClick={() => resolve.mutate({ ids: [row.id], choice: 'kept' })}>
                    保留现值
                  </Button>
                  <Button size="small" onClick={() => resolve.mutate({ ids: [row.id], choice: 'other' })}>
                    用另一值
                  </Button>
                  <ThirdValue
                    item={row}
                    onValue={(value) => resolve.mutate({ ids: [row.id], choice: 'value', value })}
                  />
                </Space>
              ),
            },
          ]}
        />
      </Card>
      <WaitingCard />
    </ExchangeFrame>
  );
}

/** A third person, unit or project where the field names one. */
function AnotherRow({
  entity,
  label,
  onValue,
}: {
  readonly entity: EntityName;
  readonly label: string;
  readonly onValue: (id: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const rows = useQuery(api.records.list.queryOptions({ input: { entity }, enabled: open }));
  return (
    <Select<string>
      size="small"
      style={{ width: 140 }}
      placeholder="另选一个"
      aria-label={`${label}另选一个`}
      value={null}
      open={open}
      onOpenChange={setOpen}
      loading={open && rows.isPending}
      showSearch={{ optionFilterProp: 'label' }}
      options={(rows.data ?? []).map((row) => ({ value: row.id, label: String(row['name'] ?? '') }))}
      onChange={onValue}
    />
  );
}

function ThirdValue({
  item,
  onValue,
}: {
  readonly item: ConflictItem;
  readonly onValue: (value: string | number | null) => void;
}) {
  const { message } = App.useApp();
  const field = isEntityName(item.entity) ? fieldOf(item.entity, item.field) : undefined;
  if (!field || field.type === 'json') return null;
  if (field.type === 'ref') {
    return field.ref !== undefined && isEntityName(field.ref) ? (
      <AnotherRow entity={field.ref} label={item.fieldLabel} onValue={onValue} />
    ) : null;
  }
  const set = (text: string): void => {
    const parsed = parseCell(text, field);
    if (parsed.ok) onValue(parsed.value);
    else message.warning(parsed.reason);
  };
  return (
    <Input.Search
      size="small"
      style={{ width: 140 }}
      placeholder="另填一值"
      enterButton="填入"
      aria-label={`${item.fieldLabel}另填一个值`}
      onSearch={set}
    />
  );
}
