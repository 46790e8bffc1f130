import { ArrowLeftOutlined, CopyOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Empty, Segmented, Spin } from 'antd';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { WeeklyBy, WeeklyNotes } from '../../../shared/contract/workbench.ts';
import { formatChinese } from '../../../shared/domain/date.ts';
import { api, ledger, platform } from '../../app/api.ts';
import { messageOf } from '../../app/fault.ts';
import { useLedger } from '../../app/ledger-status.tsx';
import '../../components/components.css';
import { PrintButton } from '../../components/print-button.tsx';
import './weekly.css';

type Note = WeeklyNotes['notes'][number];

const isUsed = (note: Note): boolean => note.red + note.yellow + note.cleared > 0;

function Recipients(props: {
  readonly notes: readonly Note[];
  readonly shown: string;
  readonly onShow: (key: string) => void;
}) {
  return (
    <ul className="weekly-list" aria-label="提示对象">
      {props.notes.map((note) => (
        <li key={note.key}>
          <button
            type="button"
            aria-current={note.key === props.shown}
            className={note.key === props.shown ? 'on' : ''}
            onClick={() => props.onShow(note.key)}
          >
            <span className="weekly-to">{note.to}</span>
            <span className="weekly-count">■ {note.red}</span>
            <span className="weekly-count">▲ {note.yellow}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** 每周提示 (C12): the message to each leader or unit, to be copied or printed. */
export function WeeklyPage() {
  const { level } = useLedger();
  const { message } = App.useApp();
  const [, navigate] = useLocation();
  const [by, setBy] = useState<WeeklyBy>('leader');
  const [all, setAll] = useState(false);
  const [asked, setAsked] = useState<string | null>(null);
  const { data, error } = useQuery(api.workbench.weekly.queryOptions({ input: { by } }));
  const notes = (data?.notes ?? []).filter((note) => all || isUsed(note));
  const shown = notes.find((note) => note.key === asked) ?? notes[0];
  const quiet = (data?.notes.length ?? 0) - (data?.notes ?? []).filter(isUsed).length;
  const copy = async (texts: readonly string[], done: string): Promise<void> => {
    try {
      await platform.copyText({ text: texts.join('\n\n') });
      message.success(done);
    } catch {
      message.warning('没有复制成功。请在正文中按 Ctrl+A 全选后按 Ctrl+C。');
    }
  };
  return (
    <section className="page" aria-label="每周提示">
      <div className="page-head">
        <Button type="text" icon={<ArrowLeftOutlined aria-hidden />} onClick={() => navigate('/')}>
          工作台
        </Button>
        <h1>每周提示</h1>
        <Segmented<WeeklyBy>
          aria-label="提示对象"
          value={by}
          onChange={(next) => {
            setBy(next);
            setAsked(null);
          }}
          options={[
            { value: 'leader', label: level === 'city' ? '按市级责任领导' : '按县级包保领导' },
            { value: 'unit', label: '按责任单位' },
          ]}
        />
        {data === undefined ? null : (
          <span className="quiet">
            截至{formatChinese(data.date)}（星期一），对照{formatChinese(data.lastDate)}
          </span>
        )}
        <span style={{ flex: 1 }} />
        <Button
          disabled={notes.length === 0}
          onClick={() =>
            void copy(
              notes.map((note) => note.text),
              `已复制 ${notes.length} 份`,
            )
          }
        >
          复制全部（{notes.length}）
        </Button>
        <PrintButton
          title="打印每周提示"
          fileName={`重点项目每周提示（${data?.date ?? ''}）`}
          disabled={notes.length === 0}
          load={() => ledger.workbench.weeklyPaper({ by, keys: notes.map((note) => note.key) })}
        />
      </div>
      {error === null ? null : <Alert type="error" showIcon title={messageOf(error)} />}
      {data === undefined && error === null ? <Spin style={{ margin: 40 }} /> : null}
      {data === undefined ? null : (
        <div className="weekly">
          <div className="weekly-side">
            <Recipients notes={notes} shown={shown?.key ?? ''} onShow={setAsked} />
            {quiet === 0 ? null : (
              <Checkbox checked={all} onChange={({ target }) => setAll(target.checked)}>
                连同没有红黄灯的 {quiet} {by === 'leader' ? '位' : '个'}
              </Checkbox>
            )}
          </div>
          {shown === undefined ? (
            <Empty style={{ flex: 1, marginTop: 80 }} description="本周没有红黄灯项目，不需要提示。" />
          ) : (
            <div className="weekly-note">
              <div className="weekly-bar">
                <strong>{shown.to}</strong>
                <span className="quiet">共 {shown.projects} 个项目</span>
                <span style={{ flex: 1 }} />
                <Button
                  type="primary"
                  icon={<CopyOutlined aria-hidden />}
                  onClick={() => void copy([shown.text], `已复制给${shown.to}的提示`)}
                >
                  复制
                </Button>
              </div>
              <textarea readOnly aria-label="提示正文" value={shown.text} />
            </div>
          )}
        </div>
      )}
    </section>
  );
}
