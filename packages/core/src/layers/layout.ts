import type { ProgramBuilder, Value } from '../program/program-builder.js';
import { isBatch, sameDim, type Shape } from '../tensor/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { tensor } from '../tensor/tensor.js';
import type { LayerDefinition } from './layer-definition.js';
import { inversePermutation } from '../tensor/permute-tensor.js';
import { unbroadcast } from './unbroadcast.js';

export const reshape: LayerDefinition<'reshape'> = {
  forward: ({ attributes }, { ops, inputs }) => ops.reshape(inputs[0]!, attributes.shape),
  gradient: (_layer, { ops, inputs }, _output, r) => [ops.reshape(r, inputs[0]!.shape)],
};

export const transpose: LayerDefinition<'transpose'> = {
  forward: ({ attributes }, { ops, inputs }) => ops.transpose(inputs[0]!, attributes.permutation),
  gradient: ({ attributes }, { ops }, _output, r) => [
    ops.transpose(r, inversePermutation(attributes.permutation)),
  ],
};

/** Puts `step - 1` zeros between the entries of an axis: the transpose of taking every `step`-th. */
function spread(ops: ProgramBuilder, r: Value, axis: number, step: number): Value {
  const size = r.shape[axis] as number;
  const split = [...r.shape.slice(0, axis + 1), 1, ...r.shape.slice(axis + 1)];
  const end = split.map((_, a) => (a === axis + 1 ? step - 1 : 0));
  const padded = ops.pad(
    ops.reshape(r, split),
    end.map(() => 0),
    end,
  );
  return ops.reshape(
    padded,
    r.shape.map((dim, a) => (a === axis ? size * step : dim)),
  );
}

/** The transpose of a slice: the entries at their places, zeros elsewhere. */
export function unslice(
  ops: ProgramBuilder,
  r: Value,
  starts: readonly number[],
  steps: readonly number[],
  shape: Shape,
): Value {
  const spaced = steps.reduce(
    (value, step, axis) => (step === 1 ? value : spread(ops, value, axis, step)),
    r,
  );
  const kept = shape.map((dim, axis) =>
    isBatch(dim) ? dim : Math.min(spaced.shape[axis] as number, dim - starts[axis]!),
  );
  const cut = kept.every((dim, axis) => sameDim(dim, spaced.shape[axis]))
    ? spaced
    : ops.slice(
        spaced,
        starts.map(() => 0),
        kept,
      );
  const end = shape.map((dim, axis) =>
    isBatch(dim) ? 0 : dim - starts[axis]! - (kept[axis] as number),
  );
  return ops.pad(cut, starts, end);
}

export const slice: LayerDefinition<'slice'> = {
  forward: ({ attributes: { starts, sizes, steps } }, { ops, inputs }) =>
    ops.slice(inputs[0]!, starts, sizes, steps),
  gradient: ({ attributes: { starts, steps } }, { ops, inputs }, _output, r) => [
    unslice(ops, r, starts, steps, inputs[0]!.shape),
  ],
};

export const pad: LayerDefinition<'pad'> = {
  forward: ({ attributes: { begin, end, value } }, { ops, inputs }) =>
    ops.pad(inputs[0]!, begin, end, value),
  gradient: ({ attributes: { begin } }, { ops, inputs }, _output, r) => [
    ops.slice(r, begin, inputs[0]!.shape),
  ],
};

/** 1 at `[i, indices[i]]`: picks entries when multiplied from the left. */
function selection(indices: readonly number[], size: number): Tensor {
  const data = new Float64Array(indices.length * size);
  indices.forEach((index, row) => (data[row * size + index] = 1));
  return tensor(data, [indices.length, size]);
}

/** Multiplies one axis by a matrix `[out, in]`. */
function alongAxis(ops: ProgramBuilder, x: Value, axis: number, matrix: Value): Value {
  const axes = x.shape.map((_, a) => a);
  const last = axes.length - 1;
  const permutation = axes.map((a) => (a === axis ? last : a === last ? axis : a));
  const moved = ops.matmul(ops.transpose(x, permutation), ops.transpose(matrix, [1, 0]));
  return ops.transpose(moved, permutation);
}

export const gather: LayerDefinition<'gather'> = {
  forward: ({ attributes: { axis, indices } }, { ops, inputs }) =>
    ops.gather(inputs[0]!, axis, indices),
  gradient: ({ attributes: { axis, indices } }, { ops, inputs }, _output, r) => {
    const matrix = ops.constant(selection(indices, inputs[0]!.shape[axis] as number));
    return [alongAxis(ops, r, axis, ops.transpose(matrix, [1, 0]))];
  },
};

export const expand: LayerDefinition<'expand'> = {
  forward: ({ attributes }, { ops, inputs }) => ops.broadcast(inputs[0]!, attributes.shape),
  gradient: (_layer, { ops, inputs }, _output, r) => [unbroadcast(ops, r, inputs[0]!.shape)],
};

export const resize: LayerDefinition<'resize'> = {
  forward: ({ attributes }, { ops, inputs }) =>
    attributes.axes.reduce(
      (x, { axis, matrix }) => alongAxis(ops, x, axis, ops.constant(matrix)),
      inputs[0]!,
    ),
  gradient: ({ attributes }, { ops }, _output, r) => [
    attributes.axes.reduceRight(
      (value, { axis, matrix }) =>
        alongAxis(ops, value, axis, ops.transpose(ops.constant(matrix), [1, 0])),
      r,
    ),
  ],
};

const passThrough = {
  forward: (_layer: unknown, { inputs }: { readonly inputs: readonly Value[] }) => inputs[0]!,
  gradient: (_layer: unknown, _scope: unknown, _output: Value, r: Value) => [r],
};

export const dropout: LayerDefinition<'dropout'> = passThrough;
export const identity: LayerDefinition<'identity'> = passThrough;
