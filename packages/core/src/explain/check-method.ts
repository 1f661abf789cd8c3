import { expects } from '../arguments/argument-kind.js';
import { checkArgument } from '../arguments/check-argument.js';
import { checkOptions } from '../arguments/check-options.js';
import { rulesFor } from '../composites/apply-composite.js';
import { resolveMethod } from '../methods/resolve-method.js';
import { checkWeights } from '../network/check-weights.js';
import { layerNamed, type Network } from '../network/network.js';
import { NETWORK } from '../network/network-kind.js';
import { channelsFirstShape, valueChannels } from '../network/value-channels.js';
import { adoptPatterns } from '../patterns/pattern-set.js';
import { namedRules } from '../plugins/plugin-rules.js';
import { resolveGiven } from '../plugins/resolve-network.js';
import { requirePatterns } from '../tracing/require-patterns.js';
import { checkDriverOptions } from '../tracing/trace-driver.js';
import { explainedPart } from '../tracing/trace-method.js';
import { TRACE_KINDS, type TraceOptions } from '../tracing/trace-options.js';
import {
  checkTarget,
  isChannelTarget,
  isLayerTarget,
  isListTarget,
  type Target,
  targetInputs,
} from './target.js';

/** Checks that a method can explain a neuron of a network, before anything is computed or compiled. One class for each sample is not checked, since the samples
 * are not known.
 * @throws PatternLensError as `createExplainer` and `explain` would: what is unknown, unsupported, missing or out of range. */
export function checkMethod(
  network: Network,
  options: TraceOptions & { readonly target?: Target | undefined },
): void {
  checkArgument('core', 'checkMethod: network', network, NETWORK);
  checkOptions('core', 'checkMethod', options, { ...TRACE_KINDS, target: expects.anything });
  const { target = 'top' } = options;
  checkTarget(target);
  const resolved = resolveGiven(network, options);
  const { extensions } = resolved;
  const method = resolveMethod(options.method, extensions.methods);
  checkDriverOptions(method, options);
  const layer = isLayerTarget(target) ? layerNamed(resolved, target.layer).name : options.layer;
  const explained = explainedPart(resolved, layer);
  const composite = namedRules(options.composite ?? [], extensions.rules);
  rulesFor([...composite, ...method.composite], method.id, explained);
  checkWeights(explained);
  requirePatterns(method, options.patterns);
  const channels = isChannelTarget(target);
  method.driver?.prepare({ network: explained, layer, channels });
  if (options.patterns) adoptPatterns(options.patterns, resolved);
  // One class per sample can only be checked once the samples are there.
  if (isListTarget(target)) return;
  const value = explained.outputs[0]!;
  const shape = explained.shapes.get(value)!;
  const byChannel = layer !== undefined || channels;
  targetInputs(
    target,
    1,
    byChannel ? channelsFirstShape(shape, valueChannels(resolved, value)) : shape,
  );
}
