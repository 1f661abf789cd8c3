import { type MethodId, createExplainer, fitPatterns, tensor } from '@patternlens/core';
import { createNetwork } from '@patternlens/core/network';
import { forwardProgram } from '@patternlens/core/tracing';
import { measureToys, sameFunctionTwice, toyNeuron, toySamples } from '@patternlens/data';
import { referenceBackend } from '@patternlens/reference';

const backend = referenceBackend();

describe('the toy models', () => {
  test('give their closed forms within three standard errors', async () => {
    const rows = await measureToys(backend);
    expect(rows.length).toBeGreaterThan(100);
    const drawn = rows.filter(({ z }) => z !== null);
    expect(drawn.length).toBeGreaterThan(60);
    for (const row of drawn)
      expect({ ...row, near: Math.abs(row.z!) < 3 }).toMatchObject({ near: true });
    // Standard errors that were too large would let anything pass.
    const square = drawn.reduce((sum, { z }) => sum + z! ** 2, 0) / drawn.length;
    expect(square).toBeGreaterThan(0.4);
    for (const { standardError } of drawn) expect(standardError).toBeLessThan(0.03);
  }, 60_000);

  test('have the patterns that fitPatterns gives', async () => {
    const samples = toySamples(
      { signal: [1, 0], distractor: [1, 1], mean: 0.5, deviation: 0.3 },
      { count: 400 },
    );
    const neuron = toyNeuron(samples);
    const network = createNetwork({
      inputs: [{ name: 'x', shape: [{ batch: 1 }, 2] }],
      outputs: ['y'],
      layers: [
        {
          kind: 'dense',
          name: 'y',
          inputs: ['x'],
          output: 'y',
          attributes: {},
          parameters: {
            weights: { tensor: tensor(neuron.weights, [1, 2]) },
            bias: { tensor: tensor([neuron.bias], [1]) },
          },
        },
      ],
    });
    const patterns = await fitPatterns(network, [samples.input], { backend });
    const { linear, positive, negative } = patterns.layers.get('y')!.directions;
    for (const [fitted, expected] of [
      [linear, neuron.pattern],
      [positive, neuron.positive],
      [negative, neuron.negative],
    ] as const)
      for (const at of [0, 1] as const) expect(fitted!.data[at]).toBeCloseTo(expected[at], 6);
  });
});

describe('one function as two networks', () => {
  const { nested, direct, data, input, value } = sameFunctionTwice();

  test('has the same value everywhere', async () => {
    const x = data(5, 200);
    const outputs = await Promise.all(
      [nested, direct].map(async (network) => {
        const results = await (await backend.compile(forwardProgram(network))).run({ x });
        return Object.values(results)[0]!.data;
      }),
    );
    expect(outputs[0]!.some((value) => value > 0)).toBe(true);
    expect(outputs[0]!.some((value) => value === 0)).toBe(true);
    for (const [at, value] of outputs[0]!.entries()) expect(outputs[1]![at]).toBeCloseTo(value, 6);
  });

  test('has the same gradient, and two PatternAttributions that both add up to the value', async () => {
    const explain = async (network: typeof nested, method: MethodId) => {
      const patterns = await fitPatterns(network, [data(5, 4000)], { backend });
      await using explainer = await createExplainer(network, { backend, method, patterns });
      return Array.from((await explainer.explain(input)).relevanceByInput['x']!.data);
    };
    expect(await explain(nested, 'gradient')).toEqual(await explain(direct, 'gradient'));
    const [first, second] = [
      await explain(nested, 'pattern-attribution'),
      await explain(direct, 'pattern-attribution'),
    ];
    expect(first[0]! + first[1]!).toBeCloseTo(value, 5);
    expect(second[0]! + second[1]!).toBeCloseTo(value, 5);
    expect(second[0]! - first[0]!).toBeGreaterThan(0.05);
  });
});
