import { PatternLensError } from '../../errors/patternlens-error.js';
import { groupOf, type LayerMoments } from './layer-moments.js';

/** The moments about other shifts, exactly: `sum x (y - t) = sum x (y - s) + (s - t) sum x`. */
function reshift(moments: LayerMoments, shift: Float64Array): LayerMoments {
  const { neurons, inputs, count, x, positiveX, positiveCount } = moments;
  if (moments.shift.every((value, neuron) => value === shift[neuron])) return moments;
  const y = Float64Array.from(moments.y);
  const xy = Float64Array.from(moments.xy);
  const positiveXy = Float64Array.from(moments.positiveXy);
  for (let neuron = 0; neuron < neurons; neuron++) {
    const by = moments.shift[neuron]! - shift[neuron]!;
    const group = groupOf(moments, neuron) * inputs;
    y[neuron]! += by * count;
    for (let input = 0; input < inputs; input++) {
      const at = neuron * inputs + input;
      xy[at]! += by * x[group + input]!;
      positiveXy[at]! += by * positiveX[at]!;
    }
  }
  return { ...moments, shift, y, xy, positiveXy, positiveCount };
}

const sum = (a: Float64Array, b: Float64Array): Float64Array =>
  a.map((value, at) => value + b[at]!);

/** The moments of two sets of samples taken together.
 * @throws PatternLensError `invalid-pattern` where they are of different layers. */
export function mergeMoments(a: LayerMoments, b: LayerMoments): LayerMoments {
  if (a.neurons !== b.neurons || a.inputs !== b.inputs || a.groups !== b.groups) {
    throw new PatternLensError(
      'core',
      'invalid-pattern',
      `moments of [${a.neurons}, ${a.inputs}] and [${b.neurons}, ${b.inputs}] do not merge.`,
    );
  }
  const other = reshift(b, a.shift);
  return {
    ...a,
    count: a.count + other.count,
    positiveCount: sum(a.positiveCount, other.positiveCount),
    y: sum(a.y, other.y),
    x: sum(a.x, other.x),
    xy: sum(a.xy, other.xy),
    positiveXy: sum(a.positiveXy, other.positiveXy),
    positiveX: sum(a.positiveX, other.positiveX),
  };
}
