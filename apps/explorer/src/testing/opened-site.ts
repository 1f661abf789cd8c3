import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, openChromium, serveFolder } from '@patternlens/page/node';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** The site as `npm run build-site` left it; tests of the page run on it. */
export const SITE = join(__dirname, '../../dist/site');

/** Why tests of the page are skipped, where they are. */
export const NO_SITE = !existsSync(join(SITE, 'index.html'))
  ? 'the site is not built'
  : findChromium() === undefined
    ? 'there is no Chromium'
    : undefined;

export interface OpenedSite extends AsyncDisposable {
  readonly browser: Browser;
  /** Ends with a slash. */
  readonly url: string;
  /** A new page on the site, once its first sample is explained. Errors of the page and requests to elsewhere are thrown by `check`. */
  readonly open: (options?: OpenOptions) => Promise<SitePage>;
}

interface OpenOptions extends BrowserContextOptions {
  readonly hash?: string | undefined;
  /** Waits until nothing runs any more; else until the first sample is explained. */
  readonly idle?: boolean | undefined;
  /** What runtimes tell the console of failures that are meant to happen. */
  readonly expected?: RegExp | undefined;
}

interface SitePage {
  readonly page: Page;
  /** @throws where the page threw something, or asked another origin for anything. */
  readonly check: () => void;
}

/** Serves the site as a plain server does, without headers, and starts a browser. */
export async function openSite(): Promise<OpenedSite> {
  const served = await serveFolder({ folders: { '/': SITE }, isolate: false });
  const browser = await openChromium();
  return {
    browser,
    url: served.url,
    open: async ({ hash = '', idle = true, expected, ...context } = {}) => {
      const opened = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        // What it keeps for later would be loaded in every test.
        serviceWorkers: 'block',
        ...context,
      });
      const page = await opened.newPage();
      const wrong: string[] = [];
      page.on('pageerror', (error) => wrong.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !expected?.test(message.text()))
          wrong.push(message.text());
      });
      page.on('request', (request) => {
        const { protocol, origin } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== new URL(served.url).origin)
          wrong.push(`asked ${origin}`);
      });
      await page.goto(`${served.url}${hash}`);
      await page.waitForFunction(() => 'patternlens' in globalThis);
      await page.evaluate(`patternlens.ready`);
      if (idle) await page.evaluate(`patternlens.idle()`);
      return {
        page,
        check: () => {
          if (wrong.length > 0) throw new Error(wrong.join('\n'));
        },
      };
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await served.close();
    },
  };
}

/** Waits until an expression over the page is true. The page's policy forbids to hand it over as text, so that it is asked again and again. */
export async function untilTrue(page: Page, expression: string): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    if (await page.evaluate<boolean>(expression)) return;
    await page.waitForTimeout(20);
  }
  throw new Error(`It did not become true: ${expression}`);
}
