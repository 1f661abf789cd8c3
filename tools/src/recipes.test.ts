import { cpSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openExplained, type Explained, type ExplainedPage } from './testing/explained-page.js';
import { emptyFolder, packAll, removeFolder } from './testing/installed.js';
import { CHROMIUM, openBrowser, originOf, runVite, serve } from './testing/page.js';
import { projectWith } from './testing/page-project.js';
import { writeRecipe } from './testing/recipe.js';
import { PAGE_EXAMPLE, ROOT } from './testing/repository.js';
import { runNode } from './testing/run-node.js';
import { writeFileSync } from 'node:fs';

/** All that the recipes and the page without a bundler install. */
const INSTALLED = [
  ...['core', 'adapter-onnx', 'adapter-tfjs', 'adapter-gpujs', 'data', 'heatmap', 'evaluate'].map(
    (name) => `@patternlens/${name}`,
  ),
  '@patternlens/reference',
  ...['onnxruntime-node', 'onnxruntime-web', '@tensorflow/tfjs', 'gpu.js', 'sharp'],
  ...['react', 'react-dom', 'vite'],
];

const packs = emptyFolder();
const project = projectWith(INSTALLED, packAll(packs));

const METHODS = ['guided-backprop', 'lrp-epsilon', 'pattern-attribution'];

/** What the pages compute, in Node. */
const IN_NODE = `
import { readFile } from 'node:fs/promises';
import { onnxBackend, readOnnx } from '@patternlens/adapter-onnx';
import { createExplainer, fitPatterns } from '@patternlens/core';
import { DEFAULT_NETWORK, generatedSource } from '@patternlens/data';
import * as ort from 'onnxruntime-node';

const network = await readOnnx(await readFile(DEFAULT_NETWORK.url));
const backend = onnxBackend({ ort });
const patterns = await fitPatterns(network, generatedSource({ count: 200 }), { backend });
const image = await generatedSource({ first: 8000, count: 1 }).read(0, 1);
const explained = {};
for (const method of ${JSON.stringify(METHODS)}) {
  const explainer = await createExplainer(network, { backend, method, patterns });
  const { targets, relevance } = await explainer.explain(image);
  explained[method] = { targets, relevance: [...relevance.data] };
}
await backend.dispose();
console.log(JSON.stringify(explained));
`;

/** Runs a program of the project, and reads what it prints. */
function printed(file: string): unknown {
  const { status, stdout, stderr } = runNode([file], project);
  if (status !== 0) throw new Error(`${file} ended with ${String(status)}:\n${stderr}`);
  return JSON.parse(stdout);
}

function inNode(): Record<string, Explained> {
  writeFileSync(join(project, 'in-node.js'), IN_NODE);
  return printed('in-node.js') as Record<string, Explained>;
}

const expected = inNode();

/** How far two maps are apart, relative to the length of the second (L2). */
function distance(map: readonly number[], of: readonly number[]): number {
  const length = (values: readonly number[]): number => Math.hypot(...values);
  return length(of.map((value, at) => value - map[at]!)) / length(of);
}

function expectSame(explained: Explained | undefined, method: string): void {
  const wanted = expected[method]!;
  expect(explained?.targets).toEqual(wanted.targets);
  expect(explained!.relevance).toHaveLength(wanted.relevance.length);
  expect(distance(explained!.relevance, wanted.relevance)).toBeLessThan(1e-4);
}

afterAll(() => {
  removeFolder(packs);
  removeFolder(project);
});

const suffix = CHROMIUM === undefined ? ': there is no Chromium' : '';

(CHROMIUM === undefined ? describe.skip : describe)(`in a page${suffix}`, () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    server = await serve(project);
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
    server.close();
  });

  /** Opens a page of the project, which has to be without errors. */
  async function opened(path: string): Promise<ExplainedPage> {
    const page = await openExplained(browser, `${originOf(server)}/${path}`, project);
    expect(page.errors).toEqual([]);
    return page;
  }

  test('the example with an import map explains as Node does', async () => {
    for (const file of ['index.html', 'main.js'])
      cpSync(join(ROOT, PAGE_EXAMPLE, file), join(project, file));
    const { explained, colours, text, foreign } = await opened('index.html');
    expect(foreign).toEqual([]);
    expect(Object.keys(explained)).toEqual(METHODS);
    for (const method of METHODS) expectSame(explained[method], method);
    expect(colours).toHaveLength(1 + METHODS.length);
    for (const count of colours) expect(count).toBeGreaterThan(20);
    expect(text).toContain('The network says');
  }, 60_000);

  test('plain HTML takes the packages from a content delivery network', async () => {
    writeRecipe('docs/recipes/plain-html.md', project);
    const { explained, colours, foreign } = await opened('plain-html/index.html');
    expectSame(explained['only'], 'lrp-epsilon');
    expect(colours).toEqual([expect.any(Number)]);
    expect(colours[0]).toBeGreaterThan(20);
    const core = foreign.filter((address) => address.includes('/core@'));
    expect(core).toEqual([expect.stringMatching(/\/dist\/browser\/core\.js$/)]);
  }, 60_000);

  test.each(['module-worker', 'vite-react'])(
    'the recipe %s is built by Vite, and explains as Node does',
    async (name) => {
      runVite(writeRecipe(`docs/recipes/${name}.md`, project));
      const { explained, foreign, text } = await opened(`${name}/dist/index.html`);
      expect(foreign).toEqual([]);
      expectSame(explained['only'], 'lrp-epsilon');
      expect(text.toLowerCase()).toContain(`class ${expected['lrp-epsilon']!.targets[0]!}`);
    },
    60_000,
  );
});
