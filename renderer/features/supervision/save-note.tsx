import dayjs from 'dayjs';
import type { SaveState } from './use-autosave.ts';

/** '已保存 10:32', or why not. There is no save button. */
export function SaveNote({ state }: { readonly state: SaveState }) {
  return (
    <span role="status" className={state.kind === 'failed' ? 'sheet-note bad' : 'sheet-note'}>
      {state.kind === 'saving' ? '正在保存…' : null}
      {state.kind === 'saved' ? `已保存 ${dayjs(state.at).format('HH:mm')}` : null}
      {state.kind === 'failed' ? state.text : null}
    </span>
  );
}
