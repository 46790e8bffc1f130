import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  batchPages,
  type LetterBlock,
  layHandover,
  layLetter,
  layOrderForm,
  layTableReport,
  letterHtml,
  type Page,
  pagesToHtml,
} from '../../../electron/ledger/documents/index.ts';
import { pageLines, RED } from '../../../electron/ledger/documents/page.ts';
import { digest, letter } from './sample.ts';

const bodySize = (16 * 25.4) / 72;

/** Base lines of size-3 text on a page. */
function bodyRows(page: Page): number[] {
  const rows = page.elements.flatMap((element) =>
    'baseline' in element && Math.abs(element.size - bodySize) < 1e-6 && element.font !== 'title'
      ? [element.baseline]
      : [],
  );
  return [...new Set(rows.map((row) => row.toFixed(2)))].map(Number).sort((a, b) => a - b);
}

const everything = (pages: readonly Page[]): string => pages.flatMap(pageLines).join('\n');
const count = (text: string, part: string): number => text.split(part).length - 1;

const paragraph = (text: string): LetterBlock => ({ type: 'paragraph', text });

describe('[B8] pages of a letter', () => {
  it('have 22 lines when full, evenly spaced over the type area', () => {
    const { pages } = layLetter(letter(1, { body: [paragraph('项目进度'.repeat(500))] }));
    const rows = bodyRows(pages[1] as Page);
    expect(rows).toHaveLength(22);
    for (const [index, row] of rows.slice(1).entries()) expect(row - (rows[index] ?? 0)).toBeCloseTo(225 / 22, 1);
    expect(rows[0]).toBeGreaterThan(37 + bodySize * 0.8);
    expect(rows[21]).toBeLessThan(262);
  });

  it('never hold more than 22 lines, keep inside the type area and lose no character', () => {
    const sentence = fc.array(fc.constantFrom('项目', '进度', '2021年', '，', '“甲”', '12,345.6万元', '（一期）'), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 8 }), fc.boolean(), (paragraphs, sealed) => {
        const texts = paragraphs.map((parts) => parts.join(''));
        const { pages } = layLetter(letter(1, { body: texts.map(paragraph), sealed, copyTo: [] }));
        pages.forEach((page, index) => {
          expect(bodyRows(page).length).toBeLessThanOrEqual(22);
          for (const element of page.elements) {
            if (!('baseline' in element) || element.colour === RED) continue;
            const [left, right] =
              element.kind === 'word'
                ? [element.x, element.x + element.width]
                : [Math.min(...element.xs), Math.max(...element.xs) + element.size * (element.stretch ?? 1)];
            expect(left).toBeGreaterThan(27.9);
            expect(right).toBeLessThan(184.2);
            if (element.size === bodySize) expect(element.baseline).toBeLessThan(index === 0 ? 271 : 262);
          }
        });
        const printed = everything(pages).replace(/\s/g, '');
        const wanted = texts.join('').replace(/\s/g, '');
        const between = printed
          .slice(printed.indexOf('同志：') + 3)
          .replace(/望重办督〔2021〕4号数据截至2021年5月10日数据摘要[0-9a-f]{16}|—\d+—/g, '');
        expect(between.startsWith(wanted)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('never leave a signature alone on its page', () => {
    for (let length = 300; length < 460; length += 4) {
      const { pages } = layLetter(letter(1, { body: [paragraph('督'.repeat(length))], copyTo: [] }));
      const last = pageLines(pages.at(-1) as Page).join('');
      if (last.includes('2021年5月11日')) expect(last).toContain('督督');
    }
  });

  it('put the date four characters from the right under a seal, the signer centred on it', () => {
    const { pages } = layLetter(letter(1, { signer: '望川市重点办', date: '2021-05-11' }));
    const xs = (text: string) =>
      pages
        .flatMap((page) => page.elements)
        .flatMap((element) =>
          element.kind === 'glyphs' && element.characters.join('') === text ? [element.xs[0] ?? 0] : [],
        );
    const cell = 156 / 28;
    const [signer] = xs('望川市重点办');
    // 2021年5月11日 is 6.5 cells wide and ends four cells before the right edge.
    const dateCentre = 184 - 4 * cell - 3.25 * cell;
    expect(signer).toBeCloseTo(dateCentre - 3 * cell, 1);
  });

  it('carry number and digest on every sheet, once', () => {
    const { pages } = layLetter(letter(4, { replySlip: { deadline: '2021-05-20', placement: 'ownPage' } }));
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages)
      expect(count(pageLines(page).join('').replace(/\s/g, ''), '数据摘要3f2a91bc77de0412')).toBe(1);
  });

  it('say that they are a draft until approval is recorded', () => {
    for (const page of layLetter(letter(3, { draft: true })).pages)
      expect(pageLines(page).join('')).toContain('送审稿（未经批准，不得印发）');
    expect(everything(layLetter(letter(3)).pages)).not.toContain('送审稿');
  });

  it('put the reply slip under the text where it fits and on its own page where it does not', () => {
    const slip = { receiver: '甲河县人民政府', deadline: '2021-05-20' };
    const short = layLetter(
      letter(1, { body: [paragraph('请办理。')], copyTo: [], contact: { name: '孙丙三', phone: '0455-0000000' } }),
    );
    expect(short.pages).toHaveLength(1);
    for (const body of [[paragraph('项'.repeat(600))], [paragraph('项'.repeat(1000))]]) {
      const { pages } = layLetter(letter(1, { body, replySlip: slip }));
      const last = pageLines(pages.at(-1) as Page).join('\n');
      for (const label of [
        '回\u3000执',
        '原文号',
        '反馈期限',
        '收到单位',
        '签收人',
        '签收时间',
        '联系电话',
        '办理情况',
      ])
        expect(last.replace(/\s/g, '')).toContain(label.replace(/\s/g, ''));
    }
  });

  it('mirror the binding edge on the back of a sheet', () => {
    const left = (pages: readonly Page[]) =>
      Math.min(
        ...(pages[1]?.elements ?? []).flatMap((element) =>
          element.kind === 'glyphs' && element.size === bodySize ? element.xs : [],
        ),
      );
    expect(left(layLetter(letter(4)).pages)).toBeCloseTo(28, 2);
    expect(left(layLetter(letter(4), { duplex: true }).pages)).toBeCloseTo(26, 2);
  });

  it('repeat the head of a table that runs over', () => {
    const rows = Array.from({ length: 60 }, (_, index) => [
      `${index + 1}`,
      `第${index + 1}号项目`,
      '未达到序时进度'.repeat(5),
    ]);
    const { pages } = layLetter(letter(1, { body: [{ type: 'table', columns: ['序号', '项目名称', '原因'], rows }] }));
    const text = everything(pages);
    expect(count(text, '项目名称')).toBeGreaterThan(2);
    for (const [, name] of rows) expect(count(text.replace(/\n/g, '￥'), `${name}`)).toBe(1);
  });
});

describe('[B8] other forms', () => {
  const form = {
    issuer: '望川市重点项目办公室',
    number: '望重办督〔2021〕4号',
    leadUnit: '甲河县人民政府',
    matter: '玉米深加工项目进度滞后',
    reason: '完成投资低于序时进度。'.repeat(3),
    requirements: '1.制定方案。\n2.限期办理。',
    deadline: '2021-05-20',
    date: '2021-05-11',
    trace: { dataDigest: digest, asOf: '2021-05-10' },
  };

  it('an order form has its reply part on the same sheet, and grows over pages with its text', () => {
    expect(layOrderForm({ ...form, replySlip: { deadline: '2021-05-20' } }).pages).toHaveLength(1);
    const long = layOrderForm({ ...form, reason: '原因说明。'.repeat(700) });
    expect(long.pages.length).toBeGreaterThan(1);
    expect(count(everything(long.pages).replace(/\n/g, ''), '原')).toBe(700);
  });

  it('a batch starts each paper on a new sheet', () => {
    const papers = [letter(1), letter(4), letter(1)].map((model) => layLetter(model));
    const pages = batchPages(papers, { duplex: true });
    const firsts = pages.flatMap((page, index) =>
      page.elements.some((element) => element.kind === 'glyphs' && element.colour === RED) ? [index] : [],
    );
    expect(firsts).toHaveLength(3);
    for (const index of firsts) expect(index % 2).toBe(0);
    expect(batchPages(papers)).toHaveLength(papers.reduce((sum, paper) => sum + paper.pages.length, 0));
  });

  it('a table report keeps every row and numbers its pages', () => {
    const rows = Array.from({ length: 90 }, (_, index) => ({
      cells: [`${index + 1}`, `项目${String(index + 1).padStart(3, '0')}`, '12,345.6'],
    }));
    for (const orientation of ['portrait', 'landscape'] as const) {
      const { pages } = layTableReport({
        title: '重点项目一览表',
        unitNote: '单位：万元',
        orientation,
        columns: [
          { title: '序号' },
          { title: '名称', group: '项目' },
          { title: '总投资', group: '项目', align: 'right' },
        ],
        rows,
        notes: ['注：按未取整数值计算。'],
        signatures: ['填报人', '审核人'],
      });
      const text = everything(pages);
      for (const row of rows) expect(count(text, row.cells[1] ?? '')).toBe(1);
      expect(text).toContain(`第${pages.length}页\u3000共${pages.length}页`.replace('\u3000', ''));
      for (const page of pages) expect(pageLines(page).join('')).toContain('总投资');
    }
  });

  it('a hand-over slip names files, sizes and digests', () => {
    const { pages } = layHandover({
      number: 'JJ-0519-03',
      madeAt: '2021年5月19日16时05分',
      from: '甲河县发改局',
      to: '市重点办',
      items: [{ fileName: '甲河县.bbsync', content: '旬报42份', bytes: 18_456_789, digest }],
      trace: form.trace,
    });
    const text = everything(pages).replace(/\s/g, '');
    for (const part of ['18,456,789', '旬报42份', '3f2a91bc', '移交人', '接收人']) expect(text).toContain(part);
  });
});

describe('[B8] HTML', () => {
  it('escapes what comes from data and fetches nothing', () => {
    const evil = '<script>alert(1)</script>"&\'';
    const html = letterHtml(
      letter(1, {
        issuer: evil,
        title: evil,
        number: evil,
        addressees: [evil],
        body: [paragraph(evil), { type: 'table', columns: [evil], rows: [[evil]] }],
        signer: evil,
        copyTo: [evil],
        attachments: [evil],
        contact: { name: evil, phone: evil },
        replySlip: { deadline: '2021-05-20', receiver: evil },
      }),
    );
    expect(html).not.toMatch(/<script|<b>|javascript:|https?:\/\/(?!www\.w3\.org\/2000\/svg)|url\(/i);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('turns a landscape page inside a portrait run', () => {
    const wide: Page = { size: { width: 297, height: 210 }, elements: [] };
    const tall: Page = { size: { width: 210, height: 297 }, elements: [] };
    expect(pagesToHtml('混排', [tall, wide])).toContain('rotate(-90)');
    expect(pagesToHtml('横排', [wide])).toContain('A4 landscape');
  });
});
