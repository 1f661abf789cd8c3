import { existsSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { type Browser, chromium as driver } from 'playwright-core';
import sirv from 'sirv';
import { ROOT } from './repository.js';
import { runNode } from './run-node.js';

/** The browser that pages are tried in; undefined where there is none. */
export const CHROMIUM = [
  process.env['PATTERNLENS_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

/** Serves the files of a folder, isolated from other origins so that WebAssembly may have threads. */
export function serve(folder: string): Promise<Server> {
  const send = sirv(folder, {
    dev: true,
    setHeaders: (response) => {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    },
  });
  const server = createServer(send);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

export const originOf = (server: Server): string =>
  `http://localhost:${(server.address() as { port: number }).port}`;

export const openBrowser = (): Promise<Browser> =>
  driver.launch({
    executablePath: CHROMIUM!,
    args: ['--no-sandbox', '--enable-unsafe-swiftshader'],
  });

/** What a page said until its program ended. */
export interface PageOutcome {
  readonly printed: string;
  readonly errors: readonly string[];
  /** Addresses outside the page's own server that were asked for. */
  readonly foreign: readonly string[];
}

/** Builds a page around a program with Vite, in a project of its own. */
export function buildPage(project: string, program: string): void {
  writeFileSync(join(project, 'main.js'), `${program}\ndocument.body.dataset.finished = 'yes';\n`);
  writeFileSync(
    join(project, 'index.html'),
    '<!doctype html><title>Quick start</title><link rel="icon" href="data:,"><body><script type="module" src="main.js"></script></body>\n',
  );
  runVite(project, '--target', 'esnext');
}

/** Builds the page of a folder with Vite. */
export function runVite(folder: string, ...options: readonly string[]): void {
  const { status, stdout, stderr } = runNode(
    [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn', ...options],
    folder,
  );
  if (status !== 0) throw new Error(`vite build failed:\n${stdout}${stderr}`);
}

/** Opens the built page in headless Chromium, and waits for its program's end. */
export async function openPage(project: string): Promise<PageOutcome> {
  const server = await serve(join(project, 'dist'));
  const origin = originOf(server);
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const printed: string[] = [],
      errors: string[] = [],
      foreign: string[] = [];
    page.on('console', (message) => {
      (message.type() === 'error' ? errors : printed).push(message.text());
    });
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('request', (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(origin))
        foreign.push(request.url());
    });
    await page.goto(origin);
    await page
      .waitForSelector('body[data-finished]', { state: 'attached', timeout: 60_000 })
      .catch(() => errors.push('the program did not end'));
    return { printed: printed.join('\n'), errors, foreign };
  } finally {
    await browser.close();
    server.close();
  }
}
