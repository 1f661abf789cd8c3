import { tensor, type Tensor } from '@patternlens/core';
import {
  build,
  scalarParameter,
  smooth,
  type Activation,
  type ImportContext,
  type Operation,
  type Place,
  type RuntimeValue,
} from '@patternlens/importing';
import type { OnnxNode } from '../node-view.js';

type MlOperation = Operation<OnnxNode>;

/** What is done with scores at last; undefined where nothing is. ONNX Runtime leaves a single score as it is. */
function transformOf(node: OnnxNode, scores: number): Activation | undefined {
  const name = node.string('post_transform', 'NONE');
  if (name === 'NONE') return undefined;
  if (name === 'PROBIT')
    return node.unsupported('its post_transform PROBIT.', 'Export the model with raw scores.');
  if (scores === 1) return undefined;
  if (name === 'LOGISTIC') return smooth({ function: 'sigmoid' });
  if (name === 'SOFTMAX' || name === 'SOFTMAX_ZERO') return { kind: 'softmax', axis: -1 };
  return node.invalid(`its post_transform "${name}" is unknown.`);
}

/** Scores, one a row of weights, and what is done with them at last. */
function scores(
  node: OnnxNode,
  context: ImportContext,
  { weights, bias }: { readonly weights: Tensor; readonly bias: Tensor },
  place: Place | undefined,
  transform: Activation | undefined,
): RuntimeValue {
  const at = place ?? node.part('scores');
  const dense = transform ? node.part('raw') : at;
  const made = build.multiplyLast(context, dense, node.runtime(0), {
    matrix: { tensor: weights },
    transposed: true,
    bias: { tensor: bias },
  });
  return transform ? build.activate(context, at, made, transform) : made;
}

/** Weights and intercepts, with a row for each of so many scores. */
function rowsOf(node: OnnxNode, rows: number): { readonly weights: Tensor; readonly bias: Tensor } {
  const coefficients = node.floats('coefficients') ?? [];
  const intercepts = node.floats('intercepts') ?? [];
  const features = coefficients.length / rows;
  if (!Number.isInteger(features) || features === 0)
    node.invalid(`${coefficients.length} coefficients do not make ${rows} rows.`);
  if (intercepts.length !== 0 && intercepts.length !== rows)
    node.invalid(`it has ${intercepts.length} intercepts for ${rows} rows.`);
  const bias = Array.from({ length: rows }, (_, row) => intercepts[row] ?? 0);
  return { weights: tensor(coefficients, [rows, features]), bias: tensor(bias, [rows]) };
}

const regressor: MlOperation = (node, context) => {
  const targets = node.int('targets', 1);
  return scores(node, context, rowsOf(node, targets), node, transformOf(node, targets));
};

/** The scores; labels have no gradient. A single row stands for the second of two classes. */
const classifier: MlOperation = (node, context) => {
  const labels =
    node.ints('classlabels_ints')?.length ?? node.strings('classlabels_strings')?.length;
  const width = node.runtime(0).shape.at(-1);
  const given = node.floats('coefficients')?.length ?? 0;
  const rows = given / (typeof width === 'number' ? width : 1);
  const place = node.output(1);
  if (rows !== 1 || labels !== 2)
    return [undefined, scores(node, context, rowsOf(node, rows), place, transformOf(node, rows))];
  const { weights, bias } = rowsOf(node, 1);
  const isLogistic = node.string('post_transform', 'NONE') === 'LOGISTIC';
  const other = isLogistic ? 0 : 1;
  const both = {
    weights: tensor(
      [...Array.from(weights.data, (value) => -value), ...weights.data],
      [2, weights.shape[1]!],
    ),
    bias: tensor([other - bias.data[0]!, bias.data[0]!], [2]),
  };
  const transform = isLogistic ? transformOf(node, 2) : transformOf(node, 1);
  return [undefined, scores(node, context, both, place, transform)];
};

