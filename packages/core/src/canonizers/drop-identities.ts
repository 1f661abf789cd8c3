import { bypassLayer, repeat, type Canonizer } from './canonizer.js';

/** Dropout does nothing when a network is explained, identity never does. */
export const dropIdentities: Canonizer = {
  name: 'drop-identities',
  apply: repeat((network) => {
    const layer = network.layers.find(
      (candidate) => candidate.kind === 'dropout' || candidate.kind === 'identity',
    );
    return (
      layer &&
      bypassLayer(network, layer, layer.inputs[0]!, `${layer.kind} "${layer.name}" dropped`)
    );
  }),
};
