import { fileName, type GivenFile } from './given-file.js';
import type { ToldFile } from './file-kind.js';

/** Files by what they are for. */
export interface Basket {
  readonly model?: { readonly format: 'onnx' | 'tfjs'; readonly file: GivenFile } | undefined;
  readonly patterns?: GivenFile | undefined;
  readonly preprocessing?: GivenFile | undefined;
  /** Of Teachable Machine. */
  readonly metadata?: GivenFile | undefined;
  readonly labels?: GivenFile | undefined;
  readonly images: readonly GivenFile[];
  readonly arrays: readonly GivenFile[];
  readonly classes: readonly GivenFile[];
  /** What may lie beside a model: shards, external data. */
  readonly beside: readonly GivenFile[];
  /** What is left out, and why, in sentences. */
  readonly told: readonly string[];
}

export type KnownFile = GivenFile & ToldFile;

/** Sorts files that were told apart.
 * @param shards Names of files that a model keeps its weights in, whatever they look like. */
export function sortFiles(files: readonly KnownFile[], shards: ReadonlySet<string>): Basket {
  const isShard = ({ path }: GivenFile): boolean => shards.has(fileName(path));
  const rest = files.filter((file) => !isShard(file));
  const of = (...kinds: readonly ToldFile['kind'][]): readonly KnownFile[] =>
    rest.filter(({ kind }) => kinds.includes(kind));
  const models = of('onnx', 'tfjs');
  const [model] = models;
  const others = of('other');
  const labels = bestLabels(of('labels'));
  const besideModel = others.filter(({ reason }) => reason === undefined);
  const needsBeside = model !== undefined || shards.size > 0;
  return {
    model: model && { format: model.kind as 'onnx' | 'tfjs', file: model },
    patterns: of('patterns')[0],
    preprocessing: of('preprocessing')[0],
    metadata: of('metadata')[0],
    labels,
    images: of('image'),
    arrays: of('npy', 'idx', 'cifar'),
    classes: of('idx-labels'),
    beside: [...files.filter(isShard), ...besideModel, ...(needsBeside ? of('cifar') : [])],
    told: [
      ...others.flatMap(({ reason }) => (reason === undefined ? [] : [reason])),
      ...models
        .slice(1)
        .map(
          ({ path }) =>
            `${fileName(path)} is left out: one model is opened at a time, and that is ${fileName(model!.path)}.`,
        ),
      ...(needsBeside ? [] : besideModel.map(({ path }) => unknown(fileName(path)))),
    ],
  };
}

const unknown = (name: string): string =>
  `${name} is nothing that can be opened here. Drop a model (.onnx, or model.json with its shards), patterns (.safetensors), images, or arrays (.npy, IDX, CIFAR .bin).`;

/** Of several text files the one that is named for labels. */
function bestLabels(files: readonly KnownFile[]): KnownFile | undefined {
  const named = files.find(({ path }) => /label|class|synset/i.test(fileName(path)));
  return named ?? (files.length === 1 ? files[0] : undefined);
}

/** A basket with what was dropped later. */
export const withMore = (before: Basket, more: Basket): Basket => ({
  model: more.model ?? before.model,
  patterns: more.patterns ?? before.patterns,
  preprocessing: more.preprocessing ?? before.preprocessing,
  metadata: more.metadata ?? before.metadata,
  labels: more.labels ?? before.labels,
  images: [...before.images, ...more.images],
  arrays: [...before.arrays, ...more.arrays],
  classes: [...before.classes, ...more.classes],
  beside: [...more.beside, ...before.beside],
  told: more.told,
});
