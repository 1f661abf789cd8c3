import type { ByteSource } from '@patternlens/core';
import type { OpenedArray } from '../arrays/opened-array.js';
import { readBytes } from '../bytes/read-bytes.js';
import { checkRange } from '../errors/check-range.js';
import { fileError } from '../errors/data-error.js';

const SHAPE = [3, 32, 32];
const PIXELS = 3 * 32 * 32;

interface CifarKind {
  readonly format: 'cifar-10' | 'cifar-100';
  /** Label bytes before the pixels of each record, the last of them the class, and how many values each may have. */
  readonly labels: readonly number[];
}

const KINDS: readonly CifarKind[] = [
  { format: 'cifar-10', labels: [10] },
  { format: 'cifar-100', labels: [20, 100] },
];

const recordOf = ({ labels }: CifarKind): number => labels.length + PIXELS;

/** Opens a CIFAR-10 or CIFAR-100 binary file: records of one or two label bytes and the red, green and blue planes. The
 * format has no signature, so the length and every label are checked. */
export async function openCifar(name: string, bytes: ByteSource): Promise<OpenedArray> {
  const fitting = KINDS.filter((kind) => bytes.size > 0 && bytes.size % recordOf(kind) === 0);
  if (fitting.length === 0) {
    throw fileError(
      name,
      'whole records of CIFAR-10 (3073 bytes) or CIFAR-100 (3074 bytes)',
      `${bytes.size} bytes`,
      'The file is cut off, or holds something else: NumPy arrays end in .npy.',
    );
  }
  let refused: unknown;
  for (const kind of fitting) {
    try {
      return opened(name, bytes, kind, await readLabels(name, bytes, kind));
    } catch (thrown) {
      refused ??= thrown;
    }
  }
  throw refused;
}

function opened(name: string, bytes: ByteSource, kind: CifarKind, labels: Uint8Array): OpenedArray {
  const record = recordOf(kind);
  const count = labels.length;
  return {
    name,
    format: kind.format,
    count,
    shape: SHAPE,
    pixels: true,
    labels,
    read: async (first, wanted) => {
      checkRange(name, first, wanted, count);
      const found = await readBytes(name, bytes, first * record, wanted * record);
      const data = new Float32Array(wanted * PIXELS);
      for (let index = 0; index < wanted; index++)
        data.set(
          found.subarray((index + 1) * record - PIXELS, (index + 1) * record),
          index * PIXELS,
        );
      return { data, shape: [wanted, ...SHAPE] };
    },
  };
}

/** One pass over the file, a few hundred records at a time. */
async function readLabels(name: string, bytes: ByteSource, kind: CifarKind): Promise<Uint8Array> {
  const record = recordOf(kind);
  const classes = new Uint8Array(bytes.size / record);
  const atOnce = 256;
  for (let first = 0; first < classes.length; first += atOnce) {
    const wanted = Math.min(atOnce, classes.length - first);
    const found = await readBytes(name, bytes, first * record, wanted * record);
    for (let index = 0; index < wanted; index++) {
      for (const [at, values] of kind.labels.entries()) {
        const label = found[index * record + at]!;
        if (label >= values)
          throw fileError(
            name,
            `labels below ${values}, as ${kind.format} has`,
            `${label} in record ${first + index}`,
            'Is it a CIFAR file in the binary version?',
          );
        classes[first + index] = label;
      }
    }
  }
  return classes;
}
