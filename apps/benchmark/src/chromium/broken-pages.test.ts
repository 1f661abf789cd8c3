import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readOnnx } from '@patternlens/adapter-onnx';
import { resolveNetwork } from '@patternlens/core';
import { resolveMethod } from '@patternlens/core/tracing';
import { DEFAULT_NETWORK, generateBatch } from '@patternlens/data';
import type { Browser } from 'playwright-core';
import type { BrowserBackendId } from '@patternlens/page';
import {
  findChromium,
  openChromium,
  type ServedFolder,
  serveFolder,
  type ServeOptions,
} from '@patternlens/page/node';
import { sendJob, type SentJob } from '../browser/sent-job.js';
import type { BackendRunner } from '../engine/backend-runner.js';
import { runBenchmark } from '../engine/run-benchmark.js';
import type { BackendResult } from '../report/benchmark-report.js';
import type { BenchmarkJob } from '../engine/benchmark-job.js';
import { builtFolders } from '../testing/built-folders.js';
import { hostOf, pageRunner } from './page-runner.js';

jest.setTimeout(120_000);

const isThere = findChromium() !== undefined;
const describeInChromium = isThere ? describe : describe.skip;

/** Scripts that remove a feature from a page before anything runs in it. */
const NO_WEBGPU = `Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined });`;
const NO_WEBGL = `for (const canvas of [HTMLCanvasElement, OffscreenCanvas]) {
  const { getContext } = canvas.prototype;
  canvas.prototype.getContext = function (type, ...more) {
    return type.includes('webgl') ? null : getContext.call(this, type, ...more);
  };
}`;
/** Every context of WebGL is kept, to be lost when that is asked for. */
const LOSABLE = `globalThis.contexts = [];
for (const canvas of [HTMLCanvasElement, OffscreenCanvas]) {
  const { getContext } = canvas.prototype;
  canvas.prototype.getContext = function (type, ...more) {
    const made = getContext.call(this, type, ...more);
    if (made && type.includes('webgl')) globalThis.contexts.push(made);
    return made;
  };
}`;

describeInChromium(
  `backends of pages that lack something${isThere ? '' : ': there is no Chromium'}`,
  () => {
    let browser: Browser;
    let job: BenchmarkJob;
    let sent: SentJob;
    let folders: ServeOptions['folders'];
    const served: ServedFolder[] = [];

    beforeAll(async () => {
      folders = builtFolders();
      browser = await openChromium();
      const bytes = new Uint8Array(readFileSync(DEFAULT_NETWORK.url));
      const inputs = { image: generateBatch(0, 1).input };
      const network = await readOnnx(bytes);
      job = {
        name: 'default',
        network,
        methods: [resolveMethod('gradient')],
        compared: { names: ['one'], inputs },
        timed: new Map(),
        look: { axes: resolveNetwork(network).axes.get('image')! },
      };
      sent = await sendJob({ job, model: { format: 'onnx', main: bytes, beside: {} } }, {});
    });

    afterAll(async () => {
      await browser.close();
      for (const server of served) await server.close();
      rmSync(folders['/']!, { recursive: true });
    });

    const serve = async (options: Partial<ServeOptions> = {}): Promise<string> => {
      const server = await serveFolder({ folders, ...options });
      served.push(server);
      return server.url;
    };

    const runnerOf = (backend: BrowserBackendId, url: string, script: string): BackendRunner => {
      const changed = {
        newContext: async () => {
          const context = await browser.newContext();
          await context.addInitScript(script);
          return context;
        },
      } as Browser;
      return pageRunner({
        browser: changed,
        url,
        host: 'chromium',
        backend,
        job: sent,
        deadline: 60_000,
      });
    };

    const resultOf = async (runner: BackendRunner): Promise<BackendResult> =>
      (await runBenchmark(job, [runner], { compare: true })).backends[0]!;

    test.each(['onnx:wasm', 'tfjs:wasm'] as const)('%s whose file is a web page', async (id) => {
      const url = await serve({
        instead: (path) =>
          path.endsWith('.wasm')
            ? { type: 'text/html', body: '<!DOCTYPE html><p>Home' }
            : undefined,
      });
      const { failure } = await resultOf(runnerOf(id, url, ''));
      expect(failure).toMatchObject({
        kind: 'failed',
        reason: expect.stringMatching(
          /^The WebAssembly file was not found at .* \(the server sent a web page\)/,
        ) as string,
      });
    });

    test.each(['onnx:webgpu', 'tfjs:webgpu', 'gpujs:webgpu'] as const)(
      '%s without an adapter',
      async (id) => {
        const { failure } = await resultOf(runnerOf(id, await serve(), NO_WEBGPU));
        expect(failure).toMatchObject({
          kind: 'lacking',
          reason: 'WebGPU is not available in this browser. Use a backend on WASM.',
        });
      },
    );

    test.each(['tfjs:webgl', 'gpujs:webgl2'] as const)('%s without WebGL', async (id) => {
      const { failure } = await resultOf(runnerOf(id, await serve(), NO_WEBGL));
      expect(failure).toMatchObject({
        kind: 'lacking',
        reason: expect.stringMatching(/^WebGL2 is not available/) as string,
      });
    });

    test.each(['tfjs:webgl', 'gpujs:webgl2'] as const)('%s whose context is lost', async (id) => {
      // Lost when the first program is compiled: what is asked of the page next.
      const script = `${LOSABLE}
      const watch = setInterval(() => {
        if (!globalThis.lose) return;
        clearInterval(watch);
        for (const own of globalThis.contexts) own.getExtension('WEBGL_lose_context')?.loseContext();
      }, 10);`;
      const runner = runnerOf(id, await serve(), script);
      const slow: BackendRunner = {
        ...runner,
        open: async () => {
          const facts = await runner.open();
          for (const context of browser.contexts())
            for (const page of context.pages())
              await page.evaluate(() => {
                (globalThis as { lose?: boolean }).lose = true;
              });
          await new Promise((done) => setTimeout(done, 500));
          return facts;
        },
      };
      const { methods, failure } = await resultOf(slow);
      expect((failure ?? methods[0]?.failure)?.reason).toContain(
        `The graphics device was lost while ${id} ran`,
      );
    });

    test('gpujs:cpu under a policy without text as code', async () => {
      const policy = `<meta http-equiv="Content-Security-Policy" content="script-src 'self' 'wasm-unsafe-eval'" />`;
      const driven = readFileSync(join(folders['/']!, 'driven.html'), 'utf8');
      const url = await serve({
        instead: (path) =>
          path === '/driven.html'
            ? { type: 'text/html', body: driven.replace('<head>', `<head>${policy}`) }
            : undefined,
      });
      const { failure } = await resultOf(runnerOf('gpujs:cpu', url, ''));
      expect(failure).toMatchObject({
        kind: 'lacking',
        reason:
          "gpujs:cpu makes kernels from text, which this page's policy forbids. gpujs:wasm does the same work.",
      });
    });

    test('a page that is not isolated has one thread, and says so', async () => {
      const url = await serve({ isolate: false });
      const { facts } = await hostOf(browser, url, 'chromium');
      expect(facts.find(({ label }) => label === 'Threads')?.value).toMatch(
        /^Running on one thread: .*COOP\/COEP/,
      );
      const { threads, methods } = await resultOf(runnerOf('onnx:wasm', url, ''));
      expect(threads).toBe(1);
      expect(methods[0]!.agreement!.equalGates.relativeL2).toBeLessThan(1e-5);
    });
  },
);
