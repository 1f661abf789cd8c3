import type { Shape, Tensor } from '@patternlens/core';
import { zipTensors } from '@patternlens/core/tensor';
import { build, type ConstantValue, type Place, type RuntimeValue } from '@patternlens/importing';
import { TensorProto_DataType as DataType } from 'onnx-buf';
import type { OnnxNode } from '../node-view.js';
import { elementRange } from './element-range.js';
import { besideValue, encoded, type Encoding } from './encode.js';
import {
  fixedScale,
  isDynamic,
  isNothing,
  NOTHING,
  ONE,
  overScale,
  sameZero,
  type Encoded,
  type Scale,
  type Zero,
} from './encoded.js';
import { isEncoded, named, type QuantisedNode, type QuantisedOperation } from './quantised-node.js';
import { alongOf, type Along } from './shares.js';
import { dequantised, quantised } from './stored-numbers.js';

/** The type that a quantisation writes: as it says, as its zero point is, or bytes. */
function elementsOf(q: QuantisedNode, zeroAt: number): number {
  const said = q.node.int('output_dtype', 0);
  if (said !== 0) return said;
  if (q.reads[zeroAt] === undefined) return DataType.UINT8;
  return (
    q.elementsAt(zeroAt) ??
    q.node.unsupported('the type of its zero point is not known.', 'Store it as a tensor.')
  );
}

/** The scale and zero point of what a node quantises to. */
export const encodingAt = (q: QuantisedNode, scale: number, zero: number): Encoding => ({
  scale: q.constant(scale, 'scale'),
  zero: q.optionalConstant(zero, 'zero point'),
  elements: elementsOf(q, zero),
});

export const quantise: QuantisedOperation = (q) => {
  const { node } = q;
  const encoding = encodingAt(q, 1, 2);
  const x = q.plain(0);
  if (x.kind === 'sizes') return node.unsupported('it quantises sizes that depend on the batch.');
  if (x.kind === 'runtime') return encoded(q, x, encoding);
  q.tell();
  const { scale, zero, elements } = encoding;
  const range =
    elementRange(elements) ??
    node.unsupported('it quantises to elements of a type that is not supported.');
  return quantised(node, x, scale, zero, { ...range, elements }, alongOf(node));
};

/** The range of a whole batch, which only its roundings know: the value passes as it is. */
export const quantiseDynamically: QuantisedOperation = (q) => {
  q.tell();
  const x = q.runtime(0);
  const name = q.node.layer;
  const scale: Scale = { dynamic: [name], factor: ONE.factor };
  const zero = { dynamic: name };
  const numbers: Encoded = {
    kind: 'encoded',
    name: q.node.outputs[0]!,
    elements: DataType.UINT8,
    scale,
    zero,
    real: () => x,
  };
  return [numbers, { kind: 'scale', scale }, { kind: 'zero', zero }];
};

/** The scale and zero point by which a node reads the numbers of an input. */
interface Meaning {
  readonly scale: Scale;
  readonly zero: Zero;
}

/** @param shape Of the value, asked for where there is more than one scale. */
function meaningAt(
  q: QuantisedNode,
  scaleAt: number,
  zeroAt: number,
  shape: () => Shape,
  along: Along,
): Meaning {
  const beside = (value: ConstantValue): Tensor =>
    value.tensor.data.length === 1 ? value.tensor : besideValue(q.node, value, shape(), along);
  const scale = q.reads[scaleAt],
    zero = q.reads[zeroAt];
  const zeros = zero?.kind === 'zero' ? undefined : q.optionalConstant(zeroAt, 'zero point');
  return {
    scale: scale?.kind === 'scale' ? scale.scale : fixedScale(beside(q.constant(scaleAt, 'scale'))),
    zero: zero?.kind === 'zero' ? zero.zero : zeros ? beside(zeros) : NOTHING,
  };
}

const otherScale = (node: OnnxNode): never =>
  node.unsupported("its scale is not that which its input's numbers were found with.");

/** `(number - zero) * scale` of numbers that the network has. */
function affine(
  { node, context }: QuantisedNode,
  x: RuntimeValue,
  { scale, zero }: Meaning,
  place: Place,
): RuntimeValue {
  if (scale.dynamic.length > 0 || isDynamic(zero)) return otherScale(node);
  const bias = zipTensors(zero, scale.factor, (number, factor) => -number * factor);
  const shift = isNothing(zero) ? undefined : { tensor: bias };
  return build.scale(context, place, x, { tensor: scale.factor }, shift);
}

/** The real numbers that an input of a node stands for by its scale and zero point.
 * @param place Of a layer that may be needed for that.
 * @param output What the network is to call them, where nothing else says so. */
export function realAt(
  q: QuantisedNode,
  [at, scaleAt, zeroAt]: readonly [number, number, number],
  along: Along,
  place: Place,
  output?: string,
): RuntimeValue | ConstantValue {
  q.tell();
  const { node, context } = q;
  const read = q.reads[at];
  if (read?.kind === 'constant')
    return dequantised(
      node,
      read,
      q.constant(scaleAt, 'scale'),
      q.optionalConstant(zeroAt, 'zero point'),
      along,
    );
  if (!isEncoded(read)) {
    const x = q.runtime(at);
    return affine(
      q,
      x,
      meaningAt(q, scaleAt, zeroAt, () => x.shape, along),
      place,
    );
  }
  const meaning = meaningAt(q, scaleAt, zeroAt, () => read.real().shape, along);
  if (!sameZero(meaning.zero, read.zero)) return affine(q, q.runtime(at), meaning, place);
  const ratio = overScale(meaning.scale, read.scale);
  if (!ratio || ratio.dynamic.length > 0) return otherScale(node);
  const { factor } = ratio;
  if (factor.data.every((value) => value === 1)) return read.real(output);
  return (
    (output === undefined ? undefined : read.scaled?.(output, factor)) ??
    build.scale(context, place, read.real(), { tensor: factor })
  );
}

export const dequantise: QuantisedOperation = (q) => {
  const { node, context } = q;
  const value = realAt(q, [0, 1, 2], alongOf(node), node, node.outputs[0]);
  return value.kind === 'runtime' ? named(context, node, value) : value;
};
