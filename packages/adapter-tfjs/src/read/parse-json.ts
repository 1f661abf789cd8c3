import { messageOf } from '@patternlens/core';
import { isObject, type JsonObject } from './json-object.js';
import { invalidModel } from './tfjs-error.js';

const CONVERT = 'Convert it with tensorflowjs_converter, and read the model.json that it writes.';

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, at) => bytes[at] === byte);

/** What a file is that is no JSON, as far as its first bytes tell. */
function otherFormat(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, [0x89, 0x48, 0x44, 0x46])) return `it is a Keras H5 file. ${CONVERT}`;
  if (startsWith(bytes, [0x50, 0x4b, 3, 4]))
    return `it is a ZIP archive, perhaps a Keras 3 file. Load it in Keras, save it as H5, and convert that with tensorflowjs_converter.`;
  if (bytes.subarray(0, 64).includes(0))
    return `it is not JSON but binary, perhaps a SavedModel. ${CONVERT}`;
  return undefined;
}

/** What a text is that is no model, as far as its beginning tells. */
export function otherText(text: string): string | undefined {
  const start = text.trimStart().slice(0, 100).toLowerCase();
  if (start.startsWith('<'))
    return 'it is a web page, not the file that was asked for. Look at the address it was loaded from.';
  if (start.startsWith('version https://git-lfs'))
    return 'it is a pointer of git-lfs, not the file itself. Fetch the file with "git lfs pull".';
  return undefined;
}

function textOf(bytes: Uint8Array): string {
  const other = otherFormat(bytes);
  if (other !== undefined) return invalidModel('model.json', other);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return invalidModel('model.json', `it is not text in UTF-8. ${CONVERT}`);
  }
}

/** A copy that is what a file could hold, without holes, functions or prototypes. */
function copied(json: JsonObject): JsonObject {
  try {
    return JSON.parse(JSON.stringify(json)) as JsonObject;
  } catch (cause) {
    return invalidModel(
      'model.json',
      `the object is no JSON (${messageOf(cause).slice(0, 100)}). Hand in what model.json holds.`,
    );
  }
}

/** The object that a model's JSON holds.
 * @throws PatternLensError `invalid-file` saying what the file is instead. */
export function parseJson(json: Uint8Array | string | JsonObject): JsonObject {
  if (isObject(json) && !ArrayBuffer.isView(json)) return copied(json);
  const text = typeof json === 'string' ? json : textOf(json as Uint8Array);
  const other = text.trim() === '' ? 'it is empty. Copy it again.' : otherText(text);
  if (other !== undefined) return invalidModel('model.json', other);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return invalidModel(
      'model.json',
      `it is cut off or damaged (${messageOf(cause).slice(0, 100)}). Copy it again.`,
    );
  }
  return isObject(value)
    ? value
    : invalidModel('model.json', `it holds no object. Expected a model of TensorFlow.js.`);
}
