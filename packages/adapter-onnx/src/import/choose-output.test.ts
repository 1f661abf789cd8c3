import { createExplainer, inspectNetwork, type TensorRecord } from '@patternlens/core';
import { referenceBackend } from '@patternlens/reference';
import { TensorProto_DataType as DataType } from 'onnx-buf';
import { readOnnx } from '../read-onnx.js';
import { expectFailure } from '../testing/failures.js';
import { branch, modelFile, node, ownFunction, port } from '../testing/model-file.js';
import { booleans, floats, weight } from '../testing/stored-tensors.js';

const N = { batch: 1 };
const backend = referenceBackend();
const x = { data: Float64Array.of(1, -2, 3, -4), shape: [1, 4] };

/** The value of a network's explained output. */
async function valueOf(bytes: Uint8Array, output: string | undefined, inputs: TensorRecord) {
  const network = await readOnnx(bytes, { output });
  await using explainer = await createExplainer(network, { backend, method: 'gradient' });
  return [...(await explainer.explain(inputs)).output.data];
}

const doubled = ownFunction('Doubled', 'a', 'r', [
  node('Neg', 'a', 't', {}, { name: 'turned' }),
  node('Add', 't t', 'r'),
]);

/** Two heads, an input of one of them, a function of the file, and labels behind scores. */
const heads = modelFile({
  inputs: { x: ['n', 4], other: ['n', 4] },
  outputs: 'first second labels',
  nodes: [
    node('Relu', 'x', 'shared', {}, { name: 'relu1' }),
    node('Doubled', 'shared', 'first', {}, { name: 'call', domain: 'own' }),
    node('Sub', 'shared other', 'second'),
    node('NoSuchOperator', 'second', 'labels'),
  ],
  functions: [doubled],
});

describe('what is explained is chosen by name:', () => {
  test.each([
    ['the first output where nothing is said', undefined, [-2, -0, -6, -0]],
    ['a value inside, by its tensor', 'shared', [1, 0, 3, 0]],
    ['a value inside, by its node', 'relu1', [1, 0, 3, 0]],
    ['a value inside a function of the file, by its tensor', 'call/t', [-1, -0, -3, -0]],
    ['a value inside a function of the file, by its node', 'call/turned', [-1, -0, -3, -0]],
  ])('%s', async (_name, output, want) => {
    expect(await valueOf(heads, output, { x })).toEqual(want);
  });

  test('another output, with the input that only it reads', async () => {
    const other = { data: Float64Array.of(1, 1, 1, 1), shape: [1, 4] };
    expect(await valueOf(heads, 'second', { x, other })).toEqual([0, -1, 2, -1]);
  });

  test('what it does not need is not read, and is told', async () => {
    const network = await readOnnx(heads);
    expect(network.inputs.map(({ name }) => name)).toEqual(['x']);
    expect(network.unusedInputs).toEqual(['other']);
    expect(network.changes).toEqual([
      'output "second" left out: the first output is explained',
      'output "labels" left out: the first output is explained',
      'input "other" left out: "first" does not depend on it',
    ]);
    // Values of an input that is not read may be there all the same.
    expect(await valueOf(heads, undefined, { x, other: x })).toEqual([-2, -0, -6, -0]);
  });

  test('an input of integers, and a free axis, hinder only what reads them', async () => {
    const nodes = [node('Neg', 'x', 'y'), node('NoSuchOperator', 'ids free', 'z')];
    const file = modelFile({
      inputs: { x: ['n', 4], free: ['n', 'steps'] },
      ports: [port('ids', ['n', 4], DataType.INT64)],
      outputs: 'y z',
      nodes,
    });
    expect((await readOnnx(file)).inputs.map(({ name }) => name)).toEqual(['x']);
  });

  test('inspect lists all outputs, and says which is explained', async () => {
    const outputs = [
      port('a', ['n', 4]),
      port('b', ['n', 'm', 2]),
      port('c', undefined, DataType.INT64),
    ];
    const file = modelFile({
      inputs: { x: ['n', 4] },
      outputs,
      nodes: [node('Neg', 'x', 'a'), node('NoSuchOperator', 'x', 'b c')],
    });
    expect(inspectNetwork(await readOnnx(file)).outputs).toEqual([
      { name: 'a', shape: [N, 4], explained: true },
      { name: 'b', shape: [N, 'm', 2], explained: false },
      { name: 'c', shape: undefined, explained: false },
    ]);
  });

  test('a name that is not there is refused with the nearest, and the outputs', async () => {
    await expectFailure(
      readOnnx(heads, { output: 'seconds' }),
      'invalid-argument',
      'there is no output, value or layer "seconds" in it. Did you mean "second"?',
      'Its outputs: first, second, labels.',
    );
    await expectFailure(readOnnx(heads, { output: 'relu1/part' }), 'invalid-argument', '"relu1"');
  });
});

