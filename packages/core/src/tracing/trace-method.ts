import type { CanonicalNetwork } from '../canonizers/canonical-network.js';
import { upTo } from '../canonizers/keep-explained.js';
import { rulesFor } from '../composites/apply-composite.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import type { Layer } from '../layers/layer.js';
import type { Method, Start } from '../methods/method.js';
import { resolveMethod } from '../methods/resolve-method.js';
import { checkWeights } from '../network/check-weights.js';
import { layerNamed, type Network } from '../network/network.js';
import { type ForwardPass, traceForward } from '../network/trace-forward.js';
import { channelsFirstShape, valueChannels } from '../network/value-channels.js';
import { adoptPatterns } from '../patterns/pattern-set.js';
import { contributors } from '../plugins/contributors.js';
import type { Extensions } from '../plugins/extensions.js';
import { namedRules } from '../plugins/plugin-rules.js';
import { resolveGiven } from '../plugins/resolve-network.js';
import { ProgramBuilder, type Value } from '../program/program-builder.js';
import type { Program } from '../program/program.js';
import type { Rule, RuleLoss } from '../rules/rule.js';
import type { Signal } from '../rules/signal.js';
import { BATCH, type Shape } from '../tensor/shape.js';
import { tracedGates } from './gates.js';
import { type LayerSums, layerSumPorts, sumOfSamples } from './layer-sums.js';
import { requirePatterns } from './require-patterns.js';
import { type Remark, remarksOnPatterns, remarksOnRules } from './remark.js';
import { checkTraced, type TraceChoices, type TraceOptions } from './trace-options.js';
import { type Directed, type SignalVisitor, traceBackward } from './trace-backward.js';
import { type Relevance, traceExponent } from './trace-exponent.js';
import { type TracedStart, traceStart } from './trace-start.js';

/** Names of a traced method's inputs and outputs in its program. */
export interface TracedPorts {
  /** Index of the explained neuron in the flattened value (of a layer, with its channels at axis 1), or of the explained channel; negative for the strongest: `[N]`. */
  readonly target: string;
  /** Where neurons of a layer are explained: the channel to choose the strongest of, negative for all: `[N]`. */
  readonly channel?: string | undefined;
  /** The name of the relevance of each input of the network; none where a driver runs forward passes only. */
  readonly relevance: ReadonlyMap<string, string>;
  /** The explained value, whole. */
  readonly output: string;
  /** The index that was explained: `[N]`. */
  readonly targetUsed: string;
  /** The explained neuron's value: `[N]`. */
  readonly explained: string;
  /** What the backward pass started from: `[N]`. */
  readonly start: string;
  /** The true relevance is the returned one times 2^exponent: `[N]`. */
  readonly exponent: string;
}

/** One value among a program's outputs: the true numbers are those of the output times 2^exponent. */
export interface RelevancePort {
  readonly name: string;
  readonly exponent: number;
}

/** The relevance that arrived at a layer's output, and what its rule sent to each of its inputs. */
export interface LayerRelevance {
  readonly layer: Layer;
  /** The rule's name. */
  readonly rule: string;
  readonly arrived: RelevancePort;
  readonly sent: readonly RelevancePort[];
  /** What the rule says that it keeps back, by reason: sums over each sample, `[N]`. */
  readonly losses: Readonly<Partial<Record<RuleLoss, RelevancePort>>>;
}

/** A method traced over a network: a program, and what its ports mean. */
export interface TracedMethod {
  readonly program: Program;
  readonly ports: TracedPorts;
  readonly method: Method;
  readonly start: Start;
  /** Names of the rules that went before the method's own. */
  readonly rules: readonly string[];
  /** Plug-ins, `NAME@VERSION`, whose parts made it. */
  readonly plugins: readonly string[];
  /** The network that rules were applied to, with its `changes`. */
  readonly network: CanonicalNetwork<Extensions>;
  /** What people should know of the layers that it was applied to. */
  readonly remarks: readonly Remark[];
  /** Samples that the patterns were fitted on, where the method uses patterns. */
  readonly patternSamples?: number | undefined;
  /** The shape that indices of targets are about: that of the explained value, with its channels at axis 1 where neurons of a layer or channels are explained. */
  readonly explainedShape: Shape;
  readonly layer?: string | undefined;
  /** Whole channels are explained. */
  readonly channels: boolean;
  /** From the output back to the inputs, where it was asked for. */
  readonly layerRelevance?: readonly LayerRelevance[];
  /** The same as sums over each sample, where they were asked for. */
  readonly layerSums?: readonly LayerSums[];
}

