import { build, spatialOf, type WindowSpec } from '@patternlens/importing';
import { convolve, convolveDepthwise, convolveTransposed } from '../convolution.js';
import { activated, biasOf, type LayerImporter, type LayerScope } from './layer-scope.js';

export const dense: LayerImporter = (scope) =>
  activated(
    scope,
    build.multiplyLast(scope.context, scope.place, scope.inputs[0], {
      matrix: scope.weight('kernel'),
      bias: biasOf(scope),
    }),
  );

function windowSpec({ config, place }: LayerScope, rank: number): WindowSpec {
  const ones = new Array<number>(rank).fill(1);
  const padding = config.padding();
  if (padding === 'causal' && (rank !== 1 || !config.channelsLast()))
    place.unsupported('causal padding of more than one axis, or with channels first.');
  return {
    strides: config.sizes('strides', rank, ones),
    dilations: config.sizes('dilation_rate', rank, ones),
    padding,
    channelsLast: config.channelsLast(),
  };
}

const convolved =
  (make: typeof convolve, kernel: string) =>
  (rank: number): LayerImporter =>
  (scope) => {
    const value = make(scope.context, scope.place, scope.inputs[0], {
      ...windowSpec(scope, rank),
      kernel: scope.weight(kernel),
      bias: biasOf(scope),
    });
    return activated(scope, value);
  };

export const convolution = convolved(convolve, 'kernel');
export const depthwise = convolved(convolveDepthwise, 'depthwise_kernel');

/** A convolution of every channel, and one of single positions behind it. */
export const separable =
  (rank: number): LayerImporter =>
  (scope) => {
    const { context, place, weight } = scope;
    const spec = windowSpec(scope, rank);
    const ones = new Array<number>(rank).fill(1);
    const apart = convolveDepthwise(context, place.part('depthwise'), scope.inputs[0], {
      ...spec,
      kernel: weight('depthwise_kernel'),
      bias: undefined,
    });
    const value = convolve(context, place, apart, {
      strides: ones,
      dilations: ones,
      padding: 'valid',
      channelsLast: spec.channelsLast,
      kernel: weight('pointwise_kernel'),
      bias: biasOf(scope),
    });
    return activated(scope, value);
  };

/** The size of one axis behind a transposed convolution, as Keras computes it. */
function outputSize(
  size: number,
  kernel: number,
  stride: number,
  padding: string,
  extra: number | undefined,
): number {
  if (extra === undefined)
    return padding === 'same' ? size * stride : size * stride + Math.max(kernel - stride, 0);
  const around = padding === 'same' ? 2 * Math.floor(kernel / 2) : 0;
  return (size - 1) * stride + kernel - around + extra;
}

export const transposed =
  (rank: number): LayerImporter =>
  (scope) => {
    const { context, place, config, inputs } = scope;
    const spec = windowSpec(scope, rank);
    if (spec.padding === 'causal') place.unsupported('causal padding.');
    const kernel = scope.weight('kernel');
    const extra =
      config.get('output_padding') === null ? undefined : config.sizes('output_padding', rank, []);
    const output = spatialOf(place, inputs[0].shape, spec.channelsLast).map((size, axis) =>
      outputSize(
        size,
        ((kernel.tensor.shape[axis] ?? 1) - 1) * spec.dilations[axis]! + 1,
        spec.strides[axis]!,
        spec.padding as string,
        extra?.[axis],
      ),
    );
    const value = convolveTransposed(context, place, inputs[0], {
      ...spec,
      kernel,
      bias: biasOf(scope),
      output,
    });
    return activated(scope, value);
  };