test('what only the branch reads that is not taken is not needed', async () => {
  const file = modelFile({
    inputs: { x: ['n', 4], other: ['n', 4] },
    nodes: [
      node('NoSuchOperator', 'other', 'odd'),
      node('If', 'training', 'y', {
        then_branch: { graph: branch('o', [node('Add', 'x odd', 'o')]) },
        else_branch: { graph: branch('p', [node('Neg', 'x', 'p')]) },
      }),
    ],
    weights: [booleans('training', [], [false])],
  });
  expect(await valueOf(file, undefined, { x })).toEqual([-1, 2, -3, 4]);
});

describe('where the first output cannot be explained, what can be is named:', () => {
  const inputs = { x: ['n', 4] } as const;
  const scores = [node('MatMul', 'x w', 'logits'), node('Softmax', 'logits', 'scores')];
  const weights = [weight('w', [4, 3])];

  test('labels first, scores second', async () => {
    await expectFailure(
      readOnnx(
        modelFile({
          inputs,
          outputs: [port('label', ['n'], DataType.INT64), port('scores', ['n', 3])],
          nodes: [...scores, node('ArgMax', 'scores', 'label', { axis: 1, keepdims: 0 })],
          weights,
        }),
      ),
      'unsupported-operation',
      'output "label" of ArgMax "ArgMax_label": its elements are of int64, which has no gradient.',
      'Its output "scores" [N, 3] can be explained: choose it with --output scores (output: \'scores\' in code).',
    );
  });

  test('a constant first', async () => {
    await expectFailure(
      readOnnx(
        modelFile({
          inputs,
          outputs: 'fixed scores',
          nodes: [...scores, node('Neg', 'c', 'fixed')],
          weights: [...weights, floats('c', [1], [2])],
        }),
      ),
      'invalid-file',
      'its output "fixed" is a constant',
      '--output scores',
    );
  });

  test('all of them behind an operator that is not supported: the value in front of it', async () => {
    await expectFailure(
      readOnnx(
        modelFile({
          inputs,
          outputs: 'boxes',
          nodes: [...scores, node('NonMaxSuppression', 'scores', 'boxes')],
          weights,
        }),
      ),
      'unsupported-operation',
      'NonMaxSuppression',
      'The value "scores" [N, 3] in front of it can be explained: choose it with --output scores',
    );
  });

  test('a comparison is not what can be explained', async () => {
    const compared = [
      node('Greater', 'scores scores', 'over'),
      node('Transpose', 'over', 'turned', { perm: [0, 1] }),
      node('NonMaxSuppression', 'turned', 'boxes'),
    ];
    await expectFailure(
      readOnnx(modelFile({ inputs, outputs: 'boxes', nodes: [...scores, ...compared], weights })),
      'unsupported-operation',
      'The value "scores" [N, 3] in front of it can be explained',
    );
  });
});

describe('control flow is named so:', () => {
  const inputs = { x: ['n', 4], c: ['n', 1] } as const;
  const body = { body: { graph: branch('o', [node('Neg', 'x', 'o')]) } };
  test.each([
    ['a loop', node('Loop', 'c c x', 'y', body), 'Loop "Loop_y": control flow. A loop'],
    ['a scan', node('Scan', 'x', 'y', body), 'Scan "Scan_y": control flow. A loop'],
    [
      'a branch that the network decides',
      node('If', 'c', 'y', {
        then_branch: { graph: branch('o', [node('Neg', 'x', 'o')]) },
        else_branch: { graph: branch('o', [node('Relu', 'x', 'o')]) },
      }),
      'If "If_y": control flow. Which of its branches',
    ],
  ])('%s', async (_name, flow, words) => {
    const message = await expectFailure(
      readOnnx(modelFile({ inputs, nodes: [flow] })),
      'unsupported-operation',
      words,
    );
    expect(message).not.toContain('damaged');
  });
});
