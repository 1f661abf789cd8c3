import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOnnx } from '@patternlens/adapter-onnx';
import { createExplainer } from '@patternlens/core';
import { DEFAULT_NETWORK, generateSample, preprocessPixels } from '@patternlens/data';
import { encodePng, inputToRgb, recipeOfPng, type Picture } from '@patternlens/heatmap';
import { referenceBackend } from '@patternlens/reference';
import type { Browser } from 'playwright-core';
import { openExplained, type Explained, type ExplainedPage } from './testing/explained-page.js';
import { emptyFolder, packAll, removeFolder } from './testing/installed.js';
import { CHROMIUM, openBrowser, originOf, runVite, serve } from './testing/page.js';
import { projectWith } from './testing/page-project.js';
import { writeRecipe } from './testing/recipe.js';
import { PAGE_EXAMPLE, ROOT } from './testing/repository.js';
import { runNode } from './testing/run-node.js';

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

const METHODS = ['lrp-epsilon', 'pattern-attribution'];

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

/** Sends a form with an image to the route, and requests that are wrong. */
const UPLOAD = `
import { readFile } from 'node:fs/promises';
import { POST } from './server/route.js';

const sent = (body) => POST(new Request('http://localhost/explain', { method: 'POST', body }));
const formOf = (name, bytes) => {
  const form = new FormData();
  form.set(name, new Blob([bytes]), 'image.png');
  return form;
};
const image = await readFile('upload.png');
const answer = await sent(formOf('image', image));
const wrong = ['no form', formOf('file', image), formOf('image', 'no image')];
const refused = [];
for (const body of wrong) {
  const response = await sent(body);
  refused.push([response.status, await response.json()]);
}
console.log(JSON.stringify({ status: answer.status, said: await answer.json(), refused }));
`;

const addressOf = (name: string): string =>
  `./node_modules/@patternlens/${name}/dist/browser/${name}.js`;
const PACKAGES = INSTALLED.filter((name) => name.startsWith('@patternlens/'));

/** A page that imports every package, and doors of core by addresses of its one file. */
const ALL_PACKAGES = `<!doctype html>
<link rel="icon" href="data:," />
<script type="importmap">${JSON.stringify({
  imports: {
    ...Object.fromEntries(PACKAGES.map((name) => [name, addressOf(basename(name))])),
    '@patternlens/core/rules': addressOf('core'),
  },
})}</script>
<script src="./node_modules/gpu.js/dist/gpu-browser.min.js"></script>
<script type="module">
  for (const name of ${JSON.stringify(PACKAGES)}) await import(name);
  const { createExplainer, PatternLensError } = await import('@patternlens/core');
  const { kinds, lrpEpsilon } = await import('@patternlens/core/rules');
  const { readOnnx } = await import('@patternlens/adapter-onnx');
  const { readTfjsModel } = await import('@patternlens/adapter-tfjs');
  const { gpujsBackend } = await import('@patternlens/adapter-gpujs');
  const { referenceBackend } = await import('@patternlens/reference');
  const { DEFAULT_NETWORK, generatedSource } = await import('@patternlens/data');
  for (const read of [readOnnx, readTfjsModel]) {
    const thrown = await read(new Uint8Array(3)).catch((error) => error);
    if (!(thrown instanceof PatternLensError)) throw thrown;
  }
  const file = await fetch(DEFAULT_NETWORK.url);
  const network = await readOnnx(new Uint8Array(await file.arrayBuffer()));
  const image = await generatedSource({ first: 8000, count: 1 }).read(0, 1);
  const explained = {};
  const composite = [[kinds('dense'), lrpEpsilon(1e-6)]];
  for (const backend of [gpujsBackend({ gpujs: { GPU: window.GPU }, mode: 'cpu' }), referenceBackend()]) {
    const explainer = await createExplainer(network, { backend, method: 'lrp-epsilon', composite });
    explained[backend.id] = await explainer.explain(image);
  }
  console.log('explained', explained);
</script>`;

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

describe('the recipe for CommonJS', () => {
  const folder = writeRecipe('docs/recipes/commonjs.md', project);

  test('imports, and explains as an ES module does', () => {
    expectSame(printed(join(folder, 'imported.cjs')) as Explained, 'lrp-epsilon');
  }, 30_000);

  test('requires', () => {
    expect(printed(join(folder, 'required.cjs'))).toEqual({
      methods: expect.any(Number) as number,
      error: 'PatternLensError',
    });
  }, 30_000);
});

describe('the recipe for a route on a server', () => {
  interface Answers {
    readonly status: number;
    readonly said: {
      readonly class: string;
      readonly relevance: readonly number[];
      readonly picture: string;
    };
    readonly refused: readonly (readonly [number, { readonly error: string }])[];
  }

  const picture = inputToRgb(generateSample(8000).input, 'channels-first');
  let answers: Answers;

  beforeAll(() => {
    writeRecipe('docs/recipes/server.md', project);
    writeFileSync(join(project, 'upload.png'), encodePng(picture));
    writeFileSync(join(project, 'upload.js'), UPLOAD);
    answers = printed('upload.js') as Answers;
  }, 30_000);

  /** What float64 says of the pixels that were sent. */
  async function inFloat64(pixels: Picture): Promise<Explained> {
    const network = await readOnnx(readFileSync(fileURLToPath(DEFAULT_NETWORK.url)));
    const explainer = await createExplainer(network, {
      backend: referenceBackend(),
      method: 'lrp-epsilon',
    });
    const preprocessing = { scale: 1 / 64, mean: [2], std: [1] };
    const { targets, relevance } = await explainer.explain({
      data: preprocessPixels({ ...pixels, channels: 4 }, preprocessing, 'channels-first', 3),
      shape: [1, 3, 16, 16],
    });
    return { targets: targets as number[], relevance: [...relevance.data] };
  }

  test('explains an image that is sent', async () => {
    const { targets, relevance } = await inFloat64(picture);
    expect(answers.status).toBe(200);
    expect(answers.said.class).toBe(DEFAULT_NETWORK.classes[targets[0]!]);
    expect(distance(answers.said.relevance, relevance)).toBeLessThan(1e-4);
    const png = Buffer.from(answers.said.picture.split(',')[1]!, 'base64');
    expect(JSON.stringify(recipeOfPng(png))).toContain('lrp-epsilon');
  });

  test('says what is wrong with a request', () => {
    expect(answers.refused).toEqual([
      [400, { error: expect.stringContaining('"image"') as string }],
      [400, { error: expect.stringContaining('"image"') as string }],
      [415, { error: expect.stringContaining('no image') as string }],
    ]);
  });
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
    const [image, truth, ...maps] = colours;
    expect(truth).toBe(2);
    expect(maps).toHaveLength(METHODS.length);
    for (const count of [image, ...maps]) expect(count).toBeGreaterThan(20);
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

  test('all packages share one core, and gpu.js is a script', async () => {
    writeFileSync(join(project, 'all.html'), ALL_PACKAGES);
    const { explained, foreign } = await opened('all.html');
    expect(foreign).toEqual([]);
    expect(Object.keys(explained)).toEqual(['gpujs:cpu', 'reference']);
    for (const one of Object.values(explained)) expectSame(one, 'lrp-epsilon');
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
