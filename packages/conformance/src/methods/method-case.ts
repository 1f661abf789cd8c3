import { type MethodChoice, type Network, type TraceOptions } from '@patternlens/core';
import { resolveMethod } from '@patternlens/core/tracing';
import type { ConformanceCase } from '../conformance-case.js';
import { fittedPatterns } from '../networks/fitted.js';
import { networkInputs } from '../networks/network-sample.js';
import { agreeUnderEqualGates, type Explained } from './equal-gates.js';

const BATCH = 3;

const titleOf = (choice: MethodChoice): string => {
  if (typeof choice === 'string') return choice;
  const { id, ...parameters } = choice;
  const words = Object.entries(parameters).map(([name, value]) => `${name} ${String(value)}`);
  return words.length === 0 ? id : `${id} (${words.join(', ')})`;
};

/** Gamma's denominators are sums of both signs that no rectifier stands behind. These samples are such that none is nearly zero, where a quotient would say
 * more about rounding than about a backend. */
const seedOf = (id: string): number => (id.includes('gamma') ? 503 : 500);

type Asked = Pick<Explained, 'target' | 'channel'> &
  Pick<TraceOptions, 'start' | 'layer' | 'channels'>;

/** A case of one method on one network. */
export function methodCase(
  choice: MethodChoice,
  what: string,
  network: Network,
  { target, channel, start, layer, channels }: Asked = {},
): ConformanceCase {
  const name = `${titleOf(choice)} of ${what}`;
  const method = resolveMethod(choice);
  return {
    name,
    group: 'method',
    subject: method.id,
    run: async (backend, reference) => {
      const patterns = method.needsPatterns ? await fittedPatterns(network, reference) : undefined;
      const inputs = networkInputs(network, BATCH, seedOf(method.id));
      const options = { method: choice, patterns, start, layer, channels };
      const explained = { network, options, inputs, target, channel };
      return agreeUnderEqualGates(name, explained, backend, reference);
    },
  };
}
