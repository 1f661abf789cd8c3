import { build, range } from '@patternlens/importing';
import type { LayerImporter } from './layer-scope.js';

export const pooling =
  (kind: 'max-pool' | 'average-pool', rank: number): LayerImporter =>
  ({ context, place, config, inputs }) => {
    const kernel = config.sizes('pool_size', rank, new Array<number>(rank).fill(2));
    return build.pool(context, place, inputs[0], kind, {
      kernel,
      strides: config.sizes('strides', rank, kernel),
      dilations: kernel.map(() => 1),
      padding: config.padding(),
      channelsLast: config.channelsLast(),
    });
  };

export const globalPooling =
  (kind: 'maximum-over-axes' | 'mean', rank: number): LayerImporter =>
  ({ context, place, config, inputs }) => {
    const [x] = inputs;
    if (x.shape.length !== rank + 2)
      place.invalid(`its input has ${x.shape.length} axes; ${rank + 2} are expected.`);
    const start = config.channelsLast() ? 1 : 2;
    const axes = range(rank).map((axis) => start + axis);
    const dropped = config.flag('keepdims', false) ? undefined : place.part('squeeze');
    return build.reduce(context, place, x, kind, axes, dropped);
  };
