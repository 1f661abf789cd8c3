import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnable } from './testing/documents.js';
import { emptyFolder, installInto, packAll, removeFolder } from './testing/installed.js';
import { installedFor, projectWith } from './testing/page-project.js';
import { readManifest, ROOT } from './testing/repository.js';
import { expectSnippetRuns, run, runNode } from './testing/run-node.js';

// What is skipped has to be known before the tests are named, so the packages are packed and installed first.
const tarballs = emptyFolder();
const consumer = emptyFolder();
const packed = packAll(tarballs);
const missing = installInto(consumer, packed);
const describeInstalled = missing === undefined ? describe : describe.skip;

afterAll(() => {
  removeFolder(tarballs);
  removeFolder(consumer);
});

const tool = (name: string): string => join(ROOT, 'node_modules/.bin', name);

describe.each(packed.map((pack) => [pack.name, pack] as const))('%s, packed', (_name, pack) => {
  test('it holds what is built and the licence, and no tests', () => {
    expect(pack.files).toEqual(
      expect.arrayContaining(['LICENSE', 'NOTICE', 'README.md', 'package.json']),
    );
    expect(pack.files).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts']));
    expect(
      pack.files.filter((path) => /\.test\.|\/testing\/|\.tsbuildinfo$|tsconfig|jest/.test(path)),
    ).toEqual([]);
  });

  test('publint has nothing to say', () => {
    const { status, stdout, stderr } = run(tool('publint'), [pack.tarball, '--strict'], tarballs);
    expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
  }, 30_000);

  test('its types are those of its code', () => {
    const { status, stdout, stderr } = run(
      tool('attw'),
      [
        pack.tarball,
        ...['--profile', 'esm-only'],
        ...(pack.styles.length > 0 ? ['--exclude-entrypoints', ...pack.styles] : []),
      ],
      tarballs,
    );
    expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
  }, 60_000);
});

describe('pages that are followed alone, in an empty folder with what they say to install', () => {
  const projects = new Map<string, string>();
  afterAll(() => {
    for (const project of projects.values()) removeFolder(project);
  });

  test.each(runnable.map((snippet) => [snippet.mark!.text, snippet] as const))(
    '%s runs',
    (_name, snippet) => {
      const names = installedFor(snippet) ?? [];
      const key = names.toSorted().join();
      const project = projects.get(key) ?? projectWith(names, packed);
      projects.set(key, project);
      expectSnippetRuns(snippet, project);
    },
    60_000,
  );
});

const suffix = missing === undefined ? '' : `: ${missing}`;

describeInstalled(`an empty project with the packed packages${suffix}`, () => {
  test('has one copy of each', () => {
    const installed = readdirSync(join(consumer, 'node_modules/@patternlens')).sort();
    expect(installed.map((name) => `@patternlens/${name}`)).toEqual(
      packed.map(({ name }) => name).sort(),
    );
    const { stdout } = run('npm', ['ls', '--all', '--json', '@patternlens/core'], consumer);
    expect(stdout).not.toContain('"invalid"');
  });

  // What is installed by npm runs these two as well: they need files that only a package carries.
  const snippets = runnable.filter(({ mark }) => ['explain', 'heatmap'].includes(mark!.text));

  test.each(snippets.map((snippet) => [snippet.mark!.text, snippet] as const))(
    'runs the snippet %s',
    (_name, snippet) => {
      expectSnippetRuns(snippet, consumer);
    },
    60_000,
  );

  test('type-checks a strict consumer', () => {
    writeFileSync(join(consumer, 'consumer.ts'), CONSUMER);
    writeFileSync(
      join(consumer, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          module: 'nodenext',
          target: 'es2022',
          lib: ['es2023', 'esnext.disposable', 'dom'],
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: false,
          noEmit: true,
          types: [],
        },
        files: ['consumer.ts'],
      }),
    );
    const { status, stdout } = runNode([join(ROOT, 'node_modules/typescript/bin/tsc')], consumer);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  }, 60_000);

  test('has the command', () => {
    const { status, stdout } = run(
      'npx',
      ['--no', '--', 'patternlens', 'inspect', 'default'],
      consumer,
    );
    expect(status).toBe(0);
    expect(stdout).toContain('conv1');
    const version = run('npx', ['--no', '--', 'patternlens', '--version'], consumer);
    expect(version.stdout.trim()).toBe(readManifest('packages/cli').version);
  }, 60_000);
});

const CONSUMER = `
import { onnxBackend, readOnnx, writeOnnx } from '@patternlens/adapter-onnx';
import { main } from '@patternlens/cli';
import { createExplainer, fitPatterns, traceMethod, type Backend, type Explanation } from '@patternlens/core';
import { kinds, type Composite, type Rule } from '@patternlens/core/rules';
import { DEFAULT_NETWORK, generatedSource } from '@patternlens/data';
import { renderMap, type ExplainedMap } from '@patternlens/heatmap';
import { nodeRenderer } from '@patternlens/heatmap/node';
import { referenceBackend } from '@patternlens/reference';

const halve: Rule = {
  name: 'halve',
  backward: ({ ops, gradient }, r) => gradient(ops.mul(r, ops.scalar(0.5))),
};
const composite: Composite = [[kinds('dense', 'convolution'), halve]];

export async function explain(bytes: Uint8Array, ort: unknown): Promise<Explanation> {
  const network = await readOnnx(bytes);
  const backend: Backend = ort === undefined ? referenceBackend() : onnxBackend({ ort, threads: 1 });
  const source = generatedSource({ count: 16 });
  const patterns = await fitPatterns(network, source, { backend });
  const method = { id: 'pattern-attribution', estimator: 'linear' } as const;
  await using explainer = await createExplainer(network, { backend, method, patterns, composite });
  const explanation = await explainer.explain(await source.read(0, 2), { target: [0, 1] });
  const file: Uint8Array = writeOnnx(traceMethod(network, { method, patterns }));
  const sums: readonly number[] = explanation.sums;
  console.log(file.length, sums[0]?.toFixed(2), DEFAULT_NETWORK.url.href);
  return explanation;
}

export const draw = async (map: ExplainedMap): Promise<Uint8Array> =>
  renderMap(await nodeRenderer(), map).png;

export const command: (argv: readonly string[]) => Promise<void> = main;

// @ts-expect-error a target is not any text
export const wrong = (explainer: Awaited<ReturnType<typeof createExplainer>>) => explainer.explain({}, { target: 'best' });
`;
