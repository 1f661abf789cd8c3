import { inputAxes } from '../network/input-axes.js';
import { createNetwork, type Network } from '../network/network.js';
import type { CanonicalNetwork } from './canonical-network.js';
import type { Canonizer } from './canonizer.js';
import { chooseOutput, outputsOf } from './choose-output.js';
import { cutHead, headOf } from './cut-head.js';
import { dropIdentities } from './drop-identities.js';
import { foldForward } from './fold-forward.js';
import { foldNormalisation } from './fold-normalisation.js';
import { keepExplained } from './keep-explained.js';
import { mergePadding } from './merge-padding.js';
import { recogniseActivations } from './recognise-activations.js';
import { roundFolded } from './round-folded.js';

/** Choices about the form that a network is brought to. */
export interface CanonizeOptions {
  /** Explain this output instead of the first, or this value inside, by its own name or by that of its layer. */
  readonly output?: string | undefined;
  /** Explain the network's output as it is, after its final softmax, log-softmax or sigmoid, which is cut off otherwise. */
  readonly keepOutput?: boolean | undefined;
  /** Fold normalisations that stand alone into the layer after them, where that is exact. Patterns are then fitted on other inputs. Default: no. */
  readonly foldForward?: boolean | undefined;
  /** Further canonizers, applied last. */
  readonly canonizers?: readonly Canonizer[] | undefined;
}

/** The network in the form that rules are written for; its `changes` say what was done. It carries `extensions` along. */
export function canonize<E>(
  network: Network,
  options: CanonizeOptions,
  extensions: E,
): CanonicalNetwork<E> {
  const chosen = options.output === undefined ? network : chooseOutput(network, options.output);
  const plain = dropIdentities.apply(chosen);
  const isCut = options.keepOutput !== true;
  const steps = [
    ...(isCut ? [cutHead] : []),
    keepExplained,
    recogniseActivations,
    mergePadding,
    foldNormalisation,
    ...(options.foldForward === true ? [foldForward] : []),
    ...(options.canonizers ?? []),
  ];
  const changed = steps.reduce((current, canonizer) => canonizer.apply(current), plain);
  const made = createNetwork({ ...roundFolded(changed, network), fileOutputs: outputsOf(chosen) });
  const head = isCut ? headOf(plain) : undefined;
  return { ...made, extensions, head, axes: inputAxes(made) } as CanonicalNetwork<E>;
}
