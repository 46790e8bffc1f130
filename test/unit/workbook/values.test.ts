import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDate } from '../../../shared/domain/workbook/date-text.ts';
import { readPeople } from '../../../shared/domain/workbook/people.ts';
import { periodOfTitle } from '../../../shared/domain/workbook/title-period.ts';
import { unitFinder } from '../../../shared/domain/workbook/units.ts';
import { readYears } from '../../../shared/domain/workbook/year-span.ts';

describe('[excel] 日期的写法', () => {
  const dates: readonly (readonly [string | number, string])[] = [
    ['2021-5-11', '2021-05-11'],
    ['2021/05/11', '2021-05-11'],
    ['2021.5.11', '2021-05-11'],
    ['2021年5月11日', '2021-05-11'],
    ['20210511', '2021-05-11'],
    ['２０２１年５月１１日', '2021-05-11'],
    ['2021-05-11 00:00:00', '2021-05-11'],
    ['5月11日', '2021-05-11'],
    ['2021年5月', '2021-05-01'],
    ['202105', '2021-05-01'],
    [2021.5, '2021-05-01'],
    [44327, '2021-05-11'],
    ['44327', '2021-05-11'],
    ['202148', '2021-04-08'],
    ['2021年上半年', '2021-01-01'],
    ['三季度', '2021-07-01'],
    ['5月中旬', '2021-05-11'],
    ['2021年5月11日前', '2021-05-11'],
  ];
  it.each(dates)('reads %j as the start %s', (text, date) => {
    expect(readDate(text, 2021, 'first')).toMatchObject({ kind: 'date', date });
  });

  it('takes the end of a month or season for what ends something', () => {
    const end = (text: string) => readDate(text, 2021, 'last');
    expect(end('2021年2月')).toMatchObject({ date: '2021-02-28' });
    expect(end('2021年底')).toMatchObject({ date: '2021-12-31' });
    expect(end('2022年')).toMatchObject({ date: '2022-12-31' });
    expect(end('三季度')).toMatchObject({ date: '2021-09-30' });
  });

  it('says what was supplied, and refuses days that do not exist', () => {
    expect(readDate('2021年5月', 2021, 'first')).toMatchObject({ note: '只写到月，按2021年5月1日读入' });
    expect(readDate('5月11日', 2021, 'first')).toMatchObject({ note: '没有写年份，按2021年读入' });
    expect(readDate(2021.1, 2021, 'first')).toMatchObject({ note: '2021.1可能是1月或10月，按1月读入' });
    for (const text of ['2021-02-30', '2021-13-01', '1890-1-1', '2300-1-1'])
      expect(readDate(text, 2021, 'first').kind).toBe('outOfRange');
    for (const text of ['已开工', '待批复', 'abc', '2021年第五季度', '2021111'])
      expect([text, readDate(text, 2021, 'first').kind]).toEqual([text, 'notADate']);
  });

  it('never throws, whatever a cell holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double(), fc.integer()), (raw) => {
        for (const edge of ['first', 'last'] as const)
          expect(readDate(raw, 2021, edge).kind).toMatch(/date|outOfRange|notADate/);
        expect(readYears(raw, true).kind).toMatch(/span|length|unreadable/);
      }),
    );
  });
});

describe('[excel] 起止年限的写法', () => {
  const spans: readonly (readonly [string | number, number | null, number | null])[] = [
    ['2023-2025', 2023, 2025],
    ['2023—2025年', 2023, 2025],
    ['2023～2025', 2023, 2025],
    ['2023年-2025年', 2023, 2025],
    ['2023年至2025年', 2023, 2025],
    ['2010-', 2010, null],
    ['2010年起', 2010, null],
    ['09.10-11.3', 2009, 2011],
    ['2021.3-2022.12', 2021, 2022],
    ['2021年3月至2023年12月', 2021, 2023],
    ['2021/3-2023/6', 2021, 2023],
    ['202103-202312', 2021, 2023],
    [2023, 2023, 2023],
    ['2023', 2023, 2023],
    ['2023年', 2023, 2023],
    ['2021\n-\n2023', 2021, 2023],
  ];
  it.each(spans)('reads %j', (text, start, end) => {
    expect(readYears(text, false)).toMatchObject({ kind: 'span', start, end });
  });

  it('knows a length from a span, and a span that runs backwards', () => {
    expect(readYears('3年', false)).toEqual({ kind: 'length', text: '3年' });
    expect(readYears('24个月', false).kind).toBe('length');
    expect(readYears('2023-2021', false)).toMatchObject({ note: '止年2021早于起年2023' });
    expect(readYears('长期', false).kind).toBe('unreadable');
  });
});

