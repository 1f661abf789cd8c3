import {
  fitPatterns,
  METHODS,
  tensor,
  toNeuronMajor,
  traceMethod,
  type MethodDefinition,
  type PatternSet,
  type Tensor,
} from '@patternlens/core';
import { referenceBackend } from '@patternlens/reference';
import * as gpujs from 'gpu.js';
import {
  relativeL2,
  samplesFor,
  smallNetworks,
  type SmallNetwork,
} from '../testing/small-networks.js';
import { gpujsBackend } from './gpujs-backend.js';

const reference = referenceBackend();
const SAMPLES = 3;
const patternsOf = new Map<SmallNetwork, PatternSet>();

/** Methods over one network; those that need bounds get them. */
const choiceOf = ({ id, parameters }: MethodDefinition): { id: string } => ({
  id,
  ...('low' in parameters ? { low: -4, high: 4 } : {}),
});

const methods = METHODS.map(choiceOf);

beforeAll(async () => {
  for (const own of smallNetworks)
    patternsOf.set(
      own,
      await fitPatterns(own.network, [samplesFor(own, 40, 5)], { backend: reference }),
    );
});

describe.each(['cpu', 'wasm'] as const)('gpujs:%s', (mode) => {
  const backend = gpujsBackend({ mode, gpujs });
  afterAll(() => backend.dispose());

  describe.each(smallNetworks.map((own) => [own.name, own] as const))('%s', (_name, own) => {
    const x: Tensor = samplesFor(own, SAMPLES, 6);

    it.each(methods)('$id agrees with the reference under the same gates', async (method) => {
      const options = { method, patterns: patternsOf.get(own)! };
      const outputs = traceMethod(own.network, { ...options, gates: 'outputs' });
      const given = traceMethod(own.network, { ...options, gates: 'inputs' });
      const { target, targetUsed, relevance, output } = outputs.ports;
      const top = tensor(new Float32Array(SAMPLES).fill(-1), [SAMPLES]);
      await using executable = await backend.compile(outputs.program);
      const made = await executable.run({ image: x, [target]: top });
      const gates = Object.entries(made).filter(([name]) => name.startsWith('gate:'));
      await using replay = await reference.compile(given.program);
      const replayed = await replay.run({
        image: x,
        ...Object.fromEntries(gates),
        [target]: made[targetUsed]!,
      });
      for (const name of [relevance.get('image')!, output]) {
        expect(replayed[name]!.data.some((value) => value !== 0)).toBe(true);
        expect(relativeL2(made[name]!.data, replayed[name]!.data)).toBeLessThan(1e-4);
      }
    });

    it('fits the patterns that the reference fits', async () => {
      const fitted = await fitPatterns(own.network, [samplesFor(own, 40, 5)], { backend });
      const expected = patternsOf.get(own)!;
      expect(fitted.layers.size).toBe(expected.layers.size);
      for (const [layer, pattern] of expected.layers) {
        const mine = fitted.layers.get(layer)!;
        for (const kind of ['linear', 'positive'] as const) {
          const want = toNeuronMajor(pattern.layout, pattern.directions[kind]!);
          const got = toNeuronMajor(mine.layout, mine.directions[kind]!);
          const each = want.shape[1]!;
          for (let neuron = 0; neuron < want.shape[0]!; neuron++) {
            if (mine.counts[neuron] !== pattern.counts[neuron] || pattern.counts[neuron]! < 10)
              continue;
            const rowOf = ({ data }: Tensor): ArrayLike<number> =>
              data.subarray(neuron * each, (neuron + 1) * each);
            expect(relativeL2(rowOf(got), rowOf(want))).toBeLessThan(1e-4);
          }
        }
      }
    });
  });
});
