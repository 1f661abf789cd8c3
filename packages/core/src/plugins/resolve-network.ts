import { type CanonicalNetwork, isCanonical } from '../canonizers/canonical-network.js';
import { canonize, type CanonizeOptions } from '../canonizers/canonize.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import type { Network } from '../network/network.js';
import { type Extensions, extensionsOf } from './extensions.js';
import type { Plugin } from './plugin.js';

/** Options that belong to a network: they are given once, and everything that is done with the network uses them. */
export interface ResolveOptions extends CanonizeOptions {
  /** What others bring: methods, rules, estimators, canonizers (applied before `canonizers`). */
  readonly plugins?: readonly Plugin[] | undefined;
}

/** A network in its canonical form, with what plug-ins bring for it. */
export type ResolvedNetwork = CanonicalNetwork<Extensions>;

const CHOICES = ['keepOutput', 'foldForward', 'canonizers', 'plugins'] as const;

/** The one step between a network as it was read and all that is done with it: checks the plug-ins, brings the network into the form that
 * rules are written for, and keeps both together. Every public function takes it for its network, or does it itself; a network that is resolved
 * already is returned as it is.
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
