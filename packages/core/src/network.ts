// Networks, their layers and parameters: for importers, and for all who build or read networks layer by layer.
export { cutHead, headOf, type HeadKind } from './canonizers/cut-head.js';
export { nearestName } from './errors/nearest-name.js';
export type {
  ActivationAttributes,
  ActivationFunction,
} from './layers/kinds/activation-functions.js';
export type { CustomAttributes } from './layers/kinds/custom.js';
export type { PointwiseFunction } from './layers/kinds/pointwise-functions.js';
export { takesInfinity } from './layers/definition-of.js';
export type { LayerScope } from './layers/layer-definition.js';
export { isElementwise } from './layers/is-elementwise.js';
export {
  type Layer,
  type LayerAttributes,
  type LayerKind,
  type LayerOf,
  type LinearLayer,
  type FittedLayer,
  isLinear,
  isFitted,
} from './layers/layer.js';
export { linearForward, neuronLayout } from './layers/linear-operator.js';
export { toNeuronMajor, weightsLayout, type WeightsLayout } from './layers/neuron-major.js';
export {
  type Parameter,
  type Origin,
  type LayoutStep,
  permuteParameter,
  reshapeParameter,
  toFileLayout,
} from './layers/parameter.js';
export {
  channelLayout,
  inputAxes,
  type ChannelLayout,
  type InputAxes,
} from './network/input-axes.js';
export {
  createNetwork,
  changeNetwork,
  explainedName,
  type FileOutput,
  type NetworkDefinition,
  layerNamed,
} from './network/network.js';
export { valueChannels } from './network/value-channels.js';
export { shapeTracer, type ShapeTracer } from './network/shape-tracer.js';
export { neuronWeights } from './patterns/weights-of.js';
export type { AddLayer, ForeignNode, LayerValue, NodeAttribute } from './plugins/define-layer.js';
export { importNode, layerImports, type LayerImports } from './plugins/layer-imports.js';
