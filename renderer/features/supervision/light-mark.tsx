import { LIGHT_NAMES, type Light } from '../../../shared/domain/light.ts';

const SHAPES: Readonly<Record<Light, readonly [shape: string, colour: string]>> = {
  green: ['●', '#1a7f37'],
  yellow: ['▲', '#8a5a00'],
  red: ['■', '#b42318'],
  none: ['○', '#4b5563'],
};

/** A light by shape, word and colour: papers are printed black and white. */
export function LightMark({ light }: { readonly light: Light }) {
  const [shape, colour] = SHAPES[light];
  return (
    <span style={{ whiteSpace: 'nowrap', color: colour }}>
      <span aria-hidden>{shape}</span> {LIGHT_NAMES[light]}
    </span>
  );
}
