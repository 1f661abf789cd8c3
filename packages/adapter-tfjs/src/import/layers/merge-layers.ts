import {
  build,
  range,
  scalarParameter,
  withAxes,
  type PairKind,
  type RuntimeValue,
} from '@patternlens/importing';
import type { LayerImporter, LayerScope } from './layer-scope.js';

/** Values of one rank: Keras puts axes of size 1 behind the batch of those that have fewer. */
function sameRank({ context, place, inputs }: LayerScope): RuntimeValue[] {
  const rank = Math.max(...inputs.map(({ shape }) => shape.length));
  return inputs.map((value, index) =>
    value.shape.length === rank
      ? value
      : build.reshape(
          context,
          place.part(`axes-${index + 1}`),
          value,
          withAxes(value.shape, range(rank - value.shape.length + 1).slice(1)),
        ),
  );
}

export const add: LayerImporter = (scope) => build.sum(scope.context, scope.place, sameRank(scope));

export const subtract: LayerImporter = (scope) => {
  const values = sameRank(scope);
  if (values.length !== 2) scope.place.invalid(`it has ${values.length} inputs; 2 are expected.`);
  return build.sum(scope.context, scope.place, values, [1, -1]);
};

export const average: LayerImporter = (scope) => {
  const values = sameRank(scope);
  const total = build.sum(scope.context, scope.place.part('sum'), values);
  return build.scale(scope.context, scope.place, total, scalarParameter(1 / values.length));
};

export const merged =
  (kind: PairKind): LayerImporter =>
  (scope) =>
    build.joined(scope.context, scope.place, kind, sameRank(scope));

export const concatenated: LayerImporter = ({ context, place, config, inputs }) =>
  inputs.length === 1
    ? inputs[0]
    : build.concatenate(context, place, inputs, config.number('axis', -1));

/** The product of two vectors, summed. */
export const dot: LayerImporter = ({ context, place, config, inputs }) => {
  const [a, b] = inputs;
  if (b?.shape.length !== 2 || a.shape.length !== 2)
    return place.unsupported('its inputs have more than one axis beside the batch.');
  if (config.flag('normalize', false)) place.unsupported('it normalises its inputs.');
  const product = build.pair(context, place.part('product'), 'product', [a, b]);
  return build.reduce(context, place, product, 'sum', [1]);
};
