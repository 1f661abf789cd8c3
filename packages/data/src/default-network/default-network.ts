import { GENERATOR } from '../generated/generator.js';

/** The network that comes with the package: trained on the generated data by `tools/train-default-network.js`, an ONNX file that ends in a softmax. */
export const DEFAULT_NETWORK = {
  name: 'default',
  /** The file, beside this module. */
  url: new URL('../../models/default.onnx', import.meta.url),
  classes: GENERATOR.classes,
  inputShape: GENERATOR.shape,
} as const;
