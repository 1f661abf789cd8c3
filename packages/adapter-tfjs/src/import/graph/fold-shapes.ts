import {
  isBatch,
  multiplyDims,
  permuteParameter,
  reshapeParameter,
  type Dim,
} from '@patternlens/core';
import { LARGEST_CONSTANT } from '../limits.js';
import type { Imported, KnownValue } from '../values.js';
import { constantOf, dimsOf, isScalar, knownSizes, parameterOf } from './known-values.js';
import type { NodeView } from './node-view.js';
import type { Folder } from './operation.js';
import { stridedSlice } from './slice-ranges.js';

const shapeOf = (value: KnownValue): readonly number[] =>
  value.kind === 'constant' ? value.tensor.shape : value.scalar ? [] : [value.dims.length];

const knownInputs = (node: NodeView): KnownValue[] =>
  node.inputs.map((_, index) => node.known(index, 'input'));

/** A list or a number as sizes. */
function listOf(node: NodeView, index: number): readonly Dim[] {
  const value = node.known(index, 'input');
  if (shapeOf(value).length > 1)
    node.unsupported('it computes a constant of more than one axis that is not stored.');
  return dimsOf(value);
}

const reshaped = (node: NodeView, shape: readonly number[]): Imported => {
  const value = node.known(0, 'input');
  if (value.kind === 'sizes') {
    if (shape.length > 1) return node.unsupported('it lays sizes out in more than one axis.');
    return knownSizes(value.dims, shape.length === 0);
  }
  const total = shape.reduce((all, size) => all * size, 1);
  if (total !== value.tensor.data.length)
    node.invalid(`it lays ${value.tensor.data.length} values out as [${shape.join(', ')}].`);
  return constantOf(reshapeParameter(parameterOf(value), shape), value.integer);
};

const reshape: Folder = (node) => {
  const wanted = node.fixed(1, 'shape');
  const total = shapeOf(node.known(0, 'input')).reduce((all, size) => all * size, 1);
  const known = wanted.reduce((all, size) => (size === -1 ? all : all * size), 1);
  return reshaped(
    node,
    wanted.map((size) => (size === -1 ? total / known : size)),
  );
};

const expandDims: Folder = (node) => {
  const shape = [...shapeOf(node.known(0, 'input'))];
  shape.splice(node.axis(node.fixedNumber(1, 'axis'), shape.length + 1), 0, 1);
  return reshaped(node, shape);
};

const squeeze: Folder = (node) => {
  const shape = shapeOf(node.known(0, 'input'));
  const given = node.ints('squeeze_dims') ?? node.ints('axis') ?? [];
  const axes = given.map((axis) => node.axis(axis, shape.length));
  return reshaped(
    node,
    shape.filter((size, axis) => (axes.length > 0 ? !axes.includes(axis) : size !== 1)),
  );
};

const transpose: Folder = (node) => {
  const value = node.constant(0, 'input');
  return constantOf(
    permuteParameter(parameterOf(value), node.fixed(1, 'permutation')),
    value.integer,
  );
};

/** Numbers, whole or not, as a list. */
function listed(node: NodeView, values: readonly KnownValue[], dims: readonly Dim[]): KnownValue {
  const floats = values.some((value) => value.kind === 'constant' && !value.integer);
  const made = knownSizes(dims, false);
  return made.kind === 'constant' && floats ? { ...made, integer: false } : made;
}

const pack: Folder = (node) => {
  const values = knownInputs(node);
  if (!values.every(isScalar)) return undefined;
  return listed(node, values, values.flatMap(dimsOf));
};

const concat: Folder = (node) => {
  const values = knownInputs(node).slice(0, -1);
  if (values.some((value) => shapeOf(value).length !== 1))
    return node.unsupported('it joins constants of more than one axis.');
  return listed(node, values, values.flatMap(dimsOf));
};

const strided: Folder = (node) => {
  const list = listOf(node, 0);
  const { ranges, shape } = stridedSlice(node, [list.length]);
  const { start, step, size, dropped } = ranges[0]!;
  const taken = Array.from({ length: size as number }, (_, at) => list[start + at * step]!);
  if (shape.length > 1) return node.unsupported('it adds axes to sizes.');
  return knownSizes(taken, dropped);
};

const slice: Folder = (node) => {
  const list = listOf(node, 0);
  const start = node.fixedNumber(1, 'begin'),
    size = node.fixedNumber(2, 'size');
  return knownSizes(list.slice(start, size === -1 ? undefined : start + size), false);
};

const gather: Folder = (node) => {
  const list = listOf(node, 0);
  const indices = node.known(1, 'indices');
  const taken = dimsOf(indices).map((index) =>
    isBatch(index)
      ? node.unsupported('its indices depend on the batch.')
      : (list[index < 0 ? index + list.length : index] ??
        node.invalid(`it reads entry ${index} of ${list.length}.`)),
  );
  return knownSizes(taken, isScalar(indices));
};

const product: Folder = (node) => {
  const total = listOf(node, 0).reduce<Dim>(multiplyDims, 1);
  return knownSizes([total], !node.flag('keep_dims'));
};

const range: Folder = (node) => {
  const [start, limit, delta] = [0, 1, 2].map((at) => node.fixedNumber(at, 'limits')) as [
    number,
    number,
    number,
  ];
  const count = Math.max(0, Math.ceil((limit - start) / delta));
  if (!(count <= LARGEST_CONSTANT)) node.invalid(`it counts ${count} numbers.`);
  return knownSizes(
    Array.from({ length: count }, (_, at) => start + at * delta),
    false,
  );
};

const fill: Folder = (node) => {
  const shape = node.fixed(0, 'shape');
  const total = shape.reduce((all, size) => all * size, 1);
  if (!(total >= 0 && total <= LARGEST_CONSTANT))
    node.invalid(`it makes a constant of [${shape.join(', ')}].`);
  const value = node.constant(1, 'value');
  const data = new Float64Array(total).fill(value.tensor.data[0] ?? 0);
  return constantOf({ tensor: { data, shape } }, value.integer);
};

const shape: Folder = (node) => knownSizes(shapeOf(node.known(0, 'input')), false);

export const shapeFolders: Readonly<Record<string, Folder>> = {
  ConcatV2: concat,
  ExpandDims: expandDims,
  Fill: fill,
  GatherV2: gather,
  Identity: (node) => node.input(0),
  Pack: pack,
  Prod: product,
  Range: range,
  Reshape: reshape,
  Shape: shape,
  Slice: slice,
  Squeeze: squeeze,
  StridedSlice: strided,
  Transpose: transpose,
};
