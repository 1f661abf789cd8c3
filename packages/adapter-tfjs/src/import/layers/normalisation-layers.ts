import { reshapeParameter, type Parameter } from '@patternlens/core/network';
import { axisOfSample, build, scalarParameter } from '@patternlens/importing';
import type { LayerImporter } from './layer-scope.js';

export const batchNormalization: LayerImporter = ({ context, place, config, inputs, weight }) => {
  const axis = config.get('axis') === null ? [-1] : config.list('axis');
  if (axis.length !== 1) place.unsupported(`it keeps statistics for ${axis.length} axes.`);
  return build.normaliseBatch(context, place, inputs[0], {
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
  const axes = given.map((axis) => axisOfSample(place, inputs[0], axis)).sort((a, b) => a - b);
  const along = shape.slice(1).map((dim, axis) => (axes.includes(axis + 1) ? (dim as number) : 1));
  const size = along.reduce((total, one) => total * one, 1);
  const fitted = (name: string): Parameter => {
    const stored = weight(name);
    return stored.tensor.data.length === size
      ? reshapeParameter(stored, along)
      : place.invalid(`its ${name} has ${stored.tensor.data.length} values for ${size}.`);
  };
  const weights = config.flag('scale', true) ? fitted('gamma') : scalarParameter(1);
  const bias = config.flag('center', true) ? fitted('beta') : undefined;
  const { normal } = build.standardise(
    context,
    place,
    inputs[0],
    axes,
    config.number('epsilon', 1e-3),
  );
  return build.scale(context, place, normal, weights, bias);
};

export const rescaling: LayerImporter = ({ context, place, config, inputs }) => {
  const offset = config.number('offset', 0);
  const weights = scalarParameter(config.number('scale', 1));
  const bias = offset === 0 ? undefined : scalarParameter(offset);
  return build.scale(context, place, inputs[0], weights, bias);
};
