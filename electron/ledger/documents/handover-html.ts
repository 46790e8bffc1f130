import { digestText } from '../../../shared/domain/digest-text.ts';
import { blankSpace, type FlowItem, type Frame, flow } from './flow.ts';
import { singleLine, traceElements } from './furniture.ts';
import { A4_PORTRAIT, baselineIn, TYPE_AREA, TYPE_SIZE } from './geometry.ts';
import type { PrintTrace } from './letter-model.ts';
import { type Page, type PageElement, type Paper, pagesToHtml } from './page.ts';
import { columnWidths, headingItem, type TableStyle, tableItems } from './table.ts';

/** The hand-over slip (交接单) that goes with a sync file on a stick: who gave what to whom, with digests. */

export interface HandoverItem {
  /** 文件名. */
  readonly fileName: string;
  /** What is inside, with counts: 旬报42份、项目3项. */
  readonly content: string;
  readonly bytes: number;
  /** Digest of the file, hexadecimal. */
  readonly digest: string;
}

export interface HandoverSlip {
  readonly number: string;
  /** Time of making, as printed: 2021年5月19日16时05分. */
  readonly madeAt: string;
  readonly from: string;
  readonly to: string;
  /** Label or serial of the stick. */
  readonly medium?: string;
  readonly items: readonly HandoverItem[];
  readonly note?: string;
  /** The receiver's: what it has read, and when. */
  readonly receipt?: { readonly readAt: string };
  readonly trace: PrintTrace;
}

/** Lays out a slip, made in two copies. */
export function layHandover(slip: HandoverSlip): Paper {
  const size = TYPE_SIZE.smallFour;
  const facts: TableStyle = { columns: [28, 50, 28, 50], size };
  const name = slip.receipt === undefined ? '数据文件交接单' : '数据文件接收回执';
  const label = (text: string) => ({ text, align: 'center' as const });
  const columns = ['序号', '文件名', '内容', '大小（字节）', '文件摘要'];
  const rows = slip.items.map((item, index) => [
    String(index + 1),
    item.fileName,
    item.content,
    item.bytes.toString().replace(/\B(?=(\d{3})+$)/g, ','),
    digestText(item.digest),
  ]);
  const listSize = TYPE_SIZE.five;
  const list: TableStyle = { columns: columnWidths(columns, rows, TYPE_AREA.width, listSize), size: listSize };
  const sign: TableStyle = { columns: [28, 50, 28, 50], size };
  const items: FlowItem[] = [
    {
      height: { mm: 18 },
      draw: (x, y) =>
        singleLine({
          text: name,
          font: 'title',
          size: TYPE_SIZE.two,
          x,
          width: TYPE_AREA.width,
          baseline: baselineIn(y, 16, TYPE_SIZE.two),
          align: 'center',
        }),
    },
    ...tableItems({
      style: facts,
      maxRowHeight: 60,
      rows: [
        { cells: [label('交接编号'), { text: slip.number }, label('生成时间'), { text: slip.madeAt }], minHeight: 10 },
        { cells: [label('移交单位'), { text: slip.from }, label('接收单位'), { text: slip.to }], minHeight: 10 },
        {
          cells: [
            ...(slip.receipt === undefined
              ? [label('介质编号'), { text: slip.medium ?? '' }]
              : [label('导入时间'), { text: slip.receipt.readAt }]),
            label('文件份数'),
            { text: `${slip.items.length}` },
          ],
          minHeight: 10,
        },
      ],
    }),
    blankSpace(4),
    ...tableItems({
      style: list,
      maxRowHeight: 100,
      header: headingItem(
        columns.map((title) => ({ title })),
        list,
      ),
      rows: rows.map((cells) => ({
        cells: cells.map((text, column) => ({
          text,
          align: column === 0 || column === 3 ? ('center' as const) : ('left' as const),
        })),
      })),
    }),
    blankSpace(4),
    ...tableItems({
      style: sign,
      maxRowHeight: 60,
      rows: [
        ...(slip.note ? [{ cells: [label('备注'), { text: slip.note, span: 3 }], minHeight: 10 }] : []),
        { cells: [label('移交人'), { text: '' }, label('接收人'), { text: '' }], minHeight: 14 },
        {
          cells: [
            label('移交时间'),
            { text: '年    月    日    时', align: 'right' },
            label('接收时间'),
            { text: '年    月    日    时', align: 'right' },
          ],
          minHeight: 12,
        },
      ],
    }),
    {
      height: { mm: 9 },
      draw: (x, y) =>
        singleLine({
          text:
            slip.receipt === undefined
              ? '本单一式两份，移交单位、接收单位各存一份。接收后请核对文件摘要与软件显示是否一致。'
              : '上列文件已导入接收单位台账，本回执交移交单位留存。文件摘要与移交单位软件显示的应当一致。',
          font: 'kai',
          size: TYPE_SIZE.five,
          x,
          width: TYPE_AREA.width,
          baseline: baselineIn(y + 1, 8, TYPE_SIZE.five),
          align: 'left',
        }),
    },
  ];
  const frame: Frame = { left: TYPE_AREA.left, top: 25, bottom: 270, pitch: 6 };
  const flowed = flow(items, () => frame);
  const pages = flowed.pages.map((elements, index): Page => {
    const foot: PageElement[] = [
      ...singleLine({
        text: `第${index + 1}页　共${flowed.pages.length}页`,
        font: 'song',
        size: listSize,
        x: TYPE_AREA.left,
        width: TYPE_AREA.width,
        baseline: 279,
        align: 'center',
      }),
      ...traceElements(slip.trace, slip.number, TYPE_AREA.left, TYPE_AREA.width, 286),
    ];
    return { size: A4_PORTRAIT, elements: [...elements, ...foot] };
  });
  return { title: `${slip.receipt === undefined ? '交接单' : '接收回执'} ${slip.number}`, pages };
}

/** A hand-over slip as a self-contained HTML document for printing. */
export function handoverHtml(slip: HandoverSlip): string {
  const paper = layHandover(slip);
  return pagesToHtml(paper.title, paper.pages);
}
