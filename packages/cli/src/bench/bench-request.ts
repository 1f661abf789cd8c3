import { samplesOf, type BenchmarkJob } from '@patternlens/benchmark';
import { bytesSource, readPatterns, type PatternSet } from '@patternlens/core';
import { inputRange } from '../arguments/input-range.js';
import { parseMethods } from '../arguments/parse-methods.js';
import {
  openModelOf,
  sourcesByInput,
  type ModelFlags,
  type SourceFlags,
} from '../commands/shared-options.js';
import { joinInputs } from '../explain/joined-inputs.js';
import { layoutOf } from '../explain/layout-of.js';
import type { OpenedModel } from '../models/open-model.js';
import { openPatterns } from '../models/open-patterns.js';

/** What is to be measured, as it was typed: it can be sent to another process. */
export interface BenchRequest {
  readonly path: string;
  readonly sources: readonly string[];
  readonly flags: ModelFlags & SourceFlags;
  readonly methods: string;
  readonly batches: readonly number[];
  /** Samples compared with the reference; 0 for none. */
  readonly compared: number;
  /** Samples that patterns are fitted on; 0 for none. */
  readonly fitted: number;
  /** A pattern file, or what is in one. */
  readonly patterns?: string | Uint8Array | undefined;
}

export interface OpenedBench {
  readonly job: BenchmarkJob;
  readonly model: OpenedModel;
}

function patternsOf(patterns: BenchRequest['patterns']): Promise<PatternSet> | undefined {
  if (patterns === undefined) return undefined;
  return typeof patterns === 'string'
    ? openPatterns(patterns)
    : readPatterns(bytesSource(patterns));
}

/** Opens the model and reads the samples that a request names. */
export async function openBench(
  request: BenchRequest,
  say?: (line: string) => void,
): Promise<OpenedBench> {
  const { path, sources, flags, batches, compared, fitted } = request;
  const model = await openModelOf(path, flags, sources, flags.input);
  const patterns = await patternsOf(request.patterns);
  const wanted = Math.max(...batches, compared, fitted);
  const inputs = await joinInputs(model, sourcesByInput(model, sources, flags), wanted, wanted);
  const methods = parseMethods(request.methods, {
    range: inputRange(model, inputs),
    plugins: model.plugins,
    ...(say ? { say } : {}),
  });
  const count = Math.min(wanted, inputs.count);
  const all = await inputs.read(0, count);
  const first = (samples: number) => samplesOf(all, 0, Math.min(samples, count));
  const [{ name, shape }] = model.network.inputs as [OpenedModel['network']['inputs'][number]];
  return {
    model,
    job: {
      name: path,
      network: model.network,
      plugins: model.plugins,
      methods,
      patterns,
      compared: {
        inputs: first(compared),
        names: inputs.samples.slice(0, Math.min(compared, count)).map(({ sources: own, index }) => {
          const source = own.get(name)!;
          return source.many ? `${source.name} ${index}` : source.name;
        }),
      },
      // A batch is never larger than what there is.
      timed: new Map(batches.map((batch) => [Math.min(batch, count), first(batch)])),
      fitted: fitted > 0 ? first(fitted) : undefined,
      look: { layout: layoutOf(name, shape), preprocessing: model.preprocessing },
    },
  };
}
