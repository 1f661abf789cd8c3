import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** What axe-core finds serious or critical. */
export interface Found {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly string[];
}

interface Checker {
  run(): Promise<{
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  }>;
}

/** What axe-core calls serious or critical on a page. Its own evaluation needs no script of the page. */
export async function axeFindings(page: Page): Promise<readonly Found[]> {
  await page.evaluate(
    readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8'),
  );
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Checker };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, impact, nodes }) => ({
        id,
        impact,
        nodes: nodes.map(({ html }) => html.slice(0, 160)),
      }));
  });
}
