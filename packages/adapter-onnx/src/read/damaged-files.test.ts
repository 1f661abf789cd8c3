import { PatternLensError } from '@patternlens/core';
import fc from 'fast-check';
import { readOnnx } from '../read-onnx.js';
import { booleans, floats, integers, weight } from '../testing/stored-tensors.js';
import { heldBytes, LITTLE } from '../testing/held-bytes.js';
import { branch, modelFile, node, ownFunction } from '../testing/model-file.js';

/** A model with something of everything: windows, shapes that are computed, a function, a branch, constants. */
const bytes = modelFile({
  inputs: { image: ['n', 3, 8, 8] },
  outputs: 'scores',
  functions: [
    ownFunction('Block', 'a w', 'r', [
      node('Conv', 'a w', 't', { pads: [1, 1, 1, 1] }),
      node('Relu', 't', 'r'),
    ]),
  ],
  nodes: [
    node('Block', 'image w1', 'a', {}, { domain: 'own' }),
    node('MaxPool', 'a', 'b', { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 }),
    node('ConvTranspose', 'b w2', 'c', { strides: [2, 2], output_padding: [1, 0] }),
    node('AveragePool', 'c', 'd', { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
    node('Resize', 'd - scales', 'e', { mode: 'linear' }),
    node('Pad', 'e pads', 'f', { mode: 'reflect' }),
    node('If', 'yes', 'g', {
      then_branch: { graph: branch('p', [node('Slice', 'f starts ends axes', 'p')]) },
      else_branch: { graph: branch('q', [node('Neg', 'f', 'q')]) },
    }),
    node('Shape', 'g', 's', { end: 1 }),
    node('Constant', '', 'rest', { value_ints: [-1] }),
    node('Concat', 's rest', 'shape', { axis: 0 }),
    node('Reshape', 'g shape', 'h'),
    node('ConstantOfShape', 'sizes', 'z', { value: { tensor: floats('', [1], [0.5]) } }),
    node('Tile', 'z times', 'w3'),
    node('MatMul', 'h w3', 'i'),
    node('Expand', 'bias five', 'j'),
    node('Add', 'i j', 'k'),
    node('Softmax', 'k', 'scores'),
  ],
  weights: [
    weight('w1', [2, 3, 3, 3]),
    weight('w2', [2, 2, 2, 2], 2),
    floats('scales', [4], [1, 1, 2, 1]),
    integers('pads', [0, 0, 1, 0, 0, 0, 2, 3]),
    booleans('yes', [], [true]),
    integers('starts', [1]),
    integers('ends', [5]),
    integers('axes', [2]),
    integers('sizes', [88, 1]),
    integers('times', [1, 5]),
    weight('bias', [1], 3),
    integers('five', [5]),
  ],
});

// Thousands of files are read.
jest.setTimeout(60_000);

/** Reads a damaged file, which must end in a network or in an error of the house, and hold no more than a file of its size may. */
async function outcome(damaged: Uint8Array): Promise<'network' | 'refused'> {
  const before = heldBytes();
  try {
    const network = await readOnnx(damaged);
    for (const layer of network.layers) expect(network.shapes.get(layer.output)).toBeDefined();
    return 'network';
  } catch (cause) {
    if (!(cause instanceof PatternLensError)) throw cause;
    return 'refused';
  } finally {
    expect(heldBytes() - before).toBeLessThan(LITTLE);
  }
}

test('the file as it is has a network of all its layers', async () => {
  const network = await readOnnx(bytes);
  expect(network.shapes.get('scores')).toEqual([{ batch: 1 }, 5]);
});

test('a file that is cut anywhere is refused', async () => {
  for (let length = 0; length < bytes.length; length += 3)
    expect([length, await outcome(bytes.subarray(0, length))]).toEqual([length, 'refused']);
});

test('a file with a bit turned anywhere is read or refused', async () => {
  const outcomes = new Set<string>();
  for (let at = 0; at < bytes.length; at += 2) {
    const damaged = Uint8Array.from(bytes);
    damaged[at]! ^= 1 << ((at >> 1) % 8);
    outcomes.add(await outcome(damaged));
  }
  expect(outcomes).toEqual(new Set(['network', 'refused']));
});

test('a file with bytes changed, dropped and doubled at random is read or refused', async () => {
  const change = fc.record({
    at: fc.nat(bytes.length - 1),
    value: fc.nat(255),
    kind: fc.constantFrom('replace', 'insert', 'remove', 'double'),
    length: fc.integer({ min: 1, max: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      const damaged = [...bytes];
      for (const { at, value, kind, length } of changes) {
        if (kind === 'replace') damaged[at] = value;
        else if (kind === 'insert') damaged.splice(at, 0, value);
        else if (kind === 'remove') damaged.splice(at, length);
        else damaged.splice(at, 0, ...damaged.slice(at, at + length));
      }
      await outcome(Uint8Array.from(damaged.map((byte) => byte)));
    }),
    { numRuns: 1500, seed: 7 },
  );
});

test('a file followed by noise is read or refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 60 }), async (noise) => {
      await outcome(Uint8Array.from([...bytes, ...noise]));
    }),
    { numRuns: 300, seed: 7 },
  );
});
