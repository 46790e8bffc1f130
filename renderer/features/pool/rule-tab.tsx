import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, InputNumber, Popconfirm, Select, Table } from 'antd';
import { useMemo, useState } from 'react';
import { dictionary } from '../../../shared/dictionary/index.ts';
import { isDate } from '../../../shared/domain/date.ts';
import { formatMoney, MONEY_FAULT_TEXT, parseMoney } from '../../../shared/domain/money.ts';
import { DEFAULT_POOL_RULE, type PoolRule, poolRuleSchema, poolRuleText } from '../../../shared/domain/pool.ts';
import { api } from '../../app/api.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { newId } from '../../app/new-id.ts';
import type { Saver } from '../../components/use-save.tsx';

/** One version of the rule as the ledger has it; `rule` null where its content cannot be read. */
interface Version {
  readonly id: string;
  readonly version: number;
  readonly effectiveFrom: string;
  readonly rule: PoolRule | null;
}

function bodyOf(text: unknown): PoolRule | null {
  try {
    const parsed = poolRuleSchema.safeParse(JSON.parse(typeof text === 'string' ? text : '{}'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Versions, the newest first. */
function useVersions(): readonly Version[] | undefined {
  const { data } = useQuery(api.records.list.queryOptions({ input: { entity: 'rule', where: { kind: 'pool' } } }));
  return useMemo(
    () =>
      data
        ?.map((row) => ({
          id: row.id,
          version: Number(row['version'] ?? 1),
          effectiveFrom: String(row['effectiveFrom'] ?? ''),
          rule: bodyOf(row['body']),
        }))
        .sort((left, right) => right.effectiveFrom.localeCompare(left.effectiveFrom) || right.version - left.version),
    [data],
  );
}

interface Values {
  readonly effectiveFrom: string;
  readonly tolerance: number;
  readonly behindPoints: number;
  readonly periods: number;
  readonly windows: readonly { readonly from: string; readonly to: string }[];
  readonly promoteFrom: string;
  readonly promoteTo: string;
  readonly promoteLeast: string;
  readonly teamFrom: string;
}

const LISTS = (dictionary.project.fields.lists.choices ?? []).map(({ value, label }) => ({ value, label }));

/** '5-1' and '5月1日' as '05-01'; null when it is no day of the year. */
function monthDay(text: string): string | null {
  const found = /^\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?\s*$/u.exec(text);
  if (found === null) return null;
  const day = `${(found[1] ?? '').padStart(2, '0')}-${(found[2] ?? '').padStart(2, '0')}`;
  return isDate(`2020-${day}`) ? day : null;
}

const needsMoney = {
  validator: (_rule: unknown, text: string) => {
    const result = parseMoney(text ?? '', '万元');
    if (result.ok && result.yuan !== null && result.yuan >= 0) return Promise.resolve();
    return Promise.reject(new Error(result.ok ? '请填写金额' : MONEY_FAULT_TEXT[result.reason]));
  },
};
const needsDay = {
  validator: (_rule: unknown, text: string) =>
    monthDay(text ?? '') === null ? Promise.reject(new Error('请填月-日，如 5-1')) : Promise.resolve(),
};
const needsDate = {
  validator: (_rule: unknown, text: string) =>
    isDate(text ?? '') ? Promise.resolve() : Promise.reject(new Error('请填日期，如 2021-06-01')),
};

const wan = (yuan: number): string => formatMoney(yuan, '万元', 'exact').replaceAll(',', '');

function valuesOf(rule: PoolRule, effectiveFrom: string): Values {
  return {
    ...rule,
    effectiveFrom,
    promoteLeast: wan(rule.promoteLeast),
    teamFrom: wan(rule.teamFrom),
  };
}

function yuanOf(text: string): number {
  const result = parseMoney(text, '万元');
  return result.ok ? (result.yuan ?? 0) : 0;
}

function ruleOf({ effectiveFrom: _from, ...values }: Values): PoolRule {
  return {
    ...values,
    windows: values.windows.map(({ from, to }) => ({ from: monthDay(from) ?? from, to: monthDay(to) ?? to })),
    promoteLeast: yuanOf(values.promoteLeast),
    teamFrom: yuanOf(values.teamFrom),
  };
}

function RuleForm(props: {
  readonly rule: PoolRule;
  readonly today: string;
  readonly nextVersion: number;
  readonly saver: Saver;
  readonly onDone: () => void;
}) {
  const { rule, today, nextVersion, saver, onDone } = props;
  const [form] = Form.useForm<Values>();
  const save = async (values: Values): Promise<void> => {
    const set = {
      kind: 'pool',
      name: '储备调整口径',
      version: nextVersion,
      effectiveFrom: values.effectiveFrom,
      body: JSON.stringify(ruleOf(values)),
    };
    const title = `修改储备调整口径（第 ${nextVersion} 版）`;
    if (await saver.act(title, [{ entity: 'rule', id: newId(), set }], `已${title}，${values.effectiveFrom} 起执行`))
      onDone();
  };
  return (
    <Form
      form={form}
      aria-label="储备调整口径"
      layout="horizontal"
      labelCol={{ flex: '190px' }}
      colon={false}
      initialValues={valuesOf(rule, today)}
      onFinish={(values) => void save(values)}
      style={{ maxWidth: 720 }}
    >
      <Form.Item name="effectiveFrom" label="执行日期" rules={[needsDate]} extra="在此之前的批次仍按原口径">
        <Input style={{ width: 140 }} />
      </Form.Item>
      <Form.Item name="behindPoints" label="低于序时进度达到" rules={[{ required: true, message: '请填写' }]}>
        <InputNumber min={0} max={100} suffix="个百分点" style={{ width: 140 }} controls={false} />
      </Form.Item>
      <Form.Item name="periods" label="连续" rules={[{ required: true, message: '请填写' }]}>
        <InputNumber min={1} max={12} precision={0} suffix="期，提出调整" style={{ width: 140 }} controls={false} />
      </Form.Item>
      <Form.Item name="tolerance" label="替换项目总投资相差不超过" rules={[{ required: true, message: '请填写' }]}>
        <InputNumber min={0} max={100} suffix="%" style={{ width: 140 }} controls={false} />
      </Form.Item>
      <Form.Item label="升级">
        <span style={{ display: 'inline-flex', gap: 8, alignItems: 'center' }}>
          <Form.Item name="promoteFrom" noStyle>
            <Select options={LISTS} style={{ width: 170 }} aria-label="由哪个清单升级" />
          </Form.Item>
          升
          <Form.Item name="promoteTo" noStyle>
            <Select options={LISTS} style={{ width: 170 }} aria-label="升入哪个清单" />
          </Form.Item>
        </span>
      </Form.Item>
      <Form.Item name="promoteLeast" label="总投资达到多少建议升级" rules={[needsMoney]}>
        <Input suffix="万元" style={{ width: 140 }} />
      </Form.Item>
      <Form.Item label="升级窗口期" extra="不在窗口期内的升级不能列入批次">
        <Form.List name="windows">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }) => (
                <div key={key} style={{ display: 'flex', gap: 8, alignItems: 'baseline' }}>
                  <Form.Item name={[name, 'from']} rules={[needsDay]} style={{ marginBottom: 8 }}>
                    <Input aria-label={`第 ${name + 1} 段起`} style={{ width: 90 }} />
                  </Form.Item>
                  至
                  <Form.Item name={[name, 'to']} rules={[needsDay]} style={{ marginBottom: 8 }}>
                    <Input aria-label={`第 ${name + 1} 段止`} style={{ width: 90 }} />
                  </Form.Item>
                  <Button
                    type="text"
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={`去掉第 ${name + 1} 段`}
                    onClick={() => remove(name)}
                  />
                </div>
              ))}
              <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => add({ from: '', to: '' })}>
                增加一段
              </Button>
            </>
          )}
        </Form.List>
      </Form.Item>
      <Form.Item name="teamFrom" label="建推进团队的年度计划投资" rules={[needsMoney]}>
        <Input suffix="万元以上" style={{ width: 140 }} />
      </Form.Item>
      <Form.Item label=" ">
        <Button type="primary" htmlType="submit" loading={saver.saving}>
          保存为第 {nextVersion} 版
        </Button>{' '}
        <Button onClick={onDone}>取消</Button>
      </Form.Item>
    </Form>
  );
}

