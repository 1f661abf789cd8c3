import { size, strides, zeros, type Kernel, type Value } from './kernel.js';

/** Copies elements: place `start + sum index[axis] * steps[axis]` of the source to each place of the result, in order. */
function copy(x: Value, shape: readonly number[], start: number, steps: readonly number[]): Value {
  const result = zeros(shape);
  const all = strides(shape);
  for (let at = 0; at < result.data.length; at++) {
    let from = start;
    for (let axis = 0; axis < shape.length; axis++)
      from += (Math.floor(at / all[axis]!) % shape[axis]!) * steps[axis]!;
    result.data[at] = x.data[from]!;
  }
  return result;
}

export const reshape: Kernel<'reshape'> = (_operation, [x], shape) => ({ data: x!.data, shape });

export const transpose: Kernel<'transpose'> = ({ permutation }, [x], shape) => {
  const own = strides(x!.shape);
  return copy(
    x!,
    shape,
    0,
    permutation.map((axis) => own[axis]!),
  );
};

export const slice: Kernel<'slice'> = ({ starts, steps }, [x], shape) => {
  const own = strides(x!.shape);
  const first = starts.reduce((sum, start, axis) => sum + start * own[axis]!, 0);
  return copy(
    x!,
    shape,
    first,
    own.map((stride, axis) => stride * steps[axis]!),
  );
};

/** Writes an operand into a part of the result that begins at the given index. */
function place(result: Value, x: Value, begin: readonly number[]): void {
  const all = strides(result.shape);
  const own = strides(x.shape);
  for (let at = 0; at < x.data.length; at++) {
    let to = 0;
    for (let axis = 0; axis < own.length; axis++)
      to += ((Math.floor(at / own[axis]!) % x.shape[axis]!) + begin[axis]!) * all[axis]!;
    result.data[to] = x.data[at]!;
  }
}

export const pad: Kernel<'pad'> = ({ begin, value }, [x], shape) => {
  const result = zeros(shape);
  result.data.fill(value);
  place(result, x!, begin);
  return result;
};

export const concat: Kernel<'concat'> = ({ axis }, operands, shape) => {
  const result = zeros(shape);
  let start = 0;
  for (const operand of operands) {
    place(
      result,
      operand,
      shape.map((_, own) => (own === axis ? start : 0)),
    );
    start += operand.shape[axis]!;
  }
  return result;
};

export const gather: Kernel<'gather'> = ({ axis, indices }, [x], shape) => {
  const result = zeros(shape);
  const inner = size(shape.slice(axis + 1));
  const rows = x!.shape[axis]!;
  for (let outer = 0; outer < size(shape.slice(0, axis)); outer++) {
    indices.forEach((index, row) => {
      const from = (outer * rows + index) * inner;
      result.data.set(x!.data.subarray(from, from + inner), (outer * indices.length + row) * inner);
    });
  }
  return result;
};
