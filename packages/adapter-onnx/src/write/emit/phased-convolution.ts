import type { Tensor } from '@patternlens/core';
import type { ConvAttributes } from '@patternlens/core/backend';
import type { EmitScope } from './emitter.js';
import { phaseAt, type Phases } from './quarters.js';

type InputGradient = ConvAttributes & { readonly inputSpatial: readonly number[] };

/** A kernel that is put together tap by tap: `[outputs, inputs, rows, columns]`, whose first tap reads `first` places behind. */
interface Taps {
  readonly data: Float64Array;
  readonly outputs: number;
  readonly inputs: number;
  readonly size: readonly [number, number];
  readonly first: readonly [number, number];
}

/** How many blocks of `by` places behind its own a place stands. */
const stepOf = (place: number, by: number): number => Math.floor(place / by);

/** A convolution of one quarter, cut or padded so that its result has the given size. */
function convolve(
  { graph }: EmitScope,
  x: string,
  taps: Taps,
  from: readonly [number, number],
  to: readonly [number, number],
): string {
  const begin = taps.first.map((first) => -first);
  const end = to.map((size, axis) => size - from[axis]! + taps.size[axis]! - 1 - begin[axis]!);
  const pads = [...begin, ...end];
  const weights = graph.floats(taps.data, [taps.outputs, taps.inputs, ...taps.size]);
  if (pads.every((size) => size >= 0)) return graph.node('Conv', [x, weights], { pads });
  const [top, left, bottom, right] = pads.map((size) => Math.min(size, 0)) as [
    number,
    number,
    number,
    number,
  ];
  const cut = graph.integers([0, 0, top, left, 0, 0, bottom, right]);
  const kept = graph.node('Pad', [x, cut], { mode: 'constant' });
  return graph.node('Conv', [kept, weights], { pads: pads.map((size) => Math.max(size, 0)) });
}

/** The taps through which a quarter reaches outputs that stand at `by I + phase`, for weights `[outputs of the forward layer, inputs, ...kernel]`.
 * An output stands at `stride Q + k dilation - pad` for the place Q of what came back, and `Q = 2 I + quarter`. */
function tapsOf(
  weights: Tensor,
  a: InputGradient,
  quarter: readonly [number, number],
  by: number,
  phases: readonly (readonly [number, number])[],
): Taps | undefined {
  const [channels, inputs, height, width] = weights.shape as [number, number, number, number];
  const places = [height, width].map((size, axis) =>
    Array.from(
      { length: size },
      (_, k) => a.strides[axis]! * quarter[axis]! + k * a.dilations[axis]! - a.padsBegin[axis]!,
    ),
  );
  // An output block I reads the quarter's place I - step: the kernel's taps run from the largest step to the smallest.
  const used = places.map((along, axis) =>
    along
      .filter((place) => phases.some((phase) => place - by * stepOf(place, by) === phase[axis]))
      .map((place) => stepOf(place, by)),
  );
  if (used.some((steps) => steps.length === 0)) return undefined;
  const largest = used.map((steps) => Math.max(...steps)),
    smallest = used.map((steps) => Math.min(...steps));
  const size = [0, 1].map((axis) => largest[axis]! - smallest[axis]! + 1) as unknown as [
    number,
    number,
  ];
  const outputs = inputs * phases.length;
  const data = new Float64Array(outputs * channels * size[0] * size[1]);
  phases.forEach(([row, column], phase) => {
    places[0]!.forEach((top, ky) => {
      places[1]!.forEach((left, kx) => {
        if (top - by * stepOf(top, by) !== row || left - by * stepOf(left, by) !== column) return;
        const at = (largest[0]! - stepOf(top, by)) * size[1] + largest[1]! - stepOf(left, by);
        for (let input = 0; input < inputs; input++) {
          for (let channel = 0; channel < channels; channel++) {
            data[((phase * inputs + input) * channels + channel) * size[0] * size[1] + at]! +=
              weights.data[((channel * inputs + input) * height + ky) * width + kx]!;
          }
        }
      });
    });
  });
  return { data, outputs, inputs: channels, size, first: [-largest[0]!, -largest[1]!] };
}

const QUARTERS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

/** The sum of what all quarters give to outputs of the given phases. */
function gather(
  scope: EmitScope,
  r: Phases,
  weights: Tensor,
  a: InputGradient,
  by: number,
  phases: readonly (readonly [number, number])[],
  size: readonly [number, number],
): string {
  const parts = QUARTERS.flatMap((quarter) => {
    const taps = tapsOf(weights, a, quarter, by, phases);
    return taps
      ? [convolve(scope, phaseAt(r, quarter[0], quarter[1]), taps, [r.rows, r.columns], size)]
      : [];
  });
  return parts.reduce((a2, b) => scope.graph.node('Add', [a2, b]));
}

/** Back through a convolution of stride 1 from quarters to quarters: each quarter's kernel holds just the taps that join it, so nothing is
 * computed that the whole image would not need. */
export function quartersToQuarters(
  scope: EmitScope,
  r: Phases,
  weights: Tensor,
  a: InputGradient,
): Phases | undefined {
  if (a.groups !== 1 || a.inputSpatial.length !== 2 || a.strides.some((stride) => stride !== 1))
    return undefined;
  const [height, width] = a.inputSpatial as [number, number];
  const rows = Math.ceil(height / 2),
    columns = Math.ceil(width / 2);
  const quarters = QUARTERS.map((phase) =>
    gather(scope, r, weights, a, 2, [phase], [rows, columns]),
  );
  return {
    quarters: quarters as unknown as Phases['quarters'],
    rows,
    columns,
    height,
    width,
    zerosBehind: false,
  };
}

/** Back through a strided convolution from quarters to the image, by one kernel for each quarter whose channels are the image's channels at all
 * places of a block; worth it where the image has few channels. */
export function quartersToImage(
  scope: EmitScope,
  r: Phases,
  weights: Tensor,
  a: InputGradient,
): string | undefined {
  const [stride, same] = a.strides;
  if (a.groups !== 1 || a.inputSpatial.length !== 2 || stride !== same || stride === 1)
    return undefined;
  const { graph } = scope;
  const by = 2 * stride!;
  const [height, width] = a.inputSpatial as [number, number];
  const size = [Math.ceil(height / by), Math.ceil(width / by)] as const;
  const phases = Array.from(
    { length: by * by },
    (_, at) => [Math.floor(at / by), at % by] as const,
  );
  const blocks = gather(scope, r, weights, a, by, phases, size);
  const whole = graph.node('DepthToSpace', [blocks], { blocksize: by, mode: 'DCR' });
  if (size[0] * by === height && size[1] * by === width) return whole;
  return graph.node('Slice', [
    whole,
    graph.integers([0, 0]),
    graph.integers([height, width]),
    graph.integers([2, 3]),
  ]);
}

/** Channels of an image above which whole blocks of it are not computed at once: too many taps would be zeros. */
export const FEW_CHANNELS = 8;
