import type { ChainLinkRow } from '../../../shared/contract/chain.ts';
import { LOOKS } from './states.tsx';

/** Columns of steps: a step stands one column right of the one it waits for; what waits for nothing follows its number. */
function columnsOf(links: readonly ChainLinkRow[]): readonly (readonly ChainLinkRow[])[] {
  const byId = new Map(links.map((link) => [link.id, link]));
  const depth = new Map<string, number>();
  const depthOf = (link: ChainLinkRow, seen: ReadonlySet<string>): number => {
    const known = depth.get(link.id);
    if (known !== undefined) return known;
    const before = link.predecessorId === null ? undefined : byId.get(link.predecessorId);
    const level = before === undefined || seen.has(link.id) ? 0 : depthOf(before, new Set([...seen, link.id])) + 1;
    depth.set(link.id, level);
    return level;
  };
  const chained = links.some((link) => link.predecessorId !== null);
  const columns: ChainLinkRow[][] = [];
  links.forEach((link, index) => {
    const at = chained ? depthOf(link, new Set()) : index;
    for (let column = columns.length; column <= at; column += 1) columns.push([]);
    columns[at]?.push(link);
  });
  return columns;
}

/** 路线图: the steps in the order they wait for each other, who does each and by when. */
export function Roadmap({ links }: { readonly links: readonly ChainLinkRow[] }) {
  return (
    <ol className="roadmap" aria-label="路线图">
      {columnsOf(links).map((column, index) => (
        <li key={column[0]?.id ?? index} className="roadmap-column">
          {column.map((link) => {
            const look = LOOKS[link.state];
            return (
              <div key={link.id} className="roadmap-step" style={{ borderInlineStartColor: look.fill }}>
                <div className="roadmap-name">
                  <span className="quiet">{link.sequence ?? ''}</span> {link.name}
                </div>
                <div>{[link.unitText, link.personName].filter(Boolean).join('，') || '未定责任单位'}</div>
                <div className="quiet">
                  {link.plannedStart ?? '—'} 至 {link.deadline ?? '未定'}
                </div>
                <div style={{ color: look.color }}>
                  {look.sign} {look.words(link.days)}
                </div>
                {link.findings.map((finding) => (
                  <div key={finding.reason} className="roadmap-doubt">
                    ？ {finding.reason}
                  </div>
                ))}
              </div>
            );
          })}
        </li>
      ))}
    </ol>
  );
}
