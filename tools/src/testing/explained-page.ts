/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, ConsoleMessage, Route } from 'playwright-core';

/** What a program says of the only sample that it explained. */
export interface Explained {
  readonly targets: readonly number[];
  readonly relevance: readonly number[];
}

export interface ExplainedPage {
  /** What the page logged behind the word `explained`, by method: `only` where it logged one explanation. */
  readonly explained: Readonly<Record<string, Explained>>;
  /** Colours of the canvases on the page, counted, one number a canvas. */
  readonly colours: readonly number[];
  readonly text: string;
  readonly errors: readonly string[];
  /** Addresses outside the page's own server that were asked for. */
  readonly foreign: readonly string[];
}

const NETWORK = /^https:\/\/cdn\.jsdelivr\.net\/npm\/((?:@[^/]+\/)?[^@/]+)@[^/]+\/(.+)$/;

/** Answers a content delivery network's addresses with the files of a project. */
async function answerFrom(project: string, route: Route): Promise<void> {
  const [, name, path] = NETWORK.exec(route.request().url()) ?? [];
  const file = join(project, 'node_modules', name ?? '', path ?? '');
  if (name === undefined || !existsSync(file)) await route.fulfill({ status: 404 });
  else await route.fulfill({ path: file, headers: { 'Access-Control-Allow-Origin': '*' } });
}

/** Runs in the page. */
function plain(logged: Record<string, unknown>): Record<string, Explained> {
  type Logged = { targets: Iterable<number>; relevance: { data: Iterable<number> } };
  const methods = ('relevance' in logged ? { only: logged } : logged) as Record<string, Logged>;
  return Object.fromEntries(
    Object.entries(methods).map(([method, { targets, relevance }]) => [
      method,
      { targets: [...targets], relevance: [...relevance.data] },
    ]),
  );
}

/** Opens a page, and waits until it logs what it explained. */
export async function openExplained(
  browser: Browser,
  address: string,
  project: string,
): Promise<ExplainedPage> {
  const page = await browser.newPage();
  const errors: string[] = [];
  const foreign: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('request', (request) => {
    const url = request.url();
    if (/^https?:/.test(url) && new URL(url).origin !== new URL(address).origin) foreign.push(url);
  });
  await page.route(NETWORK, (route) => answerFrom(project, route));
  const says = (message: ConsoleMessage): boolean => message.text().startsWith('explained');
  try {
    const failed = page.waitForEvent('pageerror', { timeout: 40_000 }).catch(() => undefined);
    const logs = page
      .waitForEvent('console', { predicate: says, timeout: 40_000 })
      .catch(() => undefined);
    await page.goto(address);
    const message = await Promise.race([logs, failed.then(() => undefined)]);
    const logged = message?.args()[1];
    return {
      explained: logged === undefined ? {} : await logged.evaluate(plain),
      colours: await page.evaluate(coloursOfCanvases),
      text: await page.evaluate(() => document.body.innerText),
      errors,
      foreign,
    };
  } finally {
    await page.close();
  }
}

/** Runs in the page, once what the program drew is there. */
async function coloursOfCanvases(): Promise<number[]> {
  await new Promise((resolve) => requestAnimationFrame(resolve));
  return [...document.querySelectorAll('canvas')].map((canvas) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
}
