import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArray, relativeL2 } from '../testing/arrays.js';
import { refuse, runCli, succeed } from '../testing/run-cli.js';
import { scratch } from '../testing/scratch.js';

jest.setTimeout(120_000);

const folder = scratch();
const options = { cwd: folder };
const file = (...names: string[]): string => join(folder, ...names);

interface Entry {
  readonly method: string;
  readonly parameters: Record<string, unknown>;
  readonly samples: readonly {
    readonly target: unknown;
    readonly output: number;
    readonly start: number;
    readonly exponent: number;
    readonly sum: number;
    readonly completenessError?: number;
    readonly relativeCompletenessError?: number | null;
    readonly stepsTaken?: number;
    readonly warnings: readonly { readonly code: string; readonly value?: number }[];
    readonly files: { readonly npy: string };
  }[];
}

async function explain(out: string, method: string, ...more: (string | number)[]) {
  const args = ['default', 'generated', '--method', method, '--out', out, '--no-pictures'];
  const { stderr } = await succeed(['explain', ...args, ...more], options);
  const entries = JSON.parse(readFileSync(file(out, 'explanations.json'), 'utf8')) as Entry[];
  return { entries, stderr };
}

test('parameters, outputs and completeness are in explanations.json', async () => {
  const { entries, stderr } = await explain(
    'three',
    'integrated-gradients:steps=24,quadrature=gauss-legendre,smoothgrad:samples=4,of=guided-backprop,occlusion:patch=4,stride=4,score=probability,gradient,integrated-gradients:steps=auto,limit=32',
    '--limit',
    3,
    '--batch',
    5,
  );
  expect(entries.map(({ method, parameters }) => ({ method, parameters }))).toEqual([
    {
      method: 'integrated-gradients',
      parameters: { steps: 24, baseline: 0, quadrature: 'gauss-legendre' },
    },
    {
      method: 'smoothgrad',
      parameters: { samples: 4, noise: 0.15, seed: 0, variant: 'mean', of: 'guided-backprop' },
    },
    {
      method: 'occlusion',
      parameters: { patch: 4, stride: 4, baseline: 0, score: 'probability' },
    },
    { method: 'gradient', parameters: {} },
    {
      method: 'integrated-gradients',
      parameters: {
        steps: 'auto',
        baseline: 0,
        quadrature: 'midpoint',
        tolerance: 0.01,
        limit: 32,
      },
    },
  ]);
  const [integrated, smooth, occluded, gradient, found] = entries as [
    Entry,
    Entry,
    Entry,
    Entry,
    Entry,
  ];
  for (const { stepsTaken, relativeCompletenessError } of found.samples)
    expect(stepsTaken).toBe(relativeCompletenessError! <= 0.01 ? stepsTaken : 32);
  for (const { relativeCompletenessError, warnings } of [...integrated.samples, ...found.samples])
    expect(warnings.map(({ code }) => code)).toEqual(
      relativeCompletenessError! > 0.05 ? ['incomplete'] : [],
    );
  for (const { warnings } of gradient.samples) expect(warnings).toEqual([]);
  for (const [at, sample] of gradient.samples.entries())
    for (const entry of [integrated, smooth, occluded]) {
      expect(entry.samples[at]).toMatchObject({ target: sample.target, start: 1, exponent: 0 });
      // The logit, for the drop of a probability too.
      expect(entry.samples[at]!.output).toBeCloseTo(sample.output, 3);
      expect('completenessError' in entry.samples[at]!).toBe(entry === integrated);
      expect('stepsTaken' in entry.samples[at]!).toBe(false);
    }
  for (const { completenessError, relativeCompletenessError, sum } of integrated.samples) {
    expect(completenessError).toBeLessThan(0.1 * Math.abs(sum));
    expect(relativeCompletenessError).toBeCloseTo(completenessError! / Math.abs(sum), 1);
  }
  // A drop of a probability is at most 1.
  const drops = await readArray(file('three', 'generated.occlusion.npy'));
  expect(drops.shape).toEqual([3, 3, 16, 16]);
  expect(Math.max(...drops.data)).toBeGreaterThan(0.001);
  expect(Math.max(...drops.data)).toBeLessThanOrEqual(1);
  expect(stderr).toMatch(/smoothgrad, \d+ of 15 runs/);
});

