import { messageOf, PatternLensError, type Tensor, type TensorRecord } from '@patternlens/core';
import { checkOptions, expects, type Library, moduleBehind } from '@patternlens/core/arguments';
import type { JsonObject } from '../read/json-object.js';
import { openFiles, type TfjsFiles } from '../read/model-files.js';
import { parseJson } from '../read/parse-json.js';
import { parseModel, type ParsedModel } from '../read/parse-model.js';
import { readShards } from '../read/read-weights.js';
import { fail } from '../read/tfjs-error.js';

/** A tensor of the runtime, as far as it is used here. */
interface RuntimeTensor {
  readonly shape: readonly number[];
  readonly data: () => Promise<ArrayLike<number>>;
  readonly dispose: () => void;
}

interface RuntimeModel {
  readonly inputs: readonly { readonly name: string }[];
  readonly outputs: readonly { readonly name: string }[];
  readonly predict: (inputs: never) => unknown;
  readonly dispose: () => void;
}

/** What is used of `@tensorflow/tfjs`. */
export interface TfjsModelRuntime {
  readonly tensor: (values: Float32Array, shape: number[]) => unknown;
  readonly loadLayersModel: (handler: never) => Promise<unknown>;
  readonly loadGraphModel: (handler: never) => Promise<unknown>;
  readonly setBackend: (name: string) => Promise<boolean>;
  readonly ready: () => Promise<void>;
  readonly getBackend: () => string;
}

export interface TfjsModelOptions {
  /** `@tensorflow/tfjs`, with the backend registered that is asked for. */
  readonly tf: TfjsModelRuntime;
  /** The backend of TensorFlow.js; the active one where none is named. */
  readonly backend?: string | undefined;
}

/** A model's files as TensorFlow.js itself runs them: what explanations are timed against. */
export interface TfjsModel extends AsyncDisposable {
  /** Runs the model; its outputs are read back. */
  readonly run: (inputs: TensorRecord) => Promise<TensorRecord>;
  readonly dispose: () => Promise<void>;
}

const RUNTIME: Library<TfjsModelRuntime> = {
  scope: 'adapter-tfjs',
  where: 'tf',
  backend: 'tfjs',
  called: 'TensorFlow.js with its models',
  write: 'import * as tf from "@tensorflow/tfjs", and openTfjsModel(files, { tf })',
  awaited: 'openTfjsModel(files, { tf: await import("@tensorflow/tfjs") })',
  is: ({ loadLayersModel, loadGraphModel }) =>
    typeof loadLayersModel === 'function' && typeof loadGraphModel === 'function',
};

/** All that TensorFlow.js loads, from memory. */
async function artifactsOf(files: TfjsFiles): Promise<{ model: ParsedModel; artifacts: object }> {
  const { json, shards } = await openFiles(files);
  const content: JsonObject = parseJson(json);
  const model = parseModel(content);
  const { weightsManifest, ...rest } = content as { weightsManifest?: { weights: unknown[] }[] };
  const parts = await readShards(model.groups, shards);
  const weightData = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    weightData.set(part, at);
    at += part.length;
  }
  const weightSpecs = (weightsManifest ?? []).flatMap(({ weights }) => weights);
  return { model, artifacts: { ...rest, weightSpecs, weightData: weightData.buffer } };
}

function failed(id: string, what: string, cause: unknown): never {
  throw new PatternLensError(
    'adapter-tfjs',
    'backend-failed',
    `${id}: the runtime could not ${what} the model: ${messageOf(cause)}`,
    { backend: id },
    cause,
  );
}

/** Makes a backend the active one, which all that runs here shares. */
async function useBackend({ tf, backend }: TfjsModelOptions): Promise<string> {
  if (backend !== undefined && tf.getBackend() !== backend && !(await tf.setBackend(backend)))
    fail(
      'backend-unavailable',
      `tfjs:${backend}: TensorFlow.js could not start this backend. Import and register it first.`,
      { backend: `tfjs:${backend}` },
    );
  await tf.ready();
  return `tfjs:${tf.getBackend()}`;
}

const nameOf = (name: string): string => name.replace(/:0$/, '');

/** Opens a model's files with TensorFlow.js, as they are.
 * @throws PatternLensError `invalid-file` where files are missing or damaged; `backend-failed` where the runtime can't load them. */
export async function openTfjsModel(
  files: TfjsFiles,
  options: TfjsModelOptions,
): Promise<TfjsModel> {
  checkOptions('adapter-tfjs', 'openTfjsModel', options, {
    tf: expects.anything,
    backend: expects.text,
  });
  const { tf: given, backend } = { ...options };
  const tf = moduleBehind(given, RUNTIME);
  const { model: parsed, artifacts } = await artifactsOf(files);
  const id = await useBackend({ tf, backend });
  const handler = { load: () => Promise.resolve(artifacts) } as never;
  const load = parsed.format === 'tfjs-graph' ? tf.loadGraphModel : tf.loadLayersModel;
  const model = (await load(handler).catch((cause: unknown) =>
    failed(id, 'load', cause),
  )) as RuntimeModel;
  let open = true;
  const dispose = (): Promise<void> => {
    if (open) model.dispose();
    open = false;
    return Promise.resolve();
  };
  return {
    dispose,
    [Symbol.asyncDispose]: dispose,
    run: async (inputs) => {
      await useBackend({ tf, backend });
      const made: RuntimeTensor[] = [];
      try {
        const given = model.inputs.map(({ name }, index) => {
          const { data, shape } =
            inputs[nameOf(name)] ??
            Object.values(inputs)[index] ??
            fail('invalid-argument', `input "${nameOf(name)}" is missing.`);
          const values = data instanceof Float32Array ? data : Float32Array.from(data);
          made.push(tf.tensor(values, [...shape]) as RuntimeTensor);
          return made.at(-1)!;
        });
        const results = [model.predict((given.length === 1 ? given[0] : given) as never)].flat();
        made.push(...(results as RuntimeTensor[]));
        const read = (results as RuntimeTensor[]).map(
          async ({ shape, data }, index): Promise<[string, Tensor]> => [
            nameOf(model.outputs[index]?.name ?? String(index)),
            { data: Float32Array.from(await data.call(results[index])), shape: [...shape] },
          ],
        );
        return Object.fromEntries(await Promise.all(read));
      } catch (cause) {
        if (cause instanceof PatternLensError) throw cause;
        return failed(id, 'run', cause);
      } finally {
        for (const tensor of made) tensor.dispose();
      }
    },
  };
}
