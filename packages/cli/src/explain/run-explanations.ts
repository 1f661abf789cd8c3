import {
  createExplainer,
  explainedPart,
  resolveNetwork,
  receptiveField,
  type Backend,
  type Explanation,
  type ExplainProgress,
  type Method,
  type NeuronTarget,
  type PatternSet,
  type Start,
  type Target,
  type Tensor,
} from '@patternlens/core';
import { renderMap, type PictureRenderer } from '@patternlens/heatmap';
import { writeFile } from 'node:fs/promises';
import { asChoice } from '../arguments/parse-methods.js';
import type { OpenedModel } from '../models/open-model.js';
import type { Staging } from '../output/staging.js';
import type { OpenedSource } from '../sources/opened-source.js';
import { startArray, type ArrayWriter } from './array-writer.js';
import type { MethodEntry, SampleEntry } from './explained-samples.js';
import { numbered, plain, stemsOf, uniqueNames } from './file-names.js';
import type { JoinedInputs } from './joined-inputs.js';
import { cropField, imageField } from './crop-field.js';
import { layoutOf, pictured } from './layout-of.js';
import { listed, type Fields } from './neuron-fields.js';

export interface ExplanationRun {
  readonly model: OpenedModel;
  readonly inputs: JoinedInputs;
  readonly methods: readonly Method[];
  readonly backend: Backend;
  readonly patterns?: PatternSet | undefined;
  readonly target: Target;
  readonly start?: Start | undefined;
  readonly keepOutput: boolean;
  readonly batch: number;
  readonly pictures: boolean;
  /** Show the receptive field alone where a neuron of a layer is explained. */
  readonly crop: boolean;
  readonly staging: Staging;
  readonly signal: AbortSignal;
  /** Called with the samples that are done, a part of one where a driver is under way, and the runs of the batch at hand. */
  readonly onSamples: (method: Method, done: number, runs: ExplainProgress) => void;
}

/** Samples of one source, which share their files. */
interface Writers {
  readonly byInput: ReadonlyMap<string, ArrayWriter>;
  readonly names: Readonly<Record<string, string>>;
  left: number;
}

function rowOf({ data, shape }: Tensor, index: number): Tensor {
  const each = data.length / shape[0]!;
  return {
    data: data.subarray(index * each, (index + 1) * each),
    shape: shape.slice(1),
  };
}

/** JSON has no infinity. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function completenessOf(
  { completenessErrors, relativeCompletenessErrors }: Explanation,
  at: number,
): Pick<SampleEntry, 'completenessError' | 'relativeCompletenessError'> {
  return completenessErrors && relativeCompletenessErrors
    ? {
        completenessError: completenessErrors[at]!,
        relativeCompletenessError: finite(relativeCompletenessErrors[at]!),
      }
    : {};
}

/** Explains all samples with one method and writes their files into the staging folder. */
class MethodRun {
  readonly #run: ExplanationRun;
  readonly #method: Method;
  /** What stands for the method in file names. */
  readonly #word: string;
  readonly #stems: ReadonlyMap<OpenedSource, string>;
  readonly #renderer: PictureRenderer | undefined;
  readonly #writers = new Map<OpenedSource, Writers>();
  readonly #inputNames: readonly string[];
  readonly files: string[] = [];

  constructor(
    run: ExplanationRun,
    method: Method,
    word: string,
    stems: ReadonlyMap<OpenedSource, string>,
    renderer: PictureRenderer | undefined,
  ) {
    this.#run = run;
    this.#method = method;
    this.#word = word;
    this.#stems = stems;
    this.#renderer = renderer;
    this.#inputNames = run.model.network.inputs.map(({ name }) => name);
  }

