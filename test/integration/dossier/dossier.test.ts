import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addPhoto } from '../../../electron/ledger/attachments/intake.ts';
import { pageLines, pagesToHtml } from '../../../electron/ledger/documents/page.ts';
import { dossierPaper, layDossier } from '../../../electron/ledger/dossier/paper.ts';
import { PictureSource } from '../../../electron/ledger/dossier/pictures.ts';
import { fillCells } from '../../../electron/ledger/reports/fill.ts';
import { submitPeriod } from '../../../electron/ledger/reports/index.ts';
import { moveStage } from '../../../electron/ledger/stages/index.ts';
import { selectRow } from '../../../electron/ledger/store/statements.ts';
import { instantOf } from '../../../shared/domain/date.ts';
import { tinyJpeg } from '../../helpers/jpeg.ts';
import { tool } from '../../helpers/launch.ts';
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
    const paper = await layDossier(office.store, plant, office.today, new PictureSource(office.store.path));
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

  it('[D10, D11, E5, E7, E8, bundle] holds meetings, cases, financing, output and what it is packed with', async () => {
    office.add('caseMeeting', {
      projectId: plant,
      matter: '供电接入',
      metOn: '2021-04-02',
      decision: '六月底前送电',
      unitText: '供电公司',
    });
    office.add('factorCase', { projectId: plant, group: 'land', matter: '征地协议未签', raisedOn: '2021-04-06' });
    office.add('obstruction', {
      projectId: plant,
      happenedOn: '2021-04-08',
      matter: '村民阻拦车辆',
      result: '已恢复施工',
    });
    office.add('financing', { projectId: plant, source: 'loan', bank: '农业发展银行', needed: 5_000 * WAN });
    office.add('outputRecord', { projectId: plant, month: '2021-05', output: 321 * WAN, jobs: 1_046 });
    const unitId = String(selectRow(office.store, 'project', plant)?.['unitId']);
    office.project(unitId, '热电一期', { bundleId: plant });
    const paper = await layDossier(office.store, plant, office.today, new PictureSource(office.store.path));
    const text = paper.pages
      .flatMap((page) => pageLines(page))
      .join('')
      .replace(/\s/gu, '');
    for (const words of [
      '供电接入：六月底前送电',
      '征地协议未签',
      '村民阻拦车辆',
      '农业发展银行',
      '5,000',
      '1,046',
      '打包项目，子项1个：热电一期',
    ])
      expect(text).toContain(words);
    expect(text.indexOf('村民阻拦车辆')).toBeGreaterThan(text.indexOf('征地协议未签'));
  });

  it('[A10, C3] holds the green channel and what leaders asked for', async () => {
    const leader = office.add('person', { name: '王某', title: '副市长' });
    office.set('project', plant, { greenChannel: 'open', greenChannelOn: '2021-02-20' });
    office.add('leaderInstruction', {
      projectId: plant,
      leaderId: leader,
      givenOn: '2021-05-06',
      content: '一周内接入供电',
      result: '已接入',
    });
    const paper = await layDossier(office.store, plant, office.today, new PictureSource(office.store.path));
    const lines = paper.pages
      .flatMap((page) => pageLines(page))
      .join('\n')
      .replaceAll(' ', '');
    expect(lines).toContain('已开通2021-02-20');
    expect(lines).toMatch(/王某2021-05-06一周内接入供电已接入/u);
  });

  it('[A5] numbers its headings without a gap, also where a project has every section there is', async () => {
    const numerals = async (): Promise<string[]> => {
      const paper = await layDossier(office.store, plant, office.today, new PictureSource(office.store.path));
      const lines = paper.pages.flatMap((page) => pageLines(page)).map((line) => line.replace(/\s/gu, ''));
      return lines.flatMap((line) => /^([一二三四五六七八九十]*)、/u.exec(line)?.[1] ?? []);
    };
    const expected = [...'一二三四五六七八九十', '十一', '十二', '十三', '十四', '十五', '十六'];
    expect(await numerals()).toEqual(expected.slice(0, 10));
    office.add('permit', {
      projectId: plant,
      kindId: office.add('permitKind', { name: '用地预审' }),
      state: 'planned',
    });
    office.add('factor', { projectId: plant, kind: 'land', item: '二期用地', needed: 66.7 });
    office.add('financing', { projectId: plant, source: 'loan', bank: '农业发展银行' });
    const leaderId = office.add('person', { name: '王某', title: '副市长' });
    office.add('leaderInstruction', { projectId: plant, leaderId, givenOn: '2021-05-06', content: '接入供电' });
    office.add('caseMeeting', { projectId: plant, matter: '供电接入', metOn: '2021-04-02' });
    office.add('outputRecord', { projectId: plant, month: '2021-05', output: 321 * WAN });
    expect(await numerals()).toEqual(expected);
  });

  it('prints many, each on a new sheet, as A4 PDF', async () => {
    const other = office.project(office.unit('乌林县'), '粮食仓储');
    const options = { duplex: true, ledgerPath: office.store.path };
    const { html, pages } = await dossierPaper(office.store, [plant, other], office.today, options);
    const [pdf = ''] = await htmlToPdfs([html]);
    expect(pdfInfo(pdf).get('Pages')).toBe(String(pages));
    expect(pdfInfo(pdf).get('Page size')).toContain('A4');
    expect(pdfText(pdf, 1, pages).replace(/\s/gu, '')).toContain('粮食仓储');
    await expect(dossierPaper(office.store, ['x'], office.today, options)).rejects.toThrow(/项目/u);
  });

  it('[A5, E3] prints the photos side by side by the day of taking, and says how many there are in all', async () => {
    const photo = (n: number, takenAt: string) =>
      addPhoto(
        office.store,
        {
          projectId: plant,
          period: '2021-05-1',
          title: `第${n}幅`,
          source: {
            path: '',
            fileName: `${n}.jpg`,
            bytes: 1,
            mime: 'image/jpeg',
            kind: 'photo',
            takenAt: instantOf(takenAt, '09:30'),
            sourceDigest: String(n).padStart(64, '0'),
            refused: null,
            used: [],
          },
          picture: tinyJpeg({ shade: 20 + n * 8 }).toString('base64'),
          thumb: tinyJpeg({ across: 2, down: 2 }).toString('base64'),
          width: 64,
          height: 48,
        },
        office.actor(),
      );
    for (let n = 1; n <= 15; n += 1) await photo(n, `2021-0${n % 3 === 0 ? 3 : 4}-${String(n).padStart(2, '0')}`);
    await photo(16, '2021-06-01');
    const paper = await layDossier(office.store, plant, office.today, new PictureSource(office.store.path));
    const images = paper.pages.flatMap((page) => page.elements.filter((element) => element.kind === 'image'));
    const text = paper.pages.flatMap((page) => pageLines(page)).join('\n');
    expect(images).toHaveLength(12);
    expect(new Set(images.map((image) => image.href)).size).toBe(12);
    expect(text).toContain('共有照片15张');
    expect(text).toMatch(/2021-03-03.*2021-03-06/u);
    expect(text).not.toContain('2021-06-01');

    // The originals did not come: the small copies are printed, and the digest of the paper is the same.
    const digest = (laid: typeof paper): string | undefined =>
      /数据摘要(.*)/u.exec(laid.pages.flatMap((page) => pageLines(page)).join('\n'))?.[1];
    const away = await layDossier(office.store, plant, office.today, new PictureSource(join(office.store.path, '无')));
    expect(away.pages.flatMap((page) => pageLines(page)).join('\n')).toContain('原件还没有送到');
    expect(digest(away)).toBe(digest(paper));

    const [pdf = ''] = await htmlToPdfs([pagesToHtml('台账', paper.pages)]);
    expect(pdfInfo(pdf).get('Pages')).toBe(String(paper.pages.length));
    expect(
      tool('pdfimages', ['-list', pdf])
        .split('\n')
        .filter((line) => line.includes('jpeg')).length,
    ).toBeGreaterThanOrEqual(12);
  });
});