/** The part of a network that leads to the layer that is explained; the network itself where none is named.
 * @throws PatternLensError `invalid-argument` where there is no such layer, with the nearest name. */
export function explainedPart<E>(
  network: CanonicalNetwork<E>,
  layer: string | undefined,
): CanonicalNetwork<E> {
  if (layer === undefined) return network;
  return { ...upTo(network, layerNamed(network, layer).output), head: undefined };
}

/** Records a whole explanation, forward and backward, as one program, for a backend or for `writeOnnx`.
 * @throws PatternLensError `unsupported-layer` naming the layers that the method has no rule for; `missing-pattern` or `pattern-mismatch`; `invalid-argument` for an
 * unknown method, parameter or layer; `unsupported-operation` for a driver, which is no single program; `invalid-plugin`. */
export function traceMethod(network: Network, options: TraceOptions): TracedMethod {
  checkTraced('traceMethod', network, options);
  return traceResolved(resolveGiven(network, options), options);
}

/** As `traceMethod`, over a network that is resolved. */
export function traceResolved(
  network: CanonicalNetwork<Extensions>,
  options: TraceChoices,
): TracedMethod {
  const method = resolveMethod(options.method, network.extensions.methods);
  if (method.driver)
    throw new PatternLensError(
      'core',
      'unsupported-operation',
      `${method.id}: it is a driver, which runs a program over many inputs and averages: it cannot be traced into one program, nor exported. Explain with it (createExplainer, patternlens explain), or take a method that is one program, as gradient.`,
      { method: method.id },
    );
  return traceProgram(network, method, options);
}

/** The program of a method, or the one that a driver runs over its families: without a backward pass where the driver asks for none. */
export function traceProgram(
  network: CanonicalNetwork<Extensions>,
  method: Method,
  options: Omit<TraceChoices, 'method'>,
): TracedMethod {
  const { extensions } = network;
  const composite = namedRules(options.composite ?? [], extensions.rules);
  const explained = explainedPart(network, options.layer);
  const patterns = options.patterns && adoptPatterns(options.patterns, network);
  requirePatterns(method, patterns);
  const applied = [...composite, ...method.composite];
  const rules = rulesFor(applied, method.id, explained);
  checkWeights(explained);
  const ops = new ProgramBuilder();
  const gates = tracedGates(ops, options.gates ?? 'inside');
  const forward = traceForward(ops, explained, gates);
  const start = options.start ?? method.start;
  const isForward = method.driver !== undefined && method.driver.of === undefined;
  const ports = portsOf(explained, options.layer !== undefined, isForward);
  const value = forward.values.get(explained.outputs[0]!)!;
  const target = ops.input(ports.target, [BATCH]);
  const channel = ports.channel === undefined ? undefined : ops.input(ports.channel, [BATCH]);
  const channels = options.channels ?? false;
  const axis = valueChannels(network, explained.outputs[0]!);
  const traced = traceStart(ops, value, { start, target, axis, channel, channels });
  const layerRelevance: LayerRelevance[] = [];
  const layerSums: LayerSums[] = [];
  const visit: SignalVisitor = (...visited) => {
    if (options.layerRelevance === true) layerRelevance.push(relevancePorts(ops, ...visited));
    else layerSums.push(layerSumPorts(ops, ...visited));
  };
  const asked = new Set<string>();
  const directed: Directed = {
    patterns,
    estimators: extensions.estimators,
    onPattern: (layer, kind) => kind === 'positive' && asked.add(layer),
  };
  const back = (): Map<string, Signal> =>
    traceBackward(
      ops,
      explained,
      forward,
      rules,
      traced.relevance,
      directed,
      options.layerRelevance === true || options.layerSums === true ? visit : undefined,
    );
  const relevance = isForward
    ? noRelevance(ops)
    : relevanceOf(ops, method, forward, back(), explained);
  writeOutputs(ops, ports, value, traced, relevance);
  if (options.layerValues === true) {
    for (const layer of explained.layers)
      ops.output(valueName(layer.name), forward.values.get(layer.output)!);
  }
  return {
    program: ops.build(),
    ports,
    method,
    start,
    rules: [...new Set(composite.map(([, { name }]) => name))],
    plugins: contributors(method, rules.values(), explained, extensions),
    network: explained,
    remarks: isForward
      ? []
      : [...remarksOnRules(applied, rules, explained), ...remarksOnPatterns(patterns, asked)],
    patternSamples: method.needsPatterns ? patterns?.samples : undefined,
    explainedShape: channel || channels ? channelsFirstShape(value.shape, axis) : value.shape,
    layer: options.layer,
    channels,
    layerRelevance,
    layerSums,
  };
}

