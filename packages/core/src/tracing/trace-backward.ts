import type { CanonicalNetwork } from '../canonizers/canonical-network.js';
import { PatternLensError } from '../errors/patternlens-error.js';
import { definitionOf } from '../layers/definition-of.js';
import type { LayerScope } from '../layers/layer-definition.js';
import { isLinear, type Layer } from '../layers/layer.js';
import { linearOperator } from '../layers/linear-operator.js';
import { type ExpectedMagnitude, magnitudeAtStart } from '../layers/expected-magnitude.js';
import { concerning } from '../network/concerning.js';
import { makerOf, type Network } from '../network/network.js';
import type { ForwardPass } from '../network/trace-forward.js';
import { directionOf } from '../patterns/direction-of.js';
import type { Estimator } from '../patterns/estimators/estimator.js';
import { kindFor, type PatternSet } from '../patterns/pattern-set.js';
import type { ProgramBuilder, Value } from '../program/program-builder.js';
import type { LinearScope, Rule, RuleLoss, RuleScope } from '../rules/rule.js';
import { type Signal, sumSignals } from '../rules/signal.js';
import { formatShape, sameShape } from '../tensor/shape.js';

function linearScope(layer: Layer, scope: LayerScope): LinearScope | undefined {
  if (!isLinear(layer)) return undefined;
  const operator = linearOperator(scope.ops, layer, scope.inputs[0]!.shape);
  return { ...operator, weights: scope.parameter('weights'), bias: scope.optional('bias') };
}

/** What rules may ask for beside the layer itself. */
export interface Directed {
  readonly patterns?: PatternSet | undefined;
  /** Estimators of plug-ins, by name. */
  readonly estimators?: ReadonlyMap<string, Estimator> | undefined;
  /** Told of the directions that rules ask for. */
  readonly onPattern?: ((layer: string, kind: string) => void) | undefined;
}

function ruleScope(
  network: CanonicalNetwork,
  layer: Layer,
  scope: LayerScope,
  output: Value,
  expectedMagnitude: ExpectedMagnitude,
  { patterns, estimators, onPattern }: Directed,
): RuleScope {
  return {
    ...scope,
    layer,
    network,
    output,
    expectedMagnitude,
    linear: linearScope(layer, scope),
    gradient: (r) => definitionOf(layer).gradient(layer, scope, output, r),
    pattern: (estimator, regime) => {
      if (!isLinear(layer))
        throw new PatternLensError(
          'core',
          'unsupported-layer',
          `layer "${layer.name}" (${layer.kind}) has no pattern.`,
          { layer: layer.name },
        );
      onPattern?.(layer.name, kindFor(estimator, regime, {}));
      return directionOf(layer, patterns, estimator, regime, estimators);
    },
  };
}

/** The share of positions where each channel of a value is positive, as it was when patterns were fitted; half where that is not known. */
function openShare(
  network: Network,
  patterns: PatternSet | undefined,
  value: string,
): number | Float64Array {
  const pattern = patterns?.layers.get(makerOf(network, value)?.name ?? '');
  if (!pattern || pattern.samples === 0) return 0.5;
  return pattern.counts.map((count) => count / pattern.samples);
}

const asSignal = (back: Value | Signal | undefined): Signal | undefined =>
  back === undefined || 'exponent' in back ? back : { value: back, exponent: 0 };

const nothing = (ops: ProgramBuilder, { shape }: Value): Signal => ({
  value: ops.broadcast(ops.scalar(0), shape),
  exponent: 0,
});

/** Sees what arrived at a layer's output, what its rule sent to each of its inputs, and what it says that it keeps back, in units of what arrived. */
export type SignalVisitor = (
  layer: Layer,
  rule: Rule,
  arrived: Signal,
  sent: readonly Signal[],
  losses: Readonly<Partial<Record<RuleLoss, Value>>>,
) => void;

/** Applies each layer's rule from the network's output back to its inputs; where a value fans out, what comes back is summed.
 * An input that the output does not depend on gets no signal. */
export function traceBackward(
  ops: ProgramBuilder,
  network: CanonicalNetwork,
  forward: ForwardPass,
  rules: ReadonlyMap<Layer, Rule>,
  start: Value,
  directed: Directed = {},
  visit?: SignalVisitor,
): Map<string, Signal> {
  const arrived = new Map<string, Signal[]>([
    [
      network.outputs[0]!,
      [{ value: start, exponent: 0, expectedMagnitude: magnitudeAtStart(start.shape) }],
    ],
  ]);
  for (const layer of network.layers.toReversed()) {
    const signals = arrived.get(layer.output);
    if (!signals) continue;
    arrived.delete(layer.output);
    ops.inLayer(layer.name, () => {
      concerning(layer, () => {
        const signal = sumSignals(ops, signals);
        const expectedMagnitude = signal.expectedMagnitude!;
        const rule = rules.get(layer)!;
        const scope = ruleScope(
          network,
          layer,
          forward.scopes.get(layer)!,
          forward.values.get(layer.output)!,
          expectedMagnitude,
          directed,
        );
        const held = rule.holds?.(layer, network) ?? [];
        const back = rule.backward(scope, signal.value).map(asSignal);
        const backward = {
          attributes: layer.attributes,
          inputs: scope.inputs.map(({ shape }) => shape),
          output: scope.output.shape,
          open: () => openShare(network, directed.patterns, layer.inputs[0]!),
        };
        const sent = layer.inputs.map((input, index) => {
          if (held.includes(index)) return nothing(ops, scope.inputs[index]!);
          const returned = checked(back[index], rule, scope.inputs[index]!);
          const total = {
            value: returned.value,
            exponent: returned.exponent + signal.exponent,
            expectedMagnitude:
              returned.expectedMagnitude ??
              definitionOf(layer).expectedMagnitude(expectedMagnitude, index, backward),
          };
          arrived.set(input, [...(arrived.get(input) ?? []), total]);
          return total;
        });
        visit?.(layer, rule, signal, sent, rule.losses?.(scope, signal.value) ?? {});
      });
    });
  }
  return new Map([...arrived].map(([name, signals]) => [name, sumSignals(ops, signals)]));
}

function checked(back: Signal | undefined, rule: Rule, input: Value): Signal {
  if (back && sameShape(back.value.shape, input.shape)) return back;
  const got = back ? formatShape(back.value.shape) : 'nothing';
  throw new PatternLensError(
    'core',
    'invalid-shape',
    `rule "${rule.name}" gave ${got} for an input of shape ${formatShape(input.shape)}.`,
    rule.plugin === undefined ? {} : { about: `plug-in "${rule.plugin}"`, plugin: rule.plugin },
  );
}
