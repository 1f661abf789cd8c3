import { samplesOf, type BenchmarkJob } from '@patternlens/benchmark';
import { bytesSource, readPatterns, type PatternSet } from '@patternlens/core';
import { imagesPreprocessing, inputRange } from '@patternlens/explain/node';
import { sayPixelsAsTheyAre } from '../sources/open-samples.js';
import { measurable } from '../evaluate/evaluation-inputs.js';
import { parseMethods } from '../arguments/parse-methods.js';
import type { SourceValues } from '../arguments/shared-options.js';
import { saySettled } from '../explain/settled-parameters.js';
import { openModel, type OpenedModel } from '../models/open-model.js';
import { diskFile, openPatterns } from '@patternlens/explain/node';
import type { OpenedPlugins } from '../plugins/open-plugins.js';
import { openSamples } from '../sources/open-samples.js';
import { sourcesByInput } from '../sources/sources-by-input.js';

/** What is to be measured, as it was typed, with the names of plug-ins in place of the plug-ins: it can be sent to another process. */
export interface BenchRequest {
  readonly path: string;
  readonly sources: readonly string[];
  readonly values: SourceValues;
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
    ? openPatterns(diskFile(patterns))
    : readPatterns(bytesSource(patterns));
}

/** Opens the model and reads the samples that a request names. */
export async function openBench(
  request: BenchRequest,
  { plugins, methods: known }: OpenedPlugins,
  say?: (line: string) => void,
): Promise<OpenedBench> {
  const { path, sources, values, batches, compared, fitted } = request;
  const model = await openModel(path, values, plugins, sources);
  const patterns = await patternsOf(request.patterns);
  const wanted = Math.max(...batches, compared, fitted);
  const named = sourcesByInput(model.network, sources, values.input);
  const inputs = await openSamples(model, named, { generated: wanted, limit: wanted, say });
  if (say) sayPixelsAsTheyAre(inputs, say);
  const methods = parseMethods(request.methods, {
    methods: known,
    range: inputRange(model, inputs),
    check: measurable(model, patterns, fitted > 0),
    say,
  });
  if (say) saySettled(methods, model.network, say);
  const count = Math.min(wanted, inputs.count);
  const all = await inputs.read(0, count);
  const first = (samples: number) => samplesOf(all, 0, Math.min(samples, count));
  const [{ name }] = model.network.inputs as [OpenedModel['network']['inputs'][number]];
  return {
    model,
    job: {
      name: path,
      network: model.asRead,
      plugins: model.plugins,
      methods,
      patterns,
      compared: {
        inputs: first(compared),
        names: inputs.samples
          .slice(0, Math.min(compared, count))
          .map(({ sources: byInput, index }) => {
            const source = byInput.get(name)!;
            return source.holdsSeveral ? `${source.name} ${index}` : source.name;
          }),
      },
      // A batch is never larger than what there is.
      timed: new Map(batches.map((batch) => [Math.min(batch, count), first(batch)])),
      fitted: fitted > 0 ? first(fitted) : undefined,
      look: {
        axes: model.network.axes.get(name)!,
        preprocessing: imagesPreprocessing(inputs)?.values,
      },
    },
  };
}
