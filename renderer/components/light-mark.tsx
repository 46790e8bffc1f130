import { LIGHT_NAMES, type Light } from '../../shared/domain/light.ts';

/** Shape and colour of each light; papers are printed black and white, so the shape alone must tell. */
export const LIGHT_LOOKS: Readonly<Record<Light, { readonly shape: string; readonly color: string }>> = {
  green: { shape: '●', color: '#1a7f37' },
  yellow: { shape: '▲', color: '#b45309' },
  red: { shape: '■', color: '#c42b1c' },
  none: { shape: '○', color: '#6b7280' },
};

export const LIGHT_ORDER: readonly Light[] = ['red', 'yellow', 'green', 'none'];

/** Name of a light as cells and exports show it; '' for what is none. */
export function lightText(light: unknown): string {
  return typeof light === 'string' && Object.hasOwn(LIGHT_NAMES, light) ? LIGHT_NAMES[light as Light] : '';
}

function shapeOf(light: Light) {
  switch (light) {
    case 'green':
      return <circle cx="7" cy="7" r="5.5" />;
    case 'yellow':
      return <path d="M7 1.2 13.2 12.4H.8Z" />;
    case 'red':
      return <path d="M1.6 1.6h10.8v10.8H1.6Z" />;
    case 'none':
      return <circle cx="7" cy="7" r="4.9" fill="none" stroke="currentColor" strokeWidth="1.6" />;
  }
}

/** ● 绿 ▲ 黄 ■ 红 ○ 不适用, with its name for screen readers, or beside it with `named`. */
export function LightMark({ light, named = false }: { readonly light: Light; readonly named?: boolean }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 4, whiteSpace: 'nowrap' }}>
      <svg
        width="13"
        height="13"
        viewBox="0 0 14 14"
        fill="currentColor"
        style={{ color: LIGHT_LOOKS[light].color, flex: 'none' }}
        {...(named ? { 'aria-hidden': true } : { role: 'img', 'aria-label': LIGHT_NAMES[light] })}
      >
        <title>{LIGHT_NAMES[light]}</title>
        {shapeOf(light)}
      </svg>
      {named ? LIGHT_NAMES[light] : null}
    </span>
  );
}
