import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { refuse, succeed } from '../testing/run-cli.js';
import { contentsOf, scratch } from '../testing/scratch.js';

jest.setTimeout(60_000);

const folder = scratch();
const put = (name: string, text: string): void => {
  writeFileSync(join(folder, name), text);
};

const METHOD = (id: string, backward: string) => `
import { anyLayer, defineEstimator, defineMethod, definePlugin, defineRule, normaliseDirections } from '@patternlens/core/rules';
const rule = defineRule({ id: '${id}-rule', parameters: { factor: { default: 2, above: 0 } }, backward: ${backward} });
export default definePlugin({
  name: 'patternlens-${id}',
  version: '1.0.0',
  rules: [rule],
  methods: [defineMethod({
    id: '${id}', group: 'function', start: 'one', parameters: { factor: { default: 2, above: 0 } },
    composite: ({ factor }) => [[anyLayer, rule.make({ factor })]],
  })],
  estimators: [defineEstimator({
    id: '${id}-mean',
    estimate: (layer, moments) => ({
      positive: normaliseDirections(layer, (neuron) =>
        moments.positiveX.slice(neuron * layer.inputs, (neuron + 1) * layer.inputs)),
    }),
  })],
});
`;

/** A plug-in whose canonizer gives every layer another name. */
const RENAMES = `
import { defineCanonizer, definePlugin } from '@patternlens/core/rules';
const layers = (network) => network.layers.map((layer) => ({ ...layer, name: 'own/' + layer.name }));
const rename = defineCanonizer({ name: 'rename', apply: (network) => ({ ...network, layers: layers(network) }) });
export default definePlugin({ name: 'renames', version: '1.0.0', canonizers: [rename] });
`;

const scaled = '({ ops, gradient }, r, { factor }) => gradient(ops.mul(r, ops.scalar(factor)))';
const plain = '({ gradient }, r) => gradient(r)';

beforeAll(() => {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'patternlens-scaled/lib'), { recursive: true });
  mkdirSync(join(folder, 'out'));
  symlinkSync(
    resolve(__dirname, '../../../../node_modules/@patternlens'),
    join(modules, '@patternlens'),
  );
  put('node_modules/patternlens-scaled/lib/main.js', METHOD('scaled', scaled));
  put(
    'node_modules/patternlens-scaled/package.json',
    JSON.stringify({
      name: 'patternlens-scaled',
      type: 'module',
      exports: { '.': { types: './lib/main.d.ts', import: './lib/main.js' } },
    }),
  );
  put('package.json', JSON.stringify({ name: 'own', type: 'module' }));
  put('plain.js', METHOD('plain', plain));
  put('renames.js', RENAMES);
  put('throws.js', METHOD('throws', '() => { throw new Error("boom"); }'));
  put('shape.js', METHOD('shape', '({ ops }) => [ops.scalar(1)]'));
  put('broken.js', 'export default definePlugin(');
  put('fails.js', 'throw new Error("no luck");');
  put('other.js', 'export const something = 1;');
  put('again.js', METHOD('scaled', plain).replace('patternlens-scaled', 'patternlens-again'));
  put(
    'late.js',
    METHOD('late', plain).replace("version: '1.0.0'", "version: '1.0.0', core: '7.0.0'"),
  );
});

const EXPLAIN = ['explain', 'default', 'generated', '--limit', '2', '--no-pictures'];
const explain = (method: string, ...more: string[]) => [
  ...EXPLAIN,
  '--method',
  method,
  '--out',
  'out',
  ...more,
];

interface Entry {
  readonly method: string;
  readonly parameters: object;
  readonly plugins?: readonly string[];
  readonly samples: readonly { readonly sum: number }[];
}

const entriesOf = (): Entry[] =>
  JSON.parse(readFileSync(join(folder, 'out/explanations.json'), 'utf8')) as Entry[];

