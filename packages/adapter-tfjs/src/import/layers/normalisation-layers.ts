import { reshapeParameter, type Parameter } from '@patternlens/core';
import { scale, scalar } from '../build/elementwise.js';
import { normaliseBatch, normaliseLayer } from '../build/normalisation.js';
import type { LayerImporter } from './layer-scope.js';

export const batchNormalization: LayerImporter = ({ context, place, config, inputs, weight }) => {
  const axis = config.get('axis') === null ? [-1] : config.list('axis');
  if (axis.length !== 1) place.unsupported(`it keeps statistics for ${axis.length} axes.`);
  return normaliseBatch(context, place, inputs[0], {
    axis: axis[0]!,
    epsilon: config.number('epsilon', 1e-3),
    scale: config.flag('scale', true) ? weight('gamma') : undefined,
    shift: config.flag('center', true) ? weight('beta') : undefined,
    mean: weight('moving_mean'),
    variance: weight('moving_variance'),
  });
};

export const layerNormalization: LayerImporter = ({ context, place, config, inputs, weight }) => {
  const { shape } = inputs[0];
  const given = config.get('axis') === null ? [-1] : config.list('axis');
  const axes = given.map((axis) => place.axis(axis, shape.length));
  const along = shape.slice(1).map((dim, axis) => (axes.includes(axis + 1) ? (dim as number) : 1));
  const size = along.reduce((total, own) => total * own, 1);
  const fitted = (name: string): Parameter => {
    const own = weight(name);
    return own.tensor.data.length === size
      ? reshapeParameter(own, along)
      : place.invalid(`its ${name} has ${own.tensor.data.length} values for ${size}.`);
  };
  return normaliseLayer(context, place, inputs[0], {
    axes,
    epsilon: config.number('epsilon', 1e-3),
    scale: config.flag('scale', true) ? fitted('gamma') : undefined,
    shift: config.flag('center', true) ? fitted('beta') : undefined,
  });
};

export const rescaling: LayerImporter = ({ context, place, config, inputs }) => {
  const offset = config.number('offset', 0);
  return scale(context, place, inputs[0], {
    weights: scalar(config.number('scale', 1)),
    bias: offset === 0 ? undefined : scalar(offset),
  });
};
