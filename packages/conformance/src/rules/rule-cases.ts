import {
  fitPatterns,
  joinTensors,
  resolveNetwork,
  tensor,
  traceMethod,
  type Backend,
  type PatternSet,
  type Tensor,
  type TensorRecord,
} from '@patternlens/core';
import { named, type Rule } from '@patternlens/core/rules';
import { compare } from '../compare.js';
import type { ConformanceCase } from '../conformance-case.js';
import { layerInputs, layerNetwork, RELEVANCE } from '../layers/layer-network.js';
import type { Draw } from '../layers/draw.js';
import type { LayerSample } from '../layers/layer-sample.js';
import { linearSamples } from '../layers/linear-samples.js';
import { ruleSamples, type RuleSample } from './rule-sample.js';

/** A second implementation of a rule, for one sample in matrix form: what goes back to x. */
export type Replica = (sample: RuleSample) => ArrayLike<number> | Promise<ArrayLike<number>>;

export interface RuleCasesOptions {
  /** Stands in the cases' names; default: the rule's own. Two rules of one name need it. */
  readonly name?: string | undefined;
  /** A second implementation of the rule. The backend is then compared with it, not with what the
   * reference makes of the same program. */
  readonly replica?: Replica | undefined;
  /** Fit patterns for the layers first, on the reference; default: no. */
  readonly patterns?: boolean | undefined;
  /** Default: every kind of linear layer that the rule does not refuse. */
  readonly layers?: readonly LayerSample[] | undefined;
  /** Relative L2; default 1e-5. */
  readonly limit?: number | undefined;
}

const BATCH = 3;

const NUMBERS: Readonly<Record<Draw, string>> = {
  normal: 'normal numbers',
  eighths: 'eighths',
  whole: 'whole numbers',
};

/** Enough samples for neurons that fire rarely. */
const FITTED_SAMPLES = 24;

async function relevanceOn(
  backend: Backend,
  traced: ReturnType<typeof traceMethod>,
  inputs: TensorRecord,
): Promise<TensorRecord> {
  const executable = await backend.compile(traced.program);
  try {
    const target = tensor(new Float32Array(BATCH), [BATCH]);
    const results = await executable.run({ ...inputs, [traced.ports.target]: target });
    return Object.fromEntries(
      [...traced.ports.relevance].map(([input, name]) => [input, results[name]!]),
    );
  } finally {
    await executable.dispose();
  }
}

async function replicated(
  sample: LayerSample,
  inputs: TensorRecord,
  patterns: PatternSet | undefined,
  reference: Backend,
  replica: Replica,
): Promise<Tensor> {
  const samples = await ruleSamples(sample, inputs, patterns, reference);
  const rows: Tensor[] = [];
  for (const ruleSample of samples) {
    const values = Float64Array.from(await replica(ruleSample));
    rows.push(tensor(values, [1, ...inputs['x']!.shape.slice(1)]));
  }
  return joinTensors(rows);
}

/** Cases of one rule on every kind of linear layer: with eighths, and with small whole numbers, where sums are exactly zero and neurons are dead.
 * They compare what the rule sends back on a backend with the reference, or with a replica of the rule. */
export function ruleCases(rule: Rule, options: RuleCasesOptions = {}): ConformanceCase[] {
  const { name = rule.name, replica, layers = linearSamples, limit = 1e-5 } = options;
  return layers.flatMap((sample, at) => {
    const network = layerNetwork(sample);
    if (rule.refuses?.(sample.layer, resolveNetwork(network)) !== undefined) return [];
    const title = `${name} on ${sample.name}, ${NUMBERS[sample.draw]}`;
    const inputs = layerInputs(sample, BATCH, 100 + at);
    const run = async (backend: Backend, reference: Backend): Promise<number> => {
      const patterns =
        options.patterns === true
          ? await fitPatterns(network, [layerInputs(sample, FITTED_SAMPLES, 300 + at)], {
              backend: reference,
            })
          : undefined;
      const composite = [[named(sample.layer.name), rule]] as const;
      const traced = traceMethod(network, { method: 'gradient', composite, patterns });
      const actual = await relevanceOn(backend, traced, inputs);
      const expected = await relevanceOn(reference, traced, inputs);
      const wanted = replica
        ? { ...expected, x: await replicated(sample, inputs, patterns, reference, replica) }
        : expected;
      // Shares of relevance may cancel in one precision and not in the other.
      return Object.entries(wanted).reduce((worst, [input, value]) => {
        const what = input === RELEVANCE ? 'the layer itself' : `what goes back to ${input}`;
        const options = { exactZeros: false, what };
        return Math.max(worst, compare(title, actual[input]!, value, limit, options));
      }, 0);
    };
    return [{ name: title, group: 'rule', subject: sample.subject, run }];
  });
}
