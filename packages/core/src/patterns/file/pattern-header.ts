import { PatternLensError } from '../../errors/patternlens-error.js';
import { isLinearKind } from '../../layers/layer.js';
import type { WeightsLayout } from '../../layers/neuron-major.js';
import type { LayoutStep, Origin } from '../../layers/parameter.js';
import { product } from '../../tensor/shape.js';
import type { LayerFingerprint } from '../fingerprint.js';
import type { FittedEstimator, PatternSet } from '../pattern-set.js';

const VERSION = 1;
const KEY = 'patternlens';

/** What a pattern file says of one layer beside its tensors. */
export interface LayerHeader {
  readonly name: string;
  readonly layout: WeightsLayout;
  readonly samples: number;
}

/** What a pattern file says of itself. */
export interface Header {
  readonly version: number;
  readonly samples: number;
  readonly estimators: readonly FittedEstimator[];
  readonly preprocessing?: string | undefined;
  readonly fingerprint: readonly LayerFingerprint[];
  readonly layers: readonly LayerHeader[];
}

/** The metadata of a pattern file. */
export function writeHeader(patterns: PatternSet): Record<string, string> {
  const header: Header = {
    version: VERSION,
    samples: patterns.samples,
    estimators: patterns.estimators,
    preprocessing: patterns.preprocessing,
    fingerprint: patterns.fingerprint,
    layers: [...patterns.layers].map(([name, { layout, samples }]) => ({ name, layout, samples })),
  };
  return { format: 'patternlens-patterns', [KEY]: JSON.stringify(header) };
}

export function invalidFile(message: string, cause?: unknown): never {
  throw new PatternLensError('core', 'invalid-file', message, { about: 'pattern file' }, cause);
}

type Unknown = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isSize = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) > 0;
/** A shard may have no samples. */
const isCount = (value: unknown): boolean => value === 0 || isSize(value);
const areSizes = (value: unknown): value is number[] => Array.isArray(value) && value.every(isSize);
const isListOf = (value: unknown, isEntry: (entry: unknown) => boolean): value is unknown[] =>
  Array.isArray(value) && value.every(isEntry);

/** The shape that a step leads to; undefined where it cannot be taken. */
function shapeAfter(shape: readonly number[], step: unknown): readonly number[] | undefined {
  if (!isObject(step)) return undefined;
  if (step['kind'] === 'reshape') {
    const to = step['shape'];
    return areSizes(to) && product(to) === product(shape) ? to : undefined;
  }
  const permutation = step['permutation'];
  if (step['kind'] !== 'permute' || !Array.isArray(permutation)) return undefined;
  const isPermutation =
    permutation.length === shape.length && shape.every((_, axis) => permutation.includes(axis));
  return isPermutation ? (permutation as number[]).map((axis) => shape[axis]!) : undefined;
}

/** Whether a file's tensor, laid out step by step, has the shape of the layer's weights. */
function isOriginOf(value: unknown, shape: readonly number[]): value is Origin {
  if (!isObject(value) || !isText(value['tensor']) || !areSizes(value['shape'])) return false;
  const steps: unknown = value['steps'];
  if (!Array.isArray(steps)) return false;
  const end = (steps as LayoutStep[]).reduce<readonly number[] | undefined>(
    (sizes, step) => sizes && shapeAfter(sizes, step),
    value['shape'],
  );
  return end?.join() === shape.join();
}

function isLayout(value: unknown): value is WeightsLayout {
  if (!isObject(value)) return false;
  const { kind, shape, groups, origin } = value;
  if (typeof kind !== 'string' || !isLinearKind(kind) || !areSizes(shape) || !isSize(groups))
    return false;
  const axes = kind === 'dense' ? [2] : kind === 'scale' ? [] : [3, 4, 5];
  if (axes.length > 0 && !axes.includes(shape.length)) return false;
  return shape[0]! % groups === 0 && (origin === undefined || isOriginOf(origin, shape));
}

const isLayer = (value: unknown): value is LayerHeader =>
  isObject(value) &&
  isText(value['name']) &&
  isCount(value['samples']) &&
  isLayout(value['layout']);

const isFingerprint = (value: unknown): value is LayerFingerprint =>
  isObject(value) && isText(value['layer']) && isText(value['hash']);

/** Names of plug-ins' estimators are small letters, digits and hyphens too. */
const isEstimator = (value: unknown): boolean =>
  isText(value) && value.length <= 100 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value);

function repeated(names: readonly string[]): string | undefined {
  return names.find((name, at) => names.indexOf(name) !== at);
}

function isHeader(header: Unknown): header is Unknown & Header {
  const { layers, fingerprint, estimators, samples, preprocessing } = header;
  return (
    isListOf(layers, isLayer) &&
    isListOf(fingerprint, isFingerprint) &&
    isListOf(estimators, isEstimator) &&
    isCount(samples) &&
    (preprocessing === undefined || isText(preprocessing))
  );
}

/** What the metadata of a file say, checked, since files may be damaged or made by anyone.
 * @throws PatternLensError `invalid-file` where they are damaged, or not those of patterns. */
export function readHeader(metadata: Readonly<Record<string, string>>): Header {
  const text = metadata[KEY];
  if (text === undefined) return invalidFile('it is a safetensors file, but not one of patterns.');
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (cause) {
    return invalidFile('its description is damaged.', cause);
  }
  if (!isObject(header)) return invalidFile('its description is damaged.');
  if (header['version'] !== VERSION)
    return invalidFile(
      `it is of version ${JSON.stringify(header['version'])}; this program reads version ${VERSION}.`,
    );
  if (!isHeader(header)) return invalidFile('its description is damaged.');
  const { layers, fingerprint } = header;
  const twice =
    repeated(layers.map(({ name }) => name)) ?? repeated(fingerprint.map(({ layer }) => layer));
  if (twice !== undefined)
    return invalidFile(`its description is damaged: layer "${twice}" is there twice.`);
  const unknown = layers.find(({ name }) => !fingerprint.some(({ layer }) => layer === name));
  if (unknown)
    return invalidFile(
      `its description is damaged: layer "${unknown.name}" is not one of the network's.`,
    );
  return header;
}
