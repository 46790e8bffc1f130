/** One line of the table of measures: ours against a reference taken in the same run. */
export interface Measure {
  readonly name: string;
  readonly ours: number;
  readonly reference: number;
  /** ours ÷ reference. */
  readonly ratio: number;
  readonly unit: string;
  /** Largest ratio allowed, or null where the figure is only reported. */
  readonly budget: number | null;
}

export function measure(
  name: string,
  figures: { readonly ours: number; readonly reference: number; readonly unit: string; readonly budget: number | null },
): Measure {
  return { name, ...figures, ratio: figures.reference === 0 ? Number.NaN : figures.ours / figures.reference };
}

/** Middle of several runs, in milliseconds. */
export async function medianMs(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((left, right) => left - right)[Math.floor(runs / 2)] ?? 0;
}
