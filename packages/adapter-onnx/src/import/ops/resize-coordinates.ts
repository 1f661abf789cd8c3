import type { OnnxNode } from '../node-view.js';

/** One axis that is resized. */
export interface ResizingAxis {
  readonly input: number;
  readonly output: number;
  readonly scale: number;
  /** The part of it that is resized, in shares of its length; read where coordinates ask for it. */
  readonly region: readonly [begin: number, end: number];
}

/** Where an entry of the result lies between entries of the input. */
type Coordinate = (at: number, axis: ResizingAxis) => number;

const halfPixel: Coordinate = (at, { scale }) => (at + 0.5) / scale - 0.5;

const coordinates: Readonly<Record<string, Coordinate>> = {
  half_pixel: halfPixel,
  half_pixel_symmetric: (at, axis) => {
    const adjusted = axis.output / (axis.scale * axis.input);
    return (axis.input / 2) * (1 - adjusted) + halfPixel(at, axis);
  },
  pytorch_half_pixel: (at, axis) => (axis.output > 1 ? halfPixel(at, axis) : 0),
  align_corners: (at, { input, output }) => (output === 1 ? 0 : (at * (input - 1)) / (output - 1)),
  asymmetric: (at, { scale }) => at / scale,
  tf_half_pixel_for_nn: (at, { scale }) => (at + 0.5) / scale,
  tf_crop_and_resize: (at, { input, output, region: [begin, end] }) =>
    output > 1
      ? begin * (input - 1) + (at * (end - begin) * (input - 1)) / (output - 1)
      : ((begin + end) / 2) * (input - 1),
};

/** Before version 11 the standard had one way, and runtimes rounded by the direction. */
export const isOld = (node: OnnxNode): boolean => node.kind === 'Upsample' || node.opset < 11;

export const coordinatesOf = (node: OnnxNode): string =>
  node.string('coordinate_transformation_mode', isOld(node) ? 'asymmetric' : 'half_pixel');

export function coordinateOf(node: OnnxNode): Coordinate {
  const asked = coordinatesOf(node);
  return Object.hasOwn(coordinates, asked)
    ? coordinates[asked]!
    : node.unsupported(`its coordinates "${asked}".`);
}

const roundings: Readonly<Record<string, (x: number) => number>> = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** How a place between two entries is rounded. */
export function roundingOf(node: OnnxNode, { scale }: ResizingAxis): (x: number) => number {
  const name = isOld(node)
    ? scale < 1
      ? 'ceil'
      : 'floor'
    : node.string('nearest_mode', 'round_prefer_floor');
  return Object.hasOwn(roundings, name)
    ? roundings[name]!
    : node.unsupported(`its nearest_mode "${name}".`);
}
