import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Card, Descriptions, Form, Input, Segmented, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { isReadable, type StoredRule } from '../../../shared/domain/rule-body.ts';
import { api, forgetEverything, platform } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { useSave } from '../../components/use-save.tsx';
import { SuiteCard } from './suite-card.tsx';

const ZOOM = 'baobao.zoom';
const KIND_NAMES: Readonly<Record<string, string>> = {
  light: '亮灯规则',
  cadence: '报送时限',
  rates: '四率口径',
  scheme: '方案',
  pool: '储备调整口径',
};

const storedRule = (row: Readonly<Record<string, unknown>> & { readonly id: string }): StoredRule => ({
  id: row.id,
  name: String(row['name'] ?? ''),
  version: Number(row['version'] ?? 1),
  effectiveFrom: String(row['effectiveFrom'] ?? ''),
  body: typeof row['body'] === 'string' ? row['body'] : null,
});

/** 设置: operator, size of the letters, the rules in force, the ledger file. */
export function SettingsPage() {
  const { message } = App.useApp();
  const ledger = useLedger();
  const rules = useQuery(api.records.list.queryOptions({ input: { entity: 'rule' } }));
  const saver = useSave();
  const [zoom, setZoom] = useState(() => Number(localStorage.getItem(ZOOM) ?? '1'));
  const fail = (error: Error): void => {
    message.error(messageOf(error), 8);
  };
  const rename = useMutation(
    api.session.setOperator.mutationOptions({
      onSuccess: () => {
        forgetEverything();
        message.success('操作人已更改，今后的修改记在新姓名下');
      },
      onError: fail,
    }),
  );
  const close = useMutation(api.session.close.mutationOptions({ onSuccess: forgetEverything, onError: fail }));
  const changeZoom = (factor: number): void => {
    setZoom(factor);
    localStorage.setItem(ZOOM, String(factor));
    void platform.setZoom({ factor });
  };

  return (
    <div className="page">
      <div className="page-head">
        <h1>设置</h1>
      </div>
      <div
        className="page-body"
        style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 10, alignContent: 'start' }}
      >
        <Card title="操作人">
          <Form
            layout="inline"
            initialValues={{ operator: ledger.operator }}
            onFinish={(values: { operator: string }) => rename.mutate(values)}
          >
            <Form.Item name="operator" label="姓名" rules={[{ required: true, max: 40, message: '请填写姓名' }]}>
              <Input style={{ width: 160 }} />
            </Form.Item>
            <Button htmlType="submit" loading={rename.isPending}>
              更改
            </Button>
          </Form>
        </Card>
        <Card title="显示大小">
          <Segmented
            value={zoom}
            options={[
              { value: 1, label: '100 %' },
              { value: 1.15, label: '115 %' },
              { value: 1.3, label: '130 %' },
            ]}
            onChange={changeZoom}
          />
        </Card>
        <Card title="台账文件" extra={<Button onClick={() => close.mutate({})}>关闭台账</Button>}>
          <Descriptions
            column={1}
            size="small"
            items={[
              { key: 'path', label: '位置', children: ledger.path },
              { key: 'scheme', label: '方案', children: ledger.presetName ?? '未设置' },
              { key: 'schema', label: '表结构', children: `第 ${ledger.schemaVersion} 版` },
            ]}
          />
          <Button
            type="link"
            style={{ paddingInline: 0 }}
            onClick={() => void platform.showInFolder({ path: ledger.path })}
          >
            在文件夹中显示
          </Button>
          <Link href="/settings/backup" style={{ marginInlineStart: 16 }}>
            备份与恢复
          </Link>
        </Card>
        <SuiteCard />
        <Card
          title="现行规则"
          style={{ gridColumn: '1 / -1' }}
          extra={<Link href="/pool?tab=rule">储备调整口径在“储备调整 → 调整口径”中修改</Link>}
        >
          <Table
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={rules.data ?? []}
            columns={[
              { title: '类别', dataIndex: 'kind', render: (kind: string) => KIND_NAMES[kind] ?? kind },
              { title: '名称', dataIndex: 'name' },
              { title: '版本', dataIndex: 'version', align: 'right' },
              { title: '生效日期', dataIndex: 'effectiveFrom' },
              {
                title: '状态',
                render: (_value, row) => {
                  const rule = storedRule(row);
                  if (isReadable(String(row['kind']), rule)) return '可用';
                  if (ledger.level !== 'city') return '内容无法使用，请联系领导小组办公室';
                  return (
                    <>
                      内容无法使用{' '}
                      <Button
                        size="small"
                        danger
                        onClick={() =>
                          void saver.act(
                            `作废规则“${rule.name}”第 ${rule.version} 版`,
                            [{ entity: 'rule', id: row.id, set: { voided: 1 } }],
                            `已作废“${rule.name}”第 ${rule.version} 版，按上一版执行`,
                          )
                        }
                      >
                        作废这一版
                      </Button>
                    </>
                  );
                },
              },
            ]}
          />
        </Card>
      </div>
    </div>
  );
}
