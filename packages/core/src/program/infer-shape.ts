import { PatternLensError } from '../errors/patternlens-error.js';
import {
  type Dim,
  formatShape,
  isBatch,
  product,
  sameDim,
  sameShape,
  type Shape,
  sizeOf,
} from '../tensor/shape.js';
import type {
  ConvAttributes,
  Operation,
  OperationKind,
  OperationOf,
  PoolAttributes,
} from './operation.js';
import { convOutputSize } from './window.js';

function wrong(kind: string, message: string): never {
  throw new PatternLensError('core', 'invalid-shape', `${kind}: ${message}`, { operation: kind });
}

/** The shape that operands broadcast to, aligned at their last axes. */
export function broadcastShapes(kind: string, shapes: readonly Shape[]): Shape {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    let dim: Dim = 1;
    for (const shape of shapes) {
      const own = shape[axis - rank + shape.length];
      if (own === undefined || own === 1) continue;
      if (dim !== 1 && !sameDim(dim, own)) {
        wrong(kind, `shapes ${shapes.map(formatShape).join(' and ')} do not broadcast.`);
      }
      dim = own;
    }
    return dim;
  });
}

function spatial(kind: string, shape: Shape): number[] {
  return shape
    .slice(2)
    .map((dim) =>
      isBatch(dim)
        ? wrong(kind, `spatial axes of ${formatShape(shape)} must not depend on the batch.`)
        : dim,
    );
}

function conv(kind: string, a: ConvAttributes, x: Shape, w: Shape): Shape {
  const channels = x[1];
  const [outputs, perGroup, ...kernel] = w as number[];
  if (w.some(isBatch) || x.length !== w.length || x.length < 3) {
    wrong(kind, `input ${formatShape(x)} does not fit weights ${formatShape(w)}.`);
  }
  if (channels !== perGroup! * a.groups || outputs! % a.groups !== 0) {
    wrong(
      kind,
      `input ${formatShape(x)} does not fit weights ${formatShape(w)} in ${a.groups} groups.`,
    );
  }
  return [x[0]!, outputs!, ...windows(kind, spatial(kind, x), { ...a, kernel })];
}

function windows(kind: string, input: number[], a: PoolAttributes): number[] {
  return input.map((size, axis) => {
    const out = convOutputSize(size, axis, a);
    return out > 0
      ? out
      : wrong(
          kind,
          `a kernel of ${a.kernel.join('x')} is larger than the padded input of ${input.join('x')}.`,
        );
  });
}

/** Checks that the gradient has the shape of the forward operation's output. */
function transposed(kind: string, forward: Shape, r: Shape, result: Shape): Shape {
  return sameShape(forward, r)
    ? result
    : wrong(kind, `expected ${formatShape(forward)} to come back, got ${formatShape(r)}.`);
}

type Infer<K extends OperationKind> = (
  operation: OperationOf<K>,
  operands: readonly Shape[],
) => Shape;

const same = (_: unknown, [x]: readonly Shape[]): Shape => x!;
const broadcasting = (operation: Operation, operands: readonly Shape[]): Shape =>
  broadcastShapes(operation.kind, operands);
const offsets = (a: PoolAttributes): number => product(a.kernel);

const reduced: Infer<'reduceSum' | 'reduceMax'> = (o, [x]) => {
  for (const axis of o.axes)
    if (axis < 0 || axis >= x!.length) wrong(o.kind, `axis ${axis} is not in ${formatShape(x!)}.`);
  return x!.map((dim, axis) => (o.axes.includes(axis) ? 1 : dim));
};

const pool = (o: OperationOf<'maxPool' | 'avgPool'>, [x]: readonly Shape[]): Shape => [
  ...x!.slice(0, 2),
  ...windows(o.kind, spatial(o.kind, x!), o),
];

