import type { Page } from 'playwright-core';
import type { Given } from './given.js';

/** What tests read of `patternlens.state()`. */
export interface PageState {
  readonly status: string;
  readonly model: {
    readonly name: string;
    readonly format: string;
    readonly layers: number;
    readonly patterns: { samples: number; source: string } | null;
  };
  readonly report: {
    readonly refused: readonly { layer: string; kind: string; reason: string }[] | null;
  };
  readonly sample: { source: string; index: number; count: number; name: string } | null;
  readonly explainedOutput: string;
  readonly target: { readonly name: string; readonly index?: number };
  readonly output: readonly number[];
  readonly methods: readonly { id: string; status: string; reason?: string }[];
  readonly error: { readonly code: string; readonly sentence: string } | null;
}

/** The page's state once nothing runs. */
export async function settled(page: Page): Promise<PageState> {
  await page.evaluate('patternlens.idle()');
  return page.evaluate('patternlens.state()');
}

/** Gives files to one of the fields. */
export async function giveTo(
  page: Page,
  field: 'Model files' | 'Image files',
  files: Given | readonly Given[] | string | readonly string[],
): Promise<void> {
  const all = (Array.isArray(files) ? files : [files]) as Given[] & string[];
  await page.getByLabel(field, { exact: true }).setInputFiles(all);
}
