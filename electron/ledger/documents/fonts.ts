/** Faces of an official paper: 小标宋, 仿宋, 楷体, 黑体, 宋体. */
export type FontRole = 'title' | 'body' | 'kai' | 'hei' | 'song';

/**
 * Font families by role, best first. The faces that the standard names may not be shipped with the program, so they are
 * referred to by the names Windows, UOS and Kylin know them by; the last ones are free substitutes.
 */
const FONT_CHAINS: Readonly<Record<FontRole, readonly string[]>> = {
  title: [
    '方正小标宋简体',
    'FZXiaoBiaoSong-B05S',
    '方正小标宋_GBK',
    'FZXiaoBiaoSong-B05',
    '小标宋',
    '华文中宋',
    'STZhongsong',
    'BaobaoTitleSubstitute',
    'Noto Serif CJK SC',
    'SimSun',
  ],
  body: [
    '仿宋_GB2312',
    'FangSong_GB2312',
    '仿宋',
    'FangSong',
    '方正仿宋_GBK',
    'FZFangSong-Z02',
    '华文仿宋',
    'STFangsong',
    'Noto Serif CJK SC',
    'SimSun',
  ],
  kai: [
    '楷体_GB2312',
    'KaiTi_GB2312',
    '楷体',
    'KaiTi',
    '方正楷体_GBK',
    'FZKai-Z03',
    '华文楷体',
    'STKaiti',
    'AR PL UKai CN',
    'LXGW WenKai',
    'Noto Serif CJK SC',
  ],
  hei: [
    '黑体',
    'SimHei',
    '方正黑体_GBK',
    'FZHei-B01',
    '华文黑体',
    'STHeiti',
    'BaobaoHeiSubstitute',
    'Noto Sans CJK SC',
  ],
  song: ['宋体', 'SimSun', 'NSimSun', '方正书宋_GBK', 'FZShuSong-Z01', '华文宋体', 'STSong', 'Noto Serif CJK SC'],
};

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(',');

/**
 * Style rules for the faces. Weight stays normal everywhere (a bold style would thicken 小标宋 a second time); where
 * the substitute must be a bold cut, a local face stands in for it.
 */
export function fontStyles(): string {
  const roles = Object.entries(FONT_CHAINS).map(
    ([role, names]) => `.${role}{font-family:${quoted(names)},${role === 'hei' ? 'sans-serif' : 'serif'}}`,
  );
  return [
    '@font-face{font-family:"BaobaoTitleSubstitute";src:local("Noto Serif CJK SC Bold"),local("NotoSerifCJKsc-Bold"),local("Source Han Serif SC Bold"),local("SourceHanSerifSC-Bold")}',
    '@font-face{font-family:"BaobaoHeiSubstitute";src:local("Noto Sans CJK SC Medium"),local("NotoSansCJKsc-Medium"),local("Noto Sans CJK SC Bold"),local("NotoSansCJKsc-Bold")}',
    ...roles,
  ].join('\n');
}
