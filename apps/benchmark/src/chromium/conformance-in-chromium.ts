import type { BrowserBackendId } from '../browser/backend-ids.js';
import type { ConformanceOutcome } from '../browser/conformance.js';
import { pageFolders } from './build-pages.js';
import { openChromium } from './open-chromium.js';
import { serveFolder } from './serve-folder.js';

/** Runs the conformance suite in headless Chromium, a page for each backend, one after the other. Pages have to be built. One that crashes
 * or takes too long is a failure with the reason.
 * @param deadline Milliseconds that each backend may take. */
export async function conformanceInChromium(
  backends: readonly BrowserBackendId[],
  deadline: number,
  onOutcome: (backend: BrowserBackendId, outcome: ConformanceOutcome) => Promise<void>,
): Promise<void> {
  await using served = await serveFolder({ folders: pageFolders() });
  for (const backend of backends) {
    // A new browser each, so that what a graphics process held is gone.
    const browser = await openChromium();
    try {
      const page = await browser.newPage();
      const crashed = new Promise<never>((_, failed) => {
        page.once('crash', () => {
          failed(new Error('its page crashed.'));
        });
      });
      crashed.catch(() => undefined);
      await page.goto(`${served.url}conformance.html?backend=${backend}`);
      const done = page.waitForFunction(() => globalThis.conformance, undefined, {
        timeout: deadline,
        polling: 500,
      });
      const outcome = await Promise.race([done, crashed]).then(
        (handle) => handle.jsonValue() as Promise<ConformanceOutcome>,
        async (thrown: unknown): Promise<ConformanceOutcome> => {
          const said = await page.locator('output').textContent({ timeout: 1000 }).catch(() => '');
          const reason = `${backend} did not finish: ${String(thrown)}. ${said ?? ''}`;
          return { results: [], failure: { kind: 'failed', reason } };
        },
      );
      await onOutcome(backend, outcome);
    } finally {
      await browser.close();
    }
  }
}
