import { reshapeParameter } from '@patternlens/core/network';
import { build, clipBetween, smooth, type Activation } from '@patternlens/importing';
import { activationOf, type LayerImporter, type LayerScope } from './layer-scope.js';

const activation =
  (of: (scope: LayerScope) => Activation): LayerImporter =>
  (scope) =>
    build.activate(scope.context, scope.place, scope.inputs[0], of(scope));

export const activationLayer = activation((scope) => activationOf(scope));

export const leakyRelu = activation(({ config }) =>
  smooth({
    function: 'leaky-rectifier',
    slope: config.number('alpha', config.number('negative_slope', 0.3)),
  }),
);

export const elu = activation(({ config }) =>
  smooth({ function: 'elu', alpha: config.number('alpha', 1) }),
);

export const thresholdedRelu = activation(({ config, place }) => {
  const theta = config.number('theta', 1);
  return theta === 0
    ? { kind: 'rectifier' }
    : place.unsupported(`its theta of ${theta} makes it jump; 0 is supported.`);
});

export const softmax = activation(({ config }) => ({
  kind: 'softmax',
  axis: config.number('axis', -1),
}));

/** A rectifier with a limit and a slope of its own. */
export const relu: LayerImporter = (scope) => {
  const { context, place, config, inputs } = scope;
  const largest = config.number('max_value', Infinity);
  const slope = config.number('negative_slope', 0);
  const threshold = config.number('threshold', 0);
  if (threshold !== 0)
    place.unsupported(`its threshold of ${threshold} makes it jump; 0 is supported.`);
  if (largest < 0) place.invalid(`its max_value of ${largest} is below 0.`);
  if (slope === 0) return build.activate(context, place, inputs[0], clipBetween(0, largest));
  const leaky = smooth({ function: 'leaky-rectifier', slope });
  if (largest === Infinity) return build.activate(context, place, inputs[0], leaky);
  const bent = build.activateBehind(context, place, inputs[0], leaky);
  return build.activate(context, place, bent, clipBetween(-Infinity, largest));
};

/** A slope for every value, or for all along the shared axes. */
export const prelu: LayerImporter = ({ context, place, inputs, weight }) => {
  const [x] = inputs;
  const slope = weight('alpha');
  const sizes = slope.tensor.shape;
  const sample = x.shape.slice(1);
  const fits =
    sizes.length === sample.length &&
    sizes.every((size, axis) => size === 1 || size === sample[axis]);
  if (!fits) place.invalid(`its alpha of shape [${sizes.join(', ')}] does not fit its input.`);
  return build.rectifyByParameter(context, place, x, reshapeParameter(slope, sizes));
};
