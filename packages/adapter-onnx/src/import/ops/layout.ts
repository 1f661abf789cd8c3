import { formatShape, isBatch, sameDim, sizeOf, type Dim, type Shape } from '@patternlens/core';
import type { Handler } from '../handler.js';
import type { ImportContext } from '../import-context.js';
import type { ConstantValue, RuntimeValue } from '../imported.js';
import type { NodeView } from '../node-view.js';
import { constantSize } from './constant-size.js';
import { fixedSize } from './fixed-size.js';
import { entryAt, flattenAxis, permutationOf, repeatsOf } from './layout-arguments.js';
import { limitElements } from './limits.js';
import { reshapeTo } from './reshape-to.js';
import { sliceRanges } from './slice-ranges.js';

const axesOf = (shape: Shape): number[] => shape.map((_, axis) => axis);
const range = (size: number): number[] => Array.from({ length: size }, (_, at) => at);

export const Identity: Handler = (node, context) => {
  context.layer(node, 'identity', [node.runtime(0)], {});
};

export const Dropout: Handler = (node, context) => {
  context.layer(node, 'dropout', [node.runtime(0)], {});
};

/** Between kinds of floats a cast changes nothing that is explained. */
export const Cast: Handler = (node, context) => {
  if (node.op === 'Cast' && ![1, 10, 11, 16].includes(node.int('to', 1)))
    node.unsupported('it casts computed values to something that is not a float.');
  context.layer(node, 'identity', [node.runtime(0)], {});
};

export const Reshape: Handler = (node, context) => {
  const x = node.runtime(0);
  const wanted = node.dims('shape', 1) ?? node.invalid('its shape is missing.');
  context.layer(node, 'reshape', [x], {
    shape: reshapeTo(node, x.shape, wanted, context.batchWasFixed),
  });
};

export const Flatten: Handler = (node, context) => {
  const x = node.runtime(0);
  const rank = x.shape.length;
  const own = flattenAxis(node, rank);
  context.layer(node, 'reshape', [x], {
    shape: [sizeOf(x.shape.slice(0, own)), sizeOf(x.shape.slice(own))],
  });
};

export const Squeeze: Handler = (node, context) => {
  const x = node.runtime(0);
  const axes = node.fixed('axes', 1)?.map((axis) => node.axis(axis, x.shape.length));
  if (axes?.some((axis) => x.shape[axis] !== 1))
    node.invalid('it drops an axis that is not of size 1.');
  context.layer(node, 'reshape', [x], {
    shape: x.shape.filter((dim, axis) => (axes ? !axes.includes(axis) : dim !== 1)),
  });
};

export const Unsqueeze: Handler = (node, context) => {
  const x = node.runtime(0);
  const axes = node.fixed('axes', 1) ?? node.invalid('its axes are missing.');
  const shape = [...x.shape];
  for (const axis of axes
    .map((own) => node.axis(own, x.shape.length + axes.length))
    .sort((a, b) => a - b))
    shape.splice(axis, 0, 1);
  context.layer(node, 'reshape', [x], { shape });
};

export const Transpose: Handler = (node, context) => {
  const x = node.runtime(0);
  context.layer(node, 'transpose', [x], {
    permutation: permutationOf(node, x.shape.length),
  });
};

export const Expand: Handler = (node, context) => {
  const x = node.runtime(0);
  const wanted = node.dims('shape', 1) ?? node.invalid('its shape is missing.');
  const rank = Math.max(wanted.length, x.shape.length);
  const shape = range(rank).map((axis): Dim => {
    const own = x.shape[axis - rank + x.shape.length] ?? 1;
    const asked = wanted[axis - rank + wanted.length] ?? 1;
    if (own === 1 || asked === 1 || sameDim(own, asked)) return own === 1 ? asked : own;
    return node.invalid(
      `it expands ${formatShape(x.shape)} to ${formatShape(wanted)}; sizes must agree, or be 1.`,
    );
  });
  context.layer(node, 'expand', [x], { shape });
};

