import { createNetwork, type Network } from '../network/network.js';
import type { Canonizer } from './canonizer.js';
import { cutHead } from './cut-head.js';
import { dropIdentities } from './drop-identities.js';
import { foldForward } from './fold-forward.js';
import { foldNormalisation } from './fold-normalisation.js';
import { keepExplained } from './keep-explained.js';
import { mergePadding } from './merge-padding.js';
import { roundFolded } from './round-folded.js';
import { extensionsOf } from '../plugins/extensions.js';
import type { Plugin } from '../plugins/plugin.js';

export interface CanonizeOptions {
  /** Explain the network's output as it is, behind its final softmax, log-softmax or sigmoid. */
  readonly keepOutput?: boolean | undefined;
  /** Fold normalisations that stand alone into the layer behind them, where exact. */
  readonly foldForward?: boolean | undefined;
  /** Further canonizers, applied last. */
  readonly canonizers?: readonly Canonizer[] | undefined;
  /** What others bring: methods, rules, estimators, canonizers (applied before `canonizers`). */
  readonly plugins?: readonly Plugin[] | undefined;
}

const canonical = new WeakMap<Network, Map<string, Network>>();

/** The network in the form that rules are written for; its `changes` say what was done. */
export function canonize(network: Network, options: CanonizeOptions = {}): Network {
  const key = `${options.keepOutput === true} ${options.foldForward === true}`;
  const known = canonical.get(network) ?? new Map<string, Network>();
  const own = [...extensionsOf(options.plugins).canonizers, ...(options.canonizers ?? [])];
  const before = own.length === 0 ? known.get(key) : undefined;
  if (before) return before;
  const steps = [
    dropIdentities,
    ...(options.keepOutput === true ? [] : [cutHead]),
    keepExplained,
    mergePadding,
    foldNormalisation,
    ...(options.foldForward === true ? [foldForward] : []),
    ...own,
  ];
  const changed = steps.reduce((current, canonizer) => canonizer.apply(current), network);
  const made = createNetwork(roundFolded(changed, network));
  if (own.length === 0) canonical.set(network, known.set(key, made));
  return made;
}
