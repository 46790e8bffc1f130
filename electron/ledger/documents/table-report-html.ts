import { blankSpace, type FlowItem, type Frame, flow } from './flow.ts';
import { singleLine, traceElements } from './furniture.ts';
import { A4_LANDSCAPE, A4_PORTRAIT, ASCENT, baselineIn, TYPE_SIZE } from './geometry.ts';
import type { PrintTrace } from './letter-model.ts';
import { breakParagraphs, breakTitle } from './line-break.ts';
import { type Page, type PageElement, type Paper, pagesToHtml, placeLine } from './page.ts';
import { columnWidths, headingItem, type TableStyle, tableItems } from './table.ts';

/** A plain table on paper: registers, rate tables, lists. */

export interface ReportColumn {
  readonly title: string;
  /** Neighbouring columns with the same group share a heading. */
  readonly group?: string;
  /** Share of the width; where one column has it, those without count as 1. Otherwise widths follow the content. */
  readonly weight?: number;
  readonly align?: 'left' | 'center' | 'right';
}

export interface ReportRow {
  readonly cells: readonly string[];
  /** `total` and `group` rows are set in 黑体; a `group` row with one cell spans the table. */
  readonly kind?: 'normal' | 'total' | 'group';
}

export interface TableReport {
  readonly title: string;
  readonly subtitle?: string;
  /** Line over the table, left: compiling office; right: unit of figures. */
  readonly office?: string;
  readonly unitNote?: string;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly ReportRow[];
  /** Remarks under the table, e.g. how a rate is computed. */
  readonly notes?: readonly string[];
  /** Blanks to sign, e.g. 填报人, 审核人, 负责人. */
  readonly signatures?: readonly string[];
  readonly orientation?: 'portrait' | 'landscape';
  readonly trace?: PrintTrace;
  /** Number printed in the trace line. */
  readonly number?: string;
  /** Type size in points; chosen by the number of columns where absent. */
  readonly points?: number;
}

const MARGIN = { left: 20, right: 15, top: 22, bottom: 22 } as const;

/** Lays a report out; the table's head is repeated on every page. */
export function layTableReport(report: TableReport): Paper {
  const sheet = report.orientation === 'landscape' ? A4_LANDSCAPE : A4_PORTRAIT;
  const width = sheet.width - MARGIN.left - MARGIN.right;
  const size = report.points ? (report.points * 25.4) / 72 : sizeFor(report.columns.length, width);
  const frame: Frame = { left: MARGIN.left, top: MARGIN.top, bottom: sheet.height - MARGIN.bottom, pitch: 6 };
  const style: TableStyle = { columns: widths(report, width, size), size };
  const header = headingItem(report.columns, style);
  const rows = report.rows.map((row) => {
    const font = row.kind === 'total' || row.kind === 'group' ? ('hei' as const) : ('body' as const);
    if (row.kind === 'group' && row.cells.length === 1)
      return { cells: [{ text: row.cells[0] ?? '', font, span: report.columns.length }] };
    return {
      cells: report.columns.map((column, index) => ({
        text: row.cells[index] ?? '',
        font,
        align: column.align ?? ('left' as const),
      })),
    };
  });
  const items = [
    ...titleItems(report, width),
    ...tableItems({ style, header, rows, maxRowHeight: (frame.bottom - frame.top) * 0.6 }),
    ...noteItems(report.notes ?? [], width),
    ...signatureItems(report.signatures ?? [], width),
  ];
  const flowed = flow(items, () => frame);
  const pages = flowed.pages.map(
    (elements, index): Page => ({
      size: sheet,
      elements: [...elements, ...foot(report, index + 1, flowed.pages.length, width, sheet.height)],
    }),
  );
  return { title: report.title.replace(/\n/g, ''), pages };
}

/** A report as a self-contained HTML document for printing. */
export function tableReportHtml(report: TableReport): string {
  const paper = layTableReport(report);
  return pagesToHtml(paper.title, paper.pages);
}

function sizeFor(columns: number, width: number): number {
  const room = width / Math.max(1, columns);
  return room >= 20 ? TYPE_SIZE.five : room >= 13 ? TYPE_SIZE.smallFive : (7.5 * 25.4) / 72;
}

