import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { refuse, runCli, succeed } from '../testing/run-cli.js';
import { scratch } from '../testing/scratch.js';

jest.setTimeout(300_000);

const folder = scratch();

interface Rho {
  mean: number | null;
  values: (number | null)[];
}

interface Quality {
  quality: {
    layers: {
      layer: string;
      weights: string;
      dimensions: number;
      samples: number;
      neurons: number;
      dead: number;
      estimators: Record<string, { fit: Rho; heldOut: Rho }>;
    }[];
  };
}

const splits = (count: number): (string | number)[] => [
  '--fit',
  'generated',
  '--regress',
  'generated:first=4000',
  '--test',
  'generated:first=8000',
  '--limit',
  count,
];

describe('--metrics quality', () => {
  test('one document in the format of the contract, and the order of the estimators', async () => {
    const { stdout } = await succeed(
      ['evaluate', 'default', '--metrics', 'quality', ...splits(700), '--json', '--out', 'quality'],
      { cwd: folder },
    );
    const { quality } = JSON.parse(stdout) as Quality;
    expect(quality.layers.map(({ layer }) => layer)).toEqual([
      'conv1',
      'conv2',
      'conv3',
      'dense1',
      'dense2',
    ]);
    expect(quality.layers[1]).toMatchObject({
      weights: 'conv2.weight',
      dimensions: 72,
      samples: 700 * 256,
      neurons: 16,
      dead: 0,
    });
    for (const { estimators, neurons, dead } of quality.layers) {
      expect(Object.keys(estimators)).toEqual([
        'identity',
        'filter',
        'linear',
        'two-component',
        'random',
      ]);
      expect(estimators['identity']!.heldOut).toEqual({
        mean: null,
        values: Array<null>(neurons).fill(null),
      });
      const known = estimators['filter']!.fit.values.filter((value) => value !== null);
      expect(known).toHaveLength(neurons - dead);
    }
    for (const { layer, estimators } of quality.layers.slice(0, 3)) {
      const of = (id: string): [string, number] => [layer, estimators[id]!.heldOut.mean!];
      expect(of('linear')[1]).toBeGreaterThan(0.9);
      expect(of('two-component')[1]).toBeGreaterThan(0.9);
      expect(of('filter')[1]).toBeLessThan(0.6);
      expect(of('random')[1]).toBeLessThan(0.1);
    }
    const written = join(folder, 'quality');
    expect(readdirSync(written).sort()).toEqual([
      'evaluation.json',
      'quality-neurons.csv',
      'quality-stability.csv',
      'quality.csv',
      'quality.png',
      'quality.svg',
    ]);
    expect(readFileSync(join(written, 'evaluation.json'), 'utf8')).toBe(stdout);
    const rows = readFileSync(join(written, 'quality-neurons.csv'), 'utf8').trim().split('\n');
    expect(rows).toHaveLength(1 + 8 + 16 + 24 + 32 + 4);
    expect(readFileSync(join(written, 'quality.svg'), 'utf8')).toContain('two-component');
  });

  test('one source is split in three by seed; what is chosen is what is measured', async () => {
    const run = async (seed: number): Promise<[Quality, string]> => {
      const { stdout, stderr } = await succeed(
        [
          'evaluate',
          'default',
          'generated',
          '--limit',
          90,
          '--metrics',
          'quality:layers=conv1,neurons=3',
          '--seed',
          seed,
          '--json',
        ],
        { cwd: folder },
      );
      return [JSON.parse(stdout) as Quality, stderr];
    };
    const [first] = await run(1);
    expect(first.quality.layers.map(({ layer, samples }) => [layer, samples])).toEqual([
      ['conv1', 30 * 256],
    ]);
    expect((await run(1))[0]).toEqual(first);
    expect((await run(2))[0]).not.toEqual(first);
  });

  test('a table for people, with the counts', async () => {
    const { stdout, stderr } = await succeed(
      ['evaluate', 'default', 'generated', '--limit', 120, '--metrics', 'quality'],
      { cwd: folder },
    );
    expect(stdout).toMatch(/conv1 +27 +10240 +8 +8 +n\/a/);
    expect(stdout).toContain(
      'patterns from 40 samples, v from 40, correlations on 40: one source, split by seed 0.',
    );
    expect(stderr).toContain('"dense1": 40 samples and positions');
    expect(stderr).toContain('it needs at least 386');
  });
});

describe('what is wrong is said', () => {
  const asked = (...more: (string | number)[]): (string | number)[] => [
    'evaluate',
    'default',
    'generated',
    '--limit',
    12,
    ...more,
  ];
  test.each([
    [asked('--metrics', 'qualty'), 2, 'Did you mean "quality"?'],
    [asked('--metrics', 'quality:neuron=3'), 2, 'Did you mean "neurons"?'],
    [asked('--metrics', 'quality:neurons=0'), 2, 'neurons must be at least 1'],
    [asked('--metrics', 'quality:layers=conv9'), 2, 'there is no layer "conv9"'],
    [asked('--metrics', 'quality:layers=pool1'), 2, 'pool1'],
    [asked('--metrics', 'quality,quality'), 2, 'named twice'],
    [asked('--metrics', 'degradation'), 2, 'Add --method'],
    [asked('--metrics', 'degradation', '--method', 'pattern-attribution'), 2, 'it needs patterns'],
    [asked('--metrics', 'quality', '--regress', 'generated'), 2, '--test is missing'],
    [
      [
        'evaluate',
        'default',
        '--metrics',
        'quality',
        '--regress',
        'generated',
        '--test',
        'generated',
      ],
      2,
      'patterns are missing',
    ],
    [['evaluate', 'default', '--metrics', 'quality'], 2, 'there is nothing to read'],
    [
      ['evaluate', 'default', 'generated', '--limit', 2, '--metrics', 'quality'],
      3,
      'too little data',
    ],
  ] as const)('%j', async (args, code, part) => {
    await refuse(args, code, [part], { cwd: folder });
  });

  test('an interrupt ends it with 130, and leaves nothing behind', async () => {
    const { code } = await runCli(
      ['evaluate', 'default', 'generated', '--limit', 6000, '--metrics', 'quality', '--out', 'cut'],
      { cwd: folder, interruptAt: (said) => said.includes('evaluate  ') },
    );
    expect(code).toBe(130);
    expect(readdirSync(join(folder, 'cut'))).toEqual([]);
  });
});

test('methods are measured on data whose truth is known', async () => {
  const { stdout } = await succeed(
    [
      'evaluate',
      'default',
      'generated:first=8000',
      '--limit',
      12,
      '--metrics',
      'localisation',
      '--method',
      'gradient,guided-backprop',
      '--json',
    ],
    { cwd: folder },
  );
  expect(Object.keys(JSON.parse(stdout) as object)).toEqual(['localisation']);
});
