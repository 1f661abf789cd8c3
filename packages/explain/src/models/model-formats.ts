import { endingOf } from '../files/named-file.js';

/** One format of model files. */
export interface ModelFormat {
  /** As help has it. */
  readonly name: string;
  /** Endings by which a file is of this format, whatever is in it. */
  readonly endings: readonly string[];
  /** What files of it begin with, whatever they are called. */
  readonly signatures: readonly (readonly number[])[];
}

/** Every format of model files that is read, or refused with the remedy by the importer that knows it. */
export const MODEL_FORMATS = {
  onnx: { name: 'an ONNX file (.onnx)', endings: ['.onnx'], signatures: [] },
  tfjs: {
    name: 'a TensorFlow.js model (its model.json, or the folder)',
    // What Keras saves is refused, with how to convert it.
    endings: ['.json', '.keras'],
    signatures: [[0x7b], [0x89, 0x48, 0x44, 0x46]],
  },
} as const satisfies Readonly<Record<string, ModelFormat>>;

export type ModelFormatId = keyof typeof MODEL_FORMATS;

/** The file of a folder that holds a model of TensorFlow.js. */
export const TFJS_MODEL = 'model.json';

const ids = Object.keys(MODEL_FORMATS) as ModelFormatId[];

/** The format of a file: by its ending, else by what it begins with. What is neither is read, or refused, as ONNX. */
export function formatOf(file: string, bytes: Uint8Array): ModelFormatId {
  const ending = endingOf(file);
  const formats: readonly (readonly [ModelFormatId, ModelFormat])[] = ids.map((id) => [
    id,
    MODEL_FORMATS[id],
  ]);
  const begins = (signature: readonly number[]): boolean =>
    signature.every((byte, at) => bytes[at] === byte);
  const found =
    formats.find(([, { endings }]) => endings.includes(ending)) ??
    formats.find(([, { signatures }]) => signatures.some(begins));
  return found?.[0] ?? 'onnx';
}
