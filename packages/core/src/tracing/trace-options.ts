import { expects } from '../arguments/argument-kind.js';
import { checkArgument } from '../arguments/check-argument.js';
import { checkOptions, type OptionKinds } from '../arguments/check-options.js';
import { METHOD } from '../methods/method-kind.js';
import type { MethodChoice } from '../methods/method-choice.js';
import type { Start } from '../methods/method.js';
import type { Network } from '../network/network.js';
import { NETWORK } from '../network/network-kind.js';
import type { PatternSet } from '../patterns/pattern-set.js';
import { PATTERNS } from '../patterns/patterns-kind.js';
import type { RuleChoices } from '../plugins/plugin-rules.js';
import { RESOLVE_KINDS, type ResolveOptions } from '../plugins/resolve-network.js';
import type { GateMode } from './gates.js';

/** Options of a traced method, for a network that is resolved. */
export interface TraceChoices {
  /** The method, with its parameters. */
  readonly method: MethodChoice;
  /** Fitted patterns, for methods that need them. They must be of this network. */
  readonly patterns?: PatternSet | undefined;
  /** What relevance starts from; default: the method's own. */
  readonly start?: Start | undefined;
  /** Explain neurons of this layer instead of the network's first output; layers behind it are dropped. */
  readonly layer?: string | undefined;
  /** Explain whole channels of the output, summed over their positions: the target is then a channel, negative for the one of the largest sum. */
  readonly channels?: boolean | undefined;
  /** Rules that go before the method's own; those of plug-ins may go by their names. */
  readonly composite?: RuleChoices | undefined;
  /** For comparing backends: decisions of rectifiers and pools as outputs or inputs. */
  readonly gates?: GateMode | undefined;
  /** For finding faults: every layer's value as an output `value:LAYER`. */
  readonly layerValues?: boolean | undefined;
  /** For following relevance: what arrives at every layer, and what the layer sends on, as outputs that `layerRelevance` of the result names. */
  readonly layerRelevance?: boolean | undefined;
  /** For finding where relevance is lost or grows: sums over each sample of the same, which `layerSums` of the result names. */
  readonly layerSums?: boolean | undefined;
}

/** What can be chosen of a traced method, and of its network where that is not resolved yet. */
export type TraceOptions = TraceChoices & ResolveOptions;

/** What each of `TraceOptions` may be. */
export const TRACE_KINDS: OptionKinds<TraceOptions> = {
  ...RESOLVE_KINDS,
  method: METHOD,
  patterns: PATTERNS,
  start: expects.oneOf(['one', 'value']),
  layer: expects.text,
  channels: expects.flag,
  composite: expects.list,
  gates: expects.oneOf(['inside', 'outputs', 'inputs']),
  layerValues: expects.flag,
  layerRelevance: expects.flag,
  layerSums: expects.flag,
};

/** Checks the network and the options of a function that traces.
 * @throws PatternLensError `invalid-argument`. */
export function checkTraced(where: string, network: Network, options: TraceOptions): void {
  checkArgument('core', `${where}: network`, network, NETWORK);
  checkOptions('core', where, options, TRACE_KINDS);
}
