// What single neurons see: their strongest activations, receptive fields, and occlusion maps.
export {
  createOccluder,
  type Occluder,
  type OccluderOptions,
  type OcclusionMaps,
  type OcclusionRun,
} from './neurons/occlusion/occlusion-maps.js';
export { receptiveField, type Range } from './neurons/receptive-field.js';
export {
  strongestActivations,
  type Activation,
  type ChannelActivations,
  type StrongestOptions,
} from './neurons/strongest-activations.js';