test('results do not depend on the batch', async () => {
  const method = 'smoothgrad:samples=3,noise=0.2,integrated-gradients:steps=3';
  await explain('ones', method, '--limit', 4, '--batch', 1);
  await explain('threes', method, '--limit', 4, '--batch', 3);
  for (const id of ['smoothgrad', 'integrated-gradients']) {
    const [a, b] = [
      await readArray(file('ones', `generated.${id}.npy`)),
      await readArray(file('threes', `generated.${id}.npy`)),
    ];
    expect(relativeL2(a.data, b.data)).toBeLessThan(1e-5);
  }
});

test('a neuron of a layer can be explained', async () => {
  const { entries } = await explain(
    'neuron',
    'occlusion:patch=8,stride=8',
    '--limit',
    1,
    '--target',
    'conv2/1',
  );
  expect(entries[0]!.samples[0]!.target).toMatchObject({ channel: 1 });
});

test("an interrupt in the middle of a sample's runs leaves nothing behind and ends with 130", async () => {
  const method = 'smoothgrad:samples=200000';
  const args = ['explain', 'default', 'generated', '--limit', 1, '--method', method];
  const { code, stdout, stderr } = await runCli([...args, '--out', 'stopped'], {
    ...options,
    interruptAt: (text) => text.includes('smoothgrad, '),
  });
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(stderr.trimEnd().split('\n').at(-1)).toBe('patternlens: interrupted.');
  expect(readdirSync(file('stopped'))).toEqual([]);
});

test.each([
  ['integrated-gradients:steps=0', 2, ['steps must be at least 1']],
  ['integrated-gradients:baseline=1/2', 2, ['baseline has 2 numbers', 'has 3 channels']],
  ['smoothgrad:seeds=3', 2, ['no parameter "seeds"', '"seed"']],
  ['occlusion:score=softmax', 2, ['score must be one of logit, probability']],
] as const)('%s is refused with %d', async (method, code, parts) => {
  await refuse(
    ['explain', 'default', 'generated', '--method', method, '--out', 'refused'],
    code,
    parts,
    options,
  );
});

test.each(['integrated-gradients', 'smoothgrad', 'occlusion'])(
  '%s has no start, and is no explainer file',
  async (method) => {
    const start = ['--start', 'one'];
    await refuse(
      ['explain', 'default', 'generated', '--method', method, ...start, '--out', 'refused'],
      2,
      ['start does not apply'],
      options,
    );
    await refuse(
      ['export', 'default', '--method', method, '--out', 'explainer.onnx'],
      3,
      ['is a driver', 'cannot be traced into one program, nor exported'],
      options,
    );
    expect(readdirSync(folder)).not.toContain('explainer.onnx');
  },
);

test('bench times them and compares them with the reference', async () => {
  const { stdout } = await succeed(
    [
      'bench',
      'default',
      'generated',
      '--method',
      'integrated-gradients:steps=4,smoothgrad:samples=3,occlusion:patch=8,stride=8',
      '--limit',
      1,
      '--runs',
      2,
      '--fail-above',
      1e-4,
      '--json',
    ],
    options,
  );
  const { backends } = JSON.parse(stdout) as {
    backends: {
      methods: {
        method: string;
        time: { ratio: number };
        agreement: { equalGates: { relativeL2: number } };
      }[];
    }[];
  };
  const [{ methods }] = backends as [(typeof backends)[0]];
  expect(methods.map(({ method }) => method)).toEqual([
    'integrated-gradients',
    'smoothgrad',
    'occlusion',
  ]);
  for (const { time, agreement } of methods) {
    expect(time.ratio).toBeGreaterThan(0);
    expect(agreement.equalGates.relativeL2).toBeGreaterThan(0);
    expect(agreement.equalGates.relativeL2).toBeLessThan(1e-4);
  }
});
