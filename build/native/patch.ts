import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Applies a unified diff (`-p1`) under `folder`. Exact context only: a bare machine may have no `patch` command, and a
 * hunk that needs fuzz means that the package is not the version that the patch was written for.
 */
export function applyPatch(patchText: string, folder: string): void {
  for (const section of patchText.split(/^(?=--- a\/)/m)) {
    const name = /^\+\+\+ b\/(\S+)/m.exec(section)?.[1];
    if (name === undefined) continue;
    const file = join(folder, name);
    writeFileSync(file, applyHunks(readFileSync(file, 'utf8'), section, name));
  }
}

function applyHunks(text: string, section: string, name: string): string {
  const source = text.split('\n');
  const out: string[] = [];
  let at = 0;
  for (const hunk of section.split(/^(?=@@ )/m).slice(1)) {
    const lines = hunk.split('\n');
    const start = Number(/^@@ -(\d+)/.exec(lines[0] ?? '')?.[1]) - 1;
    out.push(...source.slice(at, start));
    at = start;
    for (const line of lines.slice(1)) {
      const mark = line[0];
      if (mark === '+') out.push(line.slice(1));
      else if (mark === ' ' || mark === '-') {
        if (source[at] !== line.slice(1)) throw new Error(`Patch does not fit ${name} at line ${at + 1}`);
        if (mark === ' ') out.push(line.slice(1));
        at += 1;
      }
    }
  }
  return [...out, ...source.slice(at)].join('\n');
}
