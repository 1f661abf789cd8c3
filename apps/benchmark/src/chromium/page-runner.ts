import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { BrowserBackendId } from '@patternlens/page';
import type { BackendRunner } from '../engine/backend-runner.js';
import { remoteRunner, type RunnerAnswer } from '../engine/remote-runner.js';
import type { HostCard } from '../report/benchmark-report.js';
import type { DrivenPage } from '../browser/driven.js';
import type { SentJob } from '../browser/sent-job.js';

type Driven = typeof globalThis & { readonly patternlens: DrivenPage };

/** Opens a page that is driven, and waits until it can be. */
async function openDriven(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(new URL('driven.html', url).href);
  await page.waitForFunction(() => 'patternlens' in globalThis);
  return page;
}

/** The browser, as a page in it sees it. */
export async function hostOf(browser: Browser, url: string, id: string): Promise<HostCard> {
  const context = await browser.newContext();
  try {
    const page = await openDriven(context, url);
    return await page.evaluate((backend) => (globalThis as Driven).patternlens.host(backend), id);
  } finally {
    await context.close();
  }
}

export interface PageParts {
  readonly browser: Browser;
  readonly url: string;
  readonly host: string;
  readonly backend: BrowserBackendId;
  readonly job: SentJob;
  /** Milliseconds that an answer may take. */
  readonly deadline: number;
}

/** A runner in a page of its own: a page that crashes or hangs takes only its own results along. */
export function pageRunner(parts: PageParts): BackendRunner {
  const { browser, url, host, backend, job, deadline } = parts;
  let context: BrowserContext | undefined;
  let opening: Promise<Page> | undefined;
  let crashed: Promise<never> | undefined;
  const open = async (): Promise<Page> => {
    context = await browser.newContext();
    const page = await openDriven(context, url);
    crashed = new Promise((_, failed) => {
      page.once('crash', () => {
        failed(new Error(`backend ${backend}: its page crashed.`));
      });
    });
    crashed.catch(() => undefined);
    await page.evaluate(
      ([id, hostId, sent]) => (globalThis as Driven).patternlens.start(id, hostId, sent),
      [backend, host, job] as const,
    );
    return page;
  };
  return remoteRunner({
    backend,
    host,
    deadline,
    send: async (call, args) => {
      const page = await (opening ??= open());
      return Promise.race([
        crashed!,
        page.evaluate<RunnerAnswer, readonly [typeof call, readonly number[]]>(
          ([name, given]) => (globalThis as Driven).patternlens.call(name, given),
          [call, args] as const,
        ),
      ]);
    },
    end: async () => {
      await context?.close().catch(() => undefined);
    },
  });
}
