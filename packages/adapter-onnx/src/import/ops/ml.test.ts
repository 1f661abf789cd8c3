/** @jest-environment ./src/testing/ort-environment.js */
import { readOnnx } from '../../read-onnx.js';
import { expectAgreement, testAgreement, type RunOptions } from '../../testing/against-runtime.js';
import { testRefusals } from '../../testing/failures.js';
import { expectGradient } from '../../testing/jacobian.js';
import { modelFile, node, type Attributes, type ModelParts } from '../../testing/model-file.js';
import { integers, normalNumbers, weight } from '../../testing/stored-tensors.js';

const ml = (op: string, inputs: string, attributes: Attributes = {}, outputs = 'y') =>
  node(op, inputs, outputs, attributes, { domain: 'ai.onnx.ml' });
const one = (
  op: string,
  attributes: Attributes,
  outputs = 'y',
): ModelParts & { readonly options?: RunOptions } => ({
  inputs: { x: ['n', 3] },
  domains: { 'ai.onnx.ml': 3 },
  nodes: [ml(op, 'x', attributes, outputs)],
});

const coefficients = (rows: number): Attributes => ({
  coefficients: { floats: normalNumbers(3 * rows, 4) },
  intercepts: { floats: normalNumbers(rows, 5) },
});
const classifier = (rows: number, labels: number, post: string): ModelParts =>
  one(
    'LinearClassifier',
    {
      ...coefficients(rows),
      classlabels_ints: Array.from({ length: labels }, (_, at) => at),
      post_transform: post,
    },
    'label y',
  );
const machine = (kind: string): ModelParts =>
  one('SVMRegressor', {
    kernel_type: kind,
    kernel_params: { floats: [0.3, 0.2, 3] },
    support_vectors: { floats: normalNumbers(12, 6) },
    coefficients: { floats: normalNumbers(4, 7) },
    n_supports: 4,
    rho: { floats: [0.4] },
  });

const cases = {
  'Scaler, one number a feature': one('Scaler', {
    offset: { floats: [0.5, -1, 2] },
    scale: { floats: [1, 2, -3] },
  }),
  'Scaler, one number for all': one('Scaler', {
    offset: { floats: [0.5] },
    scale: { floats: [2] },
  }),
  'Normalizer by the largest': one('Normalizer', { norm: 'MAX' }),
  'Normalizer by the sum': one('Normalizer', { norm: 'L1' }),
  'Normalizer by the length': one('Normalizer', { norm: 'L2' }),
  Imputer: one('Imputer', {
    imputed_value_floats: { floats: [9] },
    replaced_value_float: { float: NaN },
  }),
  'LinearRegressor of one target': one('LinearRegressor', coefficients(1)),
  'LinearRegressor of two targets, transformed': one('LinearRegressor', {
    ...coefficients(2),
    targets: 2,
    post_transform: 'SOFTMAX',
  }),
  'SVMRegressor, linear': machine('LINEAR'),
  'SVMRegressor, radial': machine('RBF'),
  'SVMRegressor, polynomial': machine('POLY'),
  'SVMRegressor, sigmoid': machine('SIGMOID'),
  ...Object.fromEntries(
    ['NONE', 'LOGISTIC', 'SOFTMAX', 'SOFTMAX_ZERO'].flatMap((post) =>
      [
        [1, 2],
        [2, 2],
        [3, 3],
      ].map(([rows, labels]) => [
        `LinearClassifier of ${rows} rows, ${post}`,
        classifier(rows!, labels!, post),
      ]),
    ),
  ),
  'FeatureVectorizer and ArrayFeatureExtractor': {
    inputs: { x: ['n', 3], z: ['n', 2] },
    domains: { 'ai.onnx.ml': 3 },
    nodes: [
      ml('FeatureVectorizer', 'x z', { inputdimensions: [3, 2] }, 'f'),
      ml('ArrayFeatureExtractor', 'f places'),
    ],
    weights: [integers('places', [4, 0, 1])],
  },
  'before a layer of the standard': {
    inputs: { x: ['n', 3] },
    domains: { 'ai.onnx.ml': 1 },
    nodes: [
      ml('Scaler', 'x', { offset: { floats: [0.5, -1, 2] }, scale: { floats: [1, 2, 3] } }, 's'),
      node('MatMul', 's w', 'y'),
    ],
    weights: [weight('w', [3, 2])],
  },
} satisfies Readonly<Record<string, ModelParts>>;

describe('ai.onnx.ml is what the runtime computes:', () => {
  testAgreement(cases);
});

describe('its gradients are those of central differences:', () => {
  // A final softmax or sigmoid is cut off before a network is explained.
  const uncut = Object.entries<ModelParts>(cases).filter(
    ([name]) => !/LOGISTIC|SOFTMAX|transformed/.test(name),
  );
  test.each(uncut)('%s', async (_name, parts) => {
    await expectGradient(parts);
  });
});

test('a file of its operators alone needs no version of the standard', async () => {
  const parts = { ...one('Scaler', { offset: { floats: [1] }, scale: { floats: [2] } }), opset: 0 };
  expect((await readOnnx(modelFile(parts))).layers.map(({ kind }) => kind)).toEqual(['scale']);
  await expectAgreement(parts);
});

describe('of ai.onnx.ml is refused:', () => {
  testRefusals([
    [
      'a transformation that has no name here',
      classifier(2, 2, 'PROBIT'),
      'unsupported-operation',
      'LinearClassifier_label',
      'PROBIT',
    ],
    [
      'a number that stands for what is missing',
      one('Imputer', {
        imputed_value_floats: { floats: [9] },
        replaced_value_float: { float: -999 },
      }),
      'unsupported-operation',
      'Imputer_y',
      '-999',
    ],
    [
      'a border',
      one('SVMRegressor', { one_class: 1, coefficients: { floats: [1, 2, 3] } }),
      'unsupported-operation',
      'no gradient',
    ],
    [
      'coefficients that make no rows',
      one('LinearRegressor', { coefficients: { floats: [1, 2, 3] }, targets: 2 }),
      'invalid-file',
      'LinearRegressor_y',
    ],
    [
      'standard operators without their version',
      {
        inputs: { x: ['n', 3] },
        opset: 0,
        domains: { 'ai.onnx.ml': 3 },
        nodes: [node('Relu', 'x', 'y')],
      },
      'invalid-file',
      'no version',
    ],
  ]);
});
