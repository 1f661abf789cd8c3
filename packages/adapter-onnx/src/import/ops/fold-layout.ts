import {
  broadcastSteps,
  commonShape,
  formatShape,
  forEachBroadcast,
  isBatch,
  permuteParameter,
  reshapeParameter,
  type Tensor,
} from '@patternlens/core';
import type { Folder } from '../handler.js';
import { constant, dimsOf, isKnown, sizes, type ConstantValue } from '../imported.js';
import type { NodeView } from '../node-view.js';
import { limitElements } from './limits.js';
import { constantSize } from './constant-size.js';
import { entryAt, flattenAxis, permutationOf, repeatsOf } from './layout-arguments.js';
import { listed } from './listed.js';
import { reshapeTo } from './reshape-to.js';
import { sliceRanges } from './slice-ranges.js';

const known = (node: NodeView): boolean =>
  node.inputs.every((input) => input === undefined || isKnown(input));
const first = (node: NodeView): ConstantValue | undefined =>
  node.inputs[0]?.kind === 'constant' && known(node) ? node.inputs[0] : undefined;
const withOrigin = (
  { type }: ConstantValue,
  { tensor, origin }: { tensor: Tensor; origin?: ConstantValue['origin'] },
): ConstantValue => constant(tensor, type, origin);

const reshaped = (value: ConstantValue, shape: readonly number[]): ConstantValue =>
  withOrigin(value, reshapeParameter(value as never, shape));

/** The elements of a tensor at the given places, axis by axis. */
export function pick(
  node: NodeView,
  { data, shape }: Tensor,
  places: readonly (readonly number[])[],
): Tensor {
  const sizes = places.map((own) => own.length);
  const result = new Float64Array(constantSize(sizes, node));
  const strides = shape.map((_, axis) =>
    shape.slice(axis + 1).reduce((total, dim) => total * dim, 1),
  );
  const offsets = places.map((own, axis) => own.map((place) => place * strides[axis]!));
  const index = new Array<number>(sizes.length).fill(0);
  let from = offsets.reduce<number>((sum, own) => sum + (own[0] ?? 0), 0);
  for (let at = 0; at < result.length; at++) {
    result[at] = data[from]!;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const own = offsets[axis]!;
      const next = (index[axis]! + 1) % sizes[axis]!;
      from += own[next]! - own[index[axis]!]!;
      index[axis] = next;
      if (next > 0) break;
    }
  }
  return { data: data instanceof Float32Array ? Float32Array.from(result) : result, shape: sizes };
}

const range = (size: number): number[] => Array.from({ length: size }, (_, at) => at);

const gather: Folder = (node) => {
  const [data, indices] = node.inputs;
  if (indices?.kind !== 'constant' || !data || !isKnown(data)) return undefined;
  if (data.kind === 'sizes') {
    const picked = Array.from(
      indices.tensor.data,
      (index) =>
        data.dims[index < 0 ? index + data.dims.length : index] ??
        node.invalid(`index ${index} is out of range.`),
    );
    return sizes(picked, indices.tensor.shape.length === 0);
  }
  const { shape } = data.tensor;
  const axis = node.axis(node.int('axis', 0), shape.length);
  const own = Array.from(indices.tensor.data, (index) => entryAt(node, index, shape[axis]!));
  const picked = pick(
    node,
    data.tensor,
    shape.map((size, a) => (a === axis ? own : range(size))),
  );
  return constant(
    {
      data: picked.data,
      shape: [...shape.slice(0, axis), ...indices.tensor.shape, ...shape.slice(axis + 1)],
    },
    data.type,
  );
};

const joins = (shape: readonly number[], like: readonly number[], axis: number): boolean =>
  shape.length === like.length && shape.every((size, a) => a === axis || size === like[a]);

const concat: Folder = (node) => {
  if (!known(node)) return undefined;
  if (node.inputs.some((input) => input?.kind === 'sizes')) {
    return sizes(
      node.inputs.flatMap(
        (input) => listed(input) ?? node.unsupported('it joins shapes with something else.'),
      ),
      false,
    );
  }
  const parts = node.inputs as ConstantValue[];
  const axis = node.axis(node.int('axis', 0), parts[0]!.tensor.shape.length);
  const like = parts[0]!.tensor.shape;
  if (parts.some(({ tensor }) => !joins(tensor.shape, like, axis)))
    node.invalid(
      `shapes ${parts.map(({ tensor }) => formatShape(tensor.shape)).join(' and ')} do not join at axis ${axis}.`,
    );
  const shape = like.map((size, a) =>
    a === axis ? parts.reduce((sum, part) => sum + part.tensor.shape[axis]!, 0) : size,
  );
  const result = new Float64Array(constantSize(shape, node));
  const inner = shape.slice(axis + 1).reduce((total, size) => total * size, 1);
  let start = 0;
  for (const { tensor } of parts) {
    const row = tensor.shape[axis]! * inner;
    for (let outer = 0; outer * row < tensor.data.length; outer++)
      result.set(
        tensor.data.subarray(outer * row, (outer + 1) * row),
        outer * shape[axis]! * inner + start,
      );
    start += row;
  }
  return constant({ data: result, shape }, parts[0]!.type);
};

