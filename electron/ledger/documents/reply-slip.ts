import { formatChinese } from '../../../shared/domain/date.ts';
import { cutLine, singleLine } from './furniture.ts';
import { baselineIn, TYPE_AREA, TYPE_SIZE } from './geometry.ts';
import type { ReplySlip } from './letter-model.ts';
import { type PageElement, rule } from './page.ts';
import { layRow, type TableRow, type TableStyle, THICK } from './table.ts';

/** The reply slip (回执) under a supervision paper: what comes back with a signature and a stamp. */

export interface SlipContent extends ReplySlip {
  /** 原文号. */
  readonly number: string;
  /** Title of the paper it answers. */
  readonly title: string;
  /** Where it goes back to. */
  readonly issuer: string;
}

/** A drawn slip of known height. */
export interface SlipBox {
  readonly height: number;
  readonly draw: (left: number, top: number) => PageElement[];
}

/** Heights in millimetres: `short` goes under a paper, `tall` has a page of its own and room to write. */
const SHAPES = {
  short: { heading: 8.5, row: 8, progress: 17, sign: 13, foot: 6 },
  tall: { heading: 14, row: 10, progress: 90, sign: 20, foot: 7 },
} as const;

/** Lays out a slip as wide as the type area. */
export function laySlip(slip: SlipContent, shapeName: keyof typeof SHAPES): SlipBox {
  const shape = SHAPES[shapeName];
  const style: TableStyle = { columns: [25, 53, 25, 53], size: TYPE_SIZE.smallFour };
  const label = (text: string) => ({ text, align: 'center' as const });
  const rows: TableRow[] = [
    {
      cells: [label('原文号'), { text: slip.number }, label('反馈期限'), { text: `${formatChinese(slip.deadline)}前` }],
      minHeight: shape.row,
    },
    { cells: [label('原文标题'), { text: slip.title.replace(/\n/g, ''), span: 3 }], minHeight: shape.row },
    { cells: [label('收到单位'), { text: slip.receiver ?? '' }, label('签收人'), { text: '' }], minHeight: shape.row },
    {
      cells: [label('签收时间'), { text: '年    月    日', align: 'center' }, label('联系电话'), { text: '' }],
      minHeight: shape.row,
    },
    { cells: [label('办理情况'), { text: '', span: 3 }], minHeight: shape.progress },
    {
      cells: [
        label('负责人\n签字'),
        { text: '' },
        label('单位盖章'),
        { text: '年    月    日', align: 'right', valign: 'bottom' },
      ],
      minHeight: shape.sign,
    },
  ];
  const boxes = rows.flatMap((row) => layRow(row, style, Number.POSITIVE_INFINITY));
  const tableHeight = boxes.reduce((total, box) => total + box.height, 0);
  return {
    height: 4 + shape.heading + tableHeight + shape.foot,
    draw: (left, top) => {
      const elements = cutLine(left, TYPE_AREA.width, top);
      elements.push(
        ...singleLine({
          text: '回\u3000执',
          font: 'title',
          size: TYPE_SIZE.three,
          x: left,
          width: TYPE_AREA.width,
          baseline: baselineIn(top + 4, shape.heading, TYPE_SIZE.three),
          align: 'center',
        }),
      );
      let y = top + 4 + shape.heading;
      const tableTop = y;
      for (const box of boxes) {
        elements.push(...box.draw(left, y));
        y += box.height;
      }
      const edge = (at: number) => rule(left - THICK / 2, at, left + TYPE_AREA.width + THICK / 2, at, THICK);
      elements.push(edge(tableTop), edge(y));
      const returnTo = (slip.returnTo ?? slip.issuer).replace(/\n/g, '');
      elements.push(
        ...singleLine({
          text: `请于${formatChinese(slip.deadline)}前将办理情况连同本回执送${returnTo}。`,
          font: 'kai',
          size: TYPE_SIZE.five,
          x: left,
          width: TYPE_AREA.width,
          baseline: baselineIn(y, shape.foot, TYPE_SIZE.five),
          align: 'left',
        }),
      );
      return elements;
    },
  };
}
