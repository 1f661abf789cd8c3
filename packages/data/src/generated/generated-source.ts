import type { OpenedArray } from '../arrays/opened-array.js';
import { checkRange } from '../errors/check-range.js';
import { generateBatch, type GeneratedDataOptions } from './generated-data.js';
import { generatedLabel } from './generate-sample.js';
import { checkIndices, GENERATOR, resolveGenerator } from './generator.js';

/** Generated samples as data to fit on and to explain, in model space; nothing is held but the labels.
 * @throws PatternLensError `invalid-argument`. */
export function generatedSource({
  first = 0,
  count,
  ...options
}: Omit<GeneratedDataOptions, 'batch'>): OpenedArray {
  checkIndices(first, count);
  const generator = resolveGenerator(options);
  const { name, shape } = GENERATOR;
  return {
    name,
    format: 'generated',
    count,
    shape,
    pixels: false,
    labels: Uint8Array.from({ length: count }, (_, index) =>
      generatedLabel(first + index, generator.seed),
    ),
    read: (from, wanted) =>
      Promise.resolve().then(() => {
        checkRange(name, from, wanted, count);
        return generateBatch(first + from, wanted, generator).input;
      }),
  };
}
