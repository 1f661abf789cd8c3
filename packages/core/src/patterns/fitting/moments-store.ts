import type { LayerMoments } from '../moments/layer-moments.js';
import type { NeuronRange } from '../moments/trace-moments.js';

/** Where moments of finished passes are kept. */
export interface MomentsStore {
  readonly put: (range: NeuronRange, moments: LayerMoments) => Promise<void>;
  readonly get: (range: NeuronRange) => Promise<LayerMoments>;
}

const keyOf = ({ layer, from }: NeuronRange): string => `${layer.name} ${from}`;

export function memoryStore(): MomentsStore {
  const kept = new Map<string, LayerMoments>();
  return {
    put: (range, moments) => {
      kept.set(keyOf(range), moments);
      return Promise.resolve();
    },
    get: (range) => Promise.resolve(kept.get(keyOf(range))!),
  };
}

/** Moments of consecutive neurons as those of the whole layer. Only layers of one group are ever split. */
export function joinNeurons(parts: readonly LayerMoments[]): LayerMoments {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const join = (
    key: 'shift' | 'positiveCount' | 'y' | 'xy' | 'positiveXy' | 'positiveX',
  ): Float64Array => {
    const joined = new Float64Array(parts.reduce((sum, part) => sum + part[key].length, 0));
    let at = 0;
    for (const part of parts) {
      joined.set(part[key], at);
      at += part[key].length;
    }
    return joined;
  };
  return {
    ...first!,
    neurons: parts.reduce((sum, part) => sum + part.neurons, 0),
    shift: join('shift'),
    positiveCount: join('positiveCount'),
    y: join('y'),
    xy: join('xy'),
    positiveXy: join('positiveXy'),
    positiveX: join('positiveX'),
  };
}
