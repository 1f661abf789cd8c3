import { createHash } from 'node:crypto';
import {
  fitPatterns,
  PatternLensError,
  writePatterns,
  type Backend,
  type CanonicalNetwork,
  type FitProgress,
  type PatternSet,
} from '@patternlens/core';
import { isFitted } from '@patternlens/core/network';
import {
  planPasses,
  type FitCheckpoint,
  type FitIdentity,
  type FittedEstimator,
} from '@patternlens/core/patterns';
import { imagesPreprocessing, type JoinedInputs } from '@patternlens/explain/node';
import type { OpenedModel } from '../models/open-model.js';
import { writeWhole } from '../output/write-whole.js';
import {
  checkpointPath,
  hasCheckpoint,
  readCheckpoint,
  removeCheckpoint,
  writeCheckpoint,
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
    preprocessing: imagesPreprocessing(inputs)?.hash ?? 'none',
    limit: String(limit ?? 'none'),
    shard: shard ? `${shard.index}/${shard.count}` : 'none',
    memory: String(memory),
  };
}

/** The checkpoint that a fit goes on from, where it is to go on and there is one. */
async function checkpointOf(
  { resume, out, say }: FitRun,
  network: CanonicalNetwork,
  identity: FitIdentity,
  passes: number,
): Promise<FitCheckpoint | undefined> {
  if (!resume) return undefined;
  if (!(await hasCheckpoint(out))) {
    say(`there is no ${checkpointPath(out)}: fitting from the beginning`);
    return undefined;
  }
  const checkpoint = await readCheckpoint(out, network, identity);
  say(
    `resuming after ${checkpoint.samples} samples${passes > 1 ? ` of pass ${checkpoint.pass + 1}` : ''}`,
  );
  return checkpoint;
}

/** Says of a fit that was cancelled where it is kept. */
function interrupted(out: string, thrown: unknown): unknown {
  if (!(thrown instanceof PatternLensError) || thrown.code !== 'cancelled') return thrown;
  return new PatternLensError(
    'cli',
    'cancelled',
    `interrupted. What was fitted is kept in "${checkpointPath(out)}": go on with --resume.`,
    {},
    thrown,
  );
}

/** Fits patterns and writes them; a fit that is interrupted leaves its checkpoint. */
export async function runFit(run: FitRun): Promise<PatternSet> {
  const { model, inputs, backend, out, memory } = run;
  const identity = identityOf(run);
  const { network } = model;
  const passes = planPasses(network, memory).length;
  if (passes > 1)
    run.say(
      `the moments of ${network.layers.filter(isFitted).length} layers exceed the memory limit: ${passes} passes over the data`,
    );
  const resume = await checkpointOf(run, network, identity, passes);
  using store = passes > 1 ? momentsFiles(out) : undefined;
  const patterns = await fitPatterns(network, inputs, {
    backend,
    estimators: run.estimators,
    shard: run.shard,
    memory,
    resume,
    store,
    signal: run.signal,
    onProgress: run.onProgress,
    onCheckpoint: (checkpoint) => writeCheckpoint(out, network, identity, checkpoint),
    preprocessing: imagesPreprocessing(inputs)?.hash,
  }).catch((thrown: unknown) => {
    throw interrupted(out, thrown);
  });
  await writeWhole(out, writePatterns(run.withoutMoments ? withoutSources(patterns) : patterns));
  await removeCheckpoint(out);
  return patterns;
}

function withoutSources(patterns: PatternSet): PatternSet {
  const layers = [...patterns.layers].map(
    ([name, pattern]) => [name, { ...pattern, source: undefined }] as const,
  );
  return { ...patterns, layers: new Map(layers) };
}
