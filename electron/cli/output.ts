/** What a command has to say: `value` as JSON with --json, else `lines` for people. */
export interface Result {
  readonly value: unknown;
  readonly lines: readonly string[];
  /** Exit code when it is not 0. */
  readonly exitCode?: number;
}

/** Stable exit codes; documented in --help. */
export const EXIT = { ok: 0, unexpected: 1, usage: 2, fault: 3, unsound: 4 } as const;

export function print(result: Result, json: boolean | undefined): void {
  if (json === true) process.stdout.write(`${JSON.stringify(result.value, null, 2)}\n`);
  else for (const line of result.lines) process.stdout.write(`${line}\n`);
  if (result.exitCode !== undefined) process.exitCode = result.exitCode;
}

/** Width on a terminal: a Chinese character takes two columns. */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += /[\u1100-\uffff]/u.test(char) ? 2 : 1;
  return width;
}

/** Rows in columns. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  return all.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}