describe('a layer that the canonizer of a plug-in named is known to', () => {
  const few = ['--limit', '2', '--no-pictures', '--plugin', './renames.js'];

  test('explain --target', async () => {
    const explainNeuron = explain(
      'gradient',
      '--target',
      'own/conv2/3',
      '--plugin',
      './renames.js',
    );
    await succeed(explainNeuron, { cwd: folder });
    expect(entriesOf()[0]!.samples[0]).toMatchObject({
      target: { layer: 'own/conv2', channel: 3 },
    });
  });

  test('activations', async () => {
    const out = ['--layer', 'own/conv2', '--channels', '0', '--out', 'strongest'];
    await succeed(['activations', 'default', 'generated', ...few, ...out], { cwd: folder });
  });

  test('occlusion', async () => {
    const out = ['--layer', 'own/conv2', '--size', '4', '--stride', '4', '--out', 'occluded'];
    await succeed(['occlusion', 'default', 'generated', ...few, ...out], { cwd: folder });
  });

  test('fit, which writes its checkpoints, and merge', async () => {
    const fit = ['fit', 'default', '--data', 'generated', '--limit', '16', '--memory', '0.002'];
    const named = ['--plugin', './renames.js', '--out', 'renamed.safetensors'];
    await succeed([...fit, ...named], { cwd: folder });
    expect(readFileSync(join(folder, 'renamed.safetensors')).includes('own/conv2/linear')).toBe(
      true,
    );
  });
});

test('explain takes a method of an installed package, and of a file beside it', async () => {
  const both = ['--plugin', 'patternlens-scaled', '--plugin', './plain.js'];
  await succeed(explain('gradient,plain,scaled:factor=1', ...both), { cwd: folder });
  const [gradient, plainEntry, scaledEntry] = entriesOf();
  expect(gradient).not.toHaveProperty('plugins');
  expect(plainEntry!.plugins).toEqual(['patternlens-plain@1.0.0']);
  expect(scaledEntry).toMatchObject({
    method: 'scaled',
    parameters: { factor: 1 },
    plugins: ['patternlens-scaled@1.0.0'],
  });
  const sums = ({ samples }: Entry): number[] => samples.map(({ sum }) => sum);
  expect(sums(plainEntry!)).toEqual(sums(gradient!));
  expect(sums(scaledEntry!)).toEqual(sums(gradient!));
  // One factor for each layer that is left behind the canonizers.
  await succeed(explain('scaled', ...both), { cwd: folder });
  const { stdout } = await succeed(['inspect', 'default', '--json'], { cwd: folder });
  const { layers } = JSON.parse(stdout) as { layers: unknown[] };
  const [twice] = entriesOf();
  sums(twice!).forEach((sum, at) => {
    expect(sum / sums(gradient!)[at]!).toBeCloseTo(2 ** layers.length, 1);
  });
});

test('inspect lists its methods, export writes them', async () => {
  const plugin = ['--plugin', 'patternlens-scaled'];
  const { stdout } = await succeed(['inspect', 'default', '--json', ...plugin], { cwd: folder });
  const { methods } = JSON.parse(stdout) as { methods: Record<string, { supported: boolean }> };
  expect(methods['scaled']!.supported).toBe(true);
  const out = ['--method', 'scaled', '--out', 'scaled.onnx'];
  await succeed(['export', 'default', ...out, ...plugin], { cwd: folder });
  expect(existsSync(join(folder, 'scaled.onnx'))).toBe(true);
});

