import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from '@playwright/test';
import type { Result, RunOptions } from 'axe-core';

/** What axe finds on a screen. The page takes the library in once: its text is long, and each screen is looked at. */

export interface Look {
  readonly include?: string;
  readonly exclude?: readonly string[];
  /** Only rules with these tags; otherwise those that axe itself begins with. */
  readonly tags?: readonly string[];
}

/** What elements it looks at, by selectors. */
interface Where {
  readonly include?: readonly [string];
  readonly exclude: readonly string[];
}

interface WithAxe {
  readonly axe: { run(where: Where, how: RunOptions): Promise<{ readonly violations: readonly Result[] }> };
}

const { resolve } = createRequire(import.meta.url);
const source = readFileSync(resolve('axe-core/axe.min.js'), 'utf8');

/** Rules that never find anything serious, and take their time. */
const MILD = ['region', 'aria-allowed-role', 'aria-deprecated-role'];

/** A frame without scripts of its own is looked at from here too; one that is going away is not. */
async function takeIn(frame: Frame): Promise<void> {
  const there = await frame.evaluate(() => 'axe' in window);
  if (!there) await frame.evaluate(`${source};axe.configure({ allowedOrigins: ['<same_origin>'] });`);
}

async function run(page: Page, { include, exclude = [], tags }: Look, options: RunOptions): Promise<readonly Result[]> {
  await takeIn(page.mainFrame());
  for (const frame of page.frames()) if (frame !== page.mainFrame()) await takeIn(frame).catch(() => undefined);
  const where: Where = { ...(include === undefined ? {} : { include: [include] }), exclude };
  const only: RunOptions = tags === undefined ? {} : { runOnly: { type: 'tag', values: [...tags] } };
  // Of what is right, and of what it cannot tell, it need not describe each element.
  const how: RunOptions = { ...only, ...options, resultTypes: ['violations'] };
  return await page.evaluate(
    async (look) => (await (window as unknown as WithAxe).axe.run(look.where, look.how)).violations,
    { where, how },
  );
}

/** Every fault, mild ones too. */
export function faults(page: Page, look: Look = {}): Promise<readonly Result[]> {
  return run(page, look, {});
}

/** Serious and critical faults. */
export async function graveFaults(page: Page, look: Look = {}): Promise<readonly Result[]> {
  const rules = Object.fromEntries(MILD.map((rule) => [rule, { enabled: false }]));
  const found = await run(page, look, { rules });
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}

/** Each as one line: the rule, and the elements that break it. */
export const asLines = (found: readonly Result[], most = Number.POSITIVE_INFINITY): string[] =>
  found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, most)
        .map(({ html }) => html)
        .join(' | ')}`,
  );
