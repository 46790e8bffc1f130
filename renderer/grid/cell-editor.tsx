import { type CSSProperties, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { type IsoDate, isDate } from '../../shared/domain/date.ts';
import { MonthPanel } from './month-panel.tsx';
import type { PickItem } from './pick-list.ts';

/** What hangs under a cell while it is edited: a list to pick from, a calendar, how the text is read, a reason. */
export interface EditorPopupProps {
  readonly anchor: DOMRect;
  readonly listId: string;
  readonly items: readonly PickItem[] | null;
  readonly highlighted: number;
  /** Values ticked, for a column of several choices; null for a single one. */
  readonly ticked: readonly string[] | null;
  readonly createLabel: string | null;
  readonly calendar: { readonly month: IsoDate; readonly chosen: IsoDate | null } | null;
  readonly today: IsoDate;
  readonly hint: string | null;
  readonly error: string | null;
  onPick(index: number): void;
  onCreate(): void;
  onMonth(month: IsoDate): void;
  onDate(date: IsoDate): void;
}

/** Room a calendar or a list needs. */
const HEIGHT = 280;
const WIDTH = 270;

function place(anchor: DOMRect): CSSProperties {
  const below = window.innerHeight - anchor.bottom;
  const across =
    anchor.left + WIDTH <= window.innerWidth
      ? { left: anchor.left }
      : { right: Math.max(4, window.innerWidth - anchor.right) };
  const width = { ...across, minWidth: Math.max(anchor.width, 120) };
  return below < HEIGHT && anchor.top > below
    ? { ...width, bottom: window.innerHeight - anchor.top + 3 }
    : { ...width, top: anchor.bottom + 3 };
}

export function EditorPopup(props: EditorPopupProps) {
  const { anchor, items, calendar, hint, error } = props;
  if (items === null && calendar === null && hint === null && error === null) return null;
  return createPortal(
    // The keyboard stays in the cell: a press here must not move it.
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing is operated here, the press is only kept from moving the focus
    <div className="lg-popup" style={place(anchor)} onMouseDown={(event) => event.preventDefault()}>
      {error === null ? null : (
        <div className="lg-popup-error" role="alert">
          {error}
        </div>
      )}
      {hint === null || error !== null ? null : <div className="lg-popup-hint">{hint}</div>}
      {items === null ? null : <PickList {...props} items={items} />}
      {calendar === null ? null : (
        <MonthPanel
          month={calendar.month}
          chosen={calendar.chosen !== null && isDate(calendar.chosen) ? calendar.chosen : null}
          today={props.today}
          onMonth={props.onMonth}
          onPick={props.onDate}
        />
      )}
    </div>,
    document.body,
  );
}

const MOST_SHOWN = 200;

function PickList({
  listId,
  items,
  highlighted,
  ticked,
  createLabel,
  onPick,
  onCreate,
}: EditorPopupProps & { readonly items: readonly PickItem[] }) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls after these have changed
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [highlighted, items]);
  return (
    <div
      className="lg-list"
      role="listbox"
      id={listId}
      ref={list}
      aria-label="可选项"
      aria-multiselectable={ticked !== null}
    >
      {items.slice(0, MOST_SHOWN).map((item, index) => {
        const isTicked = ticked?.includes(String(item.value)) ?? false;
        return (
          <div
            key={String(item.value)}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={ticked === null ? index === highlighted : isTicked}
            aria-current={index === highlighted}
            tabIndex={-1}
            className="lg-option"
            onClick={() => onPick(index)}
            onKeyDown={() => undefined}
          >
            {ticked === null ? null : <span className="lg-tick">{isTicked ? '☑' : '☐'}</span>}
            {item.label}
          </div>
        );
      })}
      {items.length > MOST_SHOWN ? (
        <div className="lg-list-more">{`还有 ${items.length - MOST_SHOWN} 项，输入汉字或拼音首字母查找`}</div>
      ) : null}
      {items.length === 0 && createLabel === null ? <div className="lg-list-more">没有匹配的选项</div> : null}
      {createLabel === null ? null : (
        <button type="button" tabIndex={-1} className="lg-list-create" onClick={onCreate}>
          {`新建“${createLabel}”`}
        </button>
      )}
    </div>
  );
}
