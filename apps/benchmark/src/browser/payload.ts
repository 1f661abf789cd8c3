import { readOnnx } from '@patternlens/adapter-onnx';
import { bytesSource, readPatterns, type MethodChoice, type TensorRecord } from '@patternlens/core';
import { resolveMethod } from '@patternlens/core/tracing';
import { floatsFromBase64, floatsToBase64, fromBase64, toBase64 } from '../engine/base64.js';
import { asChoice, type BenchmarkJob } from '../engine/benchmark-job.js';

/** Tensors as JSON. */
type SentTensors = Readonly<
  Record<string, { readonly shape: readonly number[]; readonly values: string }>
>;

/** A job as JSON, as a page takes it. */
export interface JobPayload {
  readonly name: string;
  /** The ONNX file, in base64. */
  readonly model: string;
  /** Sizes of free axes by input name, without the batch. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly methods: readonly MethodChoice[];
  readonly compared: { readonly names: readonly string[]; readonly inputs: SentTensors };
  readonly timed: readonly { readonly batch: number; readonly inputs: SentTensors }[];
  /** The bytes of a pattern file, in base64. */
  readonly patterns?: string | undefined;
  readonly fitted?: SentTensors | undefined;
  readonly look: BenchmarkJob['look'];
}

const tensorsOf = (sent: SentTensors): TensorRecord =>
  Object.fromEntries(
    Object.entries(sent).map(([name, { shape, values }]) => [
      name,
      { shape, data: floatsFromBase64(values) },
    ]),
  );

const sendTensors = (tensors: TensorRecord): SentTensors =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [
      name,
      { shape, values: floatsToBase64(data) },
    ]),
  );

/** A job as JSON.
 * @param patterns The bytes of a file of its patterns. */
export function sendJob(
  { job, bytes }: OpenedPayload,
  shapes: JobPayload['shapes'],
  patterns: Uint8Array | undefined,
): JobPayload {
  return {
    name: job.name,
    model: toBase64(bytes),
    shapes,
    methods: job.methods.map(asChoice),
    compared: { names: job.compared.names, inputs: sendTensors(job.compared.inputs) },
    timed: [...job.timed].map(([batch, inputs]) => ({ batch, inputs: sendTensors(inputs) })),
    patterns: patterns && toBase64(patterns),
    fitted: job.fitted && sendTensors(job.fitted),
    look: job.look,
  };
}

/** A job with the bytes of its model file, which runtimes run as they are. */
export interface OpenedPayload {
  readonly job: BenchmarkJob;
  readonly bytes: Uint8Array;
}

export async function openPayload(payload: JobPayload): Promise<OpenedPayload> {
  const bytes = fromBase64(payload.model);
  const { name, methods, compared, timed, patterns, fitted, look } = payload;
  return {
    bytes,
    job: {
      name,
      network: await readOnnx(bytes, { shapes: payload.shapes }),
      methods: methods.map((choice) => resolveMethod(choice)),
      compared: { names: compared.names, inputs: tensorsOf(compared.inputs) },
      timed: new Map(timed.map(({ batch, inputs }) => [batch, tensorsOf(inputs)])),
      patterns:
        patterns === undefined ? undefined : await readPatterns(bytesSource(fromBase64(patterns))),
      fitted: fitted && tensorsOf(fitted),
      look,
    },
  };
}
