import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArray, relativeL2 } from '../testing/arrays.js';
import { refuse, succeed } from '../testing/run-cli.js';
import { contentsOf, scratch } from '../testing/scratch.js';
import { describeWithData, sharedFile } from '../testing/shared-data.js';

jest.setTimeout(120_000);

const folder = scratch();
const options = { cwd: folder };
const stored = (name: string): string => sharedFile('models-tfjs', name);

interface Entry {
  readonly backend: string;
  readonly samples: readonly {
    readonly target: number;
    readonly files: { readonly npy: string };
  }[];
}

describeWithData('models of TensorFlow.js', () => {
  test.each([
    ['resnet-mini-layers', 'tfjs:wasm'],
    ['resnet-mini-graph', 'tfjs:cpu'],
    ['mobilenet-mini-layers', 'gpujs:cpu'],
    ['mobilenet-mini-layers', 'gpujs:wasm'],
    ['mnist-cnn-graph', 'onnx:node'],
    ['mnist-cnn-layers', 'onnx:wasm'],
  ])('%s is explained on %s, in its own layout', async (name, backend) => {
    const out = `${name}-${backend.replace(':', '-')}`;
    const args = ['--method', 'gradient', '--backend', backend, '--out', out];
    await succeed(['explain', stored(name), join(stored(name), 'inputs.npy'), ...args], options);
    const [entry] = JSON.parse(
      readFileSync(join(folder, out, 'explanations.json'), 'utf8'),
    ) as Entry[];
    expect(entry!.backend).toBe(backend);
    const actual = await readArray(join(folder, out, entry!.samples[0]!.files.npy));
    const want = await readArray(join(stored(name), 'gradient.npy'));
    expect(actual.shape).toEqual(want.shape);
    expect(relativeL2(actual.data, want.data)).toBeLessThan(1e-4);
  });

  test('are inspected by the names of their files', async () => {
    const { stdout } = await succeed(['inspect', stored('mnist-cnn-layers'), '--json'], options);
    const report = JSON.parse(stdout) as {
      format: string;
      inputs: unknown[];
      layers: { weights?: string | null }[];
      methods: Record<string, { supported: boolean }>;
    };
    expect(report.format).toBe('tfjs-layers');
    expect(report.inputs).toEqual([{ name: 'input_1', shape: ['N', 28, 28, 1] }]);
    expect(report.layers.flatMap(({ weights }) => weights ?? [])).toContain('conv2d/kernel');
    expect(report.methods['pattern-attribution']!.supported).toBe(true);
  });

  test('are timed against the runtime itself on its own backends', async () => {
    const args = [
      '--method',
      'gradient',
      '--backend',
      'tfjs:wasm,onnx:node',
      '--runs',
      5,
      '--json',
    ];
    const sample = join(stored('mnist-cnn-layers'), 'inputs.npy');
    const { stdout } = await succeed(
      ['bench', stored('mnist-cnn-layers'), sample, ...args],
      options,
    );
    const { backends } = JSON.parse(stdout) as { backends: { forwardOf: string }[] };
    expect(backends.map(({ forwardOf }) => forwardOf)).toEqual(['model file', 'own program']);
  });

  describe('that are damaged', () => {
    const broken = join(folder, 'broken');
    const model = join(broken, 'model.json');
    const explain = ['explain', 'broken', join(stored('mnist-cnn-layers'), 'inputs.npy')];

    beforeEach(() => {
      cpSync(stored('mnist-cnn-layers'), broken, { recursive: true });
    });

    afterEach(() => {
      rmSync(broken, { recursive: true });
    });

    const shard = join(broken, 'group1-shard1of1.bin');
    const json = (): string => readFileSync(model, 'utf8');

    test.each<readonly [string, () => void, readonly string[]]>([
      [
        'a missing shard',
        () => {
          rmSync(shard);
        },
        ['group1-shard1of1.bin'],
      ],
      [
        'a cut shard',
        () => {
          writeFileSync(shard, readFileSync(shard).subarray(0, 1000));
        },
        ['group1-shard1of1.bin', '1000'],
      ],
      [
        'a web page',
        () => {
          writeFileSync(model, '<!DOCTYPE html><title>Not found</title>');
        },
        ['web page'],
      ],
      [
        'a path that leaves the folder',
        () => {
          writeFileSync(model, json().replace('group1-shard', '../group1-shard'));
        },
        ['../group1-shard1of1.bin'],
      ],
      [
        'an unknown class',
        () => {
          writeFileSync(model, json().replaceAll('"MaxPooling2D"', '"Capsule"'));
        },
        ['Capsule'],
      ],
    ])('%s is named, and nothing is written', async (_what, damage, parts) => {
      damage();
      const before = contentsOf(folder);
      await refuse([...explain, '--method', 'gradient', '--out', 'out'], 3, parts, options);
      expect(contentsOf(folder)).toEqual(before);
    });
  });
});

describe('patterns fitted on another backend', () => {
  test.each(['tfjs:wasm', 'gpujs:cpu', 'gpujs:wasm'])(
    '%s fits what the default does',
    async (id) => {
      const name = id.replace(':', '-');
      const fit = ['fit', 'default', '--data', 'generated', '--limit', 16, '--no-moments'];
      await succeed([...fit, '--backend', id, '--out', `${name}.safetensors`], options);
      await succeed([...fit, '--backend', 'reference', '--out', 'reference.safetensors'], options);
      const explain = ['explain', 'default', 'generated', '--limit', 2, '--backend', 'reference'];
      const relevance = await Promise.all(
        [name, 'reference'].map(async (fitted) => {
          const args = [
            '--method',
            'pattern-net',
            '--patterns',
            `${fitted}.safetensors`,
            '--out',
            `by-${fitted}`,
          ];
          await succeed([...explain, ...args], options);
          return readArray(join(folder, `by-${fitted}`, 'generated.pattern-net.npy'));
        }),
      );
      expect(relativeL2(relevance[0]!.data, relevance[1]!.data)).toBeLessThan(1e-4);
    },
  );
});
