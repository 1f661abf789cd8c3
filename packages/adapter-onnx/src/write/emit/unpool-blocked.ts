import type { PoolAttributes } from '@patternlens/core/backend';
import { depthwise, isAboveZero, isZero } from './depthwise.js';
import type { Emitted, EmitScope } from './emitter.js';
import { canBeBlocked } from './masks.js';
import type { Phases } from './quarters.js';

type Axis = 'rows' | 'columns';

/** Windows of two or three entries along both axes, in steps of two. */
function isSupported({ kernel, strides, dilations, padsBegin }: PoolAttributes): boolean {
  return (
    kernel.length === 2 &&
    kernel.every((size) => size === 2 || size === 3) &&
    strides.every((stride) => stride === 2) &&
    dilations.every((dilation) => dilation === 1) &&
    padsBegin.every((size, axis) => size <= kernel[axis]! - 2)
  );
}

/** What comes back is 0 wherever the pooled value is: then padding, which stands for 0 here, can win nothing. */
function isMaskedByPool({ lineOf }: EmitScope, r: Emitted, x: Emitted): boolean {
  const line = lineOf(r.id);
  return (
    line.operation.kind === 'mul' &&
    line.operands.some((operand) => {
      const mask = lineOf(operand);
      if (mask.operation.kind !== 'compare' || mask.operation.relation !== 'greater') return false;
      const pooled = lineOf(mask.operands[0]!);
      return pooled.operation.kind === 'maxPool' && pooled.operands[0] === x.id;
    })
  );
}

/** Whether unpooling can be written without leaving the blocked layout. */
export function canUnpoolBlocked(
  scope: EmitScope,
  r: Emitted,
  x: Emitted,
  pool: PoolAttributes,
): boolean {
  const padded = pool.padsBegin.some((size) => size > 0);
  return (
    isSupported(pool) &&
    canBeBlocked(scope, x) &&
    scope.isNotNegative(x.id) &&
    (!padded || isMaskedByPool(scope, r, x))
  );
}

/** Sizes along one axis: of the input, of a quarter, of the kernel, and how far windows begin before the input. */
interface Length {
  readonly input: number;
  readonly half: number;
  readonly kernel: number;
  readonly before: number;
}

const both = <T>(axis: Axis, along: T, other: T): readonly [T, T] =>
  axis === 'rows' ? [along, other] : [other, along];

/** Reads, for every window along one axis, a weighted sum of its entries: weight `k` times what stands `first + k` behind twice the window's number. */
function alongWindows(
  scope: EmitScope,
  x: string,
  channels: number,
  axis: Axis,
  length: Length,
  first: number,
  weights: readonly number[],
  across?: { readonly length: Length; readonly phase: number },
): string {
  const begin = Math.max(0, -first);
  const lead = new Array<number>(Math.max(0, first)).fill(0);
  const reach = lead.length + weights.length;
  // Zeros behind the weights keep the number of windows from exceeding a quarter's length.
  const tail = Math.max(0, length.input + begin - reach - (2 * length.half - 1));
  const kernel = [...lead, ...weights, ...new Array<number>(tail).fill(0)];
  const end = Math.max(0, 2 * (length.half - 1) + kernel.length - begin - length.input);
  // Across the axis, either everything is read as it is, or one phase of it.
  const acrossKernel = across ? [...new Array<number>(across.phase).fill(0), 1] : [1];
  const acrossEnd = across
    ? Math.max(0, 2 * (across.length.half - 1) + acrossKernel.length - across.length.input)
    : 0;
  const grid =
    axis === 'rows'
      ? kernel.flatMap((weight) => acrossKernel.map((factor) => weight * factor))
      : acrossKernel.flatMap((factor) => kernel.map((weight) => weight * factor));
  const [top, left] = both(axis, begin, 0);
  const [bottom, right] = both(axis, end, acrossEnd);
  return depthwise(scope, x, channels, grid, {
    kernel: both(axis, kernel.length, acrossKernel.length),
    strides: both(axis, 2, across ? 2 : 1),
    pads: [top, left, bottom, right],
  });
}

/** What stands one place before (-1) or behind (1) along an axis. */
function shifted(scope: EmitScope, x: string, channels: number, axis: Axis, by: -1 | 1): string {
  const pads = by === -1 ? both(axis, 1, 0) : ([0, 0] as const);
  const ends = by === 1 ? both(axis, 1, 0) : ([0, 0] as const);
  return depthwise(scope, x, channels, by === -1 ? [1, 0] : [0, 1], {
    kernel: both(axis, 2, 1),
    pads: [...pads, ...ends],
  });
}

