import type { CanonicalNetwork } from '../canonizers/canonical-network.js';
import type { LayerScope } from '../layers/layer-definition.js';
import type { Layer } from '../layers/layer.js';
import type { LinearOperator } from '../layers/kinds/linear/linear-definition.js';
import type { ExpectedMagnitude } from '../layers/expected-magnitude.js';
import type { EstimatorId } from '../patterns/estimators/estimator.js';
import type { Value } from '../program/program-builder.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Signal } from './signal.js';

/** A linear layer as its rule sees it. */
export interface LinearScope extends LinearOperator {
  readonly weights: Value;
  /** Broadcasts against the output. */
  readonly bias?: Value | undefined;
}

/** What a rule sees of the layer that it is applied to. */
export interface RuleScope extends LayerScope {
  readonly layer: Layer;
  /** The network that the layer is in. */
  readonly network: CanonicalNetwork;
  /** The layer's value in the forward pass; a linear layer's is its pre-activation with bias. */
  readonly output: Value;
  /** The expected size of the signal that comes back. */
  readonly expectedMagnitude: ExpectedMagnitude;
  /** Present for linear layers. */
  readonly linear?: LinearScope | undefined;
  /** The layer's own gradient: `r` of the output's shape to one value for each input. */
  readonly gradient: (r: Value) => readonly Value[];
  /** The fitted direction of every neuron, in the layout of the layer's weights.
   * @throws PatternLensError `missing-pattern` where none was handed in. */
  readonly pattern: (estimator: EstimatorId, regime: 'positive' | 'negative') => Tensor;
}

/** Why a rule keeps relevance back. */
export type RuleLoss = 'bias' | 'epsilon' | 'zero denominator';

/** How relevance, signal or gradient passes back through one layer. */
export interface Rule {
  readonly name: string;
  /** The plug-in that it comes from, `NAME@VERSION`; set where plug-ins are used. */
  readonly plugin?: string;
  /** Why the rule cannot be applied to a layer; undefined where it can. */
  readonly refuses?: (layer: Layer, network: CanonicalNetwork) => string | undefined;
  /** It is there for layers that read the input: a method that has it is refused where no layer does, since it would be another method. */
  readonly forInputs?: boolean;
  /** What people should know where the rule is applied to a layer (`approximate: ...`). */
  readonly note?: (layer: Layer) => string | undefined;
  /** The inputs, by their numbers, that the rule takes for constants: nothing goes back to them, nor to what only they are made of. Default: none. */
  readonly holds?: (layer: Layer, network: CanonicalNetwork) => readonly number[];
  /** What goes back to each of the layer's inputs for what came back to its output; of one that the rule holds it is not looked at. A value stands for exponent 0. */
  readonly backward: (scope: RuleScope, r: Value) => readonly (Value | Signal | undefined)[];
  /** What of `r` does not go back at each place of the output, by reason; what a rule does not say is not known. */
  readonly losses?: (scope: RuleScope, r: Value) => Readonly<Partial<Record<RuleLoss, Value>>>;
}
