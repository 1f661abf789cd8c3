import {
  bytesSource,
  readPatterns,
  writePatterns,
  type MethodChoice,
  type PatternSet,
  type TensorRecord,
} from '@patternlens/core';
import { resolveMethod } from '@patternlens/core/tracing';
import { asChoice, type BenchmarkJob } from '../engine/benchmark-job.js';
import { readModelFiles, type ModelFiles } from './model-files.js';

/** A job as data that can be sent to another thread or page: arrays of numbers stay what they are. */
export interface SentJob {
  readonly name: string;
  readonly model: ModelFiles;
  /** Sizes of free axes by input name, without the batch. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly methods: readonly MethodChoice[];
  readonly compared: BenchmarkJob['compared'];
  readonly target: BenchmarkJob['target'];
  readonly timed: readonly { readonly batch: number; readonly inputs: TensorRecord }[];
  /** The bytes of a pattern file. */
  readonly patterns?: Uint8Array | undefined;
  readonly fitted?: TensorRecord | undefined;
  readonly look: BenchmarkJob['look'];
}

/** A job with the files of its model, which runtimes run as they are. */
export interface OpenedJob {
  readonly job: BenchmarkJob;
  readonly model: ModelFiles;
}

async function bytesOfPatterns(patterns: PatternSet): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writePatterns(patterns)) pieces.push(Uint8Array.from(piece));
  return new Uint8Array(await new Blob(pieces as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

/** A job as data. Tensors are those of the job, not copies. */
export async function sendJob(
  { job, model }: OpenedJob,
  shapes: SentJob['shapes'],
): Promise<SentJob> {
  return {
    name: job.name,
    model,
    shapes,
    methods: job.methods.map(asChoice),
    compared: job.compared,
    target: job.target,
    timed: [...job.timed].map(([batch, inputs]) => ({ batch, inputs })),
    patterns: job.patterns && (await bytesOfPatterns(job.patterns)),
    fitted: job.fitted,
    look: job.look,
  };
}

/** The job again, where it was sent to. */
export async function openSentJob(sent: SentJob): Promise<OpenedJob> {
  const { name, model, methods, compared, target, timed, patterns, fitted, look } = sent;
  return {
    model,
    job: {
      name,
      network: await readModelFiles(model, sent.shapes),
      methods: methods.map((choice) => resolveMethod(choice)),
      compared,
      target,
      timed: new Map(timed.map(({ batch, inputs }) => [batch, inputs])),
      patterns: patterns && (await readPatterns(bytesSource(patterns))),
      fitted,
      look,
    },
  };
}
