import { PatternLensError } from '../../errors/patternlens-error.js';
import { product } from '../../tensor/shape.js';
import type { ByteSource } from './byte-source.js';
import { decodeUtf8, encodeUtf8 } from './utf8.js';

/** Types of numbers that are written and read. */
export type SafetensorsType = 'F32' | 'F64' | 'I64';

const BYTES: Readonly<Record<SafetensorsType, number>> = { F32: 4, F64: 8, I64: 8 };

/** A tensor that is to be written: its numbers come in pieces, so that no more than one has to be held. */
export interface SafetensorsEntry {
  readonly name: string;
  readonly type: SafetensorsType;
  readonly shape: readonly number[];
  readonly pieces: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** A tensor of a file, as its header places it. */
export interface StoredTensor {
  readonly type: SafetensorsType;
  readonly shape: readonly number[];
  readonly read: () => Promise<Uint8Array>;
}

export interface SafetensorsFile {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** The largest header that is accepted, in bytes: the limit of the format. */
const LARGEST_HEADER = 100_000_000;

/** A safetensors file, piece by piece: the header's length, the header, then every tensor in order. */
export async function* writeSafetensors(
  metadata: Readonly<Record<string, string>>,
  entries: readonly SafetensorsEntry[],
): AsyncGenerator<Uint8Array> {
  let offset = 0;
  const header: Record<string, unknown> = { __metadata__: metadata };
  for (const { name, type, shape } of entries) {
    const end = offset + product(shape) * BYTES[type];
    header[name] = { dtype: type, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const text = encodeUtf8(JSON.stringify(header));
  // Readers like data that begin at a multiple of eight; the format allows spaces behind the header.
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(32);
  padded.set(text);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(padded.length), true);
  yield length;
  yield padded;
  for (const { name, type, shape, pieces } of entries) {
    let written = 0;
    for await (const piece of pieces()) {
      written += piece.length;
      yield piece;
    }
    if (written !== product(shape) * BYTES[type]) {
      throw new PatternLensError(
        'core',
        'write-failed',
        `tensor "${name}" of shape [${shape.join(', ')}] came as ${written} bytes.`,
      );
    }
  }
}

function invalid(message: string, cause?: unknown): never {
  throw new PatternLensError('core', 'invalid-file', message, { about: 'pattern file' }, cause);
}

/** Reads a safetensors header; offsets and shapes are checked against the file before they are used.
 * @throws PatternLensError `invalid-file`. */
export async function readSafetensors(source: ByteSource): Promise<SafetensorsFile> {
  if (source.size === 0) return invalid('the file is empty.');
  if (source.size < 8)
    return invalid(`its ${source.size} bytes are too few for a safetensors file. Copy it again.`);
  const start = await source.read(0, 8);
  const length = Number(new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true));
  if (length > LARGEST_HEADER || length > source.size - 8)
    return invalid(
      'it is not a safetensors file, or it is cut: its header would be longer than the file. Copy it again.',
    );
  const header = parseHeader(decodeUtf8(await source.read(8, length)));
  const { __metadata__: metadata = {}, ...tensors } = header;
  const begin = 8 + length;
  const placed = Object.entries(tensors).map(
    ([name, entry]) => [name, place(name, entry, source, begin)] as const,
  );
  const inOrder = placed.toSorted(([, a], [, b]) => a.from - b.from || a.to - b.to);
  for (const [at, [name, { from }]] of inOrder.entries()) {
    const before = inOrder[at - 1];
    if (before && from < before[1].to)
      return invalid(`tensor "${name}" overlaps "${before[0]}". The file is damaged.`);
  }
  return {
    metadata: textsOf(metadata),
    tensors: new Map(placed.map(([name, { stored }]) => [name, stored])),
  };
}

function textsOf(metadata: unknown): Record<string, string> {
  const isMap = typeof metadata === 'object' && metadata !== null;
  if (isMap && Object.values(metadata).every((value) => typeof value === 'string'))
    return metadata as Record<string, string>;
  return invalid('it is not a safetensors file: its metadata are not texts by name.');
}

function parseHeader(text: string): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(text);
    if (typeof header === 'object' && header !== null && !Array.isArray(header))
      return header as Record<string, unknown>;
  } catch (cause) {
    return invalid(
      'it is not a safetensors file: its header is not JSON. Copy it again, or fit anew.',
      cause,
    );
  }
  return invalid('it is not a safetensors file: its header is not an object.');
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

interface Placed {
  readonly stored: StoredTensor;
  readonly from: number;
  readonly to: number;
}

function place(name: string, entry: unknown, source: ByteSource, begin: number): Placed {
  const {
    dtype,
    shape,
    data_offsets: offsets,
  } = (entry ?? {}) as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
  if (dtype !== 'F32' && dtype !== 'F64' && dtype !== 'I64')
    return invalid(`tensor "${name}" is of type ${String(dtype)}; F32, F64 and I64 are expected.`);
  if (
    !Array.isArray(shape) ||
    !shape.every(isCount) ||
    !Array.isArray(offsets) ||
    offsets.length !== 2 ||
    !offsets.every(isCount)
  ) {
    return invalid(`tensor "${name}" has no proper shape or place.`);
  }
  const [from, to] = offsets as [number, number];
  if (to - from !== product(shape) * BYTES[dtype])
    return invalid(
      `tensor "${name}" of shape [${shape.join(', ')}] takes ${to - from} bytes. The file is damaged; copy it again.`,
    );
  if (begin + to > source.size)
    return invalid(
      `tensor "${name}" ends behind the end of the file. The file is cut; copy it again.`,
    );
  // Copied, so that the numbers begin where their type can: what a source reads may be a part of something larger.
  const read = async (): Promise<Uint8Array> =>
    new Uint8Array(await source.read(begin + from, to - from));
  return { stored: { type: dtype, shape, read }, from, to };
}
