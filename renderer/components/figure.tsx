import { Popover, Spin } from 'antd';
import { type ReactNode, useState } from 'react';
import './figure.css';

/** One project behind a figure, with what it put in or why it was left out. */
interface ExplanationItem {
  readonly key: string;
  readonly name: string;
  readonly detail: string;
}

/** What a figure says of itself. Everything but the title may be missing. */
export interface Explanation {
  readonly title: string;
  readonly definition?: string;
  /** With the numbers in it: '投资率 = 12,300 ÷ 55,100 万元 = 22.3 %'. */
  readonly formula?: string;
  /** '四率统计口径 第2版，2021年1月1日起'. */
  readonly rule?: string;
  readonly asOf?: string;
  readonly notes?: readonly string[];
  readonly parts?: readonly { readonly title: string; readonly items: readonly ExplanationItem[] }[];
}

/** Rows of one list that are drawn; the count in its title is that of all. */
const SHOWN = 200;

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function ExplanationView({ explanation }: { readonly explanation: Explanation }) {
  const { definition, formula, rule, asOf, notes = [], parts = [] } = explanation;
  return (
    <div className="figure-explanation">
      <dl>
        {definition === undefined ? null : <Line name="口径">{definition}</Line>}
        {formula === undefined ? null : (
          <Line name="算式">
            <span className="formula">{formula}</span>
          </Line>
        )}
        {rule === undefined ? null : <Line name="规则">{rule}</Line>}
        {asOf === undefined ? null : <Line name="截至">{asOf}</Line>}
        {notes.length === 0 ? null : (
          <Line name="说明">
            {notes.map((note) => (
              <div key={note}>{note}</div>
            ))}
          </Line>
        )}
      </dl>
      {parts
        .filter((part) => part.items.length > 0)
        .map((part) => (
          <section key={part.title} aria-label={part.title}>
            <h4>
              {part.title}（{part.items.length}项）
            </h4>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
            <div className="figure-parts" tabIndex={0}>
              <table>
                <tbody>
                  {part.items.slice(0, SHOWN).map((item) => (
                    <tr key={item.key}>
                      <td>{item.name}</td>
                      <td>{item.detail}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {part.items.length > SHOWN ? <div>其余 {part.items.length - SHOWN} 项略</div> : null}
            </div>
          </section>
        ))}
    </div>
  );
}

type Loaded = Explanation | 'failed' | null;

/**
 * A figure that explains itself when it is opened: definition, formula with its numbers, rule version, the projects behind it
 * and those left out. `explain` is asked only then.
 */
export function FigureWithExplanation({
  text,
  name,
  explain,
}: {
  readonly text: ReactNode;
  /** What the figure is, for screen readers and the heading: '青禾县 投资率'. */
  readonly name: string;
  readonly explain: () => Promise<Explanation> | Explanation;
}) {
  const [open, setOpen] = useState(false);
  const [loaded, setLoaded] = useState<Loaded>(null);
  const show = async (next: boolean): Promise<void> => {
    setOpen(next);
    if (!next) return;
    setLoaded(null);
    try {
      setLoaded(await explain());
    } catch {
      setLoaded('failed');
    }
  };
  const content =
    loaded === null ? (
      <Spin size="small" />
    ) : loaded === 'failed' ? (
      '没有取到说明，数据没有改动。请关闭后再试一次。'
    ) : (
      <ExplanationView explanation={loaded} />
    );
  const title = loaded === null || loaded === 'failed' ? name : loaded.title;
  return (
    <Popover
      open={open}
      onOpenChange={(next) => void show(next)}
      trigger="click"
      title={title}
      content={content}
      destroyOnHidden
    >
      <button
        type="button"
        className="figure-button"
        aria-haspopup="dialog"
        aria-expanded={open}
        title={`${name}：点开看算式和来源`}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && open) {
            event.stopPropagation();
            setOpen(false);
          }
        }}
      >
        {text}
      </button>
    </Popover>
  );
}
