import { permuteParameter, reshapeParameter, type Parameter } from '@patternlens/core/network';
import { formatShape, isBatch, product } from '@patternlens/core/tensor';
import type { ImportContext } from '../network/import-context.js';
import { SAMPLES_ALONE, type Place } from '../place/place.js';
import { inOrder, modelOrder, range, type AxisOrder } from '../values/axis-order.js';
import { parameterOf, type ConstantValue, type RuntimeValue } from '../values/values.js';
import { multiplyLast } from './dense.js';
import { dropAxes, permute } from './layout.js';
import { lifted } from './rank.js';

type Factor = RuntimeValue | ConstantValue;

const rankOf = (factor: Factor): number =>
  factor.kind === 'runtime' ? factor.shape.length : factor.tensor.shape.length;

const swapped = (rank: number): number[] => [...range(rank - 2), rank - 1, rank - 2];

/** A value with its last two axes exchanged. */
export const transposeLast = (
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
): RuntimeValue => permute(context, place, x, swapped(x.shape.length));

/** The product of two computed values over the last axis of one and the last but one of the other; leading axes broadcast. */
function multiplyValues(
  context: ImportContext,
  place: Place,
  left: RuntimeValue,
  right: RuntimeValue,
): RuntimeValue {
  const rank = Math.max(left.shape.length, right.shape.length);
  const [a, b] = [left, right].map((value) => lifted(context, place, value, rank)) as [
    RuntimeValue,
    RuntimeValue,
  ];
  const batch = a.shape.findIndex(isBatch);
  if (batch >= rank - 2 || b.shape.findIndex(isBatch) !== batch)
    place.unsupported(
      `it multiplies ${formatShape(left.shape)} by ${formatShape(right.shape)}, which mixes the samples of a batch.`,
      SAMPLES_ALONE,
    );
  const order = [batch, ...range(rank).filter((axis) => axis !== batch)];
  const inputs = [context.ordered(a, order), context.ordered(b, order)];
  return context.layer(place, 'matrix-product', inputs, {}, {}, order);
}

/** The model's axes as a convolution over groups of channels sees them: groups that have matrices of their own, then what is multiplied, then positions. */
function groupedOrder(rank: number, batch: number, groups: readonly number[]): AxisOrder {
  const last = rank - 1;
  const others = range(rank).filter(
    (axis) => axis !== batch && axis !== last && !groups.includes(axis),
  );
  return [batch, ...groups, last, ...others];
}

/** A value by a matrix for each entry of some leading axes: a convolution with a kernel of one position, and a group for each of them. */
function multiplyByMatrices(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  matrices: Parameter,
): RuntimeValue {
  const sizes = matrices.tensor.shape;
  const rank = x.shape.length;
  const groups = range(rank - 2).filter((axis) => sizes[axis] !== 1);
  const batch = x.shape.findIndex(isBatch);
  if (groups.some((axis) => axis === batch))
    place.unsupported(`its constant of shape [${sizes.join(', ')}] varies along the batch.`);
  const [inputs, outputs] = sizes.slice(-2) as [number, number];
  const wanted = x.shape.map((dim, axis) =>
    groups.includes(axis) && dim === 1 ? sizes[axis]! : dim,
  );
  if (wanted.at(-1) !== inputs || groups.some((axis) => wanted[axis] !== sizes[axis]))
    place.invalid(
      `${formatShape(x.shape)} does not multiply matrices of shape [${sizes.join(', ')}].`,
    );
  const order = groupedOrder(rank, batch, groups);
  const ordered = context.ordered(x, order);
  const shape = inOrder(wanted, order);
  const repeated = wanted.some((dim, axis) => dim !== x.shape[axis])
    ? context.layer(place.part('repeat'), 'expand', [ordered], { shape }, {}, order)
    : ordered;
  const count = product(groups.map((axis) => sizes[axis]!));
  const positions = product(shape.slice(groups.length + 2) as number[]);
  const rows = context.layer(
    place.part('channels'),
    'reshape',
    [repeated],
    { shape: [shape[0]!, count * inputs, positions] },
    {},
    modelOrder(3),
  );
  const neurons = permuteParameter(matrices, swapped(rank));
  const weights = reshapeParameter(neurons, [count * outputs, inputs, 1]);
  const window = { strides: [1], dilations: [1], padsBegin: [0], padsEnd: [0] };
  const attributes = { ...window, groups: count };
  const at = place.part('products');
  const made = context.layer(at, 'convolution', [rows], attributes, { weights });
  const back = shape.map((dim, at) => (at === groups.length + 1 ? outputs : dim));
  return context.layer(place, 'reshape', [made], { shape: back }, {}, order);
}

/** A value by a constant matrix, or by one for each entry of leading axes. */
function multiplyByConstant(
  context: ImportContext,
  place: Place,
  value: RuntimeValue,
  constant: Parameter,
): RuntimeValue {
  const { shape } = constant.tensor;
  const x = lifted(context, place, value, shape.length);
  if (isBatch(x.shape.at(-1)))
    return place.unsupported('it sums over the batch axis.', SAMPLES_ALONE);
  if (shape.slice(0, -2).every((size) => size === 1)) {
    const matrix = shape.length === 2 ? constant : reshapeParameter(constant, shape.slice(-2));
    return multiplyLast(context, place, x, { matrix });
  }
  const missing = new Array<number>(x.shape.length - shape.length).fill(1);
  const matrices = reshapeParameter(constant, [...missing, ...shape]);
  return multiplyByMatrices(context, place, x, matrices);
}

/** The product of matrices, or of lists of numbers, as NumPy's `matmul` has it; one of the two may be a constant. */
export function multiplyMatrices(
  context: ImportContext,
  place: Place,
  left: Factor,
  right: Factor,
): RuntimeValue {
  if (left.kind === 'runtime' && right.kind === 'runtime') {
    if (rankOf(left) < 2 || rankOf(right) < 2)
      return place.unsupported('it multiplies along the batch axis.', SAMPLES_ALONE);
    return multiplyValues(context, place, left, right);
  }
  if (left.kind === 'runtime' && right.kind === 'constant') {
    const { tensor } = right;
    if (left.shape.length < 2)
      return place.unsupported('it multiplies along the batch axis.', SAMPLES_ALONE);
    if (tensor.shape.length > 1)
      return multiplyByConstant(context, place, left, parameterOf(right));
    const column = reshapeParameter(parameterOf(right), [tensor.data.length, 1]);
    const made = multiplyByConstant(context, place.part('column'), left, column);
    return dropAxes(context, place, made, [made.shape.length - 1]);
  }
  if (left.kind !== 'constant' || right.kind !== 'runtime')
    return place.unsupported('both its inputs are constants.');
  if (right.shape.length < 2)
    return place.unsupported('it multiplies along the batch axis.', SAMPLES_ALONE);
  return multiplyFromLeft(context, place, parameterOf(left), right);
}

/** A constant times a value: the value's transpose times that of the constant, turned back. */
function multiplyFromLeft(
  context: ImportContext,
  place: Place,
  constant: Parameter,
  x: RuntimeValue,
): RuntimeValue {
  const { shape, data } = constant.tensor;
  const turned = transposeLast(context, place.part('turn'), x);
  if (shape.length > 1) {
    const matrices = permuteParameter(constant, swapped(shape.length));
    const made = multiplyByConstant(context, place.part('turned'), turned, matrices);
    return transposeLast(context, place, made);
  }
  const column = reshapeParameter(constant, [data.length, 1]);
  const made = multiplyByConstant(context, place.part('row'), turned, column);
  return dropAxes(context, place, made, [made.shape.length - 1]);
}