const inferences: { readonly [K in OperationKind]: Infer<K> } = {
  neg: same,
  abs: same,
  exp: same,
  log: same,
  sqrt: same,
  tanh: same,
  sigmoid: same,
  erf: same,
  relu: same,
  add: broadcasting,
  sub: broadcasting,
  mul: broadcasting,
  div: broadcasting,
  safeDiv: broadcasting,
  min: broadcasting,
  max: broadcasting,
  pow: broadcasting,
  compare: broadcasting,
  select: broadcasting,
  input: (o) => wrong(o.kind, `"${o.name}" has a shape of its own.`),
  constant: (o) => o.value.shape,
  matmul: (o, [a, b]) => {
    if (a!.length < 2 || b!.length < 2 || !sameDim(a!.at(-1), b!.at(-2))) {
      wrong(o.kind, `${formatShape(a!)} does not multiply ${formatShape(b!)}.`);
    }
    return [...broadcastShapes(o.kind, [a!.slice(0, -2), b!.slice(0, -2)]), a!.at(-2)!, b!.at(-1)!];
  },
  conv: (o, [x, w]) => conv(o.kind, o, x!, w!),
  convInputGradient: (o, [r, w]) => {
    const input = [r![0]!, (w![1] as number) * o.groups, ...o.inputSpatial];
    return transposed(o.kind, conv(o.kind, o, input, w!), r!, input);
  },
  convWeightGradient: (o, [x, r]) => {
    const weights = [r![1]!, (x![1] as number) / o.groups, ...o.kernel];
    return transposed(o.kind, conv(o.kind, o, x!, weights), r!, weights);
  },
  maxPool: pool,
  avgPool: pool,
  poolSwitches: (o, [x]) => [
    ...x!.slice(0, 2),
    offsets(o),
    ...windows(o.kind, spatial(o.kind, x!), o),
  ],
  poolBySwitches: (o, [x, s]) => {
    const out = windows(o.kind, spatial(o.kind, x!), o);
    return transposed(o.kind, [...x!.slice(0, 2), offsets(o), ...out], s!, [
      ...x!.slice(0, 2),
      ...out,
    ]);
  },
  unpool: (o, [r, s]) => {
    const out = windows(o.kind, [...o.inputSpatial], o);
    const result = [...r!.slice(0, 2), ...o.inputSpatial];
    transposed(o.kind, [...r!.slice(0, 2), ...out], r!, result);
    return transposed(o.kind, [...r!.slice(0, 2), offsets(o), ...out], s!, result);
  },
  avgPoolInputGradient: (o, [r]) => {
    const result = [...r!.slice(0, 2), ...o.inputSpatial];
    return transposed(
      o.kind,
      [...r!.slice(0, 2), ...windows(o.kind, [...o.inputSpatial], o)],
      r!,
      result,
    );
  },
  reshape: (o, [x]) =>
    sameDim(sizeOf(x!), sizeOf(o.shape))
      ? o.shape
      : wrong(o.kind, `${formatShape(x!)} does not fill ${formatShape(o.shape)}.`),
  transpose: (o, [x]) => {
    if (o.permutation.length !== x!.length || new Set(o.permutation).size !== x!.length) {
      wrong(
        o.kind,
        `[${o.permutation.join(', ')}] is no permutation of the axes of ${formatShape(x!)}.`,
      );
    }
    return o.permutation.map(
      (axis) => x![axis] ?? wrong(o.kind, `axis ${axis} is not in ${formatShape(x!)}.`),
    );
  },
  broadcast: (o, [x]) =>
    sameShape(broadcastShapes(o.kind, [x!, o.shape]), o.shape)
      ? o.shape
      : wrong(o.kind, `${formatShape(x!)} does not broadcast to ${formatShape(o.shape)}.`),
  pad: (o, [x]) =>
    x!.map((dim, axis) => {
      const extra = o.begin[axis]! + o.end[axis]!;
      if (o.begin[axis]! < 0 || o.end[axis]! < 0) wrong(o.kind, 'pads must not be negative.');
      if (!isBatch(dim)) return dim + extra;
      return extra === 0 ? dim : wrong(o.kind, 'the batch axis cannot be padded.');
    }),
  slice: (o, [x]) =>
    x!.map((dim, axis) => {
      const size = o.sizes[axis]!,
        start = o.starts[axis]!,
        step = o.steps[axis]!;
      if (isBatch(dim) || isBatch(size)) {
        return sameDim(dim, size) && start === 0 && step === 1
          ? dim
          : wrong(o.kind, 'the batch axis is taken whole.');
      }
      const inside = step > 0 && start >= 0 && size > 0 && start + (size - 1) * step < dim;
      return inside
        ? size
        : wrong(
            o.kind,
            `${size} elements from ${start} in steps of ${step} leave axis ${axis} of ${formatShape(x!)}.`,
          );
    }),
  concat: (o, operands) => {
    const first = operands[0]!;
    for (const shape of operands) {
      if (
        shape.length !== first.length ||
        shape.some((dim, axis) => axis !== o.axis && !sameDim(dim, first[axis]))
      ) {
        wrong(
          o.kind,
          `shapes ${operands.map(formatShape).join(' and ')} do not join at axis ${o.axis}.`,
        );
      }
    }
    const total = operands.reduce((sum, shape) => {
      const dim = shape[o.axis];
      return typeof dim === 'number' ? sum + dim : wrong(o.kind, 'cannot join at the batch axis.');
    }, 0);
    return first.map((dim, axis) => (axis === o.axis ? total : dim));
  },
  reduceSum: reduced,
  reduceMax: reduced,
  argMax: (_, [x]) => x!.slice(0, -1),
  oneHot: (o, [x]) => [...x!, o.size],
  gather: (o, [x]) => {
    const dim = x![o.axis];
    if (typeof dim !== 'number')
      wrong(o.kind, `axis ${o.axis} of ${formatShape(x!)} cannot be indexed.`);
    if (o.indices.some((index) => index < 0 || index >= dim))
      wrong(o.kind, `an index leaves axis ${o.axis} of ${formatShape(x!)}.`);
    return x!.map((own, axis) => (axis === o.axis ? o.indices.length : own));
  },
};

/** The shape of an operation's value.
 * @throws PatternLensError `invalid-shape` where operands or attributes do not fit. */
export function inferShape(operation: Operation, operands: readonly Shape[]): Shape {
  const infer = inferences[operation.kind] as Infer<OperationKind>;
  return infer(operation, operands);
}
