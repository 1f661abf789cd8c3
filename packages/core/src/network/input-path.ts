import { groupOf } from '../layers/definition-of.js';
import { isSaturation } from '../layers/is-saturation.js';
import { isFitted, isLinear, type Layer } from '../layers/layer.js';
import { makerOf, readersOf, type Network } from './network.js';

/** Layers that only lay a value out anew: reshapes, transposes, padding. */
export const isLayout = (layer: Layer): boolean => groupOf(layer) === 'layout';

/** Layers that multiply by constants, add them, or end numbers where those of a quantised network end. */
export const normalises = (layer: Layer): boolean =>
  layer.kind === 'scale' || layer.kind === 'add-constant' || isSaturation(layer);

/** Layers that may stand between an input and the first linear layer: what lays it out, normalises it by constants, or averages it. */
const mayPrepare = (layer: Layer): boolean =>
  isLayout(layer) || normalises(layer) || groupOf(layer) === 'average';

/** Whether a value is inputs of the network, with nothing between but such layers. */
function isMadeOfInputs(
  value: string,
  network: Network,
  between: (layer: Layer) => boolean,
): boolean {
  const maker = makerOf(network, value);
  return (
    maker === undefined ||
    (between(maker) && maker.inputs.every((input) => isMadeOfInputs(input, network, between)))
  );
}

const isPrepared = (value: string, network: Network): boolean =>
  isMadeOfInputs(value, network, mayPrepare);

/** Whether all that a layer reads are inputs of the network, laid out anew, normalised by constants or averaged. */
export const readsInputs = (layer: Layer, network: Network): boolean =>
  layer.inputs.every((input) => isPrepared(input, network));

/** Whether a value reaches a dense layer or a convolution, with nothing between but layout, constants and averages. */
const leadsToLinear = (value: string, network: Network): boolean =>
  readersOf(network, value).some(
    (reader) => isFitted(reader) || (mayPrepare(reader) && leadsToLinear(reader.output, network)),
  );

/** Layers that normalise an input by constants, in front of the first linear layer: part of how the input is given, and none of what explains it. */
export const normalisesInput = (layer: Layer, network: Network): boolean =>
  normalises(layer) && readsInputs(layer, network) && leadsToLinear(layer.output, network);

/** Linear layers that read an input of the network, with nothing between but what lays it out anew, normalises it by constants or averages it. */
export const firstLinear = (layer: Layer, network: Network): boolean => {
  if (!isLinear(layer)) return false;
  if (isFitted(layer)) return readsInputs(layer, network);
  return (
    !normalisesInput(layer, network) &&
    layer.inputs.every((input) => isMadeOfInputs(input, network, isLayout))
  );
};

/** Layers that are not linear where an input arrives, perhaps normalised: rules for inputs do not reach what comes back on that way. */
export const missesFirstLinear = (layer: Layer, network: Network): boolean => {
  const passes = (candidate: Layer): boolean =>
    isLayout(candidate) || (mayPrepare(candidate) && leadsToLinear(candidate.output, network));
  return (
    !passes(layer) &&
    !firstLinear(layer, network) &&
    layer.inputs.some((input) => isMadeOfInputs(input, network, passes))
  );
};
