import {
  gradientRule,
  lrpAlphaBeta,
  lrpEpsilon,
  lrpFlat,
  lrpGamma,
  lrpWSquared,
  lrpZBox,
  lrpZPlus,
  type BiasTreatment,
  type Rule,
} from '@patternlens/core/rules';
import { multiplyTransposed, type LayerMatrix } from './layer-matrix.js';

/** One sample at a linear layer in matrix form. */
export interface ReplicaSample {
  readonly matrix: LayerMatrix;
  readonly w: readonly number[];
  readonly x: readonly number[];
  /** Pre-activation with bias. */
  readonly z: readonly number[];
  /** The bias of every row. */
  readonly b: readonly number[];
  /** What comes back to every row. */
  readonly r: readonly number[];
}

export type Replica = (sample: ReplicaSample) => number[];

const plus = (value: number): number => Math.max(value, 0);
const minus = (value: number): number => Math.min(value, 0);

/** A rule of the family, entry by entry: what one input gives to one neuron, and what the bias does. */
interface Shares {
  readonly part: (x: number, w: number) => number;
  readonly bias: (b: number) => number;
  readonly epsilon?: number;
  readonly treatment?: BiasTreatment;
  /** The neurons that are meant, by what they are without and with their bias. */
  readonly rows?: (y: number, z: number) => boolean;
}

const shares =
  ({ part, bias, epsilon = 0, treatment = 'include', rows = () => true }: Shares): Replica =>
  ({ matrix, w, x, z, b, r }) => {
    const biases = b.map((value) => (treatment === 'ignore' ? 0 : bias(value)));
    const total = [...biases];
    const count = biases.map(() => 0);
    const y = z.map((value, row) => value - b[row]!);
    for (const { row, column, weight } of matrix.entries) {
      total[row]! += part(x[column]!, w[weight]!);
      count[row]! += 1;
    }
    const relevance = x.map(() => 0);
    for (const { row, column, weight } of matrix.entries) {
      const below = total[row]! + (total[row]! >= 0 ? epsilon : -epsilon);
      if (below === 0 || !rows(y[row]!, z[row]!)) continue;
      const spread = treatment === 'distribute' ? biases[row]! / count[row]! : 0;
      relevance[column]! += ((part(x[column]!, w[weight]!) + spread) / below) * r[row]!;
    }
    return relevance;
  };

const sum = (left: Replica, right: Replica, a = 1, b = 1): Replica => {
  return (sample) => {
    const second = right(sample);
    return left(sample).map((value, at) => a * value + b * second[at]!);
  };
};

const TREATMENTS: readonly BiasTreatment[] = ['include', 'ignore', 'distribute'];

const asIs = (value: number): number => value;
const product = (x: number, w: number): number => x * w;
const positive = (treatment: BiasTreatment): Replica =>
  shares({ part: (x, w) => plus(x * w), bias: plus, treatment });
const negative = (treatment: BiasTreatment): Replica =>
  shares({ part: (x, w) => minus(x * w), bias: minus, treatment });

const GAMMA = 0.25;
const generalisedGamma = (treatment: BiasTreatment): Replica => {
  const side = (of: (value: number) => number, sign: 1 | -1): Replica =>
    shares({
      part: (x, w) => x * w + GAMMA * of(x * w),
      bias: (b) => b + GAMMA * of(b),
      treatment,
      rows: (y, z) => sign * (treatment === 'ignore' ? y : z) > 0,
    });
  return sum(side(plus, 1), side(minus, -1));
};

const LOW = -2.5,
  HIGH = 3;

/** Each rule once more, in matrix form, straight from its definition. */
export const replicas: Readonly<Record<string, { rule: Rule; replica: Replica }>> = {
  gradient: { rule: gradientRule, replica: ({ matrix, w, r }) => multiplyTransposed(matrix, w, r) },
  ...Object.fromEntries(
    TREATMENTS.flatMap((treatment) => {
      const lrpReplicas = {
        'lrp-0': {
          rule: lrpEpsilon(0, treatment),
          replica: shares({ part: product, bias: asIs, treatment }),
        },
        'lrp-epsilon': {
          rule: lrpEpsilon(0.1, treatment),
          replica: shares({ part: product, bias: asIs, epsilon: 0.1, treatment }),
        },
        'lrp-gamma': {
          rule: lrpGamma(GAMMA, { bias: treatment }),
          replica: shares({
            part: (x, w) => x * (w + GAMMA * plus(w)),
            bias: (b) => b + GAMMA * plus(b),
            treatment,
          }),
        },
        'lrp-gamma, generalised': {
          rule: lrpGamma(GAMMA, { bias: treatment, generalised: true }),
          replica: generalisedGamma(treatment),
        },
        'lrp-alpha1-beta0': {
          rule: lrpAlphaBeta(1, 0, treatment),
          replica: positive(treatment),
        },
        'lrp-alpha2-beta1': {
          rule: lrpAlphaBeta(2, 1, treatment),
          replica: sum(positive(treatment), negative(treatment), 2, -1),
        },
        'lrp-alpha-beta of 1.5 and 0.5': {
          rule: lrpAlphaBeta(1.5, 0.5, treatment),
          replica: sum(positive(treatment), negative(treatment), 1.5, -0.5),
        },
      };
      return Object.entries(lrpReplicas).map(([name, entry]) => [
        `${name}, bias ${treatment}`,
        entry,
      ]);
    }),
  ),
  'lrp-z-plus': { rule: lrpZPlus, replica: positive('ignore') },
  'lrp-flat': {
    rule: lrpFlat,
    replica: shares({ part: () => 1, bias: asIs, treatment: 'ignore' }),
  },
  'lrp-w-squared': {
    rule: lrpWSquared,
    replica: shares({ part: (_x, w) => w * w, bias: asIs, treatment: 'ignore' }),
  },
  'lrp-z-box': {
    rule: lrpZBox({ low: LOW, high: HIGH }),
    replica: shares({
      part: (x, w) => x * w - LOW * plus(w) - HIGH * minus(w),
      bias: asIs,
      treatment: 'ignore',
    }),
  },
};
