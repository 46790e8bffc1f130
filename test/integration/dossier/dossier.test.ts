import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pageLines } from '../../../electron/ledger/documents/page.ts';
import { dossierPaper, layDossier } from '../../../electron/ledger/dossier/paper.ts';
import { fillCells } from '../../../electron/ledger/reports/fill.ts';
import { submitPeriod } from '../../../electron/ledger/reports/index.ts';
import { moveStage } from '../../../electron/ledger/stages/index.ts';
import { htmlToPdfs, pdfInfo, pdfText } from '../../helpers/pdf.ts';
import { type Office, openOffice, WAN } from '../reports/office.ts';

const kind = 'tenDay' as const;

describe('单项目台账 [A5]', () => {
  let office: Office;
  let plant: string;

  beforeEach(async () => {
    office = openOffice('2021-05-18');
    const unit = office.unit('青禾县', { sequence: 1 });
    plant = office.project(unit, '生物质热电联产', {
      code: 'QH-01',
      stage: 'preparing',
      actualStart: null,
      content: '建设2×40MW机组',
      fundLoan: 3_000 * WAN,
      lists: '["cityHundred"]',
    });
    office.add('link', { projectId: plant, name: '施工许可', deadline: '2021-05-01', unitText: '住建局' });
    office.add('monthlyTask', { projectId: plant, month: '2021-05', investment: 600 * WAN });
    await moveStage(
      office.store,
      { projectId: plant, to: 'started', date: '2021-03-10', evidence: '施工许可证230101', note: null },
      { today: office.today, actor: office.actor() },
    );
    const report = async (period: string, yearToDate: number, on: string, correcting = false) => {
      office.today = on;
      const edit = (
        field: 'periodInvestment' | 'yearToDate' | 'visibleProgress' | 'problems',
        value: string | number,
      ) => ({
        projectId: plant,
        field,
        value,
      });
      await fillCells(
        office.store,
        {
          kind,
          period,
          correcting,
          edits: [
            edit('periodInvestment', 100 * WAN),
            edit('yearToDate', yearToDate * WAN),
            edit('visibleProgress', '基础浇筑完成'),
            edit('problems', '供电未接入'),
          ],
        },
        office.actor(),
      );
      await submitPeriod(
        office.store,
        { kind, period, incomplete: true, ...(correcting ? { reason: '核实发票' } : {}) },
        office.actor(),
      );
    };
    await report('2021-05-1', 1_000, '2021-05-09');
    await report('2021-05-1', 940, '2021-05-12', true);
    office.today = '2021-05-18';
  });
  afterEach(() => office.close());

  it('holds basics, money, plan, chain, problems, stages and corrections, and three lines to sign', async () => {
    const paper = await layDossier(office.store, plant, office.today);
    const text = paper.pages.flatMap((page) => pageLines(page)).join('\n');
    for (const words of [
      '重点项目推进台账',
      '生物质热电联产',
      '项目编号：QH-01',
      '建设2×40MW机组',
      '银行贷款',
      '基础浇筑完成',
      '供电未接入',
      '施工许可',
      '逾期',
      '施工许可证230101',
      '核实发票',
      '项目业主（签字）',
      '责任单位（签字）',
      '包保领导（签字）',
    ])
      expect(text).toContain(words);
    expect(text).toMatch(/1,000.*940/u);
  });

  it('prints many, each on a new sheet, as A4 PDF', async () => {
    const other = office.project(office.unit('乌林县'), '粮食仓储');
    const { html, pages } = await dossierPaper(office.store, [plant, other], office.today, true);
    const [pdf = ''] = await htmlToPdfs([html]);
    expect(pdfInfo(pdf).get('Pages')).toBe(String(pages));
    expect(pdfInfo(pdf).get('Page size')).toContain('A4');
    expect(pdfText(pdf, 1, pages).replace(/\s/gu, '')).toContain('粮食仓储');
    await expect(dossierPaper(office.store, ['x'], office.today, true)).rejects.toThrow(/项目/u);
  });
});
