import { describe, expect, it } from 'vitest';
import { editText, formatCell } from '../../../renderer/grid/format-cell.ts';
import { parseCell } from '../../../renderer/grid/parse-cell.ts';
import { choice, choices, date, flag, integer, longText, money, ref, text } from '../../../shared/dictionary/field.ts';

const owner = 'unit';
const amount = money('总投资', { owner });
const stage = choice(
  '建设阶段',
  [
    { value: 'building', label: '在建（续建）', aliases: ['续建'] },
    { value: 'started', label: '开工' },
  ],
  { owner },
);
const lists = choices(
  '项目清单',
  [
    { value: 'b', label: '省百大' },
    { value: 'a', label: '市百大' },
  ],
  { owner },
);

const value = (typed: string, field: Parameters<typeof parseCell>[1], context = {}) => {
  const result = parseCell(typed, field, context);
  return result.ok ? result.value : result.reason;
};

describe('money in its unit', () => {
  it('reads commas, spaces, full width, units and Excel remainders', () => {
    expect(value('1,234.5', amount)).toBe(12_345_000);
    expect(value(' 1 234．５ ', amount)).toBe(12_345_000);
    expect(value('1.2亿', amount)).toBe(120_000_000);
    expect(value('3万元', amount)).toBe(30_000);
    expect(value('12.333333333333334', amount)).toBe(123_333);
    expect(value('', amount)).toBeNull();
    expect(value('待定', amount)).toBeNull();
  });

  it('says why a text is not an amount', () => {
    expect(value('十二万', amount)).toBe('“十二万”不是金额，请改为数字');
    expect(value('-5', amount)).toBe('“-5”是负数');
  });

  it('shows thousands marks in the grid and none in the editor', () => {
    expect(formatCell(12_345_678_000, amount)).toBe('1,234,567.8');
    expect(editText(12_345_678_000, amount)).toBe('1234567.8');
    expect(formatCell(null, amount)).toBe('');
  });
});

describe('other types', () => {
  it('reads whole numbers with their unit, and only within bounds', () => {
    const area = integer('用地面积', { owner, unit: '亩', min: 0, max: 1000 });
    expect(value('1,000亩', area)).toBe(1000);
    expect(value('12.5', area)).toBe('“12.5”不是整数');
    expect(value('2000', area)).toBe('“2000”大于 1000');
    expect(formatCell(12_000, area)).toBe('12,000');
    expect(formatCell(2021, integer('年份', { owner }))).toBe('2021');
  });

  it('reads choices by label and alias', () => {
    expect(value('在建(续建)', stage)).toBe('building');
    expect(value(' 续建 ', stage)).toBe('building');
    expect(value('停', stage)).toBe('“停”不在可选项中（在建（续建）、开工）');
    expect(formatCell('building', stage)).toBe('在建（续建）');
    expect(formatCell('retired', stage)).toBe('retired');
  });

  it('keeps several choices as a sorted list and shows them in the order of the dictionary', () => {
    expect(value('省百大、市百大', lists)).toBe('["a","b"]');
    expect(formatCell('["a","b"]', lists)).toBe('省百大、市百大');
    expect(value('', lists)).toBeNull();
  });

  it('reads yes and no', () => {
    const isBundle = flag('打包项目', { owner });
    expect(value('√', isBundle)).toBe(1);
    expect(value('否', isBundle)).toBe(0);
    expect(formatCell(1, isBundle)).toBe('是');
  });

  it('finds a row by its label, and asks when two have the same', () => {
    const person = ref('责任人', 'person', { owner });
    const options = [
      { id: '1', label: '张伟', hint: '发改委' },
      { id: '2', label: '张伟', hint: '住建局' },
      { id: '3', label: '李娜' },
    ];
    expect(value('李 娜', person, { options })).toBe('3');
    expect(value('张伟（住建局）', person, { options })).toBe('2');
    expect(value('张伟', person, { options })).toBe('“张伟”有 2 个，请从列表中选择');
    expect(value('王五', person, { options })).toBe('没有“王五”，请先登记或从列表中选择');
  });

  it('keeps line breaks in long texts only', () => {
    expect(value('一\r\n二', longText('说明', { owner }))).toBe('一\n二');
    expect(value('一\r\n二', text('名称', { owner }))).toBe('一 二');
    expect(value('12345', text('编号', { owner, maxLength: 4 }))).toBe('有 5 个字，最多 4 个字');
    expect(value(' ', text('名称', { owner, required: true }))).toBe('不能为空');
  });
});

describe('days', () => {
  const start = date('开工日期', { owner });
  it.each([
    ['2021-5-11'],
    ['2021.5.11'],
    ['2021/05/11'],
    ['20210511'],
    ['2021年5月11日'],
    ['２０２１年５月１１日'],
    ['2021-05-11 00:00:00'],
    ['44327'],
    ['5-11'],
    ['5月11日'],
  ])('reads %s', (typed) => {
    expect(value(typed, start, { today: '2021-05-01' })).toBe('2021-05-11');
  });

  it('refuses days that are not in the calendar, and months without a day', () => {
    expect(value('2021-2-30', start)).toBe('“2021-2-30”不是日历上有的日子');
    expect(value('2021年5月', start)).toBe('“2021年5月”缺少日，请写到某一天，如 2021-5-11');
    expect(value('五月', start)).toBe('“五月”不是日期，请按 2021-5-11 填写');
    expect(value('待定', start)).toBeNull();
  });
});