export const Slice: Handler = (node, context) => {
  let x = node.runtime(0);
  const ranges = sliceRanges(node, x.shape);
  if (ranges.some(({ places }, axis) => places.length === 0 && !isBatch(x.shape[axis])))
    node.unsupported('it takes nothing of an axis.');
  // Steps backwards are entries in another order.
  const backwards = axesOf(x.shape).filter((axis) => ranges[axis]!.step < 0);
  for (const axis of backwards)
    x = context.step(node, `reverse-${axis}`, 'gather', [x], {
      axis,
      indices: ranges[axis]!.places,
    });
  const forward = ranges.map((own) => (own.step < 0 ? { ...own, start: 0, step: 1 } : own));
  context.layer(node, 'slice', [x], {
    starts: forward.map(({ start }) => start),
    steps: forward.map(({ step }) => step),
    sizes: x.shape.map((dim, axis) => (isBatch(dim) ? dim : forward[axis]!.places.length)),
  });
};

export const Split: Handler = (node, context) => {
  const x = node.runtime(0);
  const axis = node.axis(node.int('axis', 0), x.shape.length);
  const total = fixedSize(node, x.shape, axis);
  const parts = node.outputs.length;
  const even = Math.ceil(total / parts);
  const sizes =
    node.fixed('split', 1) ?? range(parts).map((part) => Math.min(even, total - part * even));
  if (sizes.reduce((sum, size) => sum + size, 0) !== total || sizes.length !== parts)
    node.invalid(`parts of ${sizes.join(', ')} do not make an axis of ${total}.`);
  let start = 0;
  sizes.forEach((size, index) => {
    const starts = x.shape.map((_, own) => (own === axis ? start : 0));
    if (node.outputs[index] !== '')
      context.output(node, index, 'slice', [x], {
        starts,
        steps: starts.map(() => 1),
        sizes: x.shape.map((dim, own) => (own === axis ? size : dim)),
      });
    start += size;
  });
};

/** Joins values; a constant among them (a class token, say) is added where the computed ones leave room for it. */
export const Concat: Handler = (node, context) => {
  const parts = node.inputs.map((_, index) => node.input(index));
  const first = parts.find((part) => part.kind === 'runtime');
  if (!first) return node.unsupported('it joins shapes that depend on the batch.');
  const axis = node.axis(node.int('axis', 0), first.shape.length);
  if (axis === 0) return node.unsupported('it joins along the batch axis.');
  if (parts.some((part) => part.kind === 'sizes'))
    return node.unsupported('it joins values with sizes that depend on the batch.');
  if (parts.every((part) => part.kind === 'runtime')) {
    context.layer(node, 'concat', parts, { axis });
    return undefined;
  }
  concatWithConstants(node, context, parts as (RuntimeValue | ConstantValue)[], first, axis);
};

function concatWithConstants(
  node: NodeView,
  context: ImportContext,
  parts: (RuntimeValue | ConstantValue)[],
  like: RuntimeValue,
  axis: number,
): void {
  const sizeAt = (part: RuntimeValue | ConstantValue): number =>
    part.kind === 'runtime' ? fixedSize(node, part.shape, axis) : part.tensor.shape[axis]!;
  const total = parts.reduce((sum, part) => sum + sizeAt(part), 0);
  const shape = like.shape.slice(1).map((dim, own) => (own + 1 === axis ? total : (dim as number)));
  const filled = { data: new Float64Array(constantSize(shape, node)), shape };
  const padded: RuntimeValue[] = [];
  let start = 0;
  parts.forEach((part, index) => {
    const size = sizeAt(part);
    if (part.kind === 'runtime') {
      const begin = like.shape.map((_, own) => (own === axis ? start : 0));
      const end = like.shape.map((_, own) => (own === axis ? total - start - size : 0));
      padded.push(context.step(node, `pad-${index}`, 'pad', [part], { begin, end, value: 0 }));
    } else {
      place(node, filled, part, axis - 1, start);
    }
    start += size;
  });
  const joined =
    padded.length === 1
      ? padded[0]!
      : context.step(node, 'join', 'add', padded, { signs: padded.map(() => 1 as const) });
  context.layer(node, 'add-constant', [joined], {}, { value: filled });
}

