import type { PatternLensError } from '@patternlens/core';
import { TensorProto_DataType as DataType } from 'onnx-buf';
import { readOnnx } from '../read-onnx.js';
import { expectFailure, testRefusals } from '../testing/failures.js';
import { branch, modelFile, node, ownFunction } from '../testing/model-file.js';
import { booleans, floats, integers, stored, weight } from '../testing/stored-tensors.js';

const inputs = { x: ['n', 4] } as const;
const image = { x: ['n', 3, 8, 8] } as const;

describe('operators that are not supported are refused:', () => {
  test('all of them are named at once, with their nodes', async () => {
    const message = await expectFailure(
      readOnnx(
        modelFile({
          inputs,
          nodes: [
            node('LSTM', 'x w r', 'a', {}, { name: 'rnn_1' }),
            node('LSTM', 'a w r', 'b', {}, { name: 'rnn_2' }),
            node('NonZero', 'b', 'c', {}, { name: '' }),
            node('FusedConv', 'c', 'd', {}, { domain: 'com.microsoft' }),
            node('Relu', 'd', 'y'),
          ],
          weights: [weight('w', [1]), weight('r', [1])],
        }),
      ),
      'unsupported-operation',
      '3 operators are not supported',
      'LSTM "rnn_1", "rnn_2"',
      'NonZero "c"',
      'com.microsoft.FusedConv "FusedConv_d"',
    );
    expect(message).toContain('Supported: ');
    expect(message).toContain('of constants and shapes only: ');
    expect(message).not.toContain('Relu "');
  });

  test('all of them stand in the error, for programs', async () => {
    const nodes = [
      node('LSTM', 'x w r', 'a', {}, { name: 'rnn' }),
      node('NonZero', 'a', 'y', {}, { name: 'odd' }),
    ];
    const weights = [weight('w', [1]), weight('r', [1])];
    const thrown: unknown = await readOnnx(modelFile({ inputs, nodes, weights })).catch(
      (cause: unknown) => cause,
    );
    expect((thrown as PatternLensError).subject.refused).toEqual([
      {
        layer: 'rnn',
        kind: 'LSTM',
        reason: 'LSTM is not supported: recurrent networks are not read yet',
      },
      {
        layer: 'odd',
        kind: 'NonZero',
        reason: expect.stringMatching(/^NonZero is not supported/) as string,
      },
    ]);
  });

  const loop = { body: { graph: branch('o', [node('Neg', 'x', 'o')]) } };
  testRefusals([
    [
      'a loop',
      {
        inputs,
        nodes: [node('Loop', 'n c x', 'y', loop)],
        weights: [integers('n', [3], []), booleans('c', [], [true])],
      },
      'unsupported-operation',
      'Loop "Loop_y"',
    ],
    [
      'a scan',
      { inputs, nodes: [node('Scan', 'x', 'y', loop)] },
      'unsupported-operation',
      'Scan "Scan_y"',
    ],
    [
      'decision trees',
      {
        inputs,
        nodes: [node('TreeEnsembleRegressor', 'x', 'y', {}, { domain: 'ai.onnx.ml' })],
      },
      'unsupported-operation',
      'ai.onnx.ml.TreeEnsembleRegressor "TreeEnsembleRegressor_y"',
      'no gradient',
      '--output',
    ],
    [
      'a dictionary of scores',
      {
        inputs,
        nodes: [node('Relu', 'x', 's'), node('ZipMap', 's', 'y', {}, { domain: 'ai.onnx.ml' })],
      },
      'unsupported-operation',
      'ZipMap_y',
      'the scores that it reads',
    ],
    [
      'a name that every object has',
      { inputs, nodes: [node('constructor', 'x', 'y')] },
      'unsupported-operation',
      'constructor "constructor_y"',
    ],
    [
      'another such name',
      { inputs, nodes: [node('__proto__', 'x', 'y')] },
      'unsupported-operation',
      '__proto__',
    ],
    [
      'one in a branch that is taken',
      {
        inputs,
        nodes: [
          node('If', 'c', 'y', {
            then_branch: { graph: branch('p', [node('LSTM', 'x', 'p')]) },
            else_branch: { graph: branch('q', [node('Neg', 'x', 'q')]) },
          }),
        ],
        weights: [booleans('c', [], [true])],
      },
      'unsupported-operation',
      'LSTM "LSTM_p"',
    ],
    [
      'one in a function of the file',
      {
        inputs,
        functions: [ownFunction('F', 'a', 'r', [node('LSTM', 'a', 'r')])],
        nodes: [node('F', 'x', 'y', {}, { domain: 'own', name: 'call' })],
      },
      'unsupported-operation',
      'LSTM "call/LSTM_r"',
    ],
    [
      'a branch whose condition is computed',
      {
        inputs,
        nodes: [
          node('If', 'x', 'y', {
            then_branch: { graph: branch('p', [node('Neg', 'x', 'p')]) },
            else_branch: { graph: branch('q', [node('Exp', 'x', 'q')]) },
          }),
        ],
      },
      'unsupported-operation',
      'If "If_y"',
      'condition',
    ],
    [
      'weights that are computed',
      { inputs: { x: ['n', 3, 8, 8], z: ['n', 3, 3, 3] }, nodes: [node('Conv', 'x z', 'y')] },
      'unsupported-operation',
      'Conv_y',
      'weights',
    ],
    [
      'a shape that is computed',
      { inputs, nodes: [node('Reshape', 'x x', 'y')] },
      'unsupported-operation',
      'Reshape_y',
      'shape',
    ],
    [
      'a cast to text',
      { inputs, nodes: [node('Cast', 'x', 'y', { to: 8 })] },
      'unsupported-operation',
      'Cast_y',
    ],
    [
      'indices of a pool',
      {
        inputs: image,
        nodes: [
          node('MaxPool', 'x', 'z i', { kernel_shape: [2, 2] }),
          node('Cast', 'i', 'y', { to: 1 }),
        ],
      },
      'unsupported-operation',
      'MaxPool_z',
      'output 1',
    ],
    [
      'a batch normalisation that is trained',
      {
        inputs: image,
        nodes: [node('BatchNormalization', 'x w w w w', 'y', { training_mode: 1 })],
        weights: [weight('w', [3])],
      },
      'unsupported-operation',
      'BatchNormalization_y',
      'evaluation mode',
    ],
    [
      'a choice of places, with the reason',
      { inputs, nodes: [node('ArgMax', 'x', 'i'), node('Cast', 'i', 'y', { to: 1 })] },
      'unsupported-operation',
      'ArgMax "ArgMax_i" (it chooses places or counts, and has no gradient)',
    ],
    [
      'dropout that is trained',
      {
        inputs,
        nodes: [node('Dropout', 'x ratio train', 'y')],
        weights: [floats('ratio', [], [0.5]), booleans('train', [], [true])],
      },
      'unsupported-operation',
      'Dropout_y',
      'training mode',
    ],
    [
      'corners aligned by a factor that makes no whole size',
      {
        inputs: image,
        opset: 18,
        nodes: [
          node('Resize', 'x - s', 'y', {
            mode: 'linear',
            coordinate_transformation_mode: 'align_corners',
          }),
        ],
        weights: [floats('s', [4], [1, 1, 1.3, 1.3])],
      },
      'unsupported-operation',
      'Resize_y',
      'sizes instead',
    ],
    [
      'a resize with coordinates of its own',
      {
        inputs: image,
        nodes: [node('Resize', 'x - s', 'y', { coordinate_transformation_mode: 'polar' })],
        weights: [floats('s', [4], [1, 1, 2, 2])],
      },
      'unsupported-operation',
      'Resize_y',
      'polar',
    ],
    [
      'text',
      {
        inputs,
        nodes: [node('MatMul', 'x w', 'y')],
        weights: [stored('w', DataType.STRING, [4, 1], {})],
      },
      'invalid-file',
      '"w"',
      'string',
    ],
  ]);
});
