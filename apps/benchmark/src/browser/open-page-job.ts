import { readOnnx } from '@patternlens/adapter-onnx';
import {
  chooseMethod,
  fitPatterns,
  PatternLensError,
  resolveNetwork,
  type TensorRecord,
} from '@patternlens/core';
import { resolveMethod } from '@patternlens/core/tracing';
import { referenceBackend } from '@patternlens/reference';
import { samplesOf } from '../engine/sample-of.js';
import type { OpenedPayload } from './payload.js';
import { isOfSamples, readSamples } from './read-samples.js';

/** What a person chose. */
export interface PageChoice {
  /** A model and samples; the bundled network and generated samples where they are missing. */
  readonly files: readonly File[];
  readonly methods: readonly string[];
  readonly batches: readonly number[];
  readonly compared: number;
  readonly fitted: number;
}

/** Where the server has the bundled network. */
const BUNDLED = new URL('models/default.onnx', document.baseURI);

async function readModel(files: readonly File[]): Promise<{ name: string; bytes: Uint8Array }> {
  const [model, ...more] = files.filter((file) => !isOfSamples(file));
  if (more.length > 0)
    throw new PatternLensError(
      'benchmark',
      'invalid-argument',
      `expected one model, got ${[model!, ...more].map(({ name }) => name).join(', ')}. Choose one .onnx file.`,
    );
  if (model) return { name: model.name, bytes: new Uint8Array(await model.arrayBuffer()) };
  const response = await fetch(BUNDLED);
  if (!response.ok)
    throw new PatternLensError(
      'benchmark',
      'invalid-file',
      `the bundled network was not found at ${BUNDLED.href}. Choose a model file.`,
    );
  return { name: 'default', bytes: new Uint8Array(await response.arrayBuffer()) };
}

/** Reads what was chosen, and fits the patterns that methods need, once, by the reference.
 * @throws PatternLensError naming the file. */
export async function openPageJob(choice: PageChoice): Promise<OpenedPayload> {
  const { name, bytes } = await readModel(choice.files);
  const network = await readOnnx(bytes);
  const { axes } = resolveNetwork(network);
  const { batches, compared, fitted } = choice;
  const wanted = Math.max(...batches, compared, fitted);
  const { names, values, preprocessing } = await readSamples(
    network,
    axes,
    choice.files.filter(isOfSamples),
    wanted,
  );
  const methods = choice.methods.map((id) => resolveMethod(chooseMethod(id)));
  const input = network.inputs[0]!;
  const all: TensorRecord = { [input.name]: values };
  const first = (count: number): TensorRecord => samplesOf(all, 0, Math.min(count, names.length));
  const fits = fitted > 0 && methods.some(({ needsPatterns }) => needsPatterns);
  return {
    bytes,
    job: {
      name,
      network,
      methods,
      compared: { names: names.slice(0, compared), inputs: first(compared) },
      timed: new Map(batches.map((batch) => [Math.min(batch, names.length), first(batch)])),
      patterns: fits
        ? await fitPatterns(network, [first(fitted)], {
            backend: referenceBackend(),
            withoutMoments: true,
          })
        : undefined,
      fitted: fits ? first(fitted) : undefined,
      look: { axes: axes.get(input.name)!, preprocessing },
    },
  };
}
