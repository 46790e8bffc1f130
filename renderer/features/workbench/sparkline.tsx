interface SparklineProps {
  /** Oldest first; null where there is no value. */
  readonly values: readonly (number | null)[];
  readonly label: string;
}

const WIDTH = 84;
const HEIGHT = 26;
const PAD = 3;

/** The course of a figure over the last periods; its numbers are in `label`. */
export function Sparkline({ values, label }: SparklineProps) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  const at = values.flatMap((value, index) => {
    if (value === null) return [];
    const x = PAD + (index / Math.max(1, values.length - 1)) * (WIDTH - 2 * PAD);
    const y = span === 0 ? HEIGHT / 2 : HEIGHT - PAD - ((value - low) / span) * (HEIGHT - 2 * PAD);
    return [[x, y] as const];
  });
  const last = at.at(-1);
  return (
    <svg role="img" aria-label={label} width={WIDTH} height={HEIGHT} style={{ flex: 'none' }}>
      <title>{label}</title>
      <polyline
        points={at.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
        fill="none"
        stroke="#64748b"
        strokeWidth="1.5"
      />
      {last ? <circle cx={last[0]} cy={last[1]} r="2.5" fill="#1f4e8c" /> : null}
    </svg>
  );
}
