import { blankSpace, type FlowItem, type Frame, flow } from './flow.ts';
import { singleLine, traceElements } from './furniture.ts';
import { A4_PORTRAIT, ASCENT, baselineIn, TYPE_SIZE } from './geometry.ts';
import type { PrintTrace } from './letter-model.ts';
import { breakTitle } from './line-break.ts';
import { type Page, type PageElement, type Paper, placeLine, rule } from './page.ts';
import { headingItem, type TableCell, type TableRow, type TableStyle, tableItems } from './table.ts';

/** A form of many sections on portrait sheets, such as the 台账 of one project: labelled values and small tables. */

export interface FormColumn {
  readonly title: string;
  /** Share of the width. */
  readonly weight: number;
  readonly align?: 'left' | 'center' | 'right';
}

export type FormSection =
  | {
      readonly kind: 'pairs';
      readonly heading: string;
      /** Label and value; a value with `wide` has a row of its own. */
      readonly pairs: readonly { readonly label: string; readonly value: string; readonly wide?: boolean }[];
    }
  | {
      readonly kind: 'table';
      readonly heading: string;
      readonly columns: readonly FormColumn[];
      readonly rows: readonly (readonly string[])[];
      /** Said in place of a table without rows. */
      readonly empty: string;
      readonly note?: string;
    }
  | {
      readonly kind: 'pictures';
      readonly heading: string;
      /**
       * Two in a row, in their order, each with a line under it; `href` null where the picture has not come yet, `digest` of
       * its original.
       */
      readonly pictures: readonly { readonly href: string | null; readonly digest: string; readonly caption: string }[];
      readonly empty: string;
      readonly note?: string;
    };

export interface SectionedForm {
  readonly title: string;
  readonly subtitle: string;
  /** Over the first section, left and right. */
  readonly left: string;
  readonly right: string;
  readonly sections: readonly FormSection[];
  /** Who signs, one blank line each with room for a date. */
  readonly signatures: readonly string[];
  readonly trace: PrintTrace;
  /** In the trace line. */
  readonly number: string;
}

const MARGIN = { left: 22, right: 15, top: 18, bottom: 22 } as const;
const WIDTH = A4_PORTRAIT.width - MARGIN.left - MARGIN.right;
const SIZE = TYPE_SIZE.smallFive;
const LABEL = 25;

type Draw = (x: number, y: number) => readonly PageElement[];

function textLine(
  text: string,
  font: 'hei' | 'kai' | 'title',
  size: number,
  height: number,
  align: 'left' | 'center' | 'right',
): Draw {
  return (x, y) => singleLine({ text, font, size, x, width: WIDTH, baseline: baselineIn(y, height, size), align });
}

function titleItems(form: SectionedForm): FlowItem[] {
  const size = TYPE_SIZE.two * 0.78;
  const measure = Math.floor((WIDTH / (TYPE_SIZE.four * 1.05)) * 2);
  const name = breakTitle(form.subtitle, 'hei', measure).map(
    (line): FlowItem => ({
      height: { mm: TYPE_SIZE.four * 1.5 },
      keepWithNext: true,
      draw: (x, y) =>
        placeLine(line, {
          x: x + (WIDTH - (measure * TYPE_SIZE.four * 1.05) / 2) / 2,
          baseline: baselineIn(y, TYPE_SIZE.four * 1.5, TYPE_SIZE.four),
          size: TYPE_SIZE.four,
          cell: TYPE_SIZE.four * 1.05,
          measure,
          align: 'center',
        }),
    }),
  );
  return [
    { height: { mm: 10 }, keepWithNext: true, draw: textLine(form.title, 'title', size, 10, 'center') },
    ...name,
    {
      height: { mm: 6.5 },
      keepWithNext: true,
      draw: (x, y) => [
        ...textLine(form.left, 'kai', TYPE_SIZE.five, 6.5, 'left')(x, y),
        ...textLine(form.right, 'kai', TYPE_SIZE.five, 6.5, 'right')(x, y),
      ],
    },
  ];
}

function headingOf(text: string): FlowItem[] {
  return [
    blankSpace(2, true),
    { height: { mm: 6 }, keepWithNext: true, draw: textLine(text, 'hei', TYPE_SIZE.five, 6, 'left') },
  ];
}

/** Two labelled values a row; a wide one, or a last odd one, takes the rest of its row. */
function pairRows(pairs: Extract<FormSection, { kind: 'pairs' }>['pairs']): TableRow[] {
  const label = (text: string): TableCell => ({ text, font: 'hei', align: 'center' });
  const rows: TableRow[] = [];
  let waiting: (typeof pairs)[number] | null = null;
  const close = (): void => {
    if (waiting !== null)
      rows.push({ cells: [label(waiting.label), { text: waiting.value, span: 3 }], minHeight: 6.5 });
    waiting = null;
  };
  for (const pair of pairs) {
    if (pair.wide) {
      close();
      rows.push({ cells: [label(pair.label), { text: pair.value, span: 3 }], minHeight: 6.5 });
    } else if (waiting === null) waiting = pair;
    else {
      const first: (typeof pairs)[number] = waiting;
      rows.push({
        cells: [label(first.label), { text: first.value }, label(pair.label), { text: pair.value }],
        minHeight: 6.5,
      });
      waiting = null;
    }
  }
  close();
  return rows;
}

const GUTTER = 5;
const PICTURE = { width: (WIDTH - GUTTER) / 2, height: 62, caption: 6 } as const;

