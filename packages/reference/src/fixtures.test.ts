import {
  createExplainer,
  createNetwork,
  fitPatterns,
  tensor,
  type Layer,
  type MethodChoice,
} from '@patternlens/core';
import { referenceBackend } from './reference-backend.js';

const dense = (name: string, input: string, weights: number[][], bias: number[]): Layer => ({
  kind: 'dense',
  name,
  inputs: [input],
  output: name,
  attributes: {},
  parameters: {
    weights: { tensor: tensor(weights.flat(), [weights.length, weights[0]!.length]) },
    bias: { tensor: tensor(bias, [bias.length]) },
  },
});
const rectifier = (name: string, input: string): Layer => ({
  kind: 'rectifier',
  name,
  inputs: [input],
  output: name,
  attributes: {},
  parameters: {},
});

const data = tensor([1, 0, 0, 1, 2, 1, -1, 1, 1, 1], [5, 2]);
const network = createNetwork({
  inputs: [{ name: 'x', shape: [{ batch: 1 }, 2] }],
  outputs: ['y'],
  layers: [
    dense(
      'hidden',
      'x',
      [
        [1, -1],
        [1, 1],
      ],
      [0, -1],
    ),
    rectifier('relu', 'hidden'),
    dense('y', 'relu', [[2, -1]], [0.5]),
  ],
});

test('patterns', async () => {
  const backend = referenceBackend();
  const patterns = await fitPatterns(network, [data], { backend });
  const { directions, counts } = patterns.layers.get('hidden')!;
  const close = (got: ArrayLike<number>, want: number[]): void => {
    want.forEach((value, at) => {
      expect(got[at]!).toBeCloseTo(value, 12);
    });
  };
  close(directions.linear!.data, [14 / 17, -3 / 17, 12 / 13, 1 / 13]);
  close(directions.positive!.data, [3 / 2, 1 / 2, 19 / 30, 11 / 30]);
  close(directions.negative!.data, [5 / 11, -6 / 11, -5 / 4, 9 / 4]);
  close(counts, [2, 2]);
  close(patterns.layers.get('y')!.directions.positive!.data, [4 / 9, -1 / 9]);
  const run = async (method: MethodChoice, start: 'one' | 'value'): Promise<ArrayLike<number>> => {
    const explainer = await createExplainer(network, { backend, method, patterns, start });
    return (await explainer.explain(tensor([2, 1, 1, 0], [2, 2]))).relevanceByInput['x']!.data;
  };
  close(await run('gradient', 'one'), [1, -3, 2, -2]);
  close(await run('pattern-net', 'one'), [161 / 270, 49 / 270, 2 / 3, 2 / 9]);
  close(await run('pattern-attribution', 'one'), [379 / 270, -109 / 270, 4 / 3, -4 / 9]);
  close(await run('pattern-attribution', 'value'), [379 / 540, -109 / 540, 10 / 3, -10 / 9]);
  for (const m of [
    'input-x-gradient',
    'deconvnet',
    'guided-backprop',
    'lrp-0',
    'lrp-epsilon',
    'lrp-alpha1-beta0',
    'lrp-alpha2-beta1',
  ])
    console.log(m, await run(m, 'value'));
});
