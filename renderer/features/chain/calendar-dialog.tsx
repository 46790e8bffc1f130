import { ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, DatePicker, Input, Modal, Segmented, Tabs } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import type { CalendarPlan, CalendarYear } from '../../../shared/contract/calendar.ts';
import { yearOf } from '../../../shared/domain/date.ts';
import { api, ledger, platform } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import { useSave } from '../../components/use-save.tsx';

const SOURCES: Readonly<Record<CalendarYear['source'], string>> = {
  ledger: '台账中登记的安排',
  program: '程序自带的安排，可登记到台账后修改',
  none: '还没有这一年的放假安排，暂按周末推算。国务院一般在上年11月公布，公布后从文件导入',
};

const WEEK = ['日', '一', '二', '三', '四', '五', '六'];

function weekday(date: string): string {
  return `周${WEEK[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? ''}`;
}

/** What an import would do, or why it cannot. */
function PlanNote({ plan }: { readonly plan: CalendarPlan }) {
  const bad = plan.problems.length > 0;
  return (
    <Alert
      type={bad ? 'error' : plan.doubts.length > 0 ? 'warning' : 'info'}
      showIcon
      title={
        bad
          ? `“${plan.fileName}”有 ${plan.problems.length} 处不能导入，台账没有改动`
          : `“${plan.fileName}”：${plan.years.join('、')}年，新增 ${plan.added} 天，更正 ${plan.changed} 天，去掉 ${plan.removed} 天`
      }
      description={
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {plan.problems.slice(0, 20).map((problem) => (
            <li key={`${problem.where}${problem.reason}`}>
              {problem.where}：{problem.reason}
            </li>
          ))}
          {plan.doubts.map((doubt) => (
            <li key={doubt}>{doubt}，请核对</li>
          ))}
        </ul>
      }
    />
  );
}

function Days({ year, editable }: { readonly year: CalendarYear; readonly editable: boolean }) {
  const saver = useSave();
  return (
    <div className="calendar-days">
      <p className="quiet" style={{ margin: '0 0 6px' }}>
        {SOURCES[year.source]}
      </p>
      <ul className="calendar-years" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {year.days.map((day) => (
          <li key={day.date} style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
            <span>
              {day.date} {weekday(day.date)}
            </span>
            <strong style={{ color: day.kind === 'off' ? '#1a7f37' : '#8a4b00' }}>
              {day.kind === 'off' ? '放假' : '上班'}
            </strong>
            <span className="quiet">{day.name}</span>
            {editable ? (
              <button
                type="button"
                className="link-button"
                aria-label={`${day.date} 改为按星期`}
                onClick={() =>
                  void saver.run(
                    () => ledger.calendar.setDay({ date: day.date, kind: null, name: null }),
                    `${day.date} 已改为按星期`,
                  )
                }
              >
                去掉
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

function AddDay() {
  const saver = useSave();
  const [date, setDate] = useState<Dayjs | null>(null);
  const [kind, setKind] = useState<'off' | 'work'>('off');
  const [name, setName] = useState('');
  const add = async (): Promise<void> => {
    if (date === null) return;
    const day = date.format('YYYY-MM-DD');
    const words = name.trim() === '' ? null : name.trim();
    const done = `${day} 已登记为${kind === 'off' ? '放假' : '上班'}`;
    if (await saver.run(() => ledger.calendar.setDay({ date: day, kind, name: words }), done)) setDate(null);
  };
  return (
    <div className="bar">
      <DatePicker aria-label="日期" value={date} onChange={(value) => setDate(value ?? null)} />
      <Segmented
        aria-label="类别"
        value={kind}
        onChange={setKind}
        options={[
          { value: 'off' as const, label: '放假' },
          { value: 'work' as const, label: '上班' },
        ]}
      />
      <Input
        aria-label="节日"
        placeholder="节日"
        maxLength={40}
        style={{ width: 120 }}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button icon={<PlusOutlined aria-hidden />} disabled={date === null} onClick={() => void add()}>
        登记这一天
      </Button>
    </div>
  );
}

/** 工作日历: 放假安排 by year, imported from a file each November. */
export function CalendarDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { level, today } = useLedger();
  const { message } = App.useApp();
  const saver = useSave();
  const { data } = useQuery(api.calendar.years.queryOptions({ enabled: open }));
  const [file, setFile] = useState<{ readonly path: string; readonly plan: CalendarPlan } | null>(null);
  const isCity = level === 'city';
  const choose = async (): Promise<void> => {
    try {
      const [path] = await platform.pickOpenFiles({
        title: '选择放假安排',
        filters: [{ name: '放假安排', extensions: ['xlsx', 'xls', 'csv', 'json'] }],
      });
      if (path === undefined) return;
      setFile({ path, plan: await ledger.calendar.preview({ path }) });
    } catch (error) {
      setFile(null);
      message.error(messageOf(error), 8);
    }
  };
  const run = async (): Promise<void> => {
    if (file === null) return;
    const done = `已导入${file.plan.years.join('、')}年放假安排`;
    if (await saver.run(() => ledger.calendar.import({ path: file.path }), done)) setFile(null);
  };
  return (
    <Modal
      open={open}
      title="工作日历"
      width={860}
      style={{ top: 40 }}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
    >
      <div className="view" style={{ height: 'auto' }}>
        <p className="quiet" style={{ margin: 0 }}>
          时限按工作日推算：周一至周五，放假除外，调休上班算在内。由市级登记，随同步文件下发各地。
        </p>
        {isCity ? (
          <div className="bar">
            <Button type="primary" icon={<ImportOutlined aria-hidden />} onClick={() => void choose()}>
              从文件导入
            </Button>
            {data?.some((year) => year.source === 'program') ? (
              <Button onClick={() => void saver.run(() => ledger.calendar.seed(), '已登记程序自带的放假安排')}>
                登记自带的安排
              </Button>
            ) : null}
            <span className="spring" />
            <AddDay />
          </div>
        ) : null}
        {file === null ? null : (
          <>
            <PlanNote plan={file.plan} />
            <div className="bar">
              <Button type="primary" disabled={file.plan.problems.length > 0} onClick={() => void run()}>
                导入
              </Button>
              <Button onClick={() => setFile(null)}>不导入</Button>
            </div>
          </>
        )}
        {data === undefined ? null : (
          <Tabs
            defaultActiveKey={String(yearOf(today))}
            items={data.map((year) => ({
              key: String(year.year),
              label: `${year.year}年${year.source === 'none' ? '（缺）' : ''}`,
              children: <Days year={year} editable={isCity && year.source === 'ledger'} />,
            }))}
          />
        )}
      </div>
    </Modal>
  );
}
