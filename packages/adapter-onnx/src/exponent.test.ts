/** @jest-environment ./src/testing/ort-environment.js */
import {
  fitPatterns,
  sliceSamples,
  tensor,
  traceMethod,
  type MethodChoice,
  type PatternSet,
  type Tensor,
} from '@patternlens/core';
import { normals } from '@patternlens/core/tensor';
import { referenceBackend } from '@patternlens/reference';
import * as ort from 'onnxruntime-node';
import { onnxBackend } from './run/onnx-backend.js';
import { deepNetworks, type DeepNetwork } from './testing/deep-networks.js';
import { relativeL2 } from './testing/shared-data.js';

const backend = onnxBackend({ ort });
const reference = referenceBackend();
const SAMPLES = 40,
  EXPLAINED = 3;

afterAll(() => backend.dispose());

function samplesFor({ inputShape, inputSize }: DeepNetwork, seed: number): Tensor {
  const draw = normals(seed);
  const shape = [SAMPLES, ...inputShape];
  return tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => draw() * inputSize),
    shape,
  );
}

interface Level {
  readonly level: number;
  readonly values: number[];
}

/** The largest true value of each sample as a power of two, and each sample's values divided by it. */
function levels(relevance: Tensor, exponents: ArrayLike<number>): Level[] {
  return Array.from({ length: exponents.length }, (_, sample) => {
    const values = Array.from(sliceSamples(relevance, sample, sample + 1).data);
    const largest = Math.max(...values.map(Math.abs));
    return {
      level: Math.log2(largest) + exponents[sample]!,
      values: values.map((value) => value / largest),
    };
  });
}

const METHODS: readonly MethodChoice[] = [
  'pattern-net',
  'pattern-attribution',
  { id: 'pattern-net', estimator: 'filter' },
];

/** Relevance on ONNX Runtime, and that of the reference under the same decisions of the rectifiers. */
async function explainBoth(
  { network }: DeepNetwork,
  method: MethodChoice,
  patterns: PatternSet,
  x: Tensor,
): Promise<{ actual: Level[]; expected: Level[]; exponents: number[] }> {
  const options = { method, patterns, start: 'one' } as const;
  const outputs = traceMethod(network, { ...options, gates: 'outputs' });
  const given = traceMethod(network, { ...options, gates: 'inputs' });
  const { target, targetUsed, exponent, relevance } = outputs.ports;
  const top = tensor(new Float32Array(EXPLAINED).fill(-1), [EXPLAINED]);
  const made = await (await backend.compile(outputs.program)).run({ x, [target]: top });
  const gates = Object.entries(made).filter(([name]) => name.startsWith('gate:'));
  const replay = await reference.compile(given.program);
  const replayed = await replay.run({
    x,
    ...Object.fromEntries(gates),
    [target]: made[targetUsed]!,
  });
  const name = relevance.get('x')!;
  return {
    actual: levels(made[name]!, made[exponent]!.data),
    expected: levels(replayed[name]!, replayed[exponent]!.data),
    exponents: Array.from(made[exponent]!.data),
  };
}

describe('sixty layers deep', () => {
  const reached: number[] = [];

  describe.each(deepNetworks)('$name', (deep) => {
    let patterns: PatternSet, x: Tensor;

    beforeAll(async () => {
      const data = samplesFor(deep, 7);
      x = sliceSamples(data, 0, EXPLAINED);
      patterns = await fitPatterns(deep.network, [data], { backend: reference });
    });

    it.each(METHODS)('%j is right as values times 2^exponent', async (method) => {
      const { actual, expected, exponents } = await explainBoth(deep, method, patterns, x);
      actual.forEach(({ level, values }, sample) => {
        expect(level).toBeCloseTo(expected[sample]!.level, 3);
        expect(relativeL2(values, expected[sample]!.values)).toBeLessThan(1e-4);
        // Returned as they are wherever they fit, and apart from their exponent elsewhere.
        expect(exponents[sample] === 0).toBe(level >= -100 && level <= 126);
        reached.push(level);
      });
    });
  });

  it('goes beyond both ends of float32', () => {
    expect(Math.max(...reached)).toBeGreaterThan(150);
    expect(Math.min(...reached)).toBeLessThan(-150);
  });
});
