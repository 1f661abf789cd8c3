import { checkMethod, type PatternSet } from '@patternlens/core';
import { type MetricData } from '@patternlens/core/metrics';
import { type Method } from '@patternlens/core/tracing';
import type { JoinedInputs } from '@patternlens/explain/node';
import { asChoice } from '../arguments/parse-methods.js';
import type { SourceValues } from '../arguments/shared-options.js';
import { UsageError } from '../arguments/usage-error.js';
import type { OpenedModel } from '../models/open-model.js';
import { openSamples } from '../sources/open-samples.js';
import { sourcesByInput } from '../sources/sources-by-input.js';
import { metricData } from './metric-data.js';

/** Samples that a generated source gives where no limit says otherwise: rho takes more than a layer has inputs. */
const GENERATED = { quality: 3000, others: 100 } as const;

/** Sources as they were typed: those of the three splits, and the limit of each. */
export interface SplitValues extends Pick<SourceValues, 'input'> {
  readonly fit: readonly string[] | undefined;
  readonly regress: readonly string[] | undefined;
  readonly test: readonly string[] | undefined;
  readonly patterns: string | undefined;
  readonly limit: number | undefined;
}

/** What is measured on: the samples, and what patterns are fitted on where that is not the same. */
export interface EvaluationInputs {
  readonly data: MetricData;
  /** The samples that methods are measured on. */
  readonly measured: JoinedInputs;
  readonly fit?: JoinedInputs | undefined;
  /** All sources that were opened. */
  readonly all: readonly JoinedInputs[];
}

/** @throws UsageError for splits of which one is missing. */
export function checkSplits(
  { fit, regress, test, input, patterns }: SplitValues,
  sources: readonly string[],
): void {
  const hasPatterns = patterns !== undefined;
  if (hasPatterns && fit) throw new UsageError('give either --patterns or --fit, not both.');
  if ((regress === undefined) !== (test === undefined))
    throw new UsageError(
      `--${regress ? 'test' : 'regress'} is missing: v is fitted on the samples of --regress, and tested on those of --test.`,
    );
  if (regress && !fit && !hasPatterns)
    throw new UsageError(
      'patterns are missing: give --patterns FILE, or the samples to fit them on with --fit SOURCE.',
    );
  if (sources.length === 0 && Object.keys(input).length === 0 && !test)
    throw new UsageError(
      'there is nothing to read: name a folder of images, image files, an array file, or generated.',
    );
}

/** What sources are opened for. */
interface EvaluationSetting {
  readonly model: OpenedModel;
  readonly quality: boolean;
  readonly say: (line: string) => void;
}

/** Opens every source that was named. Without a plain one, metrics are measured on the test's. */
export async function openInputs(
  { model, quality, say }: EvaluationSetting,
  sources: readonly string[],
  values: SplitValues,
): Promise<EvaluationInputs> {
  const { limit, input } = values;
  const generated = GENERATED[quality ? 'quality' : 'others'];
  const open = async (
    named: readonly string[] | undefined,
    byInput?: SplitValues['input'],
  ): Promise<JoinedInputs | undefined> =>
    named &&
    openSamples(model, sourcesByInput(model.network, named, byInput), { generated, limit, say });
  const fit = await open(values.fit);
  const regress = await open(values.regress);
  const test = await open(values.test);
  const plain = sources.length > 0 || Object.keys(input).length > 0;
  const measured = plain ? await open(sources, input) : undefined;
  const splits = regress && test ? { regress, test, ...(fit ? { fit } : {}) } : undefined;
  const samples = (measured ?? test)!;
  return {
    fit,
    measured: samples,
    data: metricData(samples, splits),
    all: [fit, regress, test, measured].filter((one) => one !== undefined),
  };
}

/** Checks a method: it throws a PatternLensError where it can't explain the network; `missing-pattern` where it needs patterns that are neither given nor fitted. */
export function measurable(
  { network }: OpenedModel,
  patterns: PatternSet | undefined,
  willFit: boolean,
): (method: Method) => void {
  return (method) => {
    if (willFit && method.needsPatterns) return;
    checkMethod(network, { method: asChoice(method), patterns });
  };
}