describe('[excel] 姓名与职务', () => {
  const one: readonly (readonly [string, string, string | null])[] = [
    ['张三', '张三', null],
    ['张　三', '张三', null],
    ['魏某某 市委常委、副市长', '魏某某', '市委常委、副市长'],
    ['副市长 孙立', '孙立', '副市长'],
    ['副市长孙立', '孙立', '副市长'],
    ['孙立副市长', '孙立', '副市长'],
    ['市委副书记、市长 高山', '高山', '市委副书记、市长'],
    ['李四（市发改委主任）', '李四', '市发改委主任'],
    ['欧阳明\n副市长', '欧阳明', '副市长'],
    ['县委书记李某某', '李某某', '县委书记'],
    ['市交通局局长：王海', '王海', '市交通局局长'],
    ['买买提·艾力', '买买提·艾力', null],
  ];
  it.each(one)('reads %j', (text, name, title) => {
    expect(readPeople(text)).toMatchObject({ first: { name, title }, others: [], doubtful: false });
  });

  it('takes the first of several and the telephone beside a name', () => {
    expect(readPeople('李四、王五')).toMatchObject({ first: { name: '李四' }, others: ['王五'] });
    expect(readPeople('张　三、李　四')).toMatchObject({ first: { name: '张三' }, others: ['李四'] });
    expect(readPeople('李四\n王五\n赵六')).toMatchObject({ first: { name: '李四' }, others: ['王五', '赵六'] });
    expect(readPeople('副市长孙立\n区长方圆')).toMatchObject({
      first: { name: '孙立', title: '副市长' },
      others: ['方圆'],
    });
    expect(readPeople('何平 13700000002')).toMatchObject({ first: { name: '何平', phone: '13700000002' } });
    expect(readPeople('何平（0451-88886666）')).toMatchObject({ first: { name: '何平', phone: '0451-88886666' } });
  });

  it('says when it is not sure', () => {
    expect(readPeople('徐')).toMatchObject({ first: { name: '徐' }, doubtful: true });
    expect(readPeople('各责任单位主要负责人').doubtful).toBe(true);
    expect(readPeople('').first).toBeNull();
  });

  it('never throws, whatever a cell holds', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(readPeople(text).others.length).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('[excel] 责任单位的写法', () => {
  const find = unitFinder([
    { id: 'bq', name: '宝清县', shortName: null },
    { id: 'jx', name: '尖山区', shortName: '尖山' },
    { id: 'kf', name: '双鸭山经济技术开发区', shortName: '双鸭山经开区' },
    { id: 'fg', name: '双鸭山市发展和改革委员会', shortName: '市发改委' },
    { id: 'ba', name: '北安区', shortName: null },
    { id: 'nba', name: '南北安区', shortName: null },
  ]);
  const idOf = (text: string): string | null => {
    const match = find(text);
    return match.kind === 'found' ? match.id : null;
  };

  it.each([
    ['宝清县', 'bq'],
    ['宝清', 'bq'],
    ['宝清县人民政府', 'bq'],
    ['宝 清 县', 'bq'],
    ['双鸭山市宝清县', 'bq'],
    ['尖山', 'jx'],
    ['尖山区政府', 'jx'],
    ['市发改委', 'fg'],
    ['双鸭山经开区管委会', 'kf'],
    ['南北安区', 'nba'],
    ['北安区', 'ba'],
  ])('finds %s', (text, id) => {
    expect(idOf(text)).toBe(id);
  });

  it('finds nothing where nothing or several fit', () => {
    for (const text of ['', '某某县', '县', '人民政府', '市']) expect([text, idOf(text)]).toEqual([text, null]);
    const two = unitFinder([
      { id: '1', name: '新城区', shortName: null },
      { id: '2', name: '新城县', shortName: null },
    ]);
    expect(two('新城')).toEqual({ kind: 'several', names: ['新城区', '新城县'] });
  });
});

describe('[excel] 标题里的旬', () => {
  it('is found', () => {
    expect(periodOfTitle('重点项目2021年5月中旬进展情况旬报表')?.key).toBe('2021-05-2');
    expect(periodOfTitle('2021 年 11 月份下旬')?.key).toBe('2021-11-3');
    expect(periodOfTitle('2021年5月旬报')).toBeNull();
  });
});
