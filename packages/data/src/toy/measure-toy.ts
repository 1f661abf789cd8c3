import { createExplainer, fitPatterns, type Backend } from '@patternlens/core';
import { uniforms } from '@patternlens/core/tensor';
import { argumentError } from '../errors/data-error.js';
import { sameFunctionTwice } from './same-function-twice.js';
import { toyClosedForms } from './toy-closed-forms.js';
import { TOY_MODELS, type NamedToyModel } from './toy-models.js';
import { toyNeuron, type ToyNeuron } from './toy-neuron.js';
import { toySamples } from './toy-samples.js';
import type { PlaneVector } from './toy-model.js';

/** A number that was measured on samples, beside the one that is known. */
export interface ToyMeasurement {
  readonly model: string;
  readonly quantity: string;
  /** The mean over the repeats. */
  readonly measured: number;
  /** Of that mean, from how much the repeats differ. */
  readonly standardError: number;
  readonly closedForm: number;
  /** (measured - closed form) / standard error; null where every repeat gives the closed form but for rounding. */
  readonly z: number | null;
}

export interface MeasureToyOptions {
  /** 1 where not given; each repeat has a seed of its own, drawn from it. */
  readonly seed?: number;
  /** Samples of each repeat; 2000 where not given. */
  readonly count?: number;
  /** At least 2; 40 where not given. */
  readonly repeats?: number;
}

/** Differences and standard errors below this are rounding. */
const ROUNDING = 1e-12;

/** A name, what is known, and what each repeat measured. */
function compare(
  model: string,
  quantity: string,
  closedForm: number,
  values: readonly number[],
): ToyMeasurement {
  const measured = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance =
    values.reduce((sum, value) => sum + (value - measured) ** 2, 0) / (values.length - 1);
  const standardError = Math.sqrt(variance / values.length);
  const difference = measured - closedForm;
  const exact = standardError < ROUNDING && Math.abs(difference) < ROUNDING;
  return {
    model,
    quantity,
    measured,
    standardError,
    closedForm,
    z: exact ? null : difference / standardError,
  };
}

function seedsOf({ seed = 1, repeats = 40 }: MeasureToyOptions): readonly number[] {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw argumentError('toy model', 'a seed of 0 to 2^32 - 1', String(seed));
  if (!Number.isInteger(repeats) || repeats < 2)
    throw argumentError('toy model', 'a whole number of repeats of at least 2', String(repeats));
  const draw = uniforms(seed);
  return Array.from({ length: repeats }, () => Math.floor(draw() * 2 ** 32));
}

/** A toy model's weights, patterns and qualities, measured on samples and in closed form. Where an estimator leaves nothing in the limit,
 * rho is at the end of its range and would be below it for every sample: the correlation itself is compared there, with its sign.
 * @throws PatternLensError `invalid-argument`. */
export function measureToyModel(
  { name, model }: NamedToyModel,
  options: MeasureToyOptions = {},
): readonly ToyMeasurement[] {
  const known = toyClosedForms(model);
  const neurons = seedsOf(options).map((seed) =>
    toyNeuron(toySamples(model, { seed, count: options.count ?? 2000 })),
  );
  const numberOf = (quantity: string, closedForm: number, of: (neuron: ToyNeuron) => number) =>
    compare(name, quantity, closedForm, neurons.map(of));
  const vector = (
    symbol: string,
    closedForm: PlaneVector | null,
    of: (neuron: ToyNeuron) => PlaneVector,
  ) =>
    closedForm === null
      ? []
      : ([0, 1] as const).map((at) =>
          numberOf(`${symbol}, component ${at + 1}`, closedForm[at], (neuron) => of(neuron)[at]),
        );
  const quality = (symbol: string, closedForm: number, of: (neuron: ToyNeuron) => number) =>
    Math.abs(closedForm) < ROUNDING
      ? numberOf(`correlation left by ${symbol}`, 0, of)
      : numberOf(
          `rho of ${symbol}`,
          1 - Math.abs(closedForm),
          (neuron) => 1 - Math.abs(of(neuron)),
        );
  const [w1, w2] = known.weights;
  const length = w1 * w1 + w2 * w2;
  return [
    ...vector('w', known.weights, ({ weights }) => weights),
    ...vector('a', known.pattern, ({ pattern }) => pattern),
    ...vector('a+', known.positive, ({ positive }) => positive),
    ...vector('a-', known.negative, ({ negative }) => negative),
    quality('S_w', known.correlationLeft([w1 / length, w2 / length]), ({ left }) => left.filter),
    quality('S_a', 0, ({ left }) => left.linear),
    quality('S_a+-', 0, ({ left }) => left.twoComponent),
  ];
}

/** PatternAttribution of two networks that are one function, measured by fitting patterns and explaining on a backend.
 * @throws PatternLensError `invalid-argument`. */
async function measureSameFunctionTwice(
  backend: Backend,
  options: MeasureToyOptions = {},
): Promise<readonly ToyMeasurement[]> {
  const { data, input, relevance, ...networks } = sameFunctionTwice();
  const rows: ToyMeasurement[] = [];
  for (const kind of ['nested', 'direct'] as const) {
    const repeats: number[][] = [];
    for (const seed of seedsOf(options)) {
      const patterns = await fitPatterns(networks[kind], [data(seed, options.count ?? 2000)], {
        backend,
      });
      await using explainer = await createExplainer(networks[kind], {
        backend,
        method: 'pattern-attribution',
        patterns,
      });
      const explanation = await explainer.explain(input);
      repeats.push(Array.from(explanation.relevanceByInput['x']!.data));
    }
    const name = kind === 'nested' ? 'max(max(w·x, 0) - b, 0)' : 'max(w·x - b, 0)';
    for (const at of [0, 1] as const)
      rows.push(
        compare(
          name,
          `relevance of x${at + 1}`,
          relevance[kind][at],
          repeats.map((repeat) => repeat[at]!),
        ),
      );
  }
  return rows;
}

/** Every toy model, measured and in closed form; each on samples of its own.
 * @throws PatternLensError `invalid-argument`. */
export async function measureToys(
  backend: Backend,
  { seed = 1, ...options }: MeasureToyOptions = {},
): Promise<readonly ToyMeasurement[]> {
  const seeds = seedsOf({ seed, repeats: TOY_MODELS.length + 1 });
  return [
    ...TOY_MODELS.flatMap((named, at) => measureToyModel(named, { ...options, seed: seeds[at]! })),
    ...(await measureSameFunctionTwice(backend, { ...options, seed: seeds.at(-1)! })),
  ];
}
