import {
  fitPatterns,
  METHODS,
  PATTERN_KINDS,
  type MethodChoice,
  type Pattern,
} from '@patternlens/core';
import { referenceBackend } from '@patternlens/reference';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { distanceUnderEqualGates, relativeL2 } from '../testing/agreement.js';
import { branched, drawn, grouped } from '../testing/small-networks.js';
import { tfjsBackend } from './tfjs-backend.js';

const LIMIT = 1e-4;
const reference = referenceBackend();

/** The parameters without which a method says nothing. */
const NEEDED: Readonly<Record<string, object>> = {
  'lrp-z-box': { low: -3, high: 3 },
};

const methods = Object.values(METHODS).map(({ id }): MethodChoice => ({ id, ...NEEDED[id] }));

const networks = [branched, grouped].map((network, at) => {
  const [, ...rest] = network.inputs[0]!.shape as [unknown, ...number[]];
  const x = drawn(20 + at, [12, ...rest]);
  return { network, x, patterns: fitPatterns(network, [x], { backend: reference }) };
});

describe.each(['cpu', 'wasm'] as const)('tfjs:%s', (name) => {
  const backend = tfjsBackend({ tf, backend: name });

  afterAll(() => backend.dispose());

  test.each(
    networks.flatMap((own, at) =>
      methods.map((method) => [JSON.stringify(method), at, own, method] as const),
    ),
  )(
    '%s of network %d is what the reference gives under equal gates',
    async (_name, _at, { network, x, patterns }, method) => {
      const few = { data: x.data.slice(0, (x.data.length / 12) * 3), shape: x.shape.with(0, 3) };
      const set = await patterns;
      expect(
        await distanceUnderEqualGates(backend, reference, network, few, method, set),
      ).toBeLessThan(LIMIT);
    },
  );

  test.each(networks.map((own, at) => [at, own] as const))(
    'patterns of network %d are those that the reference fits',
    async (_at, { network, x, patterns }) => {
      const own = await fitPatterns(network, [x], { backend });
      const wanted = await patterns;
      expect([...own.layers.keys()]).toEqual([...wanted.layers.keys()]);
      for (const [layer, pattern] of wanted.layers) {
        const other: Pattern = own.layers.get(layer)!;
        expect(other.counts).toEqual(pattern.counts);
        for (const kind of PATTERN_KINDS) {
          const directions = pattern.directions[kind];
          if (!directions) continue;
          const distance = relativeL2(other.directions[kind]!, directions);
          expect([layer, kind, distance < LIMIT]).toEqual([layer, kind, true]);
        }
      }
    },
  );
});
