import { unbroadcast } from '../layers/kinds/unbroadcast.js';
import type { Layer } from '../layers/layer.js';
import { gatesOf } from '../network/gate.js';
import type { Network } from '../network/network.js';
import { heldNorm } from '../network/norm.js';
import type { Value } from '../program/program-builder.js';
import type { Rule, RuleScope } from './rule.js';

/** Where a value is multiplied by a gate: the value gets all, the gate being held; or each gets a half. */
export const GATES = ['hold', 'half'] as const;
export type GateTreatment = (typeof GATES)[number];

function refuseGate(layer: Layer, network: Network, gate: GateTreatment): string | undefined {
  if (layer.kind !== 'product') return 'the rule is for products of two values';
  const gates = gatesOf(layer, network);
  if (gates.length === 0)
    return 'it multiplies two computed values, neither of which is a gate: a sigmoid, hard sigmoid or softmax of something';
  return gates.length === 2 && gate === 'hold'
    ? 'both values that it multiplies are gates: gate=half gives a half to each'
    : undefined;
}

/** To each input its part; nothing to those that are held. */
const toInputs = (
  { ops, inputs }: RuleScope,
  held: readonly number[],
  part: (index: number) => Value,
): (Value | undefined)[] =>
  inputs.map(({ shape }, index) =>
    held.includes(index) ? undefined : unbroadcast(ops, part(index), shape),
  );

const heldGates = (gate: GateTreatment) => (layer: Layer, network: Network) =>
  gate === 'hold' ? gatesOf(layer, network) : [];

const half = ({ ops }: RuleScope, r: Value): Value => ops.mul(r, ops.scalar(0.5));

/** LRP at a gate (Arras et al. 2017): r to the value, or r/2 to each. */
export const lrpGate = (gate: GateTreatment): Rule => ({
  name: gate === 'hold' ? 'gate' : 'gate-half',
  refuses: (layer, network) => refuseGate(layer, network, gate),
  holds: heldGates(gate),
  backward: (scope, r) =>
    toInputs(scope, heldGates(gate)(scope.layer, scope.network), () =>
      gate === 'hold' ? r : half(scope, r),
    ),
});

/** What passes a gate of other methods: r times the gate to the value, as at a rectifier, whose gate is 0 or 1; or half the gradient to each. */
export const signalGate = (gate: GateTreatment): Rule => ({
  name: gate === 'hold' ? 'signal-gate' : 'signal-gate-half',
  refuses: (layer, network) => refuseGate(layer, network, gate),
  holds: heldGates(gate),
  note: () =>
    gate === 'hold'
      ? 'approximate: the gate is held, and what comes back is multiplied by it'
      : 'approximate: half the gradient goes to the gate',
  backward: (scope, r) => {
    const { ops, inputs } = scope;
    return toInputs(scope, heldGates(gate)(scope.layer, scope.network), (index) =>
      ops.mul(gate === 'hold' ? r : half(scope, r), inputs[1 - index]!),
    );
  },
});

const heldNorms = (layer: Layer, network: Network): readonly number[] => {
  const held = heldNorm(layer, network);
  return held === undefined ? [] : [held];
};

const refuseNorm = (layer: Layer, network: Network): string | undefined =>
  heldNorm(layer, network) === undefined
    ? 'it divides by a computed value that is no norm of what it divides'
    : undefined;

/** Whether a layer divides a value by a norm of it. */
export const normalisesByNorm = (layer: Layer, network: Network): boolean =>
  heldNorm(layer, network) !== undefined;

/** Normalisation by a norm of the value itself: the norm is held, and r passes unchanged, as at local response normalisation. */
export const normRule: Rule = {
  name: 'norm',
  refuses: refuseNorm,
  holds: heldNorms,
  backward: (scope, r) => toInputs(scope, heldNorms(scope.layer, scope.network), () => r),
};

/** The gradient of a normalisation by a norm whose norm is held. */
export const normGradient: Rule = {
  name: 'norm-gradient',
  refuses: refuseNorm,
  holds: heldNorms,
  backward: (scope, r) => {
    const { ops, inputs, layer } = scope;
    return toInputs(scope, heldNorms(layer, scope.network), (index) =>
      layer.kind === 'quotient' ? ops.div(r, inputs[1]!) : ops.mul(r, inputs[1 - index]!),
    );
  },
};
