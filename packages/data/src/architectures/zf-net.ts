import type { Network } from '@patternlens/core';
import { buildChain, type ArchitectureOptions } from './architecture-options.js';

/** The paper says "contrast normalised across feature maps" and no more: the constants are those of AlexNet, over the map of the layer. */
const RESPONSE = { size: 5, alpha: 5e-4, beta: 0.75, bias: 2 } as const;
/** Sizes are rounded up, which gives those of the paper. */
const POOL = { kernel: 3, stride: 2, padEnd: 1 } as const;

/** The network of Zeiler and Fergus 2014 (figure 3): AlexNet with a first layer of 7x7 and stride 2, a second of stride 2, and no groups.
 * The first two pools are followed by local response normalisation, as in the figure; the last pool's 6 x 6 values are those of a size rounded
 * down. Images of 224 x 224 and 1000 classes: 62,357,608 parameters.
 *
 * | layer | kernel                 | value         | behind its pool |
 * | ----- | ---------------------- | ------------- | --------------- |
 * | conv1 | 7x7, stride 2, pad 1   | 96 x 110 x 110 | 55 x 55        |
 * | conv2 | 5x5, stride 2          | 256 x 26 x 26 | 13 x 13         |
 * | conv3 | 3x3, pad 1             | 384 x 13 x 13 |                 |
 * | conv4 | 3x3, pad 1             | 384 x 13 x 13 |                 |
 * | conv5 | 3x3, pad 1             | 256 x 13 x 13 | 6 x 6           |
 * | fc6, fc7, fc8 | dense          | 4096, 4096, classes |           |
 * @throws PatternLensError for options out of range and weights of another shape, naming the layer. */
export function zfNet(options: ArchitectureOptions = {}): Network {
  return buildChain(options, { inputSize: 224, classes: 1000 }, (chain, classes) => {
    chain
      .convolution('conv1', 96, { kernel: 7, stride: 2, pad: 1 })
      .rectifier('relu1')
      .maxPool('pool1', POOL)
      .responseNormalisation('norm1', RESPONSE)
      .convolution('conv2', 256, { kernel: 5, stride: 2 })
      .rectifier('relu2')
      .maxPool('pool2', POOL)
      .responseNormalisation('norm2', RESPONSE)
      .convolution('conv3', 384, { kernel: 3, pad: 1 })
      .rectifier('relu3')
      .convolution('conv4', 384, { kernel: 3, pad: 1 })
      .rectifier('relu4')
      .convolution('conv5', 256, { kernel: 3, pad: 1 })
      .rectifier('relu5')
      .maxPool('pool5', { kernel: 3, stride: 2 })
      .flatten('flatten')
      .dense('fc6', 4096)
      .rectifier('relu6')
      .dropout('drop6')
      .dense('fc7', 4096)
      .rectifier('relu7')
      .dropout('drop7')
      .dense('fc8', classes);
  });
}
