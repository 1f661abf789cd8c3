import {
  PatternLensError,
  tensor,
  traceMethod,
  type MethodChoice,
  type ParameterSpec,
  type Tensor,
  type TensorRecord,
  type TracedMethod,
} from '@patternlens/core';
import { resolveParameters, type MetricContext } from '@patternlens/core/metrics';
import { adoptPatterns } from '@patternlens/core/patterns';
import { valueName, type LayerRelevance, type RelevancePort } from '@patternlens/core/tracing';
import { measureMethods } from '../context/measure-methods.js';
import { progressOf } from '../context/progress.js';
import { batches, readInput, requireSamples } from '../context/samples.js';
import { onlyInput } from '../maps/sample-layout.js';
import { layerLosses } from './layer-losses.js';
import { perSample } from './layer-view.js';
import type { LossReason, Losses } from './loss-reasons.js';

export const ID = 'conservation';

export const CONSERVATION_PARAMETERS = {
  samples: { default: 8, whole: true, atLeast: 1 },
} as const satisfies Record<string, ParameterSpec>;

export interface ConservationOptions {
  /** Samples that are followed, as many as there are at most; default 8. */
  readonly samples?: number;
}

/** A layer's part, as shares of what each sample started from. */
export interface LayerConservation {
  readonly layer: string;
  readonly kind: string;
  readonly rule: string;
  /** Relevance that arrived at the layer's output. */
  readonly entering: readonly number[];
  /** Relevance that it sent to its inputs. */
  readonly leaving: readonly number[];
  /** Entering less leaving, by reason; negative where there is a gain. */
  readonly losses: Partial<Record<LossReason, readonly number[]>>;
}

export interface MethodConservation {
  /** From the output back to the input. */
  readonly layers: readonly LayerConservation[];
  /** What arrived at the input. */
  readonly arrived: readonly number[];
  /** Samples left out: what they started from is 0. */
  readonly withoutStart: number;
}

/** Sums smaller than this share of the start are rounding. */
const ROUNDING = 1e-5;

/** True numbers of an output, in float64. */
function trueValues(results: TensorRecord, { name, exponent }: RelevancePort): Tensor {
  const { data, shape } = results[name]!;
  // Loops over typed arrays: these are all the values of all layers.
  const values = new Float64Array(data);
  const scale = 2 ** exponent;
  if (exponent !== 0) for (let at = 0; at < values.length; at++) values[at]! *= scale;
  return { data: values, shape };
}

/** What a rule says that it keeps back of each sample. */
const saidLosses = (results: TensorRecord, ports: LayerRelevance['losses']): Losses =>
  Object.fromEntries(
    Object.entries(ports).map(([reason, port]) => [
      reason,
      new Float64Array(trueValues(results, port).data),
    ]),
  );

const total = (values: Tensor): Float64Array => perSample(values, (value) => value);

interface Followed {
  readonly traced: TracedMethod;
  readonly relevance: readonly LayerRelevance[];
}

function follow(context: MetricContext, name: string, choice: MethodChoice): Followed {
  const { network, patterns } = context;
  const traced = traceMethod(network, {
    method: choice,
    patterns,
    layerValues: true,
    layerRelevance: true,
  });
  if (traced.method.group !== 'attribution' || traced.method.timesInput)
    throw new PatternLensError(
      'evaluate',
      'invalid-argument',
      `${ID}: its numbers are not handed from layer to layer as shares of the output, so there is nothing to conserve. Measure attributions: lrp-*, deep-taylor, pattern-attribution.`,
      { method: name },
    );
  return { traced, relevance: traced.layerRelevance ?? [] };
}

interface Sums {
  readonly entering: number[];
  readonly leaving: number[];
  readonly losses: Partial<Record<LossReason, number[]>>;
}

function addLosses(sums: Sums, losses: Losses, of: (values: Float64Array) => number[]): void {
  for (const [reason, values] of Object.entries(losses) as [LossReason, Float64Array][])
    (sums.losses[reason] ??= []).push(...of(values));
}

