import { join, dirname } from 'node:path';
import type { ShardReader } from '@patternlens/adapter-tfjs';
import { readBytes, statOf } from '../sources/file-bytes.js';
import { TFJS_MODEL } from './model-formats.js';

const isFile = (path: string): Promise<boolean> =>
  statOf(path).then(
    ({ isFolder }) => !isFolder,
    () => false,
  );

/** The model in a folder, where it holds one of TensorFlow.js; any other path as it is. */
export async function modelInFolder(path: string): Promise<string> {
  const { isFolder } = await statOf(path);
  const inside = join(path, TFJS_MODEL);
  return isFolder && (await isFile(inside)) ? inside : path;
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