function widths(report: TableReport, width: number, size: number): number[] {
  if (report.columns.some((column) => column.weight !== undefined)) {
    const total = report.columns.reduce((sum, column) => sum + (column.weight ?? 1), 0);
    return report.columns.map((column) => (width * (column.weight ?? 1)) / total);
  }
  const rows = report.rows.filter((row) => row.cells.length > 1).map((row) => row.cells);
  return columnWidths(
    report.columns.map((column) => column.title),
    rows,
    width,
    size,
  );
}

function titleItems(report: TableReport, width: number): FlowItem[] {
  const size = TYPE_SIZE.two * 0.82;
  const measure = Math.floor((width / size) * 2);
  const title = breakTitle(report.title, 'title', measure).map(
    (line): FlowItem => ({
      height: { mm: size * 1.35 },
      keepWithNext: true,
      draw: (x, y) =>
        placeLine(line, {
          x: x + (width - (measure * size) / 2) / 2,
          baseline: baselineIn(y, size * 1.35, size),
          size,
          cell: size,
          measure,
          align: 'center',
        }),
    }),
  );
  const text =
    (content: string, align: 'left' | 'center' | 'right'): PageElementsAt =>
    (x, y) =>
      singleLine({
        text: content,
        font: 'kai',
        size: TYPE_SIZE.smallFour,
        x,
        width,
        baseline: baselineIn(y, 7, TYPE_SIZE.smallFour),
        align,
      });
  const subtitle: FlowItem[] = report.subtitle
    ? [{ height: { mm: 7 }, keepWithNext: true, draw: text(report.subtitle, 'center') }]
    : [];
  const { office, unitNote } = report;
  const over: FlowItem[] =
    office || unitNote
      ? [
          {
            height: { mm: 7 },
            keepWithNext: true,
            draw: (x, y) => [
              ...(office ? text(office, 'left')(x, y) : []),
              ...(unitNote ? text(unitNote, 'right')(x, y) : []),
            ],
          },
        ]
      : [blankSpace(2, true)];
  return [...title, ...subtitle, ...over];
}

type PageElementsAt = (x: number, y: number) => PageElement[];

function noteItems(notes: readonly string[], width: number): FlowItem[] {
  const size = TYPE_SIZE.smallFive;
  const measure = Math.floor((width / size) * 2);
  const lines = notes.flatMap((note) => breakParagraphs(note, 'body', { width: measure, restIndent: 4 }));
  return lines.length === 0
    ? []
    : [
        blankSpace(2),
        ...lines.map(
          (line): FlowItem => ({
            height: { mm: size * 1.4 },
            draw: (x, y) =>
              placeLine(line, {
                x,
                baseline: baselineIn(y, size * 1.4, size),
                size,
                cell: size,
                measure,
                align: 'justify',
              }),
          }),
        ),
      ];
}

function signatureItems(names: readonly string[], width: number): FlowItem[] {
  if (names.length === 0) return [];
  const room = width / names.length;
  return [
    blankSpace(4, true),
    {
      height: { mm: 10 },
      draw: (x, y) =>
        names.flatMap((name, index) =>
          singleLine({
            text: `${name}：`,
            font: 'body',
            size: TYPE_SIZE.smallFour,
            x: x + index * room,
            width: room,
            baseline: baselineIn(y, 10, TYPE_SIZE.smallFour),
            align: 'left',
          }),
        ),
    },
  ];
}

function foot(report: TableReport, page: number, pages: number, width: number, height: number): PageElement[] {
  const size = TYPE_SIZE.five;
  const baseline = height - MARGIN.bottom + 8;
  return [
    ...singleLine({
      text: `第${page}页　共${pages}页`,
      font: 'song',
      size,
      x: MARGIN.left,
      width,
      baseline: baseline + ASCENT * size - size / 2,
      align: 'center',
    }),
    ...(report.trace ? traceElements(report.trace, report.number ?? '', MARGIN.left, width, baseline + 7) : []),
  ];
}
