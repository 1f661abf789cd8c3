import type { PoolAttributes } from '@patternlens/core/backend';
import type { Emitted, EmitScope } from './emitter.js';
import { interleave } from './interleave.js';

/** The lowest float32: padding that never wins against a number, and that differences of do not make NaN. */
const LOWEST = -3.4028234663852886e38;

/** One spatial axis of the pool. Windows are counted on to the end of the axis; those beyond the pool's own receive nothing. */
interface Axis {
  /** Of the value in its graph. */
  readonly index: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly begin: number;
  readonly size: number;
  /** Windows, and entries of each phase: the padded axis is `windows * stride` long. */
  readonly windows: number;
}

/** A value while it is taken apart along its spatial axes, with its static sizes. */
interface Sized {
  readonly name: string;
  readonly spatial: readonly number[];
}

/** What one pass along an axis decided: for every offset but the first, whether the winner stands there or later. */
interface Pass {
  readonly axis: Axis;
  readonly later: readonly string[];
}

function axesOf(
  { kernel, strides, dilations, padsBegin, padsEnd }: PoolAttributes,
  spatial: readonly number[],
): Axis[] {
  return spatial.map((size, at) => ({
    index: at + 2,
    kernel: kernel[at]!,
    stride: strides[at]!,
    dilation: dilations[at]!,
    begin: padsBegin[at]!,
    size,
    windows: Math.ceil((size + padsBegin[at]! + padsEnd[at]!) / strides[at]!),
  }));
}

/** Pads all spatial axes, or cuts them where a pad is negative. */
function padTo(
  { graph }: EmitScope,
  name: string,
  begin: readonly number[],
  end: readonly number[],
  value: number,
): string {
  if ([...begin, ...end].every((size) => size === 0)) return name;
  const pads = graph.integers([0, 0, ...begin, 0, 0, ...end]);
  return graph.node('Pad', [name, pads, graph.scalar(value)], { mode: 'constant' });
}

/** Every entry moves by a number of places along one axis; what leaves it is lost, and what comes in is `value`. */
function shifted(scope: EmitScope, x: Sized, axis: Axis, by: number, value: number): Sized {
  const along = (places: number): number[] =>
    x.spatial.map((_, at) => (at + 2 === axis.index ? places : 0));
  return by === 0 ? x : { ...x, name: padTo(scope, x.name, along(by), along(-by), value) };
}

/** Every stride-th entry of an axis, from each of its first places on. */
function takeApart({ graph }: EmitScope, x: Sized, { index, stride, windows }: Axis): Sized[] {
  if (stride === 1) return [x];
  const before = x.spatial.slice(0, index - 2),
    after = x.spatial.slice(index - 1);
  const columns = graph.node('Reshape', [
    x.name,
    graph.integers([0, 0, ...before, windows, stride, ...after]),
  ]);
  const spatial = [...before, windows, ...after];
  const ones = graph.integers(Array.from({ length: stride }, () => 1));
  return graph.nodes('Split', [columns, ones], { axis: index + 1 }, stride).map((name) => ({
    name: graph.node('Reshape', [name, graph.integers([0, 0, ...spatial])]),
    spatial,
  }));
}

/** Entries of several phases of an axis, one after the other: phase p stands at `i * stride + p`. */
function putTogether(
  scope: EmitScope,
  phases: readonly (string | undefined)[],
  { spatial }: Sized,
  { index, stride }: Axis,
): Sized {
  if (stride === 1) return { name: phases[0]!, spatial };
  const like = phases.find((phase) => phase !== undefined)!;
  const parts = phases.map((phase) => phase ?? scope.graph.node('Sub', [like, like]));
  return {
    name: interleave(scope, parts, index, spatial),
    spatial: spatial.map((size, axis) => (axis + 2 === index ? size * stride : size)),
  };
}

