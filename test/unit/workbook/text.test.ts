import { describe, expect, it } from 'vitest';
import { cleanLine, cleanName, isPlaceholder, nameKey, quote, squeeze } from '../../../shared/domain/workbook/text.ts';

describe('[excel] 单元格文字', () => {
  it('cleans names without touching numbers that belong to them', () => {
    const cleaned = (text: string): string => cleanName(text).name;
    expect(cleaned('★ 临江县\n生物质 热电联产 ▲')).toBe('临江县生物质热电联产');
    expect(cleaned('12、滨河 公园')).toBe('滨河公园');
    expect(cleaned('3.5万吨粮库')).toBe('3.5万吨粮库');
    expect(cleaned('110千伏变电站')).toBe('110千伏变电站');
    expect(cleaned('A 区 5G 基站 two words')).toBe('A区5G基站two words');
    expect(cleanName('新区医院（暂定名）')).toEqual({ name: '新区医院', tentative: true });
  });

  it('takes dashes, slashes and 待定 for nothing, in whatever form they are typed', () => {
    for (const text of [
      '',
      '  ',
      '　',
      '—',
      '——',
      '－',
      '-',
      '/',
      '／',
      '待定',
      ' 待 定 ',
      '……',
      '…',
      ' '.repeat(40),
    ]) {
      expect([text, isPlaceholder(text)]).toEqual([text, true]);
    }
    for (const text of ['0', '无', '—5', '待定项目', '-5']) expect(isPlaceholder(text)).toBe(false);
  });

  it('compares names by what tells them apart', () => {
    expect(nameKey('北安区 污水处理厂（二期）')).toBe(nameKey('北安区污水处理厂(二期)'));
    expect(nameKey('5G基站（暂定名）★')).toBe(nameKey('５g基站'));
    expect(nameKey('一期')).not.toBe(nameKey('二期'));
  });

  it('squeezes full-width signs and line breaks', () => {
    expect(squeeze('总 投\n资（万元）')).toBe('总投资(万元)');
    expect(squeeze('２０２３—２０２５')).toBe('2023-2025');
    expect(cleanLine('备　注')).toBe('备注');
    expect(quote('一'.repeat(30))).toBe(`“${'一'.repeat(24)}…”`);
  });
});