interface Machine {
  readonly supports: number;
  readonly vectors: readonly number[];
  readonly coefficients: readonly number[];
  readonly features: number;
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + value * b[at]!, 0);

/** A support vector machine that is linear: its weights. */
function linearWeights({ supports, vectors, coefficients, features }: Machine): number[] {
  if (supports === 0) return [...coefficients];
  return Array.from({ length: features }, (_, feature) =>
    coefficients.reduce((sum, value, at) => sum + value * vectors[at * features + feature]!, 0),
  );
}

/** The kernel between the input and each support vector. */
function kernelOf(
  node: OnnxNode,
  context: ImportContext,
  { supports, vectors, features }: Machine,
): RuntimeValue {
  const x = node.runtime(0);
  const [gamma = 0, shift = 0, degree = 0] = node.floats('kernel_params') ?? [];
  const kind = node.string('kernel_type', 'LINEAR');
  const rows = Array.from({ length: supports }, (_, at) =>
    vectors.slice(at * features, (at + 1) * features),
  );
  const products = (factor: number, bias: (row: readonly number[]) => number): RuntimeValue =>
    build.multiplyLast(context, node.part('products'), x, {
      matrix: {
        tensor: tensor(
          vectors.map((value) => factor * value),
          [supports, features],
        ),
      },
      transposed: true,
      bias: { tensor: tensor(rows.map(bias), [supports]) },
    });
  if (kind === 'SIGMOID')
    return build.activate(
      context,
      node.part('kernel'),
      products(gamma, () => shift),
      smooth({ function: 'tanh' }),
    );
  if (kind === 'POLY') {
    const exponent = { exponent: scalarParameter(degree) };
    return context.layer(
      node.part('kernel'),
      'power',
      [products(gamma, () => shift)],
      {},
      exponent,
    );
  }
  if (kind !== 'RBF') return node.invalid(`its kernel_type "${kind}" is unknown.`);
  // exp(-gamma |x - s|^2), out of the squares of x and s and their product.
  const crossed = products(2 * gamma, (row) => -gamma * dot(row, row));
  const square = build.pair(context, node.part('square'), 'product', [x, x]);
  const norm = build.reduce(context, node.part('norm'), square, 'sum', [x.shape.length - 1]);
  const less = build.scale(context, node.part('distance'), norm, scalarParameter(-gamma));
  const exponent = build.sum(context, node.part('exponent'), [crossed, less]);
  return context.layer(node.part('kernel'), 'pointwise', [exponent], { function: 'exp' });
}

const supportVectors: MlOperation = (node, context) => {
  if (node.int('one_class', 0) === 1)
    node.unsupported('it says on which side of a border the input lies, which has no gradient.');
  transformOf(node, 1);
  const supports = node.int('n_supports', 0);
  const vectors = node.floats('support_vectors') ?? [];
  const coefficients = node.floats('coefficients') ?? [];
  const features = supports === 0 ? coefficients.length : vectors.length / supports;
  if (supports > 0 && (coefficients.length !== supports || !Number.isInteger(features)))
    node.invalid(`${vectors.length} numbers do not make ${supports} support vectors.`);
  const machine = { supports, vectors, coefficients, features };
  const bias = { tensor: tensor([node.floats('rho')?.[0] ?? 0], [1]) };
  const linear = node.string('kernel_type', 'LINEAR') === 'LINEAR';
  const weights = linear ? linearWeights(machine) : coefficients;
  const value = linear ? node.runtime(0) : kernelOf(node, context, machine);
  const matrix = { tensor: tensor(weights, [1, weights.length]) };
  return build.multiplyLast(context, node, value, { matrix, transposed: true, bias });
};

/** Linear models and support vector machines of `ai.onnx.ml`. */
export const mlLinear: Readonly<Record<string, MlOperation>> = {
  'ai.onnx.ml.LinearClassifier': classifier,
  'ai.onnx.ml.LinearRegressor': regressor,
  'ai.onnx.ml.SVMRegressor': supportVectors,
};
