import { PERMIT_STATES } from '../../../shared/dictionary/index.ts';
import { PERMIT_SIGNS, type PermitState, type Tone } from '../../../shared/domain/permit.ts';

const COLORS: Readonly<Record<PermitState, string>> = {
  planned: '#4b5563',
  running: '#1f4e8c',
  done: '#1a7f37',
  blocked: '#c01c28',
  conditional: '#a15c00',
  exempt: '#6b7280',
};

/** On the screen a check mark; papers keep the √ that their faces have. */
const SIGNS: Readonly<Record<PermitState, string>> = { ...PERMIT_SIGNS, done: '✓' };

export function stateLabel(state: PermitState): string {
  return PERMIT_STATES.find((choice) => choice.value === state)?.label ?? state;
}

export const TONE_CLASS: Readonly<Record<Tone, string>> = { none: '', soon: 'cell-soon', late: 'cell-late' };

/** √ 办结: sign and name of a state; the sign alone must tell on paper. */
export function PermitMark({ state, named = false }: { readonly state: PermitState; readonly named?: boolean }) {
  const label = stateLabel(state);
  if (named) {
    return (
      <span style={{ whiteSpace: 'nowrap' }}>
        <span aria-hidden style={{ color: COLORS[state] }}>
          {SIGNS[state]}
        </span>{' '}
        {label}
      </span>
    );
  }
  return (
    <span role="img" aria-label={label} style={{ color: COLORS[state], fontWeight: 600 }}>
      {SIGNS[state]}
    </span>
  );
}

/** What the signs mean. */
export function PermitLegend() {
  return (
    <span className="quiet">
      {PERMIT_STATES.map(({ value, label }) => (
        <span key={value} style={{ marginInlineEnd: 12 }}>
          <span aria-hidden style={{ color: COLORS[value] }}>
            {SIGNS[value]}
          </span>{' '}
          {label}
        </span>
      ))}
      <span>！ 已过期限</span>
    </span>
  );
}
