// Networks, their layers and parameters: for importers, and for all who build or read networks layer by layer.
export { alexNet } from './architectures/alex-net.js';
export {
  allCnn,
  type AllCnnModel,
  type AllCnnOptions,
  type AllCnnVariant,
} from './architectures/all-cnn.js';
export type { ArchitectureOptions } from './architectures/architecture-options.js';
export { vgg16, vgg19 } from './architectures/vgg.js';
export type { WeightSource } from './architectures/weight-source.js';
export { zfNet } from './architectures/zf-net.js';
export { headOf, type HeadKind } from './canonizers/cut-head.js';
export type { ActivationAttributes, ActivationFunction } from './layers/activation-functions.js';
export type { LayerScope } from './layers/layer-definition.js';
export {
  type Layer,
  type LayerAttributes,
  type LayerKind,
  type LayerOf,
  type LinearLayer,
  type FittedLayer,
  isLinear,
  isFitted,
  type PointwiseFunction,
  type CustomAttributes,
} from './layers/layer.js';
export { neuronLayout } from './layers/linear-operator.js';
export { toNeuronMajor, weightsLayout, type WeightsLayout } from './layers/neuron-major.js';
export {
  type Parameter,
  type Origin,
  type LayoutStep,
  permuteParameter,
  reshapeParameter,
  toFileLayout,
} from './layers/parameter.js';
export { createNetwork, type NetworkDefinition, layerNamed } from './network/network.js';
export { shapeTracer, type ShapeTracer } from './network/shape-tracer.js';
export type { AddLayer, ForeignNode, LayerValue, NodeAttribute } from './plugins/define-layer.js';
export { importNode, layerImports, type LayerImports } from './plugins/layer-imports.js';
