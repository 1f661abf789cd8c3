import type { Tensor } from '@patternlens/core';
import { zipTensors } from '@patternlens/core/tensor';
import {
  build,
  constantValue,
  parameterOf,
  type ConstantValue,
  type Imported,
  type RuntimeValue,
} from '@patternlens/importing';
import { TensorProto_DataType as DataType } from 'onnx-buf';
import {
  fixedScale,
  isDynamic,
  NOTHING,
  ONE,
  overScale,
  sameZero,
  timesScale,
  type Encoded,
  type Scale,
  type Zero,
} from './encoded.js';
import {
  isEncoded,
  realName,
  type QuantisedNode,
  type QuantisedOperation,
} from './quantised-node.js';
import { withBias } from './with-bias.js';

interface Factor {
  readonly value: RuntimeValue | ConstantValue;
  readonly scale: Scale;
}

/** The zero points of weights as they broadcast against them. */
type Broadcast = (zero: Tensor, weights: Tensor) => Tensor;

const alongLast: Broadcast = (zero) => zero;
const alongFirst: Broadcast = ({ data }, { shape }) => ({
  data,
  shape: data.length === 1 ? [] : [data.length, ...shape.slice(1).map(() => 1)],
});

const zeroAt = (q: QuantisedNode, at: number): Zero => {
  const read = q.reads[at];
  return read?.kind === 'zero'
    ? read.zero
    : (q.optionalConstant(at, 'zero point')?.tensor ?? NOTHING);
};

/** What a product of whole numbers multiplies: numbers less their zero point, and by which scale these are the real ones. */
function factorAt(q: QuantisedNode, at: number, zeroIndex: number, along: Broadcast): Factor {
  const { node, context } = q;
  const read = q.reads[at];
  const zero = zeroAt(q, zeroIndex);
  if (isEncoded(read) && sameZero(zero, read.zero))
    return { value: read.real(), scale: read.scale };
  if (isDynamic(zero))
    return node.unsupported(
      "its zero point is not that which its input's numbers were found with.",
    );
  if (read?.kind === 'constant') {
    const { tensor } = read;
    const less = zipTensors(tensor, along(zero, tensor), (number, shift) => number - shift);
    return { value: constantValue({ ...parameterOf(read), tensor: less }), scale: ONE };
  }
  const numbers = q.runtime(at);
  if (zero.data.every((value) => value === 0)) return { value: numbers, scale: ONE };
  const less = { tensor: zipTensors(zero, NOTHING, (shift) => -shift) };
  return { value: build.addConstant(context, node.part('zero'), numbers, less), scale: ONE };
}

/** A factor of a layer's values as it broadcasts against its weights; undefined where it is not one for each neuron. */
type OnWeights = (factor: Tensor, weights: Tensor) => Tensor | undefined;

/** The sizes from the first that is not 1 on. */
function inner(shape: readonly number[]): readonly number[] {
  const first = shape.findIndex((size) => size !== 1);
  return first < 0 ? [] : shape.slice(first);
}

const onColumns: OnWeights = ({ data, shape }, weights) => {
  const sizes = inner(shape);
  const fits = sizes.length === 0 || (sizes.length === 1 && sizes[0] === weights.shape.at(-1));
  return fits ? { data, shape: sizes } : undefined;
};

const onFilters: OnWeights = ({ data, shape }, weights) => {
  const sizes = inner(shape);
  if (sizes.length === 0) return { data, shape: [] };
  const [filters, ...rest] = sizes;
  return sizes.length === weights.shape.length - 1 &&
    filters === weights.shape[0] &&
    rest.every((size) => size === 1)
    ? { data, shape: [filters!, 1, ...rest] }
    : undefined;
};

interface Product {
  /** The standard's operator of the same. */
  readonly operator: 'MatMul' | 'Conv';
  readonly along: Broadcast;
  readonly onWeights: OnWeights;
}

const matrixProduct: Product = { operator: 'MatMul', along: alongLast, onWeights: onColumns };
const convolution: Product = { operator: 'Conv', along: alongFirst, onWeights: onFilters };

/** A linear layer over whole numbers, which is not made before the scale of what it makes is known: that belongs to its weights. */
function productOf(
  q: QuantisedNode,
  { operator, onWeights }: Product,
  a: Factor,
  b: Factor,
): Encoded {
  q.tell();
  const name = q.node.outputs[0]!;
  const make = (output: string, second: Imported = b.value): RuntimeValue =>
    q.standard(operator, [a.value, second], [output]) as RuntimeValue;
  let made: RuntimeValue | undefined;
  return {
    kind: 'encoded',
    name,
    elements: DataType.INT32,
    scale: timesScale(a.scale, b.scale),
    zero: NOTHING,
    real: (output = realName(name)) => (made ??= make(output)),
    scaled: (output, factor) => {
      if (b.value.kind !== 'constant') return undefined;
      const weights = parameterOf(b.value);
      const beside = onWeights(factor, weights.tensor);
      if (!beside) return undefined;
      const tensor = zipTensors(weights.tensor, beside, (weight, by) => weight * by);
      return make(output, constantValue({ ...weights, tensor }));
    },
  };
}

const integerProduct =
  (product: Product): QuantisedOperation =>
  (q) =>
    productOf(q, product, factorAt(q, 0, 2, product.along), factorAt(q, 1, 3, product.along));

/** The real numbers of a product, where its scales are at hand, and a bias. */
function finished(q: QuantisedNode, product: Encoded, scale: Scale, biasAt: number): RuntimeValue {
  const { node, context } = q;
  const ratio = overScale(scale, product.scale);
  if (!ratio || ratio.dynamic.length > 0)
    return node.unsupported("its scale is not that which its input's numbers were found with.");
  return withBias(
    q,
    biasAt,
    (output) =>
      product.scaled?.(output, ratio.factor) ??
      build.scale(context, node.part('scaled'), product.real(), { tensor: ratio.factor }),
  );
}

const scaleAt = (q: QuantisedNode, at: number): Scale => {
  const read = q.reads[at];
  return read?.kind === 'scale' ? read.scale : fixedScale(q.constant(at, 'scale').tensor);
};

/** `MatMulInteger` and what makes floats of it in one, as ONNX Runtime fuses them. */
const toFloat: QuantisedOperation = (q) => {
  const a = factorAt(q, 0, 4, alongLast),
    b = factorAt(q, 1, 5, alongLast);
  const scale = timesScale(scaleAt(q, 2), scaleAt(q, 3));
  return finished(q, productOf(q, matrixProduct, a, b), scale, 6);
};

/** The same with its first factor quantised in it. */
const dynamicProduct: QuantisedOperation = (q) => {
  const a: Factor = { value: q.runtime(0), scale: ONE };
  return finished(
    q,
    productOf(q, matrixProduct, a, factorAt(q, 1, 3, alongLast)),
    scaleAt(q, 2),
    4,
  );
};

/** Products of whole numbers, by the names of their operators. */
export const integerProducts: Readonly<Record<string, QuantisedOperation>> = {
  ConvInteger: integerProduct(convolution),
  MatMulInteger: integerProduct(matrixProduct),
  'com.microsoft.DynamicQuantizeMatMul': dynamicProduct,
  'com.microsoft.MatMulIntegerToFloat': toFloat,
};