async function measureMethod(
  context: MetricContext,
  input: string,
  count: number,
  name: string,
  choice: MethodChoice,
  advance: (count: number, what: string) => void,
): Promise<MethodConservation> {
  const { backend, patterns } = context;
  const { traced, relevance } = follow(context, name, choice);
  const { method, ports } = traced;
  const adopted = patterns && adoptPatterns(patterns, context.network);
  await using executable = await backend.compile(traced.program);
  const sums = relevance.map((): Sums => ({ entering: [], leaving: [], losses: {} }));
  const arrived: number[] = [];
  let withoutStart = 0;
  for (const { first, size } of batches(count, context.batch)) {
    const inputs = await readInput(context, input, first, size);
    const results = await executable.run({
      [input]: inputs,
      [ports.target]: tensor(new Float32Array(size).fill(-1), [size]),
    });
    const starts = results[ports.start]!.data;
    const shares = (values: Float64Array): number[] =>
      Array.from(values, (value, sample) => value / starts[sample]!).filter(
        (_, sample) => starts[sample] !== 0,
      );
    withoutStart += starts.filter((start) => start === 0).length;
    relevance.forEach(({ layer, rule, arrived: at, sent, losses }, place) => {
      const entering = trueValues(results, at);
      const leaving = sent
        .map((port) => total(trueValues(results, port)))
        .reduce((sum, values) => sum.map((value, sample) => value + values[sample]!));
      const before = total(entering);
      const view = {
        layer,
        rule,
        method,
        pattern: adopted?.layers.get(layer.name),
        output: results[valueName(layer.name)]!,
        arrived: entering,
        said: saidLosses(results, losses),
      };
      const loss = before.map((value, sample) => value - leaving[sample]!);
      sums[place]!.entering.push(...shares(before));
      sums[place]!.leaving.push(...shares(leaving));
      addLosses(sums[place]!, layerLosses(view, loss), shares);
    });
    const exponents = results[ports.exponent]!.data;
    const reached = total(results[ports.relevance.get(input)!]!);
    arrived.push(...shares(reached.map((value, sample) => value * 2 ** exponents[sample]!)));
    advance(size, name);
  }
  return {
    layers: relevance.map(({ layer, rule }, place) => ({
      layer: layer.name,
      kind: layer.kind,
      rule,
      entering: sums[place]!.entering,
      leaving: sums[place]!.leaving,
      losses: withoutRounding(sums[place]!.losses),
    })),
    arrived,
    withoutStart,
  };
}

/** The reasons that take more than rounding from some sample. */
function withoutRounding(losses: Sums['losses']): LayerConservation['losses'] {
  return Object.fromEntries(
    Object.entries(losses).filter(([, values]) =>
      values.some((value) => Math.abs(value) > ROUNDING),
    ),
  );
}

/** Follows the sum of relevance from layer to layer, and says where it is lost and why.
 * @throws PatternLensError `invalid-argument`, `empty-data`, `cancelled`. */
export async function measureConservation(
  context: MetricContext,
  options: ConservationOptions = {},
): Promise<{
  readonly samples: number;
  readonly methods: ReadonlyMap<string, MethodConservation>;
  readonly warnings: readonly string[];
}> {
  const { samples } = resolveParameters(ID, CONSERVATION_PARAMETERS, { ...options });
  requireSamples(context, ID, 1);
  const { input } = onlyInput(ID, context.network);
  const count = Math.min(samples as number, context.data.count);
  const advance = progressOf(context, ID, count * context.methods.length);
  const { measured, warnings } = await measureMethods(ID, context, ({ name, choice }) =>
    measureMethod(context, input, count, name, choice, advance),
  );
  const empty = [...measured].flatMap(([name, { withoutStart }]) =>
    withoutStart > 0
      ? [`${name}: ${withoutStart} of ${count} samples start from 0 and are left out.`]
      : [],
  );
  return { samples: count, methods: measured, warnings: [...warnings, ...empty] };
}
