import { BATCH, divideDims, formatDim, sizeOf, type Dim } from '@patternlens/core';
import {
  addAxis,
  flatten as flattened,
  pad,
  permute as permuted,
  reshape as reshaped,
  slice,
} from '../build/layout.js';
import { resize } from '../build/resize.js';
import { spatialOf } from '../build/windows.js';
import type { LayerImporter, LayerScope } from './layer-scope.js';

export const identity: LayerImporter = ({ context, place, inputs }) =>
  context.layer(
    place,
    'identity',
    { inputs: [inputs[0]], attributes: {} },
    inputs[0].channelsFirst,
  );

export const dropout: LayerImporter = ({ context, place, inputs }) =>
  context.layer(place, 'dropout', { inputs: [inputs[0]], attributes: {} }, inputs[0].channelsFirst);

/** Keras moves channels that come first behind the others before it flattens. */
export const flatten: LayerImporter = ({ context, place, config, inputs }) => {
  const [x] = inputs;
  const rank = x.shape.length;
  if (config.channelsLast() || rank < 3) return flattened(context, place, x);
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  const turned = permuted(context, place, x, [0, ...axes.slice(2), 1], 'channels-last');
  return flattened(context, place, turned);
};

export const reshape: LayerImporter = ({ context, place, config, inputs }) => {
  const [x] = inputs;
  const target = config.list('target_shape');
  const open = target.filter((size) => size === -1).length;
  const own = sizeOf(x.shape.slice(1));
  const known = target.reduce((total, size) => (size === -1 ? total : total * size), 1);
  const rest = open === 1 ? divideDims(own, known) : undefined;
  const sizes = target.map((size): Dim => (size === -1 ? (rest ?? 0) : size));
  if (open > 1 || target.some((size) => size < -1 || size === 0) || sizeOf(sizes) !== own)
    place.invalid(`it reshapes ${formatDim(own)} values to [${target.join(', ')}].`);
  return reshaped(context, place, x, [x.shape[0] ?? BATCH, ...sizes]);
};

export const permute: LayerImporter = ({ context, place, config, inputs }) =>
  permuted(context, place, inputs[0], [0, ...config.list('dims')]);

export const repeatVector: LayerImporter = ({ context, place, config, inputs }) => {
  const [x] = inputs;
  if (x.shape.length !== 2) place.invalid(`its input has ${x.shape.length} axes; 2 are expected.`);
  const made = addAxis(context, place, x, 1, 'axis');
  const shape = [x.shape[0]!, config.whole('n'), x.shape[1]!];
  return context.layer(place, 'expand', { inputs: [made], attributes: { shape } }, false);
};

/** Numbers for the spatial axes, as they stand among all of TensorFlow's axes. */
function amongAxes(
  { config, place, inputs }: LayerScope,
  rank: number,
  values: readonly number[],
  others: number,
): number[] {
  const total = inputs[0].shape.length;
  if (total !== rank + 2) place.invalid(`its input has ${total} axes; ${rank + 2} are expected.`);
  return config.channelsLast() ? [others, ...values, others] : [others, others, ...values];
}

export const zeroPadding =
  (rank: number): LayerImporter =>
  (scope) => {
    const { begin, end } = scope.config.borders('padding', rank, 1);
    return pad(scope.context, scope.place, scope.inputs[0], {
      begin: amongAxes(scope, rank, begin, 0),
      end: amongAxes(scope, rank, end, 0),
    });
  };

export const cropping =
  (rank: number): LayerImporter =>
  (scope) => {
    const { context, place, config, inputs } = scope;
    const { begin, end } = config.borders('cropping', rank, rank === 1 ? 1 : 0);
    const starts = amongAxes(scope, rank, begin, 0);
    const ends = amongAxes(scope, rank, end, 0);
    const sizes = inputs[0].shape.map((dim, axis) =>
      typeof dim === 'number' ? dim - starts[axis]! - ends[axis]! : dim,
    );
    return slice(context, place, inputs[0], { starts, sizes });
  };

export const upSampling =
  (rank: number): LayerImporter =>
  (scope) => {
    const { context, place, config, inputs } = scope;
    const factors = config.sizes('size', rank, new Array<number>(rank).fill(2));
    const mode = config.string('interpolation', 'nearest');
    if (mode !== 'nearest' && mode !== 'bilinear')
      return place.unsupported(`its interpolation "${mode}".`, 'Supported: nearest, bilinear.');
    const spatial = spatialOf(place, inputs[0].shape, config.channelsLast());
    const start = config.channelsLast() ? 1 : 2;
    return resize(context, place, inputs[0], {
      mode,
      alignCorners: false,
      halfPixelCenters: false,
      sizes: new Map(spatial.map((size, axis) => [start + axis, size * (factors[axis] ?? 1)])),
    });
  };
