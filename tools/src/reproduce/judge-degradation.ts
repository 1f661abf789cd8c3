import { pairedDifference, resamples, type PairedDifference } from '@patternlens/evaluate';
import { ofParts, type Evidence, type Verdict } from './claim.js';
import { ORDERS, withInterval, type NetworkNumbers, type Order } from './numbers.js';

const SEED = 0;

/** AOPC of one order less that of another, sample by sample. */
function aopcDifference(
  { degradation }: NetworkNumbers,
  first: Order,
  second: Order,
): PairedDifference {
  const { aopc } = degradation!;
  return pairedDifference(aopc[first], aopc[second], resamples(aopc[first].length, SEED));
}

const nothing = (network: NetworkNumbers): Evidence => ({
  subject: network.title,
  verdict: 'not measured',
  text: 'The degradation was not measured.',
});

/** Each order is better than the one before it: random, S_a, S_w, S_x, S_a+-. */
export function orderOfDegradation(network: NetworkNumbers): Evidence {
  if (!network.degradation) return nothing(network);
  const steps = ORDERS.slice(1).map((order, at) => {
    const before = ORDERS[at]!;
    return { name: `${order} less ${before}`, difference: aopcDifference(network, order, before) };
  });
  const verdict: Verdict = ofParts(steps.map(({ difference }) => difference.low! > 0));
  return {
    subject: network.title,
    verdict,
    text: `${steps.filter(({ difference }) => difference.low! > 0).length} of ${steps.length} steps have an interval above 0, ${steps.filter(({ difference }) => difference.high! < 0).length} below. AOPC, ${network.degradation.aopc.random.length} samples: ${steps.map(({ name, difference }) => `${name} ${withInterval(difference)}`).join('; ')}.`,
  };
}

/** A margin is large where it is at least this share of the next best order's own lead over random. */
const LARGE = 0.25;

/** S_a+- is best, and by a large margin. */
export function bestByLargeMargin(network: NetworkNumbers): Evidence {
  if (!network.degradation) return nothing(network);
  const others = (['S_a', 'S_w', 'S_x'] as const).map((order) => ({
    order,
    margin: aopcDifference(network, 'S_a+-', order),
    lead: aopcDifference(network, order, 'random').mean!,
  }));
  const next = others.reduce((best, candidate) => (candidate.lead > best.lead ? candidate : best));
  const best = next.margin.low! > 0;
  const large = next.margin.mean! > LARGE * Math.max(next.lead, 0);
  return {
    subject: network.title,
    verdict: best ? (large ? 'supported' : 'mixed') : 'not supported',
    text: `S_a+- less ${next.order}, the best of the others: ${withInterval(next.margin)}, ${next.margin.wins} wins and ${next.margin.losses} losses of ${network.degradation.aopc.random.length}; ${next.order} leads random by ${next.lead.toFixed(3)}.`,
  };
}
