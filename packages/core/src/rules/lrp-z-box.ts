import type { CanonicalNetwork } from '../canonizers/canonical-network.js';
import { definitionOf } from '../layers/definition-of.js';
import { layerScope } from '../layers/layer-scope.js';
import { isLinear, type Layer } from '../layers/layer.js';
import { readsInputs } from '../network/input-path.js';
import { makerOf, type Network, type NetworkInput } from '../network/network.js';
import type { Value } from '../program/program-builder.js';
import { formatShape } from '../tensor/shape.js';
import { tensor } from '../tensor/tensor.js';
import { lrpRule } from './lrp.js';
import type { Modifier } from './modifier.js';
import type { Rule, RuleScope } from './rule.js';

/** What the inputs of a network lie between: one number, or one a channel. */
export interface InputBounds {
  readonly low: number | readonly number[];
  readonly high: number | readonly number[];
}

type Bound = InputBounds['low'];

/** The axis along which a bound has one number a channel; undefined where the input has not as many. */
function boundAxis(
  { axes }: CanonicalNetwork,
  { name, shape }: NetworkInput,
  bound: readonly number[],
): number | undefined {
  const { channels } = axes.get(name)!;
  return channels !== undefined && shape[channels] === bound.length ? channels : undefined;
}

/** The network's inputs that a value is laid out from. */
function inputsBehind(value: string, network: Network): NetworkInput[] {
  const maker = makerOf(network, value);
  return maker
    ? maker.inputs.flatMap((input) => inputsBehind(input, network))
    : network.inputs.filter(({ name }) => name === value);
}

function misfit(
  network: CanonicalNetwork,
  bound: Bound,
  inputs: readonly NetworkInput[],
): string | undefined {
  if (typeof bound === 'number' || bound.length === 1) return undefined;
  const input = inputs.find((candidate) => boundAxis(network, candidate, bound) === undefined);
  return (
    input &&
    `low and high hold ${bound.length} numbers, and the input "${input.name}" is ${formatShape(input.shape)}: give one number, or one a channel`
  );
}

/** A bound at an input of the network, broadcasting against it. */
function boundAtInput({ ops, network }: RuleScope, input: NetworkInput, bound: Bound): Value {
  const numbers = typeof bound === 'number' ? [bound] : bound;
  if (numbers.length === 1) return ops.scalar(numbers[0]!);
  const axis = boundAxis(network, input, numbers)!;
  return ops.constant(
    tensor(
      numbers,
      input.shape.slice(axis).map((_, at) => (at === 0 ? numbers.length : 1)),
    ),
  );
}

interface Bounds {
  readonly low: Value;
  readonly high: Value;
}

/** The bounds of a value that the layer reads: those of the inputs, laid out and normalised as they are. A negative factor exchanges them. Where a layer pads,
 * both are what it pads with. */
function boundsAt(scope: RuleScope, value: string, bounds: InputBounds): Bounds {
  const { ops, network } = scope;
  const maker = makerOf(network, value);
  if (!maker) {
    const input = network.inputs.find(({ name }) => name === value)!;
    return {
      low: boundAtInput(scope, input, bounds.low),
      high: boundAtInput(scope, input, bounds.high),
    };
  }
  const before = maker.inputs.map((input) => [input, boundsAt(scope, input, bounds)] as const);
  const through = (side: keyof Bounds): Value => {
    const values = before.map(
      ([input, at]) => [input, ops.broadcast(at[side], network.shapes.get(input)!)] as const,
    );
    return definitionOf(maker).forward(maker, layerScope(ops, maker, new Map(values)));
  };
  const a = through('low'),
    b = through('high');
  return maker.kind === 'scale' ? { low: ops.min(a, b), high: ops.max(a, b) } : { low: a, high: b };
}

const from =
  (side: keyof Bounds, bounds: InputBounds): Modifier =>
  (ops, x, scope) =>
    ops.sub(x, boundsAt(scope, scope.layer.inputs[0]!, bounds)[side]);

/** The box rule (Montavon et al. 2017), without a bias: `((x - low) w+ + (x - high) w-) r / z`, `z` the sum of these contributions, which is
 * `x w - low w+ - high w-`. Padding contributes nothing. For layers that read the input, perhaps normalised by constants: the bounds are normalised with it. */
export function lrpZBox(bounds: InputBounds): Rule {
  const { low, high } = bounds;
  const rule = lrpRule({
    name: 'lrp-z-box',
    branches: [
      {
        terms: [
          { input: from('low', bounds), weights: 'positive' },
          { input: from('high', bounds), weights: 'negative' },
        ],
        bias: 'none',
        factor: 1,
        epsilon: 0,
      },
    ],
  });
  const refuses = (layer: Layer, network: CanonicalNetwork): string | undefined => {
    if (!isLinear(layer) || !readsInputs(layer, network))
      return 'the box rule is for linear layers that read an input of the network';
    const inputs = layer.inputs.flatMap((input) => inputsBehind(input, network));
    return misfit(network, low, inputs) ?? misfit(network, high, inputs);
  };
  return { ...rule, refuses };
}
