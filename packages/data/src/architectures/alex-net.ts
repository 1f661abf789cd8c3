import type { Network } from '@patternlens/core';
import { buildChain, type ArchitectureOptions } from './architecture-options.js';

/** Krizhevsky et al. 2012: over five maps, `x / (2 + 1e-4 * sum of squares)^0.75`; the layer divides alpha by the size. */
const RESPONSE = { size: 5, alpha: 5e-4, beta: 0.75, bias: 2 } as const;
const POOL = { kernel: 3, stride: 2 } as const;

/** AlexNet as Krizhevsky et al. published it in 2012: five convolutions, of which the second, fourth and fifth are in two groups (its two
 * GPUs), local response normalisation behind the first two rectifiers and before their overlapping pools (k = 2, n = 5, alpha = 1e-4,
 * beta = 0.75), dropout before the first two dense layers. Images of 227 x 227 (the paper's 224 does not give its own sizes) and 1000
 * classes: 60,965,224 parameters.
 *
 * | layer | kernel               | value        |
 * | ----- | -------------------- | ------------ |
 * | conv1 | 11x11, stride 4      | 96 x 55 x 55 |
 * | conv2 | 5x5, pad 2, 2 groups | 256 x 27 x 27 |
 * | conv3 | 3x3, pad 1           | 384 x 13 x 13 |
 * | conv4 | 3x3, pad 1, 2 groups | 384 x 13 x 13 |
 * | conv5 | 3x3, pad 1, 2 groups | 256 x 13 x 13 |
 * | fc6, fc7, fc8 | dense        | 4096, 4096, classes |
 * @throws PatternLensError for options out of range and weights of another shape, naming the layer. */
export function alexNet(options: ArchitectureOptions = {}): Network {
  return buildChain(options, { inputSize: 227, classes: 1000 }, (chain, classes) => {
    chain
      .convolution('conv1', 96, { kernel: 11, stride: 4 })
      .rectifier('relu1')
      .responseNormalisation('norm1', RESPONSE)
      .maxPool('pool1', POOL)
      .convolution('conv2', 256, { kernel: 5, pad: 2 }, 2)
      .rectifier('relu2')
      .responseNormalisation('norm2', RESPONSE)
      .maxPool('pool2', POOL)
      .convolution('conv3', 384, { kernel: 3, pad: 1 })
      .rectifier('relu3')
      .convolution('conv4', 384, { kernel: 3, pad: 1 }, 2)
      .rectifier('relu4')
      .convolution('conv5', 256, { kernel: 3, pad: 1 }, 2)
      .rectifier('relu5')
      .maxPool('pool5', POOL)
      .flatten('flatten')
      .dropout('drop6')
      .dense('fc6', 4096)
      .rectifier('relu6')
      .dropout('drop7')
      .dense('fc7', 4096)
      .rectifier('relu7')
      .dense('fc8', classes);
  });
}