/** 调整口径 (B6, C9, D11): thresholds and windows by version, each from its day on; changed by the city only. */
export function RuleTab({ saver }: { readonly saver: Saver }) {
  const { level, today } = useLedger();
  const versions = useVersions();
  const [editing, setEditing] = useState(false);
  if (versions === undefined) return null;
  const standing = versions.find((version) => version.effectiveFrom <= today);
  const current = standing === undefined ? DEFAULT_POOL_RULE : standing.rule;
  const nextVersion = Math.max(0, ...versions.map(({ version }) => version)) + 1;
  return (
    <div className="pool-column" style={{ overflow: 'auto' }}>
      <section className="panel" aria-label="现行口径" style={{ padding: '8px 12px' }}>
        <div style={{ display: 'flex', gap: 12, alignItems: 'center' }}>
          <strong>
            现行口径
            {standing === undefined
              ? '（程序自带）'
              : `（第 ${standing.version} 版，${standing.effectiveFrom} 起执行）`}
          </strong>
          <span style={{ flex: 1 }} />
          {level === 'city' && !editing ? (
            <Button type="primary" onClick={() => setEditing(true)}>
              修改口径
            </Button>
          ) : null}
        </div>
        {current === null ? (
          <Alert
            type="error"
            showIcon
            title={
              level === 'city'
                ? '这一版的内容无法读取，请修改口径另存一版，或作废这一版。'
                : '这一版的内容无法读取。口径由市级规定，请联系领导小组办公室更正，导入其下行文件后即可恢复。'
            }
          />
        ) : (
          <ul style={{ margin: '4px 0 0', paddingInlineStart: 20 }}>
            {poolRuleText(current).map((clause) => (
              <li key={clause}>{clause}</li>
            ))}
          </ul>
        )}
      </section>
      {editing ? (
        <section className="panel" style={{ padding: '12px 12px 0' }}>
          <RuleForm
            rule={current ?? DEFAULT_POOL_RULE}
            today={today}
            nextVersion={nextVersion}
            saver={saver}
            onDone={() => setEditing(false)}
          />
        </section>
      ) : null}
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={[...versions]}
        locale={{ emptyText: '还没有改过，执行程序自带的口径' }}
        columns={[
          { title: '版本', dataIndex: 'version', width: 70, align: 'right' },
          { title: '执行日期', dataIndex: 'effectiveFrom', width: 120 },
          {
            title: '口径',
            render: (_value, version: Version) =>
              version.rule === null ? '内容无法读取' : poolRuleText(version.rule).join('；'),
          },
          {
            title: '状态',
            width: 90,
            render: (_value, version: Version) =>
              version === standing ? '现行' : version.effectiveFrom > today ? '未到期' : '已被替代',
          },
          ...(level === 'city'
            ? [
                {
                  title: '',
                  width: 70,
                  render: (_value: unknown, version: Version) => (
                    <Popconfirm
                      title={`作废第 ${version.version} 版？`}
                      description="可以撤销；已办的批次不受影响。"
                      onConfirm={() =>
                        void saver.act(
                          `作废储备调整口径第 ${version.version} 版`,
                          [{ entity: 'rule', id: version.id, set: { voided: 1 } }],
                          `已作废第 ${version.version} 版`,
                        )
                      }
                    >
                      <Button size="small" type="text" danger>
                        作废
                      </Button>
                    </Popconfirm>
                  ),
                },
              ]
            : []),
        ]}
      />
    </div>
  );
}
