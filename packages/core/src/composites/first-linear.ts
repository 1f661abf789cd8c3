import { isLinear } from '../layers/layer.js';
import { layoutKinds } from '../methods/layer-groups.js';
import { makerOf, type Network } from '../network/network.js';
import type { Matcher } from './composite.js';

/** Whether a value is an input of the network, or only inputs laid out anew. */
const isLaidOutInput = (value: string, network: Network): boolean => {
  const maker = makerOf(network, value);
  return (
    maker === undefined ||
    (layoutKinds(maker, network) && maker.inputs.every((input) => isLaidOutInput(input, network)))
  );
};

/** Linear layers that read an input of the network, with nothing between but what lays it out anew: reshapes, transposes, padding. */
export const firstLinear: Matcher = (layer, network) =>
  isLinear(layer) && layer.inputs.every((input) => isLaidOutInput(input, network));
