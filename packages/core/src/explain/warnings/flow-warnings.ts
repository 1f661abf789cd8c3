import type { RuleLoss } from '../../rules/rule.js';
import { type ExplanationWarning, inWords } from './explanation-warning.js';
import type { LayerFlow } from './follow-sums.js';

/** A layer whose loss is less than this share of the start is not told. */
const LEAST_LOSS = 0.5;
/** Nor is one that sends on less than this many times what arrived. */
const LEAST_GROWTH = 2;

const LOSS_WORDS: Readonly<Record<RuleLoss, string>> = {
  bias: 'that is the share of its bias',
  epsilon: 'that is the share of the stabiliser',
  'zero denominator':
    'its neurons have nothing of the kind that the rule shares relevance among: the denominator is 0',
};

/** What a kind of layer does to a sum where its rule says nothing. */
function wordsOf({ kind, losses, arrived, sent }: LayerFlow): string {
  const loss = arrived - sent;
  const [reason, kept] = (Object.entries(losses) as [RuleLoss, number][]).reduce<
    readonly [RuleLoss | undefined, number]
  >((most, entry) => (Math.abs(entry[1]) > Math.abs(most[1]) ? entry : most), [undefined, 0]);
  if (reason !== undefined && Math.abs(kept) >= Math.abs(loss) / 2) return LOSS_WORDS[reason];
  if (kind === 'add-constant') return 'that is the share of the constant that it adds';
  if (kind === 'rectifier' || kind === 'activation') return 'it was closed where relevance arrived';
  return 'its rule does not keep the sum';
}

const largest = (
  flows: readonly LayerFlow[],
  of: (flow: LayerFlow) => number,
): LayerFlow | undefined =>
  flows.reduce<LayerFlow | undefined>(
    (most, flow) => (most === undefined || of(flow) > of(most) ? flow : most),
    undefined,
  );

/** Names the layer that most of the relevance is lost in. */
export function lossWarning(
  flows: readonly LayerFlow[],
  start: number,
): ExplanationWarning | undefined {
  const lossOf = ({ arrived, sent }: LayerFlow): number => (arrived - sent) / start;
  const flow = largest(flows, (one) => Math.abs(lossOf(one)));
  if (!flow) return undefined;
  const loss = lossOf(flow);
  if (!(Math.abs(loss) >= LEAST_LOSS) || !Number.isFinite(loss)) return undefined;
  return {
    code: 'conservation-loss',
    layer: flow.layer,
    value: loss,
    text: `Layer "${flow.layer}" was given ${inWords(flow.arrived)} and sent on ${inWords(flow.sent)}, a ${loss > 0 ? 'loss' : 'gain'} of ${inWords(Math.abs(loss))} times the start: ${wordsOf(flow)}.`,
  };
}

/** Names the layer in which relevance of both signs grows most, as it does where terms of a sum nearly cancel. */
export function cancellationWarning(
  flows: readonly LayerFlow[],
  magnitude: number,
  start: number,
): ExplanationWarning | undefined {
  const growthOf = ({ arrivedMagnitude, sentMagnitude }: LayerFlow): number =>
    arrivedMagnitude === 0 ? 0 : sentMagnitude / arrivedMagnitude;
  const flow = largest(flows, growthOf);
  if (!flow) return undefined;
  const growth = growthOf(flow);
  if (!(growth >= LEAST_GROWTH) || !Number.isFinite(growth)) return undefined;
  const terms = flow.kind === 'add' || flow.kind === 'sum' ? 'summands' : 'contributions';
  return {
    code: 'near-cancellation',
    layer: flow.layer,
    value: growth,
    text: `Relevance of both signs that cancels adds up to ${inWords(magnitude)}, which is ${inWords(magnitude / Math.abs(start))} times the start. It grew most in layer "${flow.layer}" (${flow.kind}), ${inWords(growth)}-fold: its ${terms} nearly cancel.`,
  };
}