function pictureRow(pair: Extract<FormSection, { kind: 'pictures' }>['pictures']): FlowItem {
  const { width, height, caption } = PICTURE;
  return {
    height: { mm: height + caption + 2 },
    draw: (x, y) =>
      pair.flatMap((picture, index): PageElement[] => {
        const left = x + index * (width + GUTTER);
        const line = (text: string, top: number, room: number): PageElement[] =>
          singleLine({
            text,
            font: 'kai',
            size: SIZE,
            x: left + 1,
            width: width - 2,
            baseline: baselineIn(top, room, SIZE),
            align: 'center',
          });
        const frame = [
          rule(left, y, left + width, y, 0.15),
          rule(left, y + height, left + width, y + height, 0.15),
          rule(left, y, left, y + height, 0.15),
          rule(left + width, y, left + width, y + height, 0.15),
        ];
        const inside: PageElement[] =
          picture.href === null
            ? line('原件还没有送到', y, height)
            : [
                {
                  kind: 'image',
                  x: left + 0.5,
                  y: y + 0.5,
                  width: width - 1,
                  height: height - 1,
                  href: picture.href,
                },
              ];
        return [...inside, ...frame, ...line(picture.caption, y + height, caption)];
      }),
  };
}

function pictureItems(section: Extract<FormSection, { kind: 'pictures' }>): FlowItem[] {
  const rows: FlowItem[] = [];
  for (let at = 0; at < section.pictures.length; at += 2) rows.push(pictureRow(section.pictures.slice(at, at + 2)));
  const note = section.pictures.length === 0 ? section.empty : section.note;
  return [
    ...headingOf(section.heading),
    ...(note === undefined
      ? []
      : [
          {
            height: { mm: 6 },
            keepWithNext: rows.length > 0,
            draw: textLine(note, 'kai', SIZE, 6, 'left'),
          } satisfies FlowItem,
        ]),
    ...rows,
  ];
}

function sectionItems(section: FormSection, maxRowHeight: number): FlowItem[] {
  if (section.kind === 'pictures') return pictureItems(section);
  if (section.kind === 'pairs') {
    const value = (WIDTH - 2 * LABEL) / 2;
    const style: TableStyle = { columns: [LABEL, value, LABEL, value], size: SIZE, leading: 1.4, padding: 1.2 };
    return [...headingOf(section.heading), ...tableItems({ style, rows: pairRows(section.pairs), maxRowHeight })];
  }
  if (section.rows.length === 0)
    return [
      ...headingOf(section.heading),
      { height: { mm: 6 }, draw: textLine(section.empty, 'kai', SIZE, 6, 'left') },
    ];
  const total = section.columns.reduce((sum, column) => sum + column.weight, 0);
  const style: TableStyle = {
    columns: section.columns.map((column) => (WIDTH * column.weight) / total),
    size: SIZE,
    leading: 1.35,
    padding: 0.9,
  };
  const rows = section.rows.map(
    (cells): TableRow => ({
      cells: section.columns.map((column, index) => ({ text: cells[index] ?? '', align: column.align ?? 'left' })),
    }),
  );
  return [
    ...headingOf(section.heading),
    ...tableItems({ style, header: headingItem(section.columns, style), rows, maxRowHeight }),
    ...(section.note === undefined
      ? []
      : [{ height: { mm: 5 }, draw: textLine(section.note, 'kai', SIZE * 0.95, 5, 'left') } satisfies FlowItem]),
  ];
}

function signatureItems(names: readonly string[]): FlowItem[] {
  return [
    blankSpace(4, true),
    ...names.map(
      (name, index): FlowItem => ({
        height: { mm: 11 },
        keepWithNext: index < names.length - 1,
        draw: (x, y) => {
          const baseline = baselineIn(y, 11, TYPE_SIZE.smallFour);
          const size = TYPE_SIZE.smallFour;
          const piece = (text: string, at: number, width: number) =>
            singleLine({ text, font: 'body', size, x: x + at, width, baseline, align: 'left' });
          return [
            ...piece(`${name}（签字）：`, 0, 44),
            rule(x + 44, y + 8.6, x + 104, y + 8.6, 0.2),
            ...piece('年　　月　　日', 118, WIDTH - 118),
          ];
        },
      }),
    ),
  ];
}

/** Lays a form out on as many sheets as it needs; heads of tables are repeated. */
export function laySectionedForm(form: SectionedForm): Paper {
  const frame: Frame = {
    left: MARGIN.left,
    top: MARGIN.top,
    bottom: A4_PORTRAIT.height - MARGIN.bottom,
    pitch: 6,
  };
  const maxRowHeight = (frame.bottom - frame.top) * 0.6;
  const items = [
    ...titleItems(form),
    ...form.sections.flatMap((section) => sectionItems(section, maxRowHeight)),
    ...signatureItems(form.signatures),
  ];
  const flowed = flow(items, () => frame);
  const baseline = A4_PORTRAIT.height - MARGIN.bottom + 8;
  const pages = flowed.pages.map(
    (elements, index): Page => ({
      size: A4_PORTRAIT,
      elements: [
        ...elements,
        ...singleLine({
          text: `第${index + 1}页　共${flowed.pages.length}页`,
          font: 'song',
          size: TYPE_SIZE.five,
          x: MARGIN.left,
          width: WIDTH,
          baseline: baseline + ASCENT * TYPE_SIZE.five - TYPE_SIZE.five / 2,
          align: 'center',
        }),
        ...traceElements(form.trace, form.number, MARGIN.left, WIDTH, baseline + 7),
      ],
    }),
  );
  return { title: `${form.subtitle} ${form.title}`, pages };
}
