import { describe, expect, it } from 'vitest';
import { buildSearchText, matches } from '../../../renderer/components/search-match.ts';

const name = buildSearchText('双鸭山重点项目');

describe('search by Chinese, pinyin and initials', () => {
  it.each([['重点'], ['shuangyashan'], ['syszdxm'], ['SYS'], ['双 项目'], ['zhongdian'], ['sys 重点']])(
    'finds by %s',
    (query) => {
      expect(matches(name, query)).toBe(true);
    },
  );

  it.each([['双项'], ['syx'], ['宝清'], ['sys 宝清']])('does not find by %s', (query) => {
    expect(matches(name, query)).toBe(false);
  });

  it('finds signs of several readings under each of them', () => {
    expect(matches(buildSearchText('重庆路'), 'cql')).toBe(true);
    expect(matches(buildSearchText('重庆路'), 'zql')).toBe(true);
    expect(matches(buildSearchText('单明'), 'shanming')).toBe(true);
    expect(matches(buildSearchText('单明'), 'dm')).toBe(true);
    expect(matches(buildSearchText('长安小区'), 'zaxq')).toBe(true);
  });

  it('ignores case and width, and blanks in the query', () => {
    expect(matches(buildSearchText('Ａ区3号'), 'a区3')).toBe(true);
    expect(matches(name, '   ')).toBe(true);
  });

  it('does not find across two texts', () => {
    const row = buildSearchText('宝清县', null, '集贤县');
    expect(matches(row, 'bqx jxx')).toBe(true);
    expect(matches(row, 'bqxjxx')).toBe(false);
  });

  it('keeps 2,000 names within a blink', () => {
    const names = Array.from({ length: 2000 }, (_, index) => buildSearchText(`双鸭山市重点产业建设项目第${index}期`));
    const began = performance.now();
    expect(names.filter((text) => matches(text, 'zdcy 1999'))).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(100);
  });
});
