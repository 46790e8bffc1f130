import { beforeAll, describe, expect, it } from 'vitest';
import { batchHtml, layLetter, letterHtml, tableReportHtml } from '../../../electron/ledger/documents/index.ts';
import { htmlToPdfs, type PdfPage, pdfInfo, pdfPages, pdfText } from '../../helpers/pdf.ts';
import { letter } from './sample.ts';

/** Papers as the program's own Electron prints them, measured with poppler: millimetres on the sheet. */
describe('[B8] printed by Electron', () => {
  let pdfs: string[] = [];
  let pages: PdfPage[] = [];
  const full = letter(1, { urgency: '特急', body: [{ type: 'paragraph', text: '项目进度'.repeat(300) }] });

  beforeAll(async () => {
    pdfs = await htmlToPdfs([
      letterHtml(full),
      batchHtml('批量', [layLetter(letter(1)), layLetter(letter(1))], { duplex: true }),
      tableReportHtml({
        title: '一览表',
        orientation: 'landscape',
        columns: [{ title: '序号' }],
        rows: [{ cells: ['1'] }],
      }),
    ]);
    pages = pdfPages(pdfs[0] ?? '');
  }, 120_000);

  const word = (page: number, part: string) => {
    const found = pages[page - 1]?.words.find(({ text }) => text.includes(part));
    if (!found) throw new Error(`page ${page} has no ${part}`);
    return found;
  };

  it('is A4', () => {
    expect(pdfInfo(pdfs[0] ?? '').get('Page size')).toContain('A4');
    for (const page of pages) {
      expect(Math.abs(page.width - 210)).toBeLessThan(0.5);
      expect(Math.abs(page.height - 297)).toBeLessThan(0.5);
    }
    const [wide] = pdfPages(pdfs[2] ?? '');
    expect(Math.abs((wide?.width ?? 0) - 297)).toBeLessThan(0.5);
  });

  it('has as many sheets as were laid out', () => {
    expect(pages).toHaveLength(layLetter(full).pages.length);
    const each = layLetter(letter(1)).pages.length;
    expect(pdfPages(pdfs[1] ?? '')).toHaveLength(each + (each % 2) + each);
  });

  it('keeps the binding margin of 28 mm and the type area of 156 mm', () => {
    expect(Math.abs(word(1, '甲河县人民政府').left - 28)).toBeLessThan(1);
    const lines = pages[1]?.words.filter(({ text }) => text.length === 28) ?? [];
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) {
      expect(Math.abs(line.left - 28)).toBeLessThan(1);
      expect(Math.abs(line.right - 184)).toBeLessThan(1);
    }
  });

  it('sets the number at the right edge, without leading zeros', () => {
    const number = word(1, '望重办督〔2021〕4号');
    expect(number.text).toBe('望重办督〔2021〕4号');
    expect(Math.abs(number.right - 184)).toBeLessThan(1);
    expect(Math.abs(word(1, '特急').left - 28)).toBeLessThan(1);
  });

  it('centres issuer mark and title', () => {
    for (const part of ['望川市重点项目百日会战', '督办单']) {
      const { left, right } = word(1, part);
      // The type area, not the sheet, is what a title is centred in.
      const middle = part === '督办单' ? 106 : 105;
      expect(Math.abs((left + right) / 2 - middle)).toBeLessThan(1.5);
    }
  });

  it('has 22 lines of 28 characters on a full page, 10.2 mm apart', () => {
    const lines = (pages[1]?.words ?? []).filter(({ text }) => text.includes('项目'));
    expect(lines).toHaveLength(22);
    const pitch = ((lines[21]?.top ?? 0) - (lines[0]?.top ?? 0)) / 21;
    expect(Math.abs(pitch - 225 / 22)).toBeLessThan(0.05);
    expect(lines[1]?.text).toHaveLength(28);
  });

  it('numbers the second page, not the first', () => {
    expect(pdfText(pdfs[0] ?? '', 1)).not.toMatch(/—\s*1\s*—/);
    expect(pdfText(pdfs[0] ?? '', 2)).toMatch(/—\s*2\s*—/);
    const dash = pages[1]?.words.find(({ text }) => text.startsWith('—'));
    // One size-4 character (4.94 mm) in from the left on an even page.
    expect(Math.abs((dash?.left ?? 0) - 32.94)).toBeLessThan(1);
  });

  it('prints the trace of its data on every sheet', () => {
    pages.forEach((_, index) => {
      expect(pdfText(pdfs[0] ?? '', index + 1).replace(/\s/g, '')).toContain(
        '望重办督〔2021〕4号数据截至2021年5月10日数据摘要3f2a91bc77de0412',
      );
    });
  });
});
