import {
  type Explainer,
  type ParameterSpec,
  type Tensor,
  type TensorData,
} from '@patternlens/core';
import {
  resolveParameters,
  type Metric,
  type MetricContext,
  type MetricResult,
} from '@patternlens/core/metrics';
import { uniforms } from '@patternlens/core/tensor';
import { explainerFor } from '../context/explain-all.js';
import { meanJson, meansOf, meanTable, type PerSample } from '../context/mean-table.js';
import { measureMethods } from '../context/measure-methods.js';
import { progressOf } from '../context/progress.js';
import { batches, readInput, requireSamples, sampleData } from '../context/samples.js';
import { openScorer, predictAll } from '../context/scorer.js';
import { onlyInput } from '../maps/sample-layout.js';
import { seedOf } from '../statistics/shuffled.js';

const ID = 'sensitivity';

const SENSITIVITY_PARAMETERS = {
  radius: { default: 0.02, above: 0, atMost: 1 },
  samples: { default: 10, whole: true, atLeast: 1 },
} as const satisfies Record<string, ParameterSpec>;

export interface SensitivityOptions {
  /** The largest change of a value, as a share of its sample's range; default 0.02. */
  readonly radius?: number;
  /** Changed inputs a sample; default 10. */
  readonly samples?: number;
}

type Column = 'max' | 'mean';

/** A sample and its changed copies, one after the other: copy k differs everywhere by up to the radius, drawn by the sample's own seed. */
function perturbed(
  values: TensorData,
  shape: readonly number[],
  { radius, samples }: Required<SensitivityOptions>,
  seed: number,
): Tensor {
  let low = Infinity,
    high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const reach = radius * (high - low);
  const { length } = values;
  const data =
    values instanceof Float64Array
      ? new Float64Array((samples + 1) * length)
      : new Float32Array((samples + 1) * length);
  data.set(values);
  const draw = uniforms(seed);
  for (let at = length; at < data.length; at++)
    data[at] = values[at % length]! + reach * (2 * draw() - 1);
  return { data, shape: [samples + 1, ...shape] };
}

function normOf(map: TensorData): number {
  let square = 0;
  for (const value of map) square += value * value;
  return Math.sqrt(square);
}

/** Relative changes of the map for each changed copy; undefined where the map itself is zero. */
async function changesOf(
  explainer: Explainer,
  input: string,
  rows: Tensor,
  target: number,
  batch: number,
): Promise<number[] | undefined> {
  const each = rows.data.length / rows.shape[0]!;
  let original: Tensor['data'] | undefined,
    exponent = 0,
    norm = 0;
  const changes: number[] = [];
  for (const { first, size } of batches(rows.shape[0]!, batch)) {
    const part = {
      data: rows.data.subarray(first * each, (first + size) * each),
      shape: [size, ...rows.shape.slice(1)],
    };
    const explained = await explainer.explain({ [input]: part }, { target, samplesFirst: true });
    const relevance = explained.relevanceByInput[input]!;
    for (let sample = 0; sample < size; sample++) {
      const map = sampleData(relevance, sample);
      if (!original) {
        original = map.slice();
        exponent = explained.exponents[sample]!;
        norm = normOf(map);
        continue;
      }
      const scale = 2 ** (explained.exponents[sample]! - exponent);
      let square = 0;
      for (let at = 0; at < each; at++) square += (map[at]! * scale - original[at]!) ** 2;
      changes.push(Math.sqrt(square) / norm);
    }
  }
  return norm > 0 ? changes : undefined;
}

/** How much each method's maps change, relative to their norm, when every input value changes a little (Yeh et al. 2019).
 * @throws PatternLensError `invalid-argument`, `empty-data`, `cancelled`. */
export async function measureSensitivity(
  context: MetricContext,
  options: SensitivityOptions = {},
): Promise<{
  readonly parameters: Required<SensitivityOptions>;
  readonly perSample: ReadonlyMap<string, PerSample<Column>>;
  readonly warnings: readonly string[];
}> {
  const parameters = resolveParameters(ID, SENSITIVITY_PARAMETERS, {
    ...options,
  }) as unknown as Required<SensitivityOptions>;
  requireSamples(context, ID, 2);
  const axes = onlyInput(ID, context.network);
  const { count } = context.data;
  const advance = progressOf(context, ID, count * context.methods.length);
  await using scorer = await openScorer(context);
  const { classes } = await predictAll(context, scorer, axes.input);
  const zeros: string[] = [];
  const { measured, warnings } = await measureMethods(ID, context, async ({ name, choice }) => {
    await using explainer = await explainerFor(context, choice);
    const scores = { max: [] as (number | null)[], mean: [] as (number | null)[] };
    for (let at = 0; at < count; at++) {
      const input = await readInput(context, axes.input, at, 1);
      const rows = perturbed(
        input.data,
        input.shape.slice(1),
        parameters,
        seedOf(context.seed, at),
      );
      const changes = await changesOf(explainer, axes.input, rows, classes[at]!, context.batch);
      scores.max.push(changes ? Math.max(...changes) : null);
      scores.mean.push(
        changes ? changes.reduce((sum, value) => sum + value, 0) / changes.length : null,
      );
      advance(1, name);
    }
    const empty = scores.max.filter((value) => value === null).length;
    if (empty > 0)
      zeros.push(`${name}: ${empty} of ${count} maps are zero everywhere and left out.`);
    return scores;
  });
  return { parameters, perSample: measured, warnings: [...warnings, ...zeros] };
}

/** Maximum sensitivity (Yeh et al. 2019). */
export const sensitivity: Metric = {
  id: ID,
  parameters: SENSITIVITY_PARAMETERS,
  needs: ['methods'],
  measure: async (context, given): Promise<MetricResult> => {
    const { parameters, perSample, warnings } = await measureSensitivity(context, given);
    const means = new Map(
      [...perSample].map(([name, scores]) => [name, meansOf(scores, context.seed)]),
    );
    return {
      json: { parameters, samples: context.data.count, methods: meanJson(perSample, means) },
      tables: [
        meanTable(
          {
            id: ID,
            title: 'Sensitivity',
            notes: [
              `${context.data.count} samples, ${parameters.samples} changed copies of each: every value changed by up to ${parameters.radius} of its sample's range, the class fixed.`,
              'Change of the map relative to its norm; lower is steadier, and a map that never changes scores best.',
            ],
          },
          { max: 'max-sensitivity', mean: 'mean sensitivity' },
          means,
        ),
      ],
      charts: [],
      warnings,
    };
  },
};
