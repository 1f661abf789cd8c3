import { groupOf, type LayerMoments } from '../moments/layer-moments.js';

export type Regime = 'all' | 'positive' | 'negative';

/** `E_m[xy] - E_m[x] E[y]` of one neuron: the means of x and xy over the regime, the mean of y over all samples
 * (Kindermans et al. 2017, equation 8). Undefined where the regime is empty. */
export function regimeCovariance(
  moments: LayerMoments,
  neuron: number,
  regime: Regime,
): Float64Array | undefined {
  const { inputs, count } = moments;
  const positives = moments.positiveCount[neuron]!;
  const samples = regime === 'all' ? count : regime === 'positive' ? positives : count - positives;
  if (samples === 0) return undefined;
  const group = groupOf(moments, neuron) * inputs;
  const meanY = moments.y[neuron]! / count;
  return Float64Array.from({ length: inputs }, (_, input) => {
    const at = neuron * inputs + input;
    const x = regime === 'all' ? moments.x[group + input]! : moments.positiveX[at]!;
    const xy = regime === 'all' ? moments.xy[at]! : moments.positiveXy[at]!;
    if (regime !== 'negative') return xy / samples - (x / samples) * meanY;
    return (moments.xy[at]! - xy) / samples - ((moments.x[group + input]! - x) / samples) * meanY;
  });
}
