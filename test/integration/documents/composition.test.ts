import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  composeSupervision,
  formatBody,
  formatDocumentNumber,
  type LetterBlock,
  parseBody,
  parseDocumentNumber,
  projectTable,
} from '../../../electron/ledger/documents/index.ts';
import { facts, project } from './sample.ts';

describe('[B8] document number', () => {
  it('has the full year in 〔〕, no 第 and no leading zero', () => {
    expect(formatDocumentNumber({ code: '望重办督', year: 2021, sequence: 4 })).toBe('望重办督〔2021〕4号');
  });

  it.each([
    { code: '', year: 2021, sequence: 1 },
    { code: '望〔', year: 2021, sequence: 1 },
    { code: '望', year: 21, sequence: 1 },
    { code: '望', year: 2021, sequence: 0 },
    { code: '望', year: 2021, sequence: 1.5 },
  ])('refuses $code $year $sequence', (number) => {
    expect(() => formatDocumentNumber(number)).toThrow(RangeError);
  });

  it('is read as people type it', () => {
    for (const text of [
      '望重办督〔2021〕4号',
      '望重办督[2021]004号',
      '望重办督（2021）第4号',
      '望重办督【2021】４号',
      '望重办督 (2021) 4 号',
    ])
      expect(parseDocumentNumber(text)).toEqual({ code: '望重办督', year: 2021, sequence: 4 });
    for (const text of ['', '望重办督2021年4号', '〔2021〕4号', '望重办督〔2021〕0号', '阜海政办发〔20196'])
      expect(parseDocumentNumber(text)).toBeNull();
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 9999 }), fc.integer({ min: 1, max: 100_000 }), (year, sequence) => {
        const number = { code: '望重办督', year, sequence };
        expect(parseDocumentNumber(formatDocumentNumber(number))).toEqual(number);
      }),
    );
  });
});

const all = (blocks: readonly LetterBlock[]): string =>
  blocks.map((block) => (block.type === 'table' ? '' : block.text)).join('\n');

describe('[B8] text of a paper', () => {
  it('puts the facts in exactly: amounts unrounded in 万元, dates without leading zeros', () => {
    const { body } = composeSupervision(facts('order', 2));
    const text = all(body);
    expect(text).toContain('总投资123,456.78万元');
    expect(text).toContain('总投资123,456.7801万元');
    expect(text).toContain('截至2021年5月10日完成8,654.32万元，占年度计划的19.2%。');
    expect(text).toContain('（一）望川经济开发区第1号玉米深加工项目');
    expect(text).toContain('主要问题：施工许可证未办理；二期用地有3户未完成征收。责任单位：甲河县人民政府');
    expect(text).toContain('2021年4月21日已印发《工作提示单》（望重办提〔2021〕7号），至今未按要求反馈办理情况。');
    expect(text).toContain('请于2021年5月20日前');
    expect(text).not.toMatch(/。。|undefined|NaN/);
  });

  it('rises in tone from a proposal to a talk', () => {
    const [reminder, order, warning, talk] = (['reminder', 'order', 'warning', 'talk'] as const).map((kind) =>
      composeSupervision(facts(kind, 1)),
    );
    expect(reminder?.title).toBe('关于加快推进望川经济开发区第1号玉米深加工项目建设的工作提示单');
    expect(all(reminder?.body ?? [])).toContain('予以提示');
    expect(all(order?.body ?? [])).toContain('现予以督办');
    expect(all(warning?.body ?? [])).toContain('责令限期整改');
    expect(all(talk?.body ?? [])).toContain('1.时间：2021年5月24日9时。');
  });

  it('refuses a paper about nothing and a talk without its appointment', () => {
    expect(() => composeSupervision(facts('order', 0))).toThrow(RangeError);
    const { talk: _, ...rest } = facts('talk', 1);
    expect(() => composeSupervision(rest)).toThrow(RangeError);
  });

  it('shows a dash where there is no plan to compare with', () => {
    expect(
      all(composeSupervision({ ...facts('order', 1), projects: [{ ...project(0), annualPlan: 0 }] }).body),
    ).toContain('占年度计划的—');
  });
});

describe('[B8] editing as plain text', () => {
  it('knows headings by how they begin', () => {
    expect(
      parseBody('一、存在问题\n（一）甲项目\n1.措施\n（1）细项\n正文\n1.5亿元').map((block) =>
        block.type === 'heading' ? block.level : block.type,
      ),
    ).toEqual([1, 2, 3, 4, 'paragraph', 'paragraph']);
  });

  it('reads a table', () => {
    expect(parseBody('|序号|名称|\n|1|甲\\|乙|')).toEqual([
      { type: 'table', columns: ['序号', '名称'], rows: [['1', '甲|乙']] },
    ]);
  });

  it('gives a composed paper back unchanged', () => {
    for (const kind of ['reminder', 'order', 'warning', 'talk'] as const) {
      const blocks = [...composeSupervision(facts(kind, 3)).body, projectTable([project(0), project(1)])];
      expect(parseBody(formatBody(blocks))).toEqual(blocks);
    }
  });

  it('gives any blocks back unchanged', () => {
    const text = fc
      .string({ unit: fc.constantFrom(...'一、（1）.|\\n甲。 '), minLength: 1, maxLength: 12 })
      .map((value) => value.trim())
      .filter((value) => value !== '');
    const cell = fc.string({ unit: fc.constantFrom(...'甲|\\n1\n'), maxLength: 6 }).map((value) => value.trim());
    const table = fc
      .integer({ min: 1, max: 3 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 3 }),
      );
    const block = fc.oneof(
      text.map((value): LetterBlock => ({ type: 'paragraph', text: value })),
      table.map(([columns = [], ...rows]): LetterBlock => ({ type: 'table', columns, rows })),
    );
    fc.assert(
      fc.property(fc.array(block, { maxLength: 6 }), (blocks) => {
        expect(parseBody(formatBody(blocks))).toEqual(blocks);
      }),
    );
  });
});
