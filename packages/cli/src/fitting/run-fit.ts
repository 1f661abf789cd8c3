import { createHash } from 'node:crypto';
import {
  resolveNetwork,
  fitPatterns,
  isFitted,
  planPasses,
  writePatterns,
  type Backend,
  type FitProgress,
  type FittedEstimator,
  type PatternSet,
} from '@patternlens/core';
import type { JoinedInputs } from '../explain/joined-inputs.js';
import type { OpenedModel } from '../models/open-model.js';
import { writePieces } from '../output/write-pieces.js';
import {
  checkpointPath,
  hasCheckpoint,
  readCheckpoint,
  removeCheckpoint,
  writeCheckpoint,
  type FitIdentity,
} from './checkpoint-file.js';
import { momentsFiles } from './moments-files.js';

export interface FitRun {
  readonly model: OpenedModel;
  readonly inputs: JoinedInputs;
  readonly backend: Backend;
  readonly out: string;
  readonly estimators?: readonly FittedEstimator[] | undefined;
  readonly limit?: number | undefined;
  readonly shard?: { readonly index: number; readonly count: number } | undefined;
  readonly memory: number;
  readonly resume: boolean;
  readonly withoutMoments: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: FitProgress) => void;
  readonly say: (text: string) => void;
}

function identityOf({ inputs, shard, limit, memory }: FitRun): FitIdentity {
  const names = inputs.samples.map(
    ({ sources, index }) => `${[...sources.values()].map(({ name }) => name).join('|')}#${index}`,
  );
  return {
    data: `${inputs.count} samples ${createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 16)}`,
    preprocessing: inputs.preprocessing ?? 'none',
    limit: String(limit ?? 'none'),
    shard: shard ? `${shard.index}/${shard.count}` : 'none',
    memory: String(memory),
  };
}

/** Fits patterns and writes them; a fit that is interrupted leaves its checkpoint. */
export async function runFit(run: FitRun): Promise<PatternSet> {
  const { model, inputs, backend, out, memory } = run;
  const identity = identityOf(run);
  const { plugins } = model;
  const canonical = resolveNetwork(model.network, { plugins });
  const passes = planPasses(canonical, memory);
  if (passes.length > 1)
    run.say(
      `the moments of ${canonical.layers.filter(isFitted).length} layers exceed the memory limit: ${passes.length} passes over the data`,
    );
  const resume =
    run.resume && (await hasCheckpoint(out))
      ? await readCheckpoint(out, canonical, identity)
      : undefined;
  if (resume)
    run.say(
      `resuming after ${resume.samples} samples${passes.length > 1 ? ` of pass ${resume.pass + 1}` : ''}`,
    );
  else if (run.resume) run.say(`there is no ${checkpointPath(out)}: fitting from the beginning`);
  const store = passes.length > 1 ? momentsFiles(out) : undefined;
  const patterns = await fitPatterns(model.network, inputs, {
    backend,
    estimators: run.estimators,
    plugins,
    shard: run.shard,
    memory,
    resume,
    store,
    signal: run.signal,
    onProgress: run.onProgress,
    onCheckpoint: (checkpoint) => writeCheckpoint(out, canonical, identity, checkpoint),
    preprocessing: inputs.preprocessing,
  });
  await writePieces(out, writePatterns(run.withoutMoments ? withoutSources(patterns) : patterns));
  await removeCheckpoint(out);
  await store?.remove();
  return patterns;
}

function withoutSources(patterns: PatternSet): PatternSet {
  const layers = [...patterns.layers].map(
    ([name, pattern]) => [name, { ...pattern, source: undefined }] as const,
  );
  return { ...patterns, layers: new Map(layers) };
}