/** Writes a constant, which is the same for every sample, into its part of a tensor without batch axis. */
function place(
  node: NodeView,
  into: { data: Float64Array; shape: readonly number[] },
  { tensor }: ConstantValue,
  axis: number,
  start: number,
): void {
  if (tensor.shape[0] !== 1)
    node.unsupported(`its constant of shape [${tensor.shape.join(', ')}] varies along the batch.`);
  const own = tensor.shape.slice(1);
  if (
    own.length !== into.shape.length ||
    own.some((size, at) => at !== axis && size !== into.shape[at])
  )
    node.invalid(
      `its constant of shape [${tensor.shape.join(', ')}] does not join values of which a sample becomes [${into.shape.join(', ')}].`,
    );
  const inner = own.slice(axis + 1).reduce((count, size) => count * size, 1);
  const row = own[axis]! * inner;
  for (let outer = 0; outer * row < tensor.data.length; outer++) {
    into.data.set(
      tensor.data.subarray(outer * row, (outer + 1) * row),
      outer * into.shape[axis]! * inner + start * inner,
    );
  }
}

export const Gather: Handler = (node, context) => {
  const x = node.runtime(0);
  const axis = node.axis(node.int('axis', 0), x.shape.length);
  const size = fixedSize(node, x.shape, axis);
  const { tensor } = node.constant(1, 'indices');
  const indices = Array.from(tensor.data, (index) => entryAt(node, index, size));
  const shape = [...x.shape.slice(0, axis), ...tensor.shape, ...x.shape.slice(axis + 1)];
  if (tensor.shape.length === 1) {
    context.layer(node, 'gather', [x], { axis, indices });
    return;
  }
  context.layer(
    node,
    'reshape',
    [context.step(node, 'entries', 'gather', [x], { axis, indices })],
    { shape },
  );
};

export const Tile: Handler = (node, context) => {
  const x = node.runtime(0);
  const repeats = repeatsOf(node, node.constant(1, 'repeats'), x.shape.length);
  const tiled = axesOf(x.shape).filter((axis) => repeats[axis] !== 1);
  const made = tiled.reduce<RuntimeValue>((value, axis) => {
    const size = fixedSize(node, x.shape, axis);
    return context.step(node, `repeat-${axis}`, 'gather', [value], {
      axis,
      indices: range(limitElements(node, size * repeats[axis]!)).map((at) => at % size),
    });
  }, x);
  context.layer(node, 'identity', [made], {});
};

function imageOf(node: NodeView, shape: Shape): [Dim, number, number, number] {
  if (shape.length !== 4)
    node.invalid(
      `its input has shape ${formatShape(shape)}; batch, channels, height and width are expected.`,
    );
  return shape as [Dim, number, number, number];
}

export const DepthToSpace: Handler = (node, context) => {
  const x = node.runtime(0);
  const [batch, channels, height, width] = imageOf(node, x.shape);
  const block = node.int('blocksize', 1);
  const depth = channels / block ** 2;
  if (!Number.isInteger(depth))
    node.invalid(`${channels} channels do not make blocks of ${block} x ${block}.`);
  const columnsFirst = node.string('mode', 'DCR') === 'CRD';
  const split = columnsFirst
    ? [batch, depth, block, block, height, width]
    : [batch, block, block, depth, height, width];
  const apart = context.step(node, 'split', 'reshape', [x], { shape: split });
  const moved = context.step(node, 'move', 'transpose', [apart], {
    permutation: columnsFirst ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2],
  });
  context.layer(node, 'reshape', [moved], { shape: [batch, depth, height * block, width * block] });
};

export const SpaceToDepth: Handler = (node, context) => {
  const x = node.runtime(0);
  const [batch, channels, height, width] = imageOf(node, x.shape);
  const block = node.int('blocksize', 1);
  const rows = height / block,
    columns = width / block;
  if (!Number.isInteger(rows) || !Number.isInteger(columns))
    node.invalid(`${height} x ${width} does not divide into blocks of ${block}.`);
  const apart = context.step(node, 'split', 'reshape', [x], {
    shape: [batch, channels, rows, block, columns, block],
  });
  const moved = context.step(node, 'move', 'transpose', [apart], {
    permutation: [0, 3, 5, 1, 2, 4],
  });
  context.layer(node, 'reshape', [moved], { shape: [batch, channels * block ** 2, rows, columns] });
};
