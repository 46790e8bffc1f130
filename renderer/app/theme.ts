import type { ThemeConfig } from 'antd';

/** Dense and calm; colour is kept for lights and for what needs a decision (interface design, Frame). */
export const theme: ThemeConfig = {
  cssVar: { prefix: 'bb' },
  token: {
    fontSize: 14,
    fontFamily:
      '"Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif',
    colorPrimary: '#1f4e8c',
    colorLink: '#1f4e8c',
    colorLinkHover: '#163a69',
    colorLinkActive: '#163a69',
    colorWarningText: '#8a4b00',
    colorBgLayout: '#f3f4f6',
    colorTextSecondary: '#4b5563',
    colorTextDescription: '#4b5563',
    colorTextTertiary: '#5b6472',
    colorTextPlaceholder: '#6b7280',
    borderRadius: 4,
    controlHeight: 32,
    motion: false,
  },
  components: {
    Card: { headerHeight: 44, headerPadding: 16, bodyPadding: 16 },
    Table: { cellPaddingBlockSM: 6 },
  },
};
