import { isLinear, type Layer } from '../layers/layer.js';
import { groupOf } from '../layers/definition-of.js';
import { makerOf, type Network } from './network.js';

/** Whether a value is an input of the network, or only inputs laid out anew. */
const isLaidOutInput = (value: string, network: Network): boolean => {
  const maker = makerOf(network, value);
  return (
    maker === undefined ||
    (groupOf(maker) === 'layout' && maker.inputs.every((input) => isLaidOutInput(input, network)))
  );
};

/** Linear layers that read an input of the network, with nothing between but what lays it out anew: reshapes, transposes, padding. */
export const firstLinear = (layer: Layer, network: Network): boolean =>
  isLinear(layer) && layer.inputs.every((input) => isLaidOutInput(input, network));