test('fit keeps the patterns of its estimator, and explain and merge use them', async () => {
  const plugin = ['--plugin', 'patternlens-scaled'];
  const data = ['--data', 'generated', '--limit', '32'];
  const cwd = { cwd: folder };
  const estimators = ['--estimator', 'linear,scaled-mean'];
  const fit = (shard: string, out: string) => [
    'fit',
    'default',
    ...data,
    ...estimators,
    '--shard',
    shard,
    '--out',
    out,
    ...plugin,
  ];
  await succeed(fit('1/2', 'one.safetensors'), cwd);
  await succeed(fit('2/2', 'two.safetensors'), cwd);
  const merge = ['merge', 'one.safetensors', 'two.safetensors', '--out', 'both.safetensors'];
  await refuse(merge, 2, ['"scaled-mean"', '--plugin'], cwd);
  await succeed([...merge, ...plugin], cwd);
  expect(readFileSync(join(folder, 'both.safetensors')).includes('/scaled-mean"')).toBe(true);
  const method = 'pattern-net:estimator=scaled-mean';
  await succeed(explain(method, '--patterns', 'both.safetensors', ...plugin), cwd);
  expect(entriesOf()[0]!.plugins).toEqual(['patternlens-scaled@1.0.0']);
  await refuse(explain(method, '--patterns', 'both.safetensors'), 2, ['estimator must be'], cwd);
});

test('bench measures its methods, in one process and in several', async () => {
  const bench = ['bench', 'default', 'generated', '--method', 'scaled', '--runs', '0', '--json'];
  const flags = ['--plugin', 'patternlens-scaled', '--fail-above', '1e-4'];
  for (const backends of ['onnx:node', 'onnx:node,gpujs:cpu']) {
    const { stdout } = await succeed([...bench, ...flags, '--backend', backends], { cwd: folder });
    const document = JSON.parse(stdout) as { backends: { methods: { error?: string }[] }[] };
    expect(document.backends).toHaveLength(backends.split(',').length);
    for (const { methods } of document.backends)
      expect(methods).toEqual([
        expect.not.objectContaining({ error: expect.anything() as unknown }),
      ]);
  }
});

describe('a plug-in that cannot be used leaves everything as it was:', () => {
  test.each<[string, string[], number, string[]]>([
    [
      'not installed',
      ['patternlens-none'],
      2,
      ['"patternlens-none"', 'npm install patternlens-none'],
    ],
    ['no such file', ['./none.js'], 2, ['"./none.js"', 'no such']],
    ['not JavaScript', ['./broken.js'], 3, ['"./broken.js"', 'cannot be loaded']],
    ['throwing when loaded', ['./fails.js'], 3, ['"./fails.js"', 'no luck']],
    ['not a plug-in', ['./other.js'], 3, ['"./other.js"', 'definePlugin']],
    [
      'of another major version',
      ['./late.js'],
      3,
      ['patternlens-late@1.0.0', 'version 7', 'Install'],
    ],
    [
      'two that clash',
      ['patternlens-scaled', './again.js'],
      3,
      ['patternlens-scaled@1.0.0', 'patternlens-again@1.0.0', '"scaled"'],
    ],
    ['several problems at once', ['./none.js', './other.js'], 2, ['./none.js', './other.js']],
  ])('%s', async (_title, names, code, parts) => {
    const kept = contentsOf(join(folder, 'out'));
    const plugins = names.flatMap((name) => ['--plugin', name]);
    await refuse(explain('gradient', ...plugins), code, parts, { cwd: folder });
    expect(contentsOf(join(folder, 'out'))).toEqual(kept);
  });

  test.each<[string, string, number, string[]]>([
    ['throws', 'throws', 1, ['patternlens-throws@1.0.0', 'throws-rule', 'layer "', 'boom']],
    [
      'returns a wrong shape',
      'shape',
      3,
      ['patternlens-shape@1.0.0', 'shape-rule', 'layer "', '[]'],
    ],
  ])('one that %s', async (_title, method, code, parts) => {
    const kept = contentsOf(join(folder, 'out'));
    const plugin = ['--plugin', `./${method}.js`];
    await refuse(explain(method, ...plugin), code, parts, { cwd: folder });
    expect(contentsOf(join(folder, 'out'))).toEqual(kept);
  });

  test('a misspelt method of its own', async () => {
    const plugin = ['--plugin', 'patternlens-scaled'];
    await refuse(explain('scalde', ...plugin), 2, ['Did you mean "scaled"?'], { cwd: folder });
    await refuse(explain('scaled:facter=1', ...plugin), 2, ['Did you mean "factor"?'], {
      cwd: folder,
    });
  });
});
