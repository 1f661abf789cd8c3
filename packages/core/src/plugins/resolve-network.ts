import { expects } from '../arguments/argument-kind.js';
import { checkArgument } from '../arguments/check-argument.js';
import { checkOptions, type OptionKinds } from '../arguments/check-options.js';
import { type CanonicalNetwork, isCanonical } from '../canonizers/canonical-network.js';
import { canonize, type CanonizeOptions } from '../canonizers/canonize.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import type { Network } from '../network/network.js';
import { NETWORK } from '../network/network-kind.js';
import { type Extensions, extensionsOf } from './extensions.js';
import type { Plugin } from './plugin.js';

/** What belongs to a network. It is given once, to `resolveNetwork`, and everything that is done with the network then uses it. */
export interface ResolveOptions extends CanonizeOptions {
  /** Plug-ins: their methods, rules, estimators and canonizers (applied before those of `canonizers`). */
  readonly plugins?: readonly Plugin[] | undefined;
}

/** A network in its canonical form, with the methods, rules and estimators of PatternLens and of its plug-ins. */
export type ResolvedNetwork = CanonicalNetwork<Extensions>;

/** What each of `ResolveOptions` may be. */
export const RESOLVE_KINDS: OptionKinds<ResolveOptions> = {
  output: expects.text,
  keepOutput: expects.flag,
  foldForward: expects.flag,
  canonizers: expects.list,
  plugins: expects.list,
};

const CHOICES = Object.keys(RESOLVE_KINDS) as (keyof ResolveOptions)[];

/** The one step between a network as it was read and everything that is done with it: checks the plug-ins, brings the network into the form that
 * rules are written for, and keeps both together. Public functions accept its result for their network, or else call it themselves. A network that is
 * resolved already is returned as it is.
 * @throws PatternLensError `invalid-plugin`; `invalid-network` where a canonizer leaves something broken; `invalid-argument` where a resolved network
 * is given options anew, and for anything that is no network or no such option. */
export function resolveNetwork(network: Network, options: ResolveOptions = {}): ResolvedNetwork {
  checkArgument('core', 'resolveNetwork: network', network, NETWORK);
  checkOptions('core', 'resolveNetwork', options, RESOLVE_KINDS);
  return resolveGiven(network, options);
}

/** As `resolveNetwork`, for functions that checked their network and their own options, among which those of resolving are. */
export function resolveGiven(network: Network, options: ResolveOptions): ResolvedNetwork {
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
