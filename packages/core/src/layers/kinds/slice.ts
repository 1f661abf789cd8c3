import type { SliceAttributes } from '../../program/primitives/slice.js';
import type { ProgramBuilder, Value } from '../../program/program-builder.js';
import { isBatch, sameDim, type Shape } from '../../tensor/shape.js';
import { passedMagnitude } from '../expected-magnitude.js';
import type { LayerDefinition } from '../layer-definition.js';

/** Puts `step - 1` zeros between the entries of an axis: the transpose of taking every `step`-th. */
function spaceOut(ops: ProgramBuilder, r: Value, axis: number, step: number): Value {
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
function unslice(
  ops: ProgramBuilder,
  r: Value,
  starts: readonly number[],
  steps: readonly number[],
  shape: Shape,
): Value {
  const spaced = steps.reduce(
    (value, step, axis) => (step === 1 ? value : spaceOut(ops, value, axis, step)),
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

/** Elements `starts[axis] + i * steps[axis]` for `i < sizes[axis]`; an axis that depends on the batch is taken whole. */
export const slice: LayerDefinition<SliceAttributes> = {
  group: 'layout',
  axisOrder: 'unknown',
  forward: ({ attributes: { starts, sizes, steps } }, { ops, inputs }) =>
    ops.slice(inputs[0]!, starts, sizes, steps),
  gradient: ({ attributes: { starts, steps } }, { ops, inputs }, _output, r) => [
    unslice(ops, r, starts, steps, inputs[0]!.shape),
  ],
  reach: ({ attributes: { starts, steps } }, box) => [
    box.map(({ from, to }, axis) => ({
      from: starts[axis]! + from * steps[axis]!,
      to: starts[axis]! + (to - 1) * steps[axis]! + 1,
    })),
  ],
  expectedMagnitude: passedMagnitude,
};
