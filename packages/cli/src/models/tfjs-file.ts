import { join, dirname, extname } from 'node:path';
import type { ShardReader } from '@patternlens/adapter-tfjs';
import { readBytes, statOf } from '../sources/file-bytes.js';

const isFile = (path: string): Promise<boolean> =>
  statOf(path).then(
    ({ isFolder }) => !isFolder,
    () => false,
  );

/** The model in a folder, where it holds one of TensorFlow.js; any other path as it is. */
export async function modelInFolder(path: string): Promise<string> {
  const { isFolder } = await statOf(path);
  const inside = join(path, 'model.json');
  return isFolder && (await isFile(inside)) ? inside : path;
}

const HDF5 = [0x89, 0x48, 0x44, 0x46];

/** Whether a file is one that the importer of TensorFlow.js reads, or can say the remedy for: JSON, or of Keras. */
export function isTfjsFile(file: string, bytes: Uint8Array): boolean {
  const ending = extname(file).toLowerCase();
  // What is called ONNX is read, or refused, as that.
  if (ending === '.onnx') return false;
  return (
    ending === '.json' ||
    ending === '.keras' ||
    bytes[0] === 0x7b ||
    HDF5.every((byte, at) => bytes[at] === byte)
  );
}

/** Reads what lies beside a model; its paths never leave the folder, which the importer checks. */
export function shardsBeside(file: string): ShardReader {
  const folder = dirname(file);
  return async (path) => {
    const place = join(folder, path);
    if (!(await isFile(place))) return undefined;
    return readBytes(place);
  };
}
