import {
  checkMethod,
  fitPatterns,
  type Backend,
  type MetricData,
  type Method,
  type PatternSet,
} from '@patternlens/core';
import { asChoice } from '../arguments/parse-methods.js';
import { UsageError } from '../arguments/usage-error.js';
import { sourcesByInput, type SourceFlags } from '../commands/shared-options.js';
import { joinInputs, type JoinedInputs } from '../explain/joined-inputs.js';
import type { OpenedModel } from '../models/open-model.js';
import { metricData } from './metric-data.js';

/** The sources of the three splits, as they were typed. */
export interface SplitFlags {
  readonly fit?: readonly string[];
  readonly regress?: readonly string[];
  readonly test?: readonly string[];
}

/** What is measured on: the samples, and what patterns are fitted on where that is not the same. */
export interface EvaluationInputs {
  readonly data: MetricData;
  readonly fit?: JoinedInputs | undefined;
  /** All sources that were opened. */
  readonly all: readonly JoinedInputs[];
}

/** @throws UsageError for splits of which one is missing. */
export function checkSplits(
  { fit, regress, test }: SplitFlags,
  sources: readonly string[],
  inputs: readonly string[],
  hasPatterns: boolean,
): void {
  if (hasPatterns && fit) throw new UsageError('give either --patterns or --fit, not both.');
  if ((regress === undefined) !== (test === undefined))
    throw new UsageError(
      `--${regress ? 'test' : 'regress'} is missing: v is fitted on the samples of --regress, and tested on those of --test.`,
    );
  if (regress && !fit && !hasPatterns)
    throw new UsageError(
      'patterns are missing: give --patterns FILE, or the samples to fit them on with --fit SOURCE.',
    );
  if (sources.length === 0 && inputs.length === 0 && !test)
    throw new UsageError(
      'there is nothing to read: name a folder of images, image files, an array file, or generated.',
    );
}

/** Opens every source that was named. Without a plain one, metrics are measured on the test's. */
export async function openInputs(
  model: OpenedModel,
  sources: readonly string[],
  flags: SplitFlags & SourceFlags,
  generated: number,
  limit: number | undefined,
): Promise<EvaluationInputs> {
  const open = async (
    named: readonly string[] | undefined,
    input: SourceFlags = {},
  ): Promise<JoinedInputs | undefined> =>
    named && joinInputs(model, sourcesByInput(model, named, input), generated, limit);
  const fit = await open(flags.fit);
  const regress = await open(flags.regress);
  const test = await open(flags.test);
  const given = sources.length > 0 || flags.input !== undefined;
  const own = given ? await open(sources, flags) : undefined;
  const splits = regress && test ? { regress, test, ...(fit ? { fit } : {}) } : undefined;
  return {
    fit,
    data: metricData((own ?? test)!, splits),
    all: [fit, regress, test, own].filter((one) => one !== undefined),
  };
}

/** Patterns from the samples that were given for them; undefined where there are none. */
export async function fittedPatterns(
  model: OpenedModel,
  { fit }: EvaluationInputs,
  options: {
    readonly backend: Backend;
    readonly keepOutput: boolean;
    readonly signal: AbortSignal;
    readonly onProgress: (done: number) => void;
  },
): Promise<PatternSet | undefined> {
  if (!fit) return undefined;
  return fitPatterns(model.network, fit, {
    ...options,
    plugins: model.plugins,
    preprocessing: fit.preprocessing,
    onProgress: ({ done }) => {
      options.onProgress(done);
    },
  });
}

/** @throws PatternLensError for methods that can't explain the network; `missing-pattern` where they need patterns that are neither given nor fitted. */
export function checkMethods(
  { network, plugins }: OpenedModel,
  methods: readonly Method[],
  patterns: PatternSet | undefined,
  keepOutput: boolean,
  willFit: boolean,
): void {
  for (const method of methods) {
    const choice = asChoice(method);
    if (willFit && method.needsPatterns) continue;
    checkMethod(network, { method: choice, patterns, keepOutput, plugins });
  }
}
