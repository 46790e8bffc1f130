import { CheckCircleOutlined, LoadingOutlined } from '@ant-design/icons';
import { App } from 'antd';
import dayjs from 'dayjs';
import { useCallback, useState } from 'react';
import { checkValue } from '../../shared/dictionary/check.ts';
import { type EntityName, fieldOf, type Value } from '../../shared/dictionary/index.ts';
import { ledger } from '../app/api.ts';
import { messageOf } from '../app/fault.ts';
import type { CellEdit, EditOutcome, RefusedEdit } from '../grid/index.ts';

export interface RowChange {
  readonly entity: EntityName;
  readonly id: string;
  readonly set: Readonly<Record<string, Value>>;
}

/** Of a save: how many values became 建议修改 instead, or why nothing was written. */
export type SaveOutcome =
  | { readonly ok: true; readonly proposals: number }
  | { readonly ok: false; readonly message: string };

export interface Saver {
  /** UTC ms of the last save of this screen, or null. */
  readonly savedAt: number | null;
  readonly saving: boolean;
  /** One action, one undo step. Tells what went wrong by itself; the outcome is for who must put something back. */
  readonly save: (title: string, changes: readonly RowChange[]) => Promise<SaveOutcome>;
  /** The same from the cells of a grid whose rows are of one entity; values that cannot be stay out, each with its reason. */
  readonly saveCells: (entity: EntityName, edits: readonly CellEdit[], title: string) => Promise<EditOutcome>;
  /** Like `save`, and offers 撤销 beside the news of what was done. */
  readonly act: (title: string, changes: readonly RowChange[], done: string) => Promise<boolean>;
  /** Wraps a call of another procedure that changes the ledger. */
  readonly run: (call: () => Promise<unknown>, done?: string) => Promise<boolean>;
}

function check(entity: EntityName, edits: readonly CellEdit[]): readonly RefusedEdit[] {
  return edits.flatMap(({ rowId, key, value }) => {
    const field = fieldOf(entity, key);
    const reason = field === undefined ? '此列不能填写' : checkValue(field, value);
    return reason === null ? [] : [{ rowId, key, reason }];
  });
}

const proposed = (count: number): string => `有 ${count} 处由对方填报，已作为建议修改提出，对方采纳后生效`;

/** 撤销 in a message about what was just done. */
function useUndoOffer(): (done: string) => void {
  const { message } = App.useApp();
  return useCallback(
    (done: string) => {
      const key = `done-${done}`;
      const undo = async (): Promise<void> => {
        message.destroy(key);
        try {
          const result = await ledger.records.undo();
          message.success(`已撤销：${result.title}`);
        } catch (error) {
          message.error(messageOf(error), 8);
        }
      };
      message.success({
        key,
        duration: 8,
        content: (
          <span>
            {done}　
            <button type="button" className="link-button" onClick={() => void undo()}>
              撤销
            </button>
          </span>
        ),
      });
    },
    [message],
  );
}

/** Saving for one screen: no save button, '已保存' with the time, every fault in words. */
export function useSave(): Saver {
  const { message } = App.useApp();
  const offerUndo = useUndoOffer();
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const [running, setRunning] = useState(0);

  const run = useCallback(
    async (call: () => Promise<unknown>, done?: string): Promise<boolean> => {
      setRunning((count) => count + 1);
      try {
        await call();
        setSavedAt(Date.now());
        if (done !== undefined) offerUndo(done);
        return true;
      } catch (error) {
        message.error(messageOf(error), 8);
        return false;
      } finally {
        setRunning((count) => count - 1);
      }
    },
    [message, offerUndo],
  );

  const save = useCallback(
    async (title: string, changes: readonly RowChange[]): Promise<SaveOutcome> => {
      setRunning((count) => count + 1);
      try {
        const result = await ledger.records.commit({
          title: title.slice(0, 120),
          changes: changes.map((change) => ({ ...change, set: { ...change.set } })),
        });
        setSavedAt(Date.now());
        if (result.proposals > 0) {
          message.info(proposed(result.proposals), 6);
        }
        return { ok: true, proposals: result.proposals };
      } catch (error) {
        return { ok: false, message: messageOf(error) };
      } finally {
        setRunning((count) => count - 1);
      }
    },
    [message],
  );

  const saveCells = useCallback(
    async (entity: EntityName, edits: readonly CellEdit[], title: string): Promise<EditOutcome> => {
      const refused = check(entity, edits);
      const bad = new Set(refused.map(({ rowId, key }) => `${rowId}\n${key}`));
      const good = edits.filter(({ rowId, key }) => !bad.has(`${rowId}\n${key}`));
      if (good.length === 0) return { ok: true, refused };
      setRunning((count) => count + 1);
      try {
        const result = await ledger.records.saveCells({
          entity,
          title: title.slice(0, 120),
          edits: good.map((edit) => ({ ...edit })),
        });
        if (result.changed + result.proposals > 0) setSavedAt(Date.now());
        if (result.proposals > 0) message.info(proposed(result.proposals), 6);
        return { ok: true, refused: [...refused, ...result.refused] };
      } catch (error) {
        return { ok: false, message: messageOf(error) };
      } finally {
        setRunning((count) => count - 1);
      }
    },
    [message],
  );

  const act = useCallback(
    async (title: string, changes: readonly RowChange[], done: string): Promise<boolean> => {
      const outcome = await save(title, changes);
      if (outcome.ok) offerUndo(done);
      else message.error(outcome.message, 8);
      return outcome.ok;
    },
    [save, offerUndo, message],
  );

  return { savedAt, saving: running > 0, save, saveCells, act, run };
}

/** '已保存 14:03': there is no save button. */
export function SavedMark({ saver }: { readonly saver: Saver }) {
  const { saving, savedAt } = saver;
  return (
    <span role="status" style={{ color: '#4b5563', whiteSpace: 'nowrap', minWidth: 104, display: 'inline-block' }}>
      {saving ? (
        <>
          <LoadingOutlined aria-hidden /> 正在保存
        </>
      ) : savedAt === null ? (
        '改动自动保存'
      ) : (
        <>
          <CheckCircleOutlined aria-hidden style={{ color: '#1a7f37' }} /> 已保存 {dayjs(savedAt).format('HH:mm')}
        </>
      )}
    </span>
  );
}
