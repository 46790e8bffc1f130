import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { closeTopDialog } from './close-dialog.ts';

/** Width of an upright sheet of A4 with the grey around it, in CSS pixels; a sheet across is wider. */
const NATURAL_WIDTH = 840;

interface PaperFrameProps {
  /** A self-contained document as `supervision.paper` gives it; null while it is being laid out. */
  readonly html: string | null;
  readonly title: string;
}

interface Sheet {
  readonly id: number;
  readonly html: string;
}

/**
 * A printed paper as it will look, scaled to the width that is there. The paper is dead: no script runs in the frame. A
 * new version is drawn behind the old one and takes its place and scroll when it is ready, so that nothing flickers while
 * someone types.
 */
export function PaperFrame({ html, title }: PaperFrameProps) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<readonly [number, number]>([0, 0]);
  const [sheets, setSheets] = useState<readonly Sheet[]>([]);
  const [natural, setNatural] = useState(NATURAL_WIDTH);
  const scroll = useRef(0);
  const count = useRef(0);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = (): void => setSize([element.clientWidth, element.clientHeight]);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (html === null) return;
    count.current += 1;
    const next: Sheet = { id: count.current, html };
    setSheets((shown) => [...shown.slice(0, 1), next]);
  }, [html]);

  const ready = (id: number, frame: HTMLIFrameElement): void => {
    const page = frame.contentDocument;
    page?.documentElement.scrollTo(0, scroll.current);
    const across = page?.documentElement.scrollWidth ?? 0;
    setNatural(across > frame.clientWidth ? across : NATURAL_WIDTH);
    page?.addEventListener('scroll', () => {
      scroll.current = page.documentElement.scrollTop;
    });
    // Keys pressed on the paper stay in its frame.
    page?.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') closeTopDialog();
    });
    setSheets((shown) => shown.filter((sheet) => sheet.id >= id));
  };

  const [width, height] = size;
  const scale = Math.min(1.25, width / natural);
  const left = Math.max(0, (width - natural * scale) / 2);
  return (
    <div
      ref={box}
      style={{
        position: 'relative',
        flex: 1,
        minHeight: 0,
        overflow: 'hidden',
        background: '#8a8f94',
        borderRadius: 4,
      }}
    >
      {sheets.map((sheet, index) => (
        <iframe
          key={sheet.id}
          title={title}
          // Same origin only so that the scroll can be kept; without allow-scripts nothing in it can act.
          sandbox="allow-same-origin"
          srcDoc={sheet.html}
          onLoad={(event) => ready(sheet.id, event.currentTarget)}
          style={{
            position: 'absolute',
            left,
            top: 0,
            border: 0,
            width: natural,
            height: scale > 0 ? height / scale : 0,
            transform: `scale(${scale})`,
            transformOrigin: '0 0',
            visibility: index === 0 ? 'visible' : 'hidden',
          }}
        />
      ))}
    </div>
  );
}