  async explain(): Promise<MethodEntry> {
    const {
      model,
      backend,
      inputs,
      patterns,
      target,
      start,
      keepOutput,
      batch,
      signal,
      onSamples,
    } = this.#run;
    const explainer = await createExplainer(model.network, {
      backend,
      method: asChoice(this.#method),
      patterns,
      start,
      keepOutput,
      plugins: model.plugins,
      internalBatch: batch,
    });
    const entries: SampleEntry[] = [];
    let plugins: readonly string[] | undefined;
    try {
      for (let from = 0; from < inputs.count; from += batch) {
        signal.throwIfAborted();
        const many = Math.min(batch, inputs.count - from);
        const values = await inputs.read(from, many);
        const explanation = await explainer.explain(values, {
          target,
          signal,
          onProgress: (runs) => {
            onSamples(this.#method, from + (many * runs.done) / runs.total, runs);
          },
        });
        ({ plugins } = explanation.recipe);
        for (let at = 0; at < many; at++)
          entries.push(await this.#write(explanation, values, at, from + at));
      }
    } finally {
      await explainer.dispose();
      for (const { byInput } of this.#writers.values())
        for (const writer of byInput.values()) await writer.close();
    }
    return {
      model: model.path,
      method: this.#method.id,
      parameters: this.#method.parameters,
      ...(plugins === undefined ? {} : { plugins }),
      backend: backend.id,
      samples: entries,
    };
  }

  async #write(
    explanation: Explanation,
    values: Readonly<Record<string, Tensor>>,
    at: number,
    place: number,
  ): Promise<SampleEntry> {
    const { inputs, model } = this.#run;
    const { sources, index } = inputs.samples[place]!;
    const source = sources.get(this.#inputNames[0]!)!;
    const writers = await this.#writersOf(source, place, explanation);
    for (const [name, writer] of writers.byInput)
      await writer.append(rowOf(explanation.relevanceByInput[name]!, at));
    if (--writers.left === 0) {
      for (const writer of writers.byInput.values()) await writer.close();
      this.#writers.delete(source);
    }
    const target = explanation.targets[at]!;
    const single = this.#inputNames.length === 1;
    const fields = typeof target === 'number' ? undefined : this.#fieldsOf(target);
    const pictures = await this.#pictures(explanation, values, at, source, index, fields);
    const names = [...sources].map(([name, own]) => [name, own.name] as const);
    return {
      source: single ? source.name : Object.fromEntries(names),
      index,
      target,
      label: (typeof target === 'number' ? model.labels?.[target] : undefined) ?? null,
      output: explanation.explained[at]!,
      start: explanation.starts[at]!,
      exponent: explanation.exponents[at]!,
      sum: explanation.sums[at]!,
      ...(fields ? { receptiveField: listed(fields, single) } : {}),
      ...completenessOf(explanation, at),
      files: single
        ? {
            npy: writers.names[this.#inputNames[0]!]!,
            png: pictures && pictures[this.#inputNames[0]!]!,
          }
        : { npy: writers.names, png: pictures },
    };
  }

  #fieldsOf(neuron: NeuronTarget): Fields {
    const { model, keepOutput } = this.#run;
    return receptiveField(
      explainedPart(
        resolveNetwork(model.network, { keepOutput, plugins: model.plugins }),
        neuron.layer,
      ),
      neuron,
    );
  }

  /** `SOURCE.METHOD` with the picture's number and, for one of several inputs, the input's name. */
  #fileName(source: OpenedSource, input: string, ending: string, index?: number): string {
    const number = index === undefined ? '' : `.${numbered(index)}`;
    const own = this.#inputNames.length === 1 ? '' : `.${plain(input)}`;
    const name = `${this.#stems.get(source)!}${number}.${this.#word}${own}.${ending}`;
    this.files.push(name);
    return name;
  }

  async #writersOf(
    source: OpenedSource,
    place: number,
    explanation: Explanation,
  ): Promise<Writers> {
    const known = this.#writers.get(source);
    if (known) return known;
    const { samples } = this.#run.inputs;
    let rows = 0;
    while (samples[place + rows]?.sources.get(this.#inputNames[0]!) === source) rows++;
    const names: Record<string, string> = {};
    const byInput = new Map<string, ArrayWriter>();
    for (const input of this.#inputNames) {
      names[input] = this.#fileName(source, input, 'npy');
      byInput.set(
        input,
        await startArray(
          this.#run.staging.path(names[input]),
          rows,
          explanation.relevanceByInput[input]!.shape.slice(1),
        ),
      );
    }
    const made: Writers = { byInput, names, left: rows };
    this.#writers.set(source, made);
    return made;
  }

  async #pictures(
    explanation: Explanation,
    values: Readonly<Record<string, Tensor>>,
    at: number,
    source: OpenedSource,
    index: number,
    fields: Fields | undefined,
  ): Promise<Record<string, string> | null> {
    if (!this.#renderer) return null;
    const { model, staging } = this.#run;
    const target = explanation.targets[at]!;
    const made: Record<string, string> = {};
    for (const { name, shape } of model.network.inputs) {
      const layout = layoutOf(name, shape);
      const field = this.#run.crop ? fields?.get(name) : undefined;
      const shown = (batch: Tensor): Tensor => {
        const own = pictured(batch, at, layout);
        if (!field || field.length !== own.shape.length) return own;
        return cropField(own, imageField(field, own.shape, layout === 'channels-first' ? 0 : 2));
      };
      const { png } = renderMap(this.#renderer, {
        relevance: shown(explanation.relevanceByInput[name]!),
        layout,
        recipe: explanation.recipe,
        exponent: explanation.exponents[at]!,
        input: {
          values: shown(values[name]!),
          preprocessing: source.preprocessing === undefined ? undefined : model.preprocessing,
        },
        target: {
          target,
          value: explanation.explained[at]!,
          name: typeof target === 'number' ? model.labels?.[target] : undefined,
        },
      });
      made[name] = this.#fileName(source, name, 'png', source.many ? index : undefined);
      await writeFile(staging.path(made[name]), png);
    }
    return made;
  }
}

/** Explains every sample with every method; files lie in the staging folder until all are done.
 * @returns the entries of `explanations.json`, and the names of all files. */
export async function runExplanations(
  run: ExplanationRun,
): Promise<{ entries: MethodEntry[]; files: string[] }> {
  const { nodeRenderer } = await import('@patternlens/heatmap/node');
  const renderer = run.pictures ? await nodeRenderer() : undefined;
  const [first] = run.model.network.inputs;
  const stems = stemsOf(run.inputs.samples.map(({ sources }) => sources.get(first!.name)!));
  const words = uniqueNames();
  const entries: MethodEntry[] = [];
  const files: string[] = [];
  for (const method of run.methods) {
    const own = new MethodRun(run, method, words(method.id), stems, renderer);
    try {
      entries.push(await own.explain());
    } catch (cause) {
      // A driver that was cancelled between its runs was interrupted, as everything else.
      run.signal.throwIfAborted();
      throw cause;
    }
    files.push(...own.files);
  }
  return { entries, files };
}
