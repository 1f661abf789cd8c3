import type { CaseGroup } from '@patternlens/conformance';
import type { Page } from 'playwright-core';
import type { BrowserBackendId } from '@patternlens/page';
import { openChromium, serveFolder } from '@patternlens/page/node';
import type { ConformanceOutcome } from '../browser/conformance.js';
import { buildPages } from './build-pages.js';

export interface ConformanceOptions {
  /** Cases about each subject that are run at most. */
  readonly each: number;
  /** Only cases of this group. */
  readonly group?: CaseGroup | undefined;
  /** Milliseconds that each backend may take. */
  readonly deadline: number;
}

/** Runs the conformance suite in headless Chromium, a browser for each backend, one after the other. Of one that
 * crashes or takes too long there is the reason, and what it found until then. */
export async function conformanceInChromium(
  backends: readonly BrowserBackendId[],
  { each, group, deadline }: ConformanceOptions,
  onOutcome: (backend: BrowserBackendId, outcome: ConformanceOutcome) => Promise<void>,
): Promise<void> {
  await using pages = await buildPages();
  await using served = await serveFolder(pages);
  for (const backend of backends) {
    // A new browser each, so that what a graphics process held is gone.
    const browser = await openChromium();
    try {
      const page = await browser.newPage();
      const crashed = new Promise<never>((_, failed) => {
        page.once('crash', () => {
          failed(new Error('its page crashed'));
        });
      });
      crashed.catch(() => undefined);
      const limit = Number.isFinite(each) ? `&each=${each}` : '';
      const only = group === undefined ? '' : `&group=${group}`;
      await page.goto(`${served.url}conformance.html?backend=${backend}${limit}${only}`);
      const done = page.waitForFunction(() => globalThis.conformance?.done, undefined, {
        timeout: deadline,
        polling: 500,
      });
      const stopped = await Promise.race([done, crashed]).then(
        () => undefined,
        (thrown: unknown) => String(thrown),
      );
      const found = await soFar(page);
      await onOutcome(
        backend,
        stopped === undefined ? found : { ...found, ...unfinished(stopped) },
      );
    } finally {
      await browser.close();
    }
  }
}

const NOTHING: ConformanceOutcome = { done: false, cases: 0, results: [] };

/** What a page has found; nothing where it does not even say that. */
const soFar = (page: Page): Promise<ConformanceOutcome> =>
  Promise.race([
    page.evaluate(() => globalThis.conformance).then((outcome) => outcome ?? NOTHING),
    new Promise<ConformanceOutcome>((done) => setTimeout(done, 5000, NOTHING)),
  ]).catch(() => NOTHING);

const unfinished = (reason: string): Pick<ConformanceOutcome, 'failure'> => ({
  failure: { kind: 'failed', reason: `it did not finish: ${reason}` },
});
