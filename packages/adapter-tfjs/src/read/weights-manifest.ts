import { fieldOf, isObject, shown, type JsonObject } from './json-object.js';
import { invalidFile } from './tfjs-error.js';

/** How numbers were made smaller: `value = stored * scale + min`, or halves. */
interface Quantization {
  readonly dtype: 'uint8' | 'uint16' | 'float16';
  readonly scale: number;
  readonly min: number;
}

export type WeightType = 'float32' | 'float16' | 'int32' | 'bool' | 'uint8';

export interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: WeightType;
  readonly quantization: Quantization | undefined;
  /** Place of its first byte in the bytes of its group, and their number. */
  readonly offset: number;
  readonly bytes: number;
}

/** Files whose bytes, joined, are those of the weights, one behind another. */
export interface WeightGroup {
  readonly paths: readonly string[];
  readonly weights: readonly WeightEntry[];
  readonly bytes: number;
}

const WIDTHS = { float32: 4, float16: 2, int32: 4, bool: 1, uint8: 1, uint16: 2 } as const;
const TYPES: readonly string[] = ['float32', 'float16', 'int32', 'bool', 'uint8'];
const QUANTIZED: readonly string[] = ['uint8', 'uint16', 'float16'];
const AGAIN = 'Convert or save the model again.';

/** @throws PatternLensError `invalid-file` where a path leaves the folder of the model. */
function checkPath(path: unknown): string {
  if (typeof path !== 'string' || path === '')
    return invalidFile(`weightsManifest: a path is not the name of a file. ${AGAIN}`);
  const leaves =
    /^[a-z][a-z0-9+.-]*:/i.test(path) ||
    /^[/\\]/.test(path) ||
    path.includes('\\') ||
    path.includes('\0') ||
    path.split('/').some((part) => part === '..' || part === '.' || part === '');
  return leaves
    ? invalidFile(
        `weightsManifest: the path "${path.slice(0, 200)}" leaves the folder of the model. Shards must lie beside model.json.`,
        path,
      )
    : path;
}

function shapeOf(name: string, shape: unknown): number[] {
  const sizes = Array.isArray(shape) ? (shape as unknown[]) : undefined;
  if (!sizes?.every((size) => Number.isSafeInteger(size) && (size as number) >= 0))
    return invalidFile(
      `weight "${name}": its shape ${shown(shape)} is not a list of sizes. ${AGAIN}`,
    );
  return sizes as number[];
}

function quantizationOf(name: string, given: unknown): Quantization | undefined {
  if (given === undefined || given === null) return undefined;
  const { dtype, scale, min } = isObject(given)
    ? (given as { dtype?: unknown; scale?: unknown; min?: unknown })
    : {};
  if (typeof dtype !== 'string' || !QUANTIZED.includes(dtype))
    return invalidFile(
      `weight "${name}": its quantization to ${shown(dtype)} is not known; ${QUANTIZED.join(', ')} are. ${AGAIN}`,
    );
  if (dtype === 'float16') return { dtype, scale: 1, min: 0 };
  if (!Number.isFinite(scale) || !Number.isFinite(min))
    return invalidFile(`weight "${name}": its quantization lacks a finite scale or min. ${AGAIN}`);
  return { dtype: dtype as Quantization['dtype'], scale: scale as number, min: min as number };
}

function entryOf(given: unknown, offset: number): WeightEntry {
  const entry: JsonObject = isObject(given) ? given : {};
  const name = fieldOf(entry, 'name');
  if (typeof name !== 'string')
    return invalidFile(`weightsManifest: a weight has no name. ${AGAIN}`);
  const shape = shapeOf(name, fieldOf(entry, 'shape'));
  const dtype = fieldOf(entry, 'dtype');
  if (typeof dtype !== 'string' || !TYPES.includes(dtype))
    return invalidFile(
      `weight "${name}": its type ${shown(dtype)} is not supported; ${TYPES.join(', ')} are.`,
    );
  const quantization = quantizationOf(name, fieldOf(entry, 'quantization'));
  const width = WIDTHS[quantization?.dtype ?? (dtype as WeightType)];
  const bytes = shape.reduce((total, size) => total * size, width);
  if (!Number.isSafeInteger(offset + bytes))
    return invalidFile(`weight "${name}": a shape of [${shape.join(', ')}] is absurd. ${AGAIN}`);
  return { name, shape, dtype: dtype as WeightType, quantization, offset, bytes };
}

function groupOf(given: unknown): WeightGroup {
  const paths = isObject(given) ? fieldOf(given, 'paths') : undefined;
  const weights = isObject(given) ? fieldOf(given, 'weights') : undefined;
  if (!Array.isArray(paths) || !Array.isArray(weights))
    return invalidFile(`weightsManifest: a group lacks its paths or its weights. ${AGAIN}`);
  const entries: WeightEntry[] = [];
  let bytes = 0;
  for (const weight of weights as unknown[]) {
    const entry = entryOf(weight, bytes);
    entries.push(entry);
    bytes += entry.bytes;
  }
  return { paths: (paths as unknown[]).map(checkPath), weights: entries, bytes };
}

/** The manifest of a model's weights, checked.
 * @throws PatternLensError `invalid-file` naming the weight or path at fault. */
export function parseManifest(manifest: unknown): readonly WeightGroup[] {
  if (manifest === undefined || manifest === null) return [];
  if (!Array.isArray(manifest))
    return invalidFile(`weightsManifest: it is not a list of groups. ${AGAIN}`);
  const groups = (manifest as unknown[]).map(groupOf);
  const names = new Set<string>();
  for (const { name } of groups.flatMap(({ weights }) => weights)) {
    if (names.has(name))
      return invalidFile(`weight "${name}": the manifest lists it twice. ${AGAIN}`);
    names.add(name);
  }
  return groups;
}
