import { foreignName, foreignText } from './foreign-files.js';
import { fileName } from './given-file.js';
import { isImage, isNamedImage } from './image-signatures.js';
import type { FileKind, ToldFile } from './file-kind.js';
import { jsonKind } from './json-kind.js';

/** A file's name and beginning, and how long it is in all. */
export interface FileStart {
  readonly path: string;
  /** Its first 512 bytes, or all of them; of JSON and text files all, up to 64 MB. */
  readonly head: Uint8Array;
  readonly size: number;
}

const starts = (head: Uint8Array, ...bytes: readonly number[]): boolean =>
  bytes.every((byte, at) => head[at] === byte);

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

/** Eight bytes that say how long a JSON header is, then the header. */
function isSafetensors(head: Uint8Array, size: number): boolean {
  if (head.length < 9 || head[8] !== 0x7b) return false;
  const length = viewOf(head).getBigUint64(0, true);
  return length >= 2n && length <= BigInt(size - 8);
}

/** IDX of unsigned bytes whose length is what its header says. */
function idxKind(head: Uint8Array, size: number): FileKind | undefined {
  if (!starts(head, 0, 0, 8)) return undefined;
  const axes = head[3]!;
  if (axes < 1 || axes > 4 || head.length < 4 + 4 * axes) return undefined;
  const view = viewOf(head);
  let product = 1;
  for (let axis = 0; axis < axes; axis++) product *= view.getUint32(4 + 4 * axis);
  if (4 + 4 * axes + product !== size) return undefined;
  return axes === 1 ? 'idx-labels' : 'idx';
}

/** The version of the format, then another known field of a model. */
const isOnnx = (head: Uint8Array): boolean =>
  head[0] === 0x08 &&
  head[1]! >= 1 &&
  head[1]! <= 20 &&
  [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42].includes(head[2]!);

/** A label, then 3,072 pixels; or two labels. */
const isCifar = (head: Uint8Array, size: number): boolean =>
  size > 0 &&
  ((size % 3073 === 0 && head[0]! < 10) || (size % 3074 === 0 && head[0]! < 20 && head[1]! < 100));

const isText = (head: Uint8Array): boolean =>
  head.length > 0 && !head.some((byte) => byte < 9 || (byte > 13 && byte < 32));

/** What a file is: by its content, then by its name. */
export function tellFile({ path, head, size }: FileStart): ToldFile {
  const name = fileName(path);
  const foreign = foreignName(name);
  if (size === 0) return { kind: 'other', reason: `${name} is empty. Copy or download it again.` };
  if (starts(head, 0x1f, 0x8b)) return { kind: 'gzip' };
  if (foreign !== undefined) return { kind: 'other', reason: foreign };
  if (starts(head, 0x50, 0x4b, 3, 4)) return { kind: 'zip' };
  if (starts(head, 0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59)) return { kind: 'npy' };
  if (isImage(head, size)) return { kind: 'image' };
  if (isSafetensors(head, size)) return { kind: 'patterns' };
  const idx = idxKind(head, size);
  if (idx) return { kind: idx };
  if (/\.onnx$/i.test(name) && !isText(head)) return { kind: 'onnx' };
  if (/\.bin$/i.test(name)) return { kind: isCifar(head, size) ? 'cifar' : 'other' };
  if (isOnnx(head)) return { kind: 'onnx' };
  if (isText(head)) return tellText(name, new TextDecoder().decode(head));
  if (isNamedImage(name)) return { kind: 'image' };
  if (/\.npy$/i.test(name))
    return {
      kind: 'other',
      reason: `${name} is no array of NumPy, or is damaged. Save it with numpy.save.`,
    };
  return { kind: 'other' };
}

function tellText(name: string, text: string): ToldFile {
  const foreign = foreignText(name, text);
  if (foreign !== undefined) return { kind: 'other', reason: foreign };
  if (/^\s*[[{]/.test(text)) return jsonKind(name, text);
  if (isNamedImage(name)) return { kind: 'image' };
  if (/\.onnx$/i.test(name))
    return { kind: 'other', reason: `${name} holds text, and is no ONNX file. Download it again.` };
  return { kind: /\.(txt|names|labels)$/i.test(name) ? 'labels' : 'other' };
}
