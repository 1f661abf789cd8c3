import type { Network } from '@patternlens/core';
import { buildChain, type ArchitectureOptions } from './architecture-options.js';

const FILTERS = [64, 128, 256, 512, 512] as const;

/** Five stages of 3x3 convolutions, each stage with its pool, then three dense layers. */
const vgg = (convolutions: readonly number[], options: ArchitectureOptions): Network =>
  buildChain(options, { inputSize: 224, classes: 1000 }, (chain, classes) => {
    convolutions.forEach((count, stage) => {
      for (let number = 1; number <= count; number++) {
        const place = `${stage + 1}_${number}`;
        chain
          .convolution(`conv${place}`, FILTERS[stage]!, { kernel: 3, pad: 1 })
          .rectifier(`relu${place}`);
      }
      chain.maxPool(`pool${stage + 1}`, { kernel: 2, stride: 2 });
    });
    chain
      .flatten('flatten')
      .dense('fc6', 4096)
      .rectifier('relu6')
      .dropout('drop6')
      .dense('fc7', 4096)
      .rectifier('relu7')
      .dropout('drop7')
      .dense('fc8', classes);
  });

/** VGG-16 (Simonyan and Zisserman 2015, configuration D): 2, 2, 3, 3 and 3 convolutions `conv1_1` to `conv5_3` of 64, 128, 256, 512 and 512
 * maps, each 3x3 with pad 1 and its rectifier, a 2x2 pool behind each stage, `fc6`, `fc7` and `fc8`. Images of 224 x 224 and 1000 classes:
 * 138,357,544 parameters, 553 MB.
 * @throws PatternLensError for options out of range and weights of another shape, naming the layer. */
export const vgg16 = (options: ArchitectureOptions = {}): Network => vgg([2, 2, 3, 3, 3], options);

/** VGG-19 (configuration E): as `vgg16`, with 2, 2, 4, 4 and 4 convolutions: 143,667,240 parameters, 575 MB.
 * @throws PatternLensError for options out of range and weights of another shape, naming the layer. */
export const vgg19 = (options: ArchitectureOptions = {}): Network => vgg([2, 2, 4, 4, 4], options);