/** Where a running maximum has grown. Its difference is never negative, and kernels compiled to WebAssembly take a sign quicker than they compare. */
function isLarger({ graph, style }: EmitScope, largest: string, before: string): string {
  return style !== 'blocked'
    ? graph.node('Sign', [graph.node('Sub', [largest, before])])
    : graph.node('Cast', [graph.node('Greater', [largest, before])], { to: 1 });
}

/** One pass forward: the largest of each window along one axis, and where the first of the largest stands. */
function maximum(scope: EmitScope, x: Sized, axis: Axis): { largest: Sized; pass: Pass } {
  const { graph } = scope;
  const { kernel, stride, dilation } = axis;
  const phases = takeApart(scope, x, axis);
  const parts = Array.from({ length: kernel }, (_, offset) => {
    const place = offset * dilation;
    return shifted(scope, phases[place % stride]!, axis, -Math.floor(place / stride), LOWEST);
  });
  const running: string[] = [];
  let largest = parts[0]!.name;
  for (const part of parts.slice(1)) {
    running.push(largest);
    largest = graph.node('Max', [largest, part.name]);
  }
  // The winner stands at an offset or later where the largest is above all before that offset: the first of equal ones wins.
  const later = running.map((before) => isLarger(scope, largest, before));
  return { largest: { name: largest, spatial: parts[0]!.spatial }, pass: { axis, later } };
}

/** One pass back: what came back to each window goes to its winner along one axis. Differences are of equal numbers or with 0, so they are exact. */
function scatter(scope: EmitScope, r: Sized, { axis, later }: Pass): Sized {
  const { graph } = scope;
  const received = [r.name, ...later.map((mask) => graph.node('Mul', [r.name, mask]))];
  const shares = received.map((name, offset) =>
    offset + 1 < received.length ? graph.node('Sub', [name, received[offset + 1]!]) : name,
  );
  const phases = Array.from({ length: axis.stride }, (_, phase): string | undefined => {
    const parts = shares.flatMap((name, offset) => {
      const place = offset * axis.dilation;
      if (place % axis.stride !== phase) return [];
      return [shifted(scope, { ...r, name }, axis, Math.floor(place / axis.stride), 0).name];
    });
    return parts.length === 0 ? undefined : parts.reduce((a, b) => graph.node('Add', [a, b]));
  });
  return putTogether(scope, phases, r, axis);
}

/** Unpools by the switches of `x`, axis by axis: the first winner in row-major order is the first row that holds the maximum, and in it the first
 * column. It needs no indices, whose operators runtimes are slow at, and any kernel, stride, dilation and padding will do. */
export function unpoolSeparable(
  scope: EmitScope,
  r: Emitted,
  x: Emitted,
  pool: PoolAttributes,
): string {
  const { graph } = scope;
  const axes = axesOf(pool, x.shape.slice(2) as number[]);
  const begin = axes.map((axis) => axis.begin);
  const end = axes.map((axis) => axis.windows * axis.stride - axis.begin - axis.size);
  let value: Sized = {
    name: padTo(scope, x.floats(), begin, end, LOWEST),
    spatial: axes.map((axis) => axis.windows * axis.stride),
  };
  const passes: Pass[] = [];
  for (const axis of axes.toReversed()) {
    const { largest, pass } = maximum(scope, value, axis);
    passes.unshift(pass);
    value = largest;
  }
  const windows = axes.map((axis) => axis.windows);
  const unused = axes.map((axis, at) => axis.windows - (r.shape[at + 2] as number));
  const none = axes.map(() => 0);
  let back: Sized = { name: padTo(scope, r.floats(), none, unused, 0), spatial: windows };
  for (const pass of passes) back = scatter(scope, back, pass);
  if (begin.every((step) => step === 0) && end.every((step) => step === 0)) return back.name;
  return graph.node('Slice', [
    back.name,
    graph.integers(begin),
    graph.integers(axes.map((axis) => axis.begin + axis.size)),
    graph.integers(axes.map((axis) => axis.index)),
  ]);
}
