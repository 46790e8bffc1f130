import type { ChainLinkState } from '../../../shared/contract/chain.ts';

interface Look {
  readonly sign: string;
  readonly label: string;
  readonly color: string;
  /** Fill of its bar. */
  readonly fill: string;
  words(days: number | null): string;
}

/** Shape, colour and words of each state; the shape alone must tell on paper. */
export const LOOKS: Readonly<Record<ChainLinkState, Look>> = {
  overdue: { sign: '■', label: '逾期', color: '#c01c28', fill: '#c01c28', words: (days) => `逾期 ${days ?? 0} 天` },
  dueSoon: {
    sign: '▲',
    label: '临期',
    color: '#a15c00',
    fill: '#c98a1b',
    words: (days) => (days === 0 ? '今天到期' : `临期，还有 ${days ?? 0} 天`),
  },
  open: { sign: '○', label: '未到期', color: '#374151', fill: '#9db2cd', words: (days) => `还有 ${days ?? 0} 天` },
  undated: { sign: '—', label: '未定时限', color: '#4b5563', fill: '#c9d0da', words: () => '未定时限' },
  done: {
    sign: '✓',
    label: '已完成',
    color: '#1a7f37',
    fill: '#7fa98a',
    words: (days) => (days !== null && days > 0 ? `已完成，晚 ${days} 天` : '已完成'),
  },
};

export const STATE_ORDER: readonly ChainLinkState[] = ['overdue', 'dueSoon', 'open', 'undated', 'done'];

/** '■ 逾期 3 天'. */
export function StateMark({ state, days }: { readonly state: ChainLinkState; readonly days: number | null }) {
  const look = LOOKS[state];
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <span aria-hidden style={{ color: look.color }}>
        {look.sign}
      </span>{' '}
      {look.words(days)}
    </span>
  );
}
