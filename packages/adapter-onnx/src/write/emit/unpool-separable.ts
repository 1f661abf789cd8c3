import type { PoolAttributes } from '@patternlens/core';
import type { Emitted, EmitScope } from './emitter.js';

/** The lowest float32: padding that never wins against a number, and that differences of do not make NaN. */
const LOWEST = -3.4028234663852886e38;

/** A value while it is taken apart along its spatial axes, with its static sizes. */
interface Sized {
  readonly name: string;
  readonly spatial: readonly number[];
}

/** What one pass along an axis decided: for every offset but the first, whether the winner stands there or later. */
interface Pass {
  readonly axis: number;
  readonly later: readonly string[];
  readonly before: Sized;
}

const spatialAxis = (axis: number): number => axis + 2;

function padAxis(
  { graph }: EmitScope,
  x: Sized,
  axis: number,
  begin: number,
  end: number,
  value: number,
): Sized {
  if (begin === 0 && end === 0) return x;
  const rank = x.spatial.length + 2;
  const at = (size: number): number[] =>
    Array.from({ length: rank }, (_, own) => (own === spatialAxis(axis) ? size : 0));
  const name = graph.node(
    'Pad',
    [x.name, graph.integers([...at(begin), ...at(end)]), graph.scalar(value)],
    { mode: 'constant' },
  );
  return {
    name,
    spatial: x.spatial.map((size, own) => (own === axis ? size + begin + end : size)),
  };
}

function sliceAxis(
  { graph }: EmitScope,
  x: Sized,
  axis: number,
  start: number,
  count: number,
  step: number,
): Sized {
  const spatial = x.spatial.map((size, own) => (own === axis ? count : size));
  if (start === 0 && step === 1 && count === x.spatial[axis]) return x;
  const end = start + (count - 1) * step + 1;
  return {
    name: graph.node('Slice', [
      x.name,
      graph.integers([start]),
      graph.integers([end]),
      graph.integers([spatialAxis(axis)]),
      graph.integers([step]),
    ]),
    spatial,
  };
}

/** The entries of one axis that each offset of the window reads. */
function offsetSlices(
  scope: EmitScope,
  x: Sized,
  axis: number,
  { kernel, strides, dilations, padsBegin, padsEnd }: PoolAttributes,
): Sized[] {
  const stride = strides[axis]!,
    dilation = dilations[axis]!;
  const span = (kernel[axis]! - 1) * dilation + 1;
  const wide = padAxis(scope, x, axis, padsBegin[axis]!, padsEnd[axis]!, LOWEST);
  const count = Math.floor((wide.spatial[axis]! - span) / stride) + 1;
  return Array.from({ length: kernel[axis]! }, (_, offset) =>
    sliceAxis(scope, wide, axis, offset * dilation, count, stride),
  );
}

/** One pass forward: the largest of each window along one axis, and where the first of the largest stands. */
function maximum(
  scope: EmitScope,
  x: Sized,
  axis: number,
  pool: PoolAttributes,
): { largest: Sized; pass: Pass } {
  const { graph } = scope;
  const parts = offsetSlices(scope, x, axis, pool);
  const running: string[] = [];
  let largest = parts[0]!.name;
  for (const part of parts.slice(1)) {
    running.push(largest);
    largest = graph.node('Max', [largest, part.name]);
  }
  // The winner stands at an offset or later where the largest is above all before that offset: the first of equal ones wins.
  const later = running.map((before) =>
    graph.node('Cast', [graph.node('Greater', [largest, before])], { to: 1 }),
  );
  return {
    largest: { name: largest, spatial: parts[0]!.spatial },
    pass: { axis, later, before: x },
  };
}

/** Entries of several phases of an axis, one after the other: phase p stands at `i * stride + p`. */
function interleave(
  { graph }: EmitScope,
  phases: readonly (Sized | undefined)[],
  axis: number,
): Sized {
  const like = phases.find((phase) => phase !== undefined)!;
  if (phases.length === 1) return like;
  const zero = (): string => graph.node('Sub', [like.name, like.name]);
  const at = graph.integers([spatialAxis(axis) + 1]);
  const columns = phases.map((phase) => graph.node('Unsqueeze', [phase?.name ?? zero(), at]));
  const joined = graph.node('Concat', columns, { axis: spatialAxis(axis) + 1 });
  const spatial = like.spatial.map((size, own) => (own === axis ? size * phases.length : size));
  return { name: graph.node('Reshape', [joined, graph.integers([0, 0, ...spatial])]), spatial };
}

/** One pass back: what came back to each window goes to its winner along one axis. Differences are of equal numbers or with 0, so they are exact. */
function scatter(
  scope: EmitScope,
  r: Sized,
  { axis, later, before }: Pass,
  { strides, dilations, padsBegin, padsEnd }: PoolAttributes,
): Sized {
  const { graph } = scope;
  const stride = strides[axis]!,
    dilation = dilations[axis]!;
  const received = [r.name, ...later.map((mask) => graph.node('Mul', [r.name, mask]))];
  const shares = received.map((own, offset) =>
    offset + 1 < received.length ? graph.node('Sub', [own, received[offset + 1]!]) : own,
  );
  const padded = before.spatial[axis]! + padsBegin[axis]! + padsEnd[axis]!;
  const length = Math.ceil(padded / stride);
  const phases = Array.from({ length: stride }, (_, phase): Sized | undefined => {
    const own = shares.flatMap((share, offset) => {
      const place = offset * dilation;
      if (place % stride !== phase) return [];
      const shift = Math.floor(place / stride);
      return [
        padAxis(
          scope,
          { name: share, spatial: r.spatial },
          axis,
          shift,
          length - r.spatial[axis]! - shift,
          0,
        ),
      ];
    });
    if (own.length === 0) return undefined;
    return {
      name: own.map(({ name }) => name).reduce((a, b) => graph.node('Add', [a, b])),
      spatial: own[0]!.spatial,
    };
  });
  const filled = phases.map(
    (phase) =>
      phase && {
        ...phase,
        spatial: phase.spatial.map((size, at) => (at === axis ? length : size)),
      },
  );
  return sliceAxis(
    scope,
    interleave(scope, filled, axis),
    axis,
    padsBegin[axis]!,
    before.spatial[axis]!,
    1,
  );
}

/** Unpools by the switches of `x`, axis by axis: the first winner in row-major order is the first row that holds the maximum, and in it the first
 * column. It needs no indices, whose operators runtimes are slow at, and any kernel, stride, dilation and padding will do. */
export function unpoolSeparable(
  scope: EmitScope,
  r: Emitted,
  x: Emitted,
  pool: PoolAttributes,
): string {
  const spatial = x.shape.slice(2) as number[];
  const passes: Pass[] = [];
  let value: Sized = { name: x.floats(), spatial };
  for (let axis = spatial.length - 1; axis >= 0; axis--) {
    const { largest, pass } = maximum(scope, value, axis, pool);
    passes.unshift(pass);
    value = largest;
  }
  let back: Sized = { name: r.floats(), spatial: r.shape.slice(2) as number[] };
  for (const pass of passes) back = scatter(scope, back, pass, pool);
  return back.name;
}
