import type { Layer } from '../layers/layer.js';
import { makerOf, readersOf, type Network } from '../network/network.js';
import { bypassLayer, type Canonizer } from './canonizer.js';

function isHead(layer: Layer): boolean {
  if (layer.kind === 'activation') return layer.attributes.function === 'sigmoid';
  return layer.kind === 'softmax' || layer.kind === 'log-softmax';
}

/** What turns logits into probabilities at the end of a network. */
export type HeadKind = 'softmax' | 'log-softmax' | 'sigmoid';

const headName = (layer: Layer): HeadKind =>
  layer.kind === 'activation' ? 'sigmoid' : (layer.kind as HeadKind);

/** The softmax, log-softmax or sigmoid that the first output ends in, seen through layout. */
function findHead(network: Network): Layer | undefined {
  let value = network.outputs[0]!;
  for (;;) {
    const layer = makerOf(network, value);
    if (layer === undefined) return undefined;
    if (isHead(layer)) return readersOf(network, layer.output).length <= 1 ? layer : undefined;
    if (layer.kind !== 'reshape' && layer.kind !== 'transpose') return undefined;
    value = layer.inputs[0]!;
  }
}

/** What the first output ends in, where that can be cut. */
export function headOf(network: Network): HeadKind | undefined {
  const head = findHead(network);
  return head && headName(head);
}

/** Cuts a final softmax, log-softmax or sigmoid: what is explained is the logit before it. */
export const cutHead: Canonizer = {
  name: 'cut-head',
  apply: (network) => {
    const head = findHead(network);
    return head
      ? bypassLayer(network, head, head.inputs[0]!, `final ${headName(head)} "${head.name}" cut`)
      : network;
  },
};
