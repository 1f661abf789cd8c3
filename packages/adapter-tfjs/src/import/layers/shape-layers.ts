import { BATCH, divideDims, formatDim, sizeOf, type Dim } from '@patternlens/core/tensor';
import { build, range, spatialOf } from '@patternlens/importing';
import { resize } from '../resize.js';
import type { LayerImporter, LayerScope } from './layer-scope.js';

export const identity: LayerImporter = ({ context, place, inputs }) =>
  context.layer(place, 'identity', [inputs[0]], {});

export const dropout: LayerImporter = ({ context, place, inputs }) =>
  context.layer(place, 'dropout', [inputs[0]], {});

/** Keras moves channels that come first behind the others before it flattens. */
export const flatten: LayerImporter = ({ context, place, config, inputs }) => {
  const [x] = inputs;
  const rank = x.shape.length;
  if (config.channelsLast() || rank < 3) return build.flatten(context, place, x);
  const order = [0, ...range(rank).slice(2), 1];
  const turned = build.permute(context, place.part('channels-last'), x, order);
  return build.flatten(context, place, turned);
};

export const reshape: LayerImporter = ({ context, place, config, inputs }) => {
  const [x] = inputs;
  const target = config.list('target_shape');
  const open = target.filter((size) => size === -1).length;
  const held = sizeOf(x.shape.slice(1));
  const known = target.reduce((total, size) => (size === -1 ? total : total * size), 1);
  const rest = open === 1 ? divideDims(held, known) : undefined;
  const sizes = target.map((size): Dim => (size === -1 ? (rest ?? 0) : size));
  if (open > 1 || target.some((size) => size < -1 || size === 0) || sizeOf(sizes) !== held)
    place.invalid(`it reshapes ${formatDim(held)} values to [${target.join(', ')}].`);
  return build.reshape(context, place, x, [x.shape[0] ?? BATCH, ...sizes]);
};

export const permute: LayerImporter = ({ context, place, config, inputs }) =>
  build.permute(context, place, inputs[0], [0, ...config.list('dims')]);

export const repeatVector: LayerImporter = ({ context, place, config, inputs }) => {
  const [x] = inputs;
  if (x.shape.length !== 2) place.invalid(`its input has ${x.shape.length} axes; 2 are expected.`);
  const made = build.addAxes(context, place.part('axis'), x, [1]);
  const shape = [x.shape[0]!, config.whole('n'), x.shape[1]!];
  return build.expand(context, place, made, shape);
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
    return build.pad(scope.context, scope.place, scope.inputs[0], {
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
    return build.slice(context, place, inputs[0], { starts, sizes });
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
