import type { LayerAsked, LayerFacts } from './layer-messages.js';
import type { CallContext } from '../call-context.js';
import type { Session } from '../session.js';

/** Weights and patterns of the neurons of a layer that are strongest for a sample. */
export const layerDetails = async (
  session: Session,
  asked: LayerAsked,
  context: CallContext,
): Promise<LayerFacts> => {
  const { describeLayer } = await import('../../layers/describe-layer.js');
  return describeLayer(session, asked, context);
};