const unsqueeze: Folder = (node) => {
  const [value] = node.inputs;
  if (value?.kind === 'sizes') return sizes(value.dims, false);
  const x = first(node);
  const axes = node.fixed('axes', 1);
  if (!x || !axes) return undefined;
  const shape = [...x.tensor.shape];
  for (const axis of axes
    .map((own) => node.axis(own, shape.length + axes.length))
    .sort((a, b) => a - b))
    shape.splice(axis, 0, 1);
  return reshaped(x, shape);
};

const squeeze: Folder = (node) => {
  const [value] = node.inputs;
  if (value?.kind === 'sizes') return sizes(value.dims, value.dims.length === 1);
  const x = first(node);
  if (!x) return undefined;
  const axes = node.fixed('axes', 1)?.map((axis) => node.axis(axis, x.tensor.shape.length));
  return reshaped(
    x,
    x.tensor.shape.filter((size, axis) => (axes ? !axes.includes(axis) : size !== 1)),
  );
};

const slice: Folder = (node) => {
  const [value] = node.inputs;
  if (!value || !known(node) || !isKnown(value)) return undefined;
  if (value.kind === 'sizes') {
    const [range] = sliceRanges(node, [value.dims.length]);
    return sizes(
      range!.places.map((at) => value.dims[at]!),
      false,
    );
  }
  return constant(
    pick(
      node,
      value.tensor,
      sliceRanges(node, value.tensor.shape).map(({ places }) => places),
    ),
    value.type,
  );
};

const expand: Folder = (node) => {
  const x = first(node);
  const wanted = node.inputs[1];
  if (!x || !wanted || !isKnown(wanted)) return undefined;
  const shape = commonShape(
    x.tensor.shape,
    dimsOf(wanted).map((dim) => (isBatch(dim) ? 1 : dim)),
  );
  const data = new Float64Array(constantSize(shape, node));
  forEachBroadcast(shape, [broadcastSteps(x.tensor.shape, shape)], (at, [from]) => {
    data[at] = x.tensor.data[from!]!;
  });
  return constant({ data, shape }, x.type);
};

const tile: Folder = (node) => {
  const x = first(node);
  const repeats = node.inputs[1];
  if (!x || repeats?.kind !== 'constant') return undefined;
  const times = repeatsOf(node, repeats, x.tensor.shape.length);
  limitElements(
    node,
    times.reduce((total, own) => total * own, x.tensor.data.length),
  );
  return constant(
    pick(
      node,
      x.tensor,
      x.tensor.shape.map((size, axis) => range(size * times[axis]!).map((at) => at % size)),
    ),
    x.type,
  );
};

/** Layout whose operands are all known when the file is read; most of it is about shapes. */
export const layoutFolders: Readonly<Record<string, Folder>> = {
  Gather: gather,
  Concat: concat,
  Unsqueeze: unsqueeze,
  Squeeze: squeeze,
  Slice: slice,
  Expand: expand,
  Tile: tile,
  Identity: ({ inputs: [x] }) => (x && isKnown(x) ? x : undefined),
  Cast: (node) => {
    const [x] = node.inputs;
    if (x?.kind !== 'constant') return x?.kind === 'sizes' ? x : undefined;
    const float = [1, 10, 11, 16].includes(node.int('to', 1));
    if (float) return constant(x.tensor, 'float', x.type === 'float' ? x.origin : undefined);
    return constant(
      {
        data: Float64Array.from(
          x.tensor.data,
          node.int('to', 1) === 9 ? (value) => Number(value !== 0) : Math.trunc,
        ),
        shape: x.tensor.shape,
      },
      node.int('to', 1) === 9 ? 'boolean' : 'integer',
    );
  },
  CastLike: ({ inputs: [x] }) => (x && isKnown(x) ? x : undefined),
  Transpose: (node) => {
    const x = first(node);
    return (
      x && withOrigin(x, permuteParameter(x as never, permutationOf(node, x.tensor.shape.length)))
    );
  },
  Reshape: (node) => {
    const [value] = node.inputs;
    if (value?.kind === 'sizes')
      return node.inputs[1]?.kind === 'constant'
        ? sizes(value.dims, node.inputs[1].tensor.data.length === 0)
        : undefined;
    const x = first(node);
    if (!x) return undefined;
    const shape = reshapeTo(node, x.tensor.shape, node.dims('shape', 1)!, false);
    return shape.some(isBatch) ? undefined : reshaped(x, shape as number[]);
  },
  Flatten: (node) => {
    const x = first(node);
    if (!x) return undefined;
    const { shape } = x.tensor;
    const axis = flattenAxis(node, shape.length);
    const [rows, columns] = [shape.slice(0, axis), shape.slice(axis)].map((sizes) =>
      sizes.reduce((total, size) => total * size, 1),
    );
    return reshaped(x, [rows!, columns!]);
  },
};
