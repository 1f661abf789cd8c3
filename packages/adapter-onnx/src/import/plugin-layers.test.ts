import { createExplainer, tensor } from '@patternlens/core';
import { type AddLayer } from '@patternlens/core/network';
import { defineLayer, definePlugin } from '@patternlens/core/rules';
import { referenceBackend } from '@patternlens/reference';
import { readOnnx } from '../read-onnx.js';
import { expectFailure } from '../testing/failures.js';
import { modelFile, node } from '../testing/model-file.js';
import { floats } from '../testing/stored-tensors.js';

const inputs = { x: ['n', 2] } as const;
const cubed = modelFile({
  inputs,
  nodes: [node('Cube', 'x c', 'y', { factor: { float: 2 } }, { domain: 'com.example' })],
  weights: [floats('c', [2], [1, 10])],
});

/** `factor * c * x^3`, as a kind of its own and a scale. */
const cube = defineLayer({
  id: 'cube',
  operators: ['onnx:com.example.Cube'],
  make: ({ inputs: operands, attributes, constant }, add) => {
    const value = add('custom', operands.slice(0, 1), {
      type: 'cube',
      options: { factor: attributes['factor'] },
      forward: ({ ops, inputs: [x] }, { factor }) =>
        ops.mul(ops.scalar(factor as number), ops.mul(x!, ops.mul(x!, x!))),
      gradient: ({ ops, inputs: [x] }, _output, r, { factor }) => [
        ops.mul(r, ops.mul(ops.scalar(3 * (factor as number)), ops.mul(x!, x!))),
      ],
    });
    return add('scale', [value], {}, { weights: constant(1) });
  },
});
const plugin = definePlugin({ name: 'cubes', version: '1.0.0', layers: [cube] });

test('a plug-in makes layers of an operator that is not known, and the recipe names it', async () => {
  const network = await readOnnx(cubed, { plugins: [plugin] });
  expect(network.layers.map(({ kind }) => kind)).toEqual(['custom', 'scale']);
  expect(network.plugins).toEqual(['cubes@1.0.0']);
  const explainer = await createExplainer(network, {
    backend: referenceBackend(),
    method: 'gradient',
  });
  const { relevance, output, recipe } = await explainer.explain(tensor([2, 3], [1, 2]), {
    target: 1,
  });
  expect(Array.from(output.data)).toEqual([16, 540]);
  expect(Array.from(relevance.data)).toEqual([0, 540]);
  expect(recipe.plugins).toEqual(['cubes@1.0.0']);
});

test('without it the operator is refused, with the remedy', async () => {
  await expectFailure(
    readOnnx(cubed),
    'unsupported-operation',
    'com.example.Cube',
    "a plug-in's layers",
  );
});

const broken = (make: (add: AddLayer) => never) =>
  definePlugin({
    name: 'cubes',
    layers: [
      defineLayer({
        id: 'cube',
        operators: ['onnx:com.example.Cube'],
        make: (_node, add) => make(add),
      }),
    ],
  });

test('one that throws, or gives nothing, is named with the node', async () => {
  const throws = broken(() => {
    throw new Error('boom.');
  });
  const read = (variant: typeof plugin) => readOnnx(cubed, { plugins: [variant] });
  await expectFailure(read(throws), 'plugin-failed', '"cubes"', 'layer "cube"', 'Cube', 'boom');
  await expectFailure(
    read(broken(() => undefined as never)),
    'plugin-failed',
    'must return a value',
  );
});

test('an operator that is known already is a clash', async () => {
  const relu = definePlugin({
    name: 'cubes',
    layers: [defineLayer({ ...cube, operators: ['onnx:Relu'] })],
  });
  await expectFailure(
    readOnnx(cubed, { plugins: [relu] }),
    'invalid-plugin',
    '"cubes"',
    'onnx:Relu',
    'PatternLens itself',
  );
});
