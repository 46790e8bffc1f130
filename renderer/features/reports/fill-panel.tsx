import { EditOutlined, SearchOutlined, UsbOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Input, Select, Spin } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { PeriodInfo } from '../../../shared/contract/reports.ts';
import { api } from '../../app/api.ts';
import { ledger } from '../../app/client.ts';
import { messageOf } from '../../app/fault.ts';
import { CheckPanel } from './check-panel.tsx';
import { deadlineText } from './period-switch.tsx';
import { Requests } from './review-panel.tsx';
import { type SheetApi, SheetGrid } from './sheet-grid.tsx';
import { useSubmit } from './use-submit.tsx';

interface FillPanelProps {
  readonly period: string;
  readonly unitId: string | null;
  readonly onUnit: (unitId: string | null) => void;
  /** What stands before the counts: the period switch of a county. */
  readonly head?: (info: PeriodInfo) => ReactNode;
}

function instantText(ms: number): string {
  const at = new Date(ms);
  const minutes = String(at.getMinutes()).padStart(2, '0');
  return `${at.getMonth() + 1}月${at.getDate()}日 ${at.getHours()}:${minutes}`;
}

/** One period of one unit or of all: counts, actions, grid. Filling where this office may, else only to look at. */
export function FillPanel({ period, unitId, onUnit, head }: FillPanelProps) {
  const { message } = App.useApp();
  const [, navigate] = useLocation();
  const [search, setSearch] = useState('');
  const [all, setAll] = useState(false);
  const [correctingKey, setCorrectingKey] = useState<string | null>(null);
  const grid = useRef<SheetApi>(null);
  const input = { kind: 'tenDay' as const, period, ...(unitId === null ? {} : { unitId }) };
  const sheet = useQuery({
    ...api.reports.sheet.queryOptions({ input: { ...input, all } }),
    placeholderData: keepPreviousData,
  });
  const overview = useQuery(api.reports.overview.queryOptions({ input: { kind: 'tenDay', period } }));
  const data = sheet.data;
  const changed = data?.rows.some((row) => row.status === 'correcting') ?? false;
  const locked = data?.mayFill === true ? data.reviewed.map(({ name }) => name) : [];
  const submitting = useSubmit(data?.period, unitId === null ? undefined : [unitId], { corrects: changed, locked });
  if (sheet.isError) return <Alert type="error" showIcon title={messageOf(sheet.error)} />;
  if (data === undefined) return <Spin />;

  const { counts, mayFill, rows, units } = data;
  const correcting = correctingKey === `${period} ${unitId ?? ''}` || changed;
  const pending = rows.filter((row) => row.status === 'draft' || row.status === 'correcting').length;
  // Once everything is submitted, correcting is all there is to do.
  const working = pending > 0 || correcting || counts.filled < counts.expected;
  const submittedAt = overview.data?.units
    .filter((unit) => unitId === null || unit.unitId === unitId)
    .flatMap((unit) => unit.submittedAt ?? [])
    .at(0);
  const copyLast = async (): Promise<void> => {
    try {
      const { cells } = await ledger.reports.copyLast({ ...input, fields: ['visibleProgress', 'nextSteps'] });
      if (cells === 0) message.info('没有可参照的内容：空格已填，或上期没有报过');
      else message.success(`已参照上期填入 ${cells} 格，请改成本期情况；可用 Ctrl+Z 撤销`);
    } catch (error) {
      message.error(messageOf(error), 8);
    }
  };
  const discard = async (): Promise<void> => {
    try {
      if (changed) await ledger.reports.discard(input);
      setCorrectingKey(null);
    } catch (error) {
      message.error(messageOf(error), 8);
    }
  };

  return (
    <>
      <div className="page-head">
        {head?.(data.period)}
        <span className="reports-counts">
          应报 <b>{counts.expected}</b>
          {counts.filled === counts.submitted && counts.submitted > 0 ? null : (
            <>
              {' '}
              · 已填 <b>{counts.filled}</b>
            </>
          )}
          {counts.submitted > 0 ? (
            <>
              {' '}
              · 已报送 <b>{counts.submitted}</b>
            </>
          ) : null}
          {head === undefined ? null : (
            <>
              {' '}
              ·{' '}
              <span
                className={data.period.overdue && counts.submitted < counts.expected ? 'report-error-text' : undefined}
              >
                {deadlineText(data.period)}
              </span>
            </>
          )}
        </span>
        {units.length > 1 ? (
          <Select
            aria-label="责任单位"
            style={{ width: 150 }}
            showSearch={{ optionFilterProp: 'label' }}
            value={unitId ?? ''}
            options={[
              { value: '', label: '全部单位' },
              ...units.map((unit) => ({ value: unit.unitId, label: unit.name })),
            ]}
            onChange={(value) => onUnit(value === '' ? null : value)}
          />
        ) : null}
        <Input
          allowClear
          prefix={<SearchOutlined aria-hidden />}
          placeholder="查找"
          aria-label="查找项目"
          style={{ width: 112 }}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>
          含不用报的
        </Checkbox>
        <span style={{ flex: 1 }} />
        {mayFill ? (
          <>
            <Button
              onClick={() => navigate(`/projects/import?target=report&period=${period}`)}
              title="从 Excel 表读入本期数据，先预览再写入"
            >
              导入 Excel
            </Button>
            {working ? (
              <Button onClick={() => void copyLast()} title="把上期的形象进度、下步计划填入空格，供修改">
                参照上期
              </Button>
            ) : null}
            {counts.submitted > 0 && !correcting ? (
              <Button icon={<EditOutlined aria-hidden />} onClick={() => setCorrectingKey(`${period} ${unitId ?? ''}`)}>
                更正
              </Button>
            ) : null}
            {working ? (
              <>
                <Button disabled={pending === 0} loading={submitting.busy} onClick={() => void submitting.check()}>
                  校验
                </Button>
                <Button
                  type="primary"
                  disabled={pending === 0}
                  loading={submitting.busy}
                  onClick={() => void submitting.submit()}
                >
                  {changed ? '提交更正' : '提交'}
                </Button>
              </>
            ) : null}
          </>
        ) : null}
      </div>
      {submitting.done !== null && pending === 0 ? (
        <Alert
          type="success"
          showIcon
          closable={{ onClose: submitting.dismiss }}
          title={`${submitting.done.title}，已保存${submitting.done.missing > 0 ? `，还缺 ${submitting.done.missing} 项` : ''}${submitting.done.requests > 0 ? `；该旬已审核，其中 ${submitting.done.requests} 项为更正申请` : ''}。导出到U盘交到上级才算送达，导出前可以撤销。`}
          action={
            <Button type="primary" icon={<UsbOutlined aria-hidden />} onClick={() => navigate('/exchange/export')}>
              导出到U盘
            </Button>
          }
        />
      ) : null}
      {locked.length > 0 && working && !correcting ? (
        <Alert
          type="warning"
          showIcon
          title={`该旬已审核，提交后为更正申请${units.length > 1 ? `（${locked.join('、')}）` : ''}：市里采纳以前，原报的数继续有效。`}
        />
      ) : null}
      {mayFill ? <Requests period={period} decides={false} /> : null}
      {correcting && mayFill ? (
        <Alert
          type="warning"
          showIcon
          title={
            locked.length > 0
              ? `该旬已审核，提交后为更正申请${units.length > 1 ? `（${locked.join('、')}）` : ''}：改动的项目提交时要写明理由，市里采纳以前原报的数继续有效。`
              : '正在更正已报送的数：改动的项目提交时要写明理由，原报保留。'
          }
          action={<Button onClick={() => void discard()}>{changed ? '放弃更正' : '取消更正'}</Button>}
        />
      ) : mayFill && submittedAt !== undefined && pending === 0 && submitting.done === null ? (
        <Alert
          type="info"
          showIcon
          title={`已于 ${instantText(submittedAt)} 报送${locked.length > 0 ? '，该旬已审核' : ''}。要改数请按“更正”${locked.length > 0 ? '，提交后为更正申请' : ''}。`}
        />
      ) : null}
      {submitting.checking && pending > 0 ? (
        <CheckPanel
          rows={rows}
          goTo={(projectId, field) => grid.current?.goTo(projectId, field)}
          onClose={submitting.dismiss}
        />
      ) : null}
      <SheetGrid
        period={data.period}
        rows={rows}
        mayFill={mayFill}
        correcting={correcting}
        manyUnits={unitId === null && units.length > 1}
        search={search}
        empty="本期没有应报的项目。储备、谋划、投产的项目和已竣工的项目不用报；要报的可勾选“含不用报的”。"
        apiRef={grid}
      />
    </>
  );
}
