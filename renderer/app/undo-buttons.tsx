import { RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Popover } from 'antd';
import dayjs from 'dayjs';
import { useCallback, useEffect } from 'react';
import { tinykeys } from 'tinykeys';
import { api, ledger } from './api.ts';
import { onCommand } from './commands.ts';
import { messageOf } from './fault.ts';

/** Text fields have an undo of their own, for the words being typed. */
function isTyping(): boolean {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement)) return false;
  return active.isContentEditable || active.matches('input:not([type=checkbox]):not([type=radio]), textarea');
}

/** 撤销、恢复 with the names of what they take back; Ctrl+Z and Ctrl+Y. */
export function UndoButtons() {
  const { message } = App.useApp();
  const steps = useQuery(api.records.steps.queryOptions({ input: { limit: 20 } }));

  const run = useCallback(
    async (what: 'undo' | 'redo') => {
      try {
        const result = await ledger.records[what]();
        const word = what === 'undo' ? '已撤销' : '已恢复';
        const kept = result.kept > 0 ? `；其中 ${result.kept} 处后来又改过，保留后来的值` : '';
        message.success(`${word}：${result.title}${kept}`);
      } catch (error) {
        message.info(messageOf(error));
      }
    },
    [message],
  );

  useEffect(() => {
    const unbind = tinykeys(window, {
      '$mod+z': (event) => {
        if (isTyping()) return;
        event.preventDefault();
        void run('undo');
      },
      '$mod+y': (event) => {
        if (isTyping()) return;
        event.preventDefault();
        void run('redo');
      },
    });
    const undoCommand = onCommand('undo', () => void run('undo'));
    const redoCommand = onCommand('redo', () => void run('redo'));
    return () => {
      unbind();
      undoCommand();
      redoCommand();
    };
  }, [run]);

  const undoList = steps.data?.undo ?? [];
  const redoStep = steps.data?.redo ?? null;
  const list = (
    <ol style={{ margin: 0, paddingInlineStart: 18, maxHeight: 320, overflow: 'auto', width: 320 }}>
      {undoList.map((step) => (
        <li key={step.n}>
          {step.title}
          <span style={{ color: '#4b5563' }}>
            {'　'}
            {dayjs(step.at).format('M月D日 HH:mm')} {step.operator}
          </span>
        </li>
      ))}
    </ol>
  );

  return (
    <span style={{ display: 'inline-flex', gap: 2 }}>
      <Popover
        title="可撤销的操作（最近的在前）"
        content={undoList.length > 0 ? list : '没有可以撤销的操作'}
        placement="bottomRight"
      >
        <Button
          type="text"
          icon={<UndoOutlined aria-hidden />}
          aria-label={undoList[0] ? `撤销：${undoList[0].title}` : '撤销'}
          disabled={undoList.length === 0}
          onClick={() => void run('undo')}
        >
          撤销
        </Button>
      </Popover>
      <Button
        type="text"
        icon={<RedoOutlined aria-hidden />}
        title={redoStep ? `恢复：${redoStep.title}` : '没有可以恢复的操作'}
        aria-label="恢复"
        disabled={redoStep === null}
        onClick={() => void run('redo')}
      />
    </span>
  );
}
