import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { snippetsOf } from './testing/documents.js';
import { emptyFolder, installInto, packAll, removeFolder } from './testing/installed.js';
import { buildPage, CHROMIUM, openPage } from './testing/page.js';
import { expectSnippetRuns } from './testing/run-node.js';

/** What users of one runtime install, and nothing else. */
const QUICK_STARTS = [
  {
    adapter: 'adapter-onnx',
    packages: ['core', 'importing', 'adapter-onnx', 'data'],
    runtimes: ['onnxruntime-node', 'onnxruntime-web'],
    others: ['@tensorflow/tfjs', '@tensorflow/tfjs-core', 'gpu.js'],
  },
  {
    adapter: 'adapter-tfjs',
    packages: ['core', 'importing', 'adapter-tfjs'],
    runtimes: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'],
    others: ['onnxruntime-node', 'onnxruntime-web', 'onnxruntime-common', 'gpu.js'],
  },
  {
    adapter: 'adapter-gpujs',
    packages: ['core', 'importing', 'adapter-gpujs', 'adapter-onnx', 'data'],
    runtimes: ['gpu.js'],
    others: ['onnxruntime-node', 'onnxruntime-web', '@tensorflow/tfjs', '@tensorflow/tfjs-core'],
  },
] as const;

const tarballs = emptyFolder();
const packed = packAll(tarballs);

afterAll(() => {
  removeFolder(tarballs);
});

describe.each(QUICK_STARTS.map((start) => [start.adapter, start] as const))(
  'an empty project with %s',
  (adapter, { packages, runtimes, others }) => {
    const project = emptyFolder();
    const names = packages.map((name) => `@patternlens/${name}`);
    const missing = installInto(
      project,
      packed.filter(({ name }) => names.includes(name)),
      runtimes,
    );
    const installed = missing === undefined ? test : test.skip;
    const suffix = missing === undefined ? '' : `: ${missing}`;
    const marked = snippetsOf(`packages/${adapter}/README.md`);
    const snippets = marked.filter(({ mark }) => mark?.kind === 'snippet');
    const pages = marked.filter(({ mark }) => mark?.kind === 'page');

    afterAll(() => {
      removeFolder(project);
    });

    test('its page has a program for Node and one for a page', () => {
      expect(snippets.length).toBeGreaterThan(0);
      expect(pages.length).toBeGreaterThan(0);
    });

    installed(`has no other runtime${suffix}`, () => {
      expect(others.filter((name) => existsSync(join(project, 'node_modules', name)))).toEqual([]);
      expect(runtimes.filter((name) => !existsSync(join(project, 'node_modules', name)))).toEqual(
        [],
      );
    });

    installed(
      `runs the quick start in Node${suffix}`,
      () => {
        for (const snippet of snippets) expectSnippetRuns(snippet, project);
      },
      120_000,
    );

    const browsed = missing === undefined && CHROMIUM !== undefined ? test : test.skip;
    browsed(
      `runs it in a page${suffix}${CHROMIUM === undefined ? ': there is no Chromium' : ''}`,
      async () => {
        for (const { code } of pages) {
          buildPage(project, code);
          const { printed, errors, foreign } = await openPage(project);
          expect({ errors, foreign }).toEqual({ errors: [], foreign: [] });
          expect(printed).not.toBe('');
        }
      },
      180_000,
    );
  },
);
