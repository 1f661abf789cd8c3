import type { CanonicalNetwork } from '../../canonizers/canonical-network.js';
import { PatternLensError } from '../../errors/patternlens-error.js';
import type { ParameterValue } from '../../parameters/parameter-spec.js';
import { product, stridesOf } from '../../tensor/shape.js';

/** One number for all values, or one a channel, laid out as a sample of each input.
 * @throws PatternLensError `invalid-argument` where there are not as many numbers as channels. */
export function baselines(
  method: string,
  network: CanonicalNetwork,
  given: ParameterValue,
): ReadonlyMap<string, Float64Array> {
  return new Map(
    network.inputs.map(({ name, shape }) => {
      const sizes = shape.slice(1) as number[];
      const values = new Float64Array(product(sizes));
      if (!Array.isArray(given)) return [name, values.fill(Number(given))];
      const numbers = given as readonly number[];
      const axis = network.axes.get(name)!.channels;
      const channels = axis === undefined ? 1 : sizes[axis - 1]!;
      if (numbers.length !== channels)
        throw new PatternLensError(
          'core',
          'invalid-argument',
          `${method}: baseline has ${numbers.length} numbers, input "${name}" has ${channels} channels. Give one number, or one a channel.`,
          { method },
        );
      const stride = axis === undefined ? values.length : stridesOf(sizes)[axis - 1]!;
      return [name, values.map((_, at) => numbers[Math.floor(at / stride) % channels]!)];
    }),
  );
}
