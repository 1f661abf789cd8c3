import type { ProgramBuilder, Value } from '../../../program/program-builder.js';
import type { Shape } from '../../../tensor/shape.js';
import { passedMagnitude } from '../../expected-magnitude.js';
import type { LayerDefinition, LayerScope } from '../../layer-definition.js';
import type { LayerWith } from '../../layer-with.js';

/** A linear layer as rules see it, whatever its kind. */
export interface LinearOperator {
  /** The layer's value for any weights of the layer's shape, without a bias. */
  readonly forward: (x: Value, w: Value) => Value;
  /** The transpose of `forward` in its input. */
  readonly transpose: (r: Value, w: Value) => Value;
}

/** Shape of the weights' neurons: `groups` blocks of `[outputs, inputs of one neuron]`. */
export interface NeuronLayout {
  readonly neurons: number;
  readonly inputs: number;
  readonly groups: number;
}

/** What is known of a linear kind beside its operator. */
type LinearFacts<Attributes> = Pick<LayerDefinition<Attributes>, 'axisOrder' | 'reach'> & {
  /** The operator of a layer whose input has the given shape. */
  readonly operator: (ops: ProgramBuilder, attributes: Attributes, input: Shape) => LinearOperator;
  /** How the neurons of weights of the given shape lie. */
  readonly neurons: (weights: readonly number[], attributes: Attributes) => NeuronLayout;
};

/** All that is known of a linear kind of layer. */
export interface LinearDefinition<Attributes>
  extends LayerDefinition<Attributes>, LinearFacts<Attributes> {}

/** The pre-activation without and with the layer's bias. */
export function preActivation(
  operator: LinearOperator,
  { ops, inputs, parameter, optional }: LayerScope,
): { y: Value; z: Value } {
  const y = operator.forward(inputs[0]!, parameter('weights'));
  const bias = optional('bias');
  return { y, z: bias ? ops.add(y, bias) : y };
}

/** A linear kind: its value and its gradient follow from its operator. */
export function linearDefinition<Attributes>(
  facts: LinearFacts<Attributes>,
): LinearDefinition<Attributes> {
  const operatorOf = (
    { attributes }: LayerWith<Attributes>,
    ops: ProgramBuilder,
    input: Shape,
  ): LinearOperator => facts.operator(ops, attributes, input);
  return {
    ...facts,
    group: 'linear',
    forward: (layer, scope) =>
      preActivation(operatorOf(layer, scope.ops, scope.inputs[0]!.shape), scope).z,
    gradient: (layer, { ops, inputs: [x], parameter }, _output, r) => [
      operatorOf(layer, ops, x!.shape).transpose(r, parameter('weights')),
    ],
    expectedMagnitude: passedMagnitude,
  };
}
