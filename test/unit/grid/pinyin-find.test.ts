import { describe, expect, it } from 'vitest';
import { hasPinyin } from '../../../renderer/components/pinyin-find.ts';

describe('pinyin in a text', () => {
  it.each([
    ['双鸭山重点项目', 'shuangyashan'],
    ['双鸭山重点项目', 'syszdxm'],
    ['双鸭山重点项目', 'zhongdian'],
    ['双鸭山重点项目', 'zhongdianx'],
    ['双鸭山重点项目', 'dianxi'],
    ['重庆路', 'cql'],
    ['重庆路', 'zql'],
    ['单明', 'shanming'],
    ['单明', 'dm'],
    ['西安路', 'xianlu'],
    ['绿色产业', 'lvse'],
    ['年产5万吨ppp项目', 'pppxm'],
    ['a区三号', 'aqsh'],
    ['110kv变电站', '110kvbdz'],
    ['2号路', '2haolu'],
  ])('%s is found by %s', (text, word) => {
    expect(hasPinyin(text, word)).toBe(true);
  });

  it.each([
    ['双鸭山重点项目', 'syx'],
    ['双鸭山重点项目', 'shuangshan'],
    ['宝清县\n集贤县', 'bqxjxx'],
    ['2021-05-18', 'syx'],
    ['', 'a'],
  ])('%s is not found by %s', (text, word) => {
    expect(hasPinyin(text, word)).toBe(false);
  });
});
