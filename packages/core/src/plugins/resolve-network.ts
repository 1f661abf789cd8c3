import { type CanonicalNetwork, isCanonical } from '../canonizers/canonical-network.js';
import { canonize, type CanonizeOptions } from '../canonizers/canonize.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import type { Network } from '../network/network.js';
import { type Extensions, extensionsOf } from './extensions.js';
import type { Plugin } from './plugin.js';

/** What belongs to a network. It is given once, to `resolveNetwork`, and everything that is done with the network then uses it. */
export interface ResolveOptions extends CanonizeOptions {
  /** Plug-ins: their methods, rules, estimators and canonizers (applied before those of `canonizers`). */
  readonly plugins?: readonly Plugin[] | undefined;
}

/** A network in its canonical form, with the methods, rules and estimators of PatternLens and of its plug-ins. */
export type ResolvedNetwork = CanonicalNetwork<Extensions>;

const CHOICES = ['output', 'keepOutput', 'foldForward', 'canonizers', 'plugins'] as const;

/** The one step between a network as it was read and everything that is done with it: checks the plug-ins, brings the network into the form that
 * rules are written for, and keeps both together. Public functions accept its result for their network, or else call it themselves. A network that is
 * resolved already is returned as it is.
 * @throws PatternLensError `invalid-plugin`; `invalid-network` where a canonizer leaves something broken; `invalid-argument` where a resolved network
 * is given options anew. */
export function resolveNetwork(network: Network, options: ResolveOptions = {}): ResolvedNetwork {
  if (isCanonical(network)) {
    const again = CHOICES.filter((name) => options[name] !== undefined);
    if (again.length === 0) return network as ResolvedNetwork;
    throw new PatternLensError(
      'core',
      'invalid-argument',
      `${again.join(', ')}: the network is resolved already. Say this where it is resolved: resolveNetwork(network, { ${again.join(', ')} }).`,
    );
  }
  const extensions = extensionsOf(options.plugins);
  const canonizers = [...extensions.canonizers, ...(options.canonizers ?? [])];
  return canonize(network, { ...options, canonizers }, extensions);
}
