import { formatChinese } from '../../../shared/domain/date.ts';
import { blankSpace, type FlowItem, type Frame, flow } from './flow.ts';
import { draftMark, pageNumber, singleLine, TRACE_BASELINE, traceElements } from './furniture.ts';
import { A4_PORTRAIT, baselineIn, TYPE_AREA, TYPE_SIZE } from './geometry.ts';
import type { PrintTrace, ReplySlip } from './letter-model.ts';
import { type Page, type Paper, RED, rule } from './page.ts';
import { laySlip } from './reply-slip.ts';
import { type TableRow, type TableStyle, tableItems } from './table.ts';

/** The supervision order as a table form (表单式督办单), for offices that do not use the letter (B8). */

export interface OrderForm {
  readonly issuer: string;
  /** 编号 or 发文字号. */
  readonly number: string;
  /** Name of the form, 督办单 where absent. */
  readonly name?: string;
  readonly secrecy?: string;
  readonly urgency?: string;
  /** 承办单位. */
  readonly leadUnit: string;
  /** 协办单位. */
  readonly assistingUnits?: readonly string[];
  /** 责任人, e.g. the task-force leader. */
  readonly responsible?: string;
  /** 督办事项. */
  readonly matter: string;
  /** 督办缘由. */
  readonly reason: string;
  /** 领导批示（审批意见）, with who and when as recorded. */
  readonly instruction?: string;
  /** 办理要求. */
  readonly requirements: string;
  /** 办理时限. */
  readonly deadline: string;
  readonly date: string;
  readonly contact?: { readonly name: string; readonly phone: string };
  readonly replySlip?: ReplySlip;
  readonly trace: PrintTrace;
  readonly draft?: boolean;
}

/** A form is no letter: it may use the sheet down to here, millimetres. */
const FORM_BOTTOM = 272;

/** Lays a form out; long fields run over to further pages. */
export function layOrderForm(form: OrderForm): Paper {
  const frame: Frame = { left: TYPE_AREA.left, top: 20, bottom: FORM_BOTTOM, pitch: 8 };
  const flowed = flow(formItems(form), () => frame);
  const pages = flowed.pages.map((page) => [...page]);
  if (form.replySlip) {
    const content = { ...form.replySlip, number: form.number, title: oneLine(form.matter, 60), issuer: form.issuer };
    const slip = laySlip(content, 'short');
    if (form.replySlip.placement !== 'ownPage' && flowed.end + 2 + slip.height <= frame.bottom)
      pages.at(-1)?.push(...slip.draw(TYPE_AREA.left, frame.bottom - slip.height));
    else pages.push(laySlip(content, 'tall').draw(TYPE_AREA.left, TYPE_AREA.top));
  }
  const finished = pages.map(
    (elements, index): Page => ({
      size: A4_PORTRAIT,
      elements: [
        ...elements,
        ...(index > 0 ? pageNumber(index + 1, TYPE_AREA.left, TYPE_AREA.width, FORM_BOTTOM - 2) : []),
        ...traceElements(form.trace, form.number, TYPE_AREA.left, TYPE_AREA.width, TRACE_BASELINE),
        ...(form.draft ? draftMark() : []),
      ],
    }),
  );
  return { title: `${form.number} ${form.name ?? '督办单'}`, pages: finished };
}

function oneLine(text: string, most: number): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  const characters = Array.from(flat);
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : flat;
}

function formItems(form: OrderForm): FlowItem[] {
  const style: TableStyle = { columns: [26, 52, 26, 52], size: 13 * (25.4 / 72), leading: 1.5, padding: 1.5 };
  const label = (text: string) => ({ text, font: 'hei' as const, align: 'center' as const });
  const wide = (name: string, text: string, minHeight: number): TableRow => ({
    cells: [label(name), { text, span: 3, valign: 'top' }],
    minHeight,
  });
  const grade = [form.secrecy, form.urgency].filter((text) => text !== undefined && text !== '').join('　');
  const rows: TableRow[] = [
    {
      cells: [label('承办单位'), { text: form.leadUnit }, label('责任人'), { text: form.responsible ?? '' }],
      minHeight: 11,
    },
    ...(form.assistingUnits && form.assistingUnits.length > 0
      ? [{ cells: [label('协办单位'), { text: form.assistingUnits.join('、'), span: 3 }], minHeight: 11 }]
      : []),
    wide('督办事项', form.matter, 14),
    wide('督办缘由', form.reason, 22),
    wide('领导批示\n或审批意见', form.instruction ?? '', 20),
    wide('办理要求', form.requirements, 26),
    {
      cells: [
        label('办理时限'),
        { text: `${formatChinese(form.deadline)}前` },
        label('印发日期'),
        { text: formatChinese(form.date) },
      ],
      minHeight: 11,
    },
    {
      cells: [
        label('联系人'),
        { text: form.contact?.name ?? '' },
        label('联系电话'),
        { text: form.contact?.phone ?? '' },
      ],
      minHeight: 11,
    },
  ];
  const width = TYPE_AREA.width;
  return [
    {
      height: { mm: 11 },
      draw: (x, y) =>
        singleLine({
          text: form.issuer.replace(/\n/g, ''),
          font: 'title',
          size: TYPE_SIZE.two * 0.85,
          x,
          width,
          baseline: baselineIn(y, 11, TYPE_SIZE.two * 0.85),
          align: 'center',
          colour: RED,
        }),
    },
    {
      height: { mm: 15 },
      draw: (x, y) =>
        singleLine({
          text: Array.from(form.name ?? '督办单').join('\u3000'),
          font: 'title',
          size: 28 * (25.4 / 72),
          x,
          width,
          baseline: baselineIn(y, 15, 28 * (25.4 / 72)),
          align: 'center',
          colour: RED,
        }),
    },
    {
      height: { mm: 10 },
      draw: (x, y) => [
        rule(x, y + 1, x + width, y + 1, 0.7, RED),
        ...(grade === ''
          ? []
          : singleLine({
              text: grade,
              font: 'hei',
              size: TYPE_SIZE.four,
              x,
              width: 60,
              baseline: baselineIn(y + 1.5, 8.5, TYPE_SIZE.four),
              align: 'left',
            })),
        ...singleLine({
          text: `编号：${form.number}`,
          font: 'body',
          size: TYPE_SIZE.four,
          x: x + 62,
          width: width - 62,
          baseline: baselineIn(y + 1.5, 8.5, TYPE_SIZE.four),
          align: 'right',
        }),
      ],
    },
    ...tableItems({ style, rows, maxRowHeight: 90 }),
    blankSpace(2),
  ];
}