/** Makes relevance, and what it is the relevance of, outputs of the program. */
function writeOutputs(
  ops: ProgramBuilder,
  ports: TracedPorts,
  value: Value,
  { target, explained, start }: TracedStart,
  { values, exponent }: Relevance,
): void {
  for (const [input, name] of ports.relevance) ops.output(name, values.get(input)!);
  ops.output(ports.output, value);
  ops.output(ports.targetUsed, target);
  ops.output(ports.explained, explained);
  ops.output(ports.start, start);
  ops.output(ports.exponent, exponent);
}

/** Makes what arrived at a layer, and what it sent, outputs of the program. */
function relevancePorts(
  ops: ProgramBuilder,
  layer: Layer,
  rule: Rule,
  arrived: Signal,
  sent: readonly Signal[],
  losses: Readonly<Partial<Record<RuleLoss, Value>>>,
): LayerRelevance {
  const port = (name: string, { value, exponent }: Signal): RelevancePort => {
    ops.output(name, value);
    return { name, exponent };
  };
  return {
    layer,
    rule: rule.name,
    arrived: port(`arrived:${layer.name}`, arrived),
    sent: sent.map((signal, index) => port(`sent:${layer.name}:${index}`, signal)),
    losses: Object.fromEntries(
      Object.entries(losses).map(([reason, value]) => [
        reason,
        port(`lost:${layer.name}:${reason}`, {
          value: sumOfSamples(ops, value),
          exponent: arrived.exponent,
        }),
      ]),
    ),
  };
}

const noRelevance = (ops: ProgramBuilder): Relevance => ({
  values: new Map(),
  exponent: ops.broadcast(ops.scalar(0), [BATCH]),
});

/** What arrived at each input, times the input where the method says so. */
function relevanceOf(
  ops: ProgramBuilder,
  method: Method,
  forward: ForwardPass,
  arrived: ReadonlyMap<string, Signal>,
  { inputs }: Network,
): Relevance {
  const signals = new Map(
    inputs.map(({ name, shape }) => {
      const signal = arrived.get(name) ?? {
        value: ops.broadcast(ops.scalar(0), shape),
        exponent: 0,
      };
      return [
        name,
        method.timesInput
          ? { ...signal, value: ops.mul(signal.value, forward.values.get(name)!) }
          : signal,
      ];
    }),
  );
  return traceExponent(ops, signals);
}

/** The name of a layer's value among a program's outputs. */
export const valueName = (layer: string): string => `value:${layer}`;

function portsOf(network: Network, ofLayer: boolean, isForward: boolean): TracedPorts {
  const taken = new Set(network.inputs.map(({ name }) => name));
  const free = (name: string): string => (taken.has(name) ? `patternlens_${name}` : name);
  const single = network.inputs.length === 1;
  return {
    target: free('target'),
    channel: ofLayer ? free('channel') : undefined,
    relevance: new Map(
      (isForward ? [] : network.inputs).map(({ name }) => [
        name,
        free(single ? 'relevance' : `relevance:${name}`),
      ]),
    ),
    output: free('output'),
    targetUsed: free('target_used'),
    explained: free('explained'),
    start: free('start'),
    exponent: free('exponent'),
  };
}
