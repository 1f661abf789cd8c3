import { permuteParameter, reshapeParameter, type Parameter } from '@patternlens/core/network';
import { formatShape, isBatch, product } from '@patternlens/core/tensor';
import type { ImportContext } from '../network/import-context.js';
import { SAMPLES_ALONE, type Place } from '../place/place.js';
import { range } from '../values/axis-order.js';
import { parameterOf, type ConstantValue, type RuntimeValue } from '../values/values.js';
import { convolve } from './convolution.js';
import { multiplyLast, multiplyValues } from './dense.js';
import { addAxes, dropAxes, expand, permute } from './layout.js';
import { lifted } from './rank.js';
import { reshape } from './reshape.js';

type Factor = RuntimeValue | ConstantValue;

const swapped = (rank: number): number[] => [...range(rank - 2), rank - 1, rank - 2];

/** A value with its last two axes exchanged. */
export const transposeLast = (
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
): RuntimeValue => permute(context, place, x, swapped(x.shape.length));

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
  if (groups.includes(batch))
    place.unsupported(`its constant of shape [${sizes.join(', ')}] varies along the batch.`);
  const [inputs, outputs] = sizes.slice(-2) as [number, number];
  const wanted = x.shape.map((dim, axis) =>
    groups.includes(axis) && dim === 1 ? sizes[axis]! : dim,
  );
  if (wanted.at(-1) !== inputs || groups.some((axis) => wanted[axis] !== sizes[axis]))
    place.invalid(
      `${formatShape(x.shape)} does not multiply matrices of shape [${sizes.join(', ')}].`,
    );
  const repeated = expand(context, place.part('repeat'), x, wanted);
  const samples = batch < 0 ? [] : [batch];
  const inGroups = [...samples, ...groups, rank - 1];
  const order = [...inGroups, ...range(rank - 1).filter((axis) => !inGroups.includes(axis))];
  const count = product(groups.map((axis) => sizes[axis]!));
  const lead = batch < 0 ? 1 : wanted[batch]!;
  const shape = order.map((axis) => wanted[axis]!);
  const positions = product(shape.slice(inGroups.length) as number[]);
  const turned = permute(context, place.part('groups-first'), repeated, order);
  const rows = reshape(context, place.part('rows'), turned, [lead, count * inputs, positions]);
  const neurons = permuteParameter(matrices, swapped(rank));
  const weights = reshapeParameter(neurons, [count * outputs, inputs, 1]);
  const spec = { strides: [1], dilations: [1], padding: 'valid', channelsLast: false } as const;
  const parts = { weights, bias: undefined, groups: count };
  const made = convolve(context, place.part('products'), rows, parts, spec);
  const apart = shape.map((dim, at) => (at === inGroups.length - 1 ? outputs : dim));
  const back = range(rank).map((axis) => order.indexOf(axis));
  return permute(context, place, reshape(context, place.part('apart'), made, apart), back);
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
  if (left.kind === 'runtime' && right.kind === 'runtime')
    return multiplyValues(context, place, left, right);
  if (left.kind === 'runtime' && right.kind === 'constant') {
    const { tensor } = right;
    if (tensor.shape.length > 1)
      return left.shape.length > 1
        ? multiplyByConstant(context, place, left, parameterOf(right))
        : multiplyList(context, place, left, parameterOf(right));
    const column = reshapeParameter(parameterOf(right), [tensor.data.length, 1]);
    const made = multiplyByConstant(context, place.part('column'), left, column);
    return dropAxes(context, place, made, [made.shape.length - 1]);
  }
  if (left.kind !== 'constant' || right.kind !== 'runtime')
    return place.unsupported('both its inputs are constants.');
  return multiplyFromLeft(context, place, parameterOf(left), right);
}

/** A list of numbers as a row: times a matrix, or times several, without the row's axis behind it. */
function multiplyList(
  context: ImportContext,
  place: Place,
  x: RuntimeValue,
  constant: Parameter,
): RuntimeValue {
  if (constant.tensor.shape.length === 2)
    return multiplyLast(context, place, x, { matrix: constant });
  const made = multiplyByConstant(context, place.part('row'), x, constant);
  return dropAxes(context, place, made, [made.shape.length - 2]);
}

/** A constant times a value: the value's transpose times that of the constant, turned back. */
function multiplyFromLeft(
  context: ImportContext,
  place: Place,
  constant: Parameter,
  x: RuntimeValue,
): RuntimeValue {
  const { shape, data } = constant.tensor;
  if (x.shape.length < 2) {
    const column = addAxes(context, place.part('column'), x, [1]);
    const product = multiplyFromLeft(context, place.part('product'), constant, column);
    return dropAxes(context, place, product, [product.shape.length - 1]);
  }
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