interface PassInput {
  readonly axis: Axis;
  readonly length: Length;
  readonly channels: number;
  /** What came back, one a window. */
  readonly r: string;
  /** The largest of each window. */
  readonly largest: string;
  /** A weighted sum of the window's entries, the first weight standing at the window's offset `from`. */
  readonly read: (from: number, weights: readonly number[]) => string;
}

/** One pass back along an axis: what came back to each window goes to the first entry that holds its maximum. Every product is with 0 or 1 and every
 * difference of equal numbers or with 0, so the result is exact. */
function pass(
  scope: EmitScope,
  { axis, length, channels, r, largest, read }: PassInput,
): { even: string; odd: string } {
  const { graph } = scope;
  const minus = (x: string): string => depthwise(scope, x, channels, [-1]);
  const behindFirst = isAboveZero(
    scope,
    graph.node('Relu', [graph.node('Add', [read(0, [-1]), largest])]),
    channels,
  );
  const rest = graph.node('Mul', [r, behindFirst]);
  const shares = [graph.node('Add', [minus(rest), r])];
  if (length.kernel === 2) {
    shares.push(rest);
  } else {
    const lastIsMore = graph.node('Relu', [read(1, [-1, 1])]);
    const second = graph.node('Mul', [rest, isZero(scope, lastIsMore, channels)]);
    shares.push(second, graph.node('Add', [minus(second), rest]));
  }
  const phases: string[][] = [[], []];
  shares.forEach((share, offset) => {
    const place = offset - length.before;
    const shift = Math.floor(place / 2);
    phases[place - 2 * shift]!.push(
      shift === 0 ? share : shifted(scope, share, channels, axis, shift === 1 ? -1 : 1),
    );
  });
  const [even, odd] = phases.map((parts) => parts.reduce((a, b) => graph.node('Add', [b, a])));
  return { even: even!, odd: odd! };
}

/** The largest of each window along one axis, for as many windows as a quarter is long. */
function pooledAlong(
  { graph }: EmitScope,
  x: string,
  axis: Axis,
  { input, half, kernel, before }: Length,
): string {
  const end = Math.max(0, 2 * (half - 1) + kernel - before - input);
  const [top, left] = both(axis, before, 0);
  const [bottom, right] = both(axis, end, 0);
  return graph.node('MaxPool', [x], {
    kernel_shape: both(axis, kernel, 1),
    strides: both(axis, 2, 1),
    pads: [top, left, bottom, right],
  });
}

/** Unpools by the switches of `x`, which is never negative, into quarters: rows first, then the columns of even and of odd rows. */
export function unpoolBlocked(
  scope: EmitScope,
  r: Emitted,
  x: Emitted,
  pool: PoolAttributes,
): Phases {
  const channels = x.shape[1] as number;
  const [height, width] = x.shape.slice(2) as [number, number];
  const windows = r.shape.slice(2) as [number, number];
  const lengthOf = (input: number, axis: 0 | 1): Length => ({
    input,
    half: Math.max(Math.ceil(input / 2), windows[axis]),
    kernel: pool.kernel[axis]!,
    before: pool.padsBegin[axis]!,
  });
  const rows = lengthOf(height, 0),
    columns = lengthOf(width, 1);
  const h = x.floats();
  const inRows = pooledAlong(scope, h, 'columns', columns);
  const largest = pooledAlong(scope, inRows, 'rows', rows);
  const padded =
    rows.half === windows[0] && columns.half === windows[1]
      ? r.floats()
      : depthwise(scope, r.floats(), channels, [1], {
          pads: [0, 0, rows.half - windows[0], columns.half - windows[1]],
        });
  const byRow = pass(scope, {
    axis: 'rows',
    length: rows,
    channels,
    r: padded,
    largest,
    read: (from, weights) =>
      alongWindows(scope, inRows, channels, 'rows', rows, from - rows.before, weights),
  });
  const quarters = [byRow.even, byRow.odd].flatMap((received, phase) => {
    const { even, odd } = pass(scope, {
      axis: 'columns',
      length: columns,
      channels,
      r: received,
      largest: alongWindows(scope, inRows, channels, 'rows', rows, phase, [1]),
      read: (from, weights) =>
        alongWindows(scope, h, channels, 'columns', columns, from - columns.before, weights, {
          length: rows,
          phase,
        }),
    });
    return [even, odd];
  });
  return {
    quarters: quarters as unknown as Phases['quarters'],
    rows: rows.half,
    columns: columns.half,
    height,
    width,
    zerosBehind: true,
  };
}
