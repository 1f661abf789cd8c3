import { type Shape } from '@patternlens/core';
import { isBatch, mapTensor, multiplyDims, type Dim } from '@patternlens/core/tensor';
import type { NodeView } from '../place/node-view.js';
import {
  constantValue,
  dimsOf,
  knownShape,
  knownSizes,
  type KnownValue,
  type NumberType,
} from '../values/values.js';
import { LONGEST_LIST } from '../values/limits.js';
import { limitElements, limitShape } from './limit-elements.js';

/** Numbers as another type has them: whole numbers are cut, truths are 0 or 1. Floats stay the file's tensor. */
export function cast(value: KnownValue, type: NumberType): KnownValue {
  if (value.kind === 'sizes') return value;
  if (type === 'float')
    return value.type === 'float' ? value : constantValue({ tensor: value.tensor });
  const change = type === 'boolean' ? (x: number) => Number(x !== 0) : Math.trunc;
  return constantValue({ tensor: mapTensor(value.tensor, change) }, type);
}

/** A constant of one number; repeated along the batch it is the same for every sample, and stands for itself with size 1 there. */
export function fill(node: NodeView, wanted: Shape, number: number, type: NumberType): KnownValue {
  const shape = wanted.map((dim) => (isBatch(dim) ? 1 : dim));
  const count = limitShape(node, shape);
  const single = type === 'float' && Math.fround(number) === number;
  const data = single ? new Float32Array(count) : new Float64Array(count);
  if (number !== 0) data.fill(number);
  return constantValue({ tensor: { data, shape } }, type);
}

/** Numbers from a start up to a limit, given by the first three inputs. */
export function range(node: NodeView): KnownValue | undefined {
  const values = node.knowns();
  if (!values.every((value) => value.kind === 'constant')) return undefined;
  const [start, limit, delta] = values.map(({ tensor }) => tensor.data[0]!);
  const count = limitElements(
    node,
    Math.max(0, Math.ceil((limit! - start!) / delta!)),
    LONGEST_LIST,
  );
  const data = Float64Array.from({ length: count }, (_, at) => start! + at * delta!);
  return constantValue({ tensor: { data, shape: [count] } }, values[0]!.type);
}

export type KnownReduction = 'product' | 'sum' | 'maximum' | 'minimum';

const combining: Readonly<Record<KnownReduction, (a: number, b: number) => number>> = {
  product: (a, b) => a * b,
  sum: (a, b) => a + b,
  maximum: Math.max,
  minimum: Math.min,
};

/** All entries of a list as one number. */
export function reduce(
  node: NodeView,
  kind: KnownReduction,
  keep: boolean,
): KnownValue | undefined {
  const value = node.known(0);
  if (knownShape(value).length > 1) return undefined;
  const dims = dimsOf(value);
  if (dims.length === 0) node.unsupported('it reduces a list that is empty.');
  if (dims.some(isBatch))
    return kind === 'product' ? knownSizes([dims.reduce<Dim>(multiplyDims, 1)], !keep) : undefined;
  const total = (dims as readonly number[]).reduce((a, b) => combining[kind](a, b));
  const tensor = {
    data: Float64Array.of(total),
    shape: keep ? knownShape(value).map(() => 1) : [],
  };
  return constantValue({ tensor }, value.kind === 'constant' ? value.type : 'integer');
}
