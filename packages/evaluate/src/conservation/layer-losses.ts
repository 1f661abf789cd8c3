import { isLinear } from '@patternlens/core/network';
import type { LayerView } from './layer-view.js';
import { linearLosses } from './linear-losses.js';
import type { LossReason, Losses } from './loss-reasons.js';

/** The only reason that relevance can be lost, or gained, in a layer that is not linear. */
function reasonOf({ layer, rule }: LayerView): LossReason {
  switch (layer.kind) {
    case 'rectifier':
    case 'activation':
    case 'product':
      return 'gated off';
    case 'add':
    case 'sum':
      return rule === 'proportional' ? 'zero denominator' : 'copies';
    case 'add-constant':
    case 'mask-constant':
      return 'constant';
    case 'average-pool':
    case 'mean':
      return rule === 'proportional' ? 'zero denominator' : 'padding';
    case 'pad':
    case 'max-pool':
      return 'padding';
    default:
      return 'other';
  }
}

/** What of each sample's loss in a layer has which reason; the parts sum to the loss. */
export function layerLosses(view: LayerView, loss: Float64Array): Losses {
  if (!isLinear(view.layer)) return { [reasonOf(view)]: loss };
  const { losses, rest } = linearLosses(view);
  const known = Object.values(losses);
  return {
    ...losses,
    [rest]: loss.map((total, sample) => known.reduce((left, part) => left - part[sample]!, total)),
  };
}
