import { reshapeParameter } from '@patternlens/core';
import { activate, clipBetween, type Activation } from '../build/activation.js';
import { beside } from '../build/elementwise.js';
import { activationOf, type LayerImporter, type LayerScope } from './layer-scope.js';

const activation =
  (of: (scope: LayerScope) => Activation): LayerImporter =>
  (scope) =>
    activate(scope.context, scope.place, scope.inputs[0], of(scope), false);

export const activationLayer = activation((scope) => activationOf(scope));

export const leakyRelu = activation(({ config }) => ({
  kind: 'activation',
  attributes: {
    function: 'leaky-rectifier',
    slope: config.number('alpha', config.number('negative_slope', 0.3)),
  },
}));

export const elu = activation(({ config }) => ({
  kind: 'activation',
  attributes: { function: 'elu', alpha: config.number('alpha', 1) },
}));

export const thresholdedRelu = activation(({ config, place }) => {
  const theta = config.number('theta', 1);
  return theta === 0
    ? { kind: 'rectifier' }
    : place.unsupported(`its theta of ${theta} makes it jump; 0 is supported.`);
});

export const softmax: LayerImporter = (scope) => {
  const axis = scope.config.number('axis', -1);
  return activate(scope.context, scope.place, scope.inputs[0], { kind: 'softmax', axis }, false);
};

/** A rectifier with a limit and a slope of its own. */
export const relu: LayerImporter = (scope) => {
  const { context, place, config, inputs } = scope;
  const most = config.number('max_value', Infinity);
  const slope = config.number('negative_slope', 0);
  const threshold = config.number('threshold', 0);
  if (threshold !== 0)
    place.unsupported(`its threshold of ${threshold} makes it jump; 0 is supported.`);
  if (most < 0) place.invalid(`its max_value of ${most} is below 0.`);
  if (slope === 0) return activate(context, place, inputs[0], clipBetween(0, most), false);
  const leaky: Activation = {
    kind: 'activation',
    attributes: { function: 'leaky-rectifier', slope },
  };
  if (most === Infinity) return activate(context, place, inputs[0], leaky, false);
  const bent = activate(context, place, inputs[0], leaky, true);
  return activate(context, place, bent, clipBetween(-Infinity, most), false);
};

/** A slope for every value, or for all along the shared axes. */
export const prelu: LayerImporter = ({ context, place, inputs, weight }) => {
  const [x] = inputs;
  const slope = weight('alpha');
  const sizes = slope.tensor.shape;
  const own = x.shape.slice(1);
  const fits =
    sizes.length === own.length && sizes.every((size, axis) => size === 1 || size === own[axis]);
  if (!fits) place.invalid(`its alpha of shape [${sizes.join(', ')}] does not fit its input.`);
  return context.layer(
    place,
    'activation',
    {
      inputs: [x],
      attributes: { function: 'parametric-rectifier' },
      parameters: { slope: beside(place, reshapeParameter(slope, sizes), x) },
    },
    x.channelsFirst,
  );
};
