import type { Tensor } from '@patternlens/core';
import {
  isKnown,
  known,
  steps,
  type KnownValue,
  type NumberType,
  type Operation,
} from '@patternlens/importing';
import { numberType, typeName } from '../../read/tensor-values.js';
import type { OnnxNode } from '../node-view.js';
import { coarseNumbers } from './coarse-numbers.js';

/** What numbers of an element type are.
 * @throws PatternLensError where it has none. */
const numbersOf = (node: OnnxNode, type: number): NumberType =>
  numberType(type) ?? node.unsupported(`it casts to ${typeName(type)}, which has no numbers.`);

/** The element type that a node casts to; undefined where the file does not say. */
const targetOf = (node: OnnxNode): number | undefined =>
  node.kind === 'CastLike' ? node.elementTypes[1] : node.int('to', 1);

function targetNumbers(node: OnnxNode): NumberType {
  const type = targetOf(node);
  if (type !== undefined) return numbersOf(node, type);
  const like = node.kind === 'CastLike' ? node.input(1) : undefined;
  return like?.kind === 'constant' ? like.type : 'float';
}

/** Refuses numbers that few bits would round, or have begin again at the other end. */
function checkCoarse(node: OnnxNode, tensor?: Tensor): void {
  const type = targetOf(node);
  const held = type === undefined ? undefined : coarseNumbers(type);
  if (!held || tensor?.data.every((value) => held.has(value))) return;
  node.unsupported(
    `it casts ${tensor ? 'stored numbers' : 'computed values'} to ${typeName(type!)}, which holds ${held.size} numbers: what it makes of others is not read.`,
    'Quantise with QuantizeLinear, or export the model in a wider type.',
  );
}

/** Numbers of the file as another type has them. */
export function castKnown(node: OnnxNode, value: KnownValue): KnownValue {
  if (value.kind === 'constant') checkCoarse(node, value.tensor);
  return known.cast(value, targetNumbers(node));
}

const cast: Operation<OnnxNode> = (node, context) => {
  const value = node.input(0);
  if (isKnown(value)) return castKnown(node, value);
  checkCoarse(node);
  return steps.castTo(context, node, node.numberTypeAt(0), targetNumbers(node));
};

export const casts: Readonly<Record<string, Operation<OnnxNode>>> = {
  Cast: cast,
  CastLike: cast,
};
