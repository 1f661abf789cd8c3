import { join } from 'node:path';
import { TFJS_MODEL } from '../models/model-formats.js';
import { isFile } from './disk-file.js';
import { statOf } from './file-bytes.js';

/** The model in a folder, where it holds one of TensorFlow.js; any other path as it is. */
export async function modelInFolder(path: string): Promise<string> {
  const { isFolder } = await statOf(path);
  const inside = join(path, TFJS_MODEL);
  return isFolder && (await isFile(inside)) ? inside : path;
}
