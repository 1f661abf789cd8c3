import type { Tensor } from '@patternlens/core';
import type { ShardReader } from './model-files.js';
import { otherText } from './parse-json.js';
import { invalidFile } from './tfjs-error.js';
import { decodeWeight } from './weight-values.js';
import type { WeightEntry, WeightGroup, WeightType } from './weights-manifest.js';

/** A stored tensor. */
export interface StoredWeight {
  readonly tensor: Tensor;
  readonly dtype: WeightType;
}

/** The tensors of a model by their names in the file; each is decoded when it is first asked for. */
export interface Weights {
  readonly names: readonly string[];
  readonly get: (name: string) => StoredWeight | undefined;
}

async function readShard(path: string, shards: ShardReader): Promise<Uint8Array> {
  const bytes = await shards(path);
  return (
    bytes ??
    invalidFile(
      `"${path}" is missing: model.json names it as a shard of the weights. Put it beside model.json.`,
      path,
    )
  );
}

/** What a shard is instead, where its beginning tells. */
const instead = (shard: Uint8Array): string | undefined =>
  otherText(new TextDecoder().decode(shard.subarray(0, 200)));

function checkLength({ paths, bytes }: WeightGroup, parts: readonly Uint8Array[]): void {
  const total = parts.reduce((sum, { length }) => sum + length, 0);
  if (total === bytes) return;
  const odd = parts.findIndex((part) => instead(part) !== undefined);
  if (odd >= 0) invalidFile(`"${paths[odd]!}": ${instead(parts[odd]!)!}`, paths[odd]);
  const files = paths.length === 1 ? `"${paths[0]!}" has` : `"${paths.join('", "')}" have`;
  const what =
    total < bytes
      ? `cut off: ${bytes - total} are missing`
      : `${total - bytes} are left over, so other weights than the manifest's`;
  invalidFile(
    `${files} ${total} bytes, and the manifest's weights take ${bytes}. The shards are ${total < bytes ? what : `not those of this model.json: ${what}`}. Copy the model's files again, all from one place.`,
    paths[0],
  );
}

/** The bytes of a weight, which may lie in several shards, in memory of their own. */
function bytesOf({ offset, bytes }: WeightEntry, parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(bytes);
  let start = 0;
  for (const part of parts) {
    const from = Math.max(offset - start, 0),
      to = Math.min(offset + bytes - start, part.length);
    if (from < to) result.set(part.subarray(from, to), start + from - offset);
    start += part.length;
  }
  return result;
}

async function readGroup(group: WeightGroup, shards: ShardReader): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = [];
  for (const path of group.paths) parts.push(await readShard(path, shards));
  checkLength(group, parts);
  return parts;
}

/** The bytes of all shards, group by group; their lengths must be exactly what the manifest says.
 * @throws PatternLensError `invalid-file` naming the shard that is missing, cut or too long. */
export async function readShards(
  groups: readonly WeightGroup[],
  shards: ShardReader,
): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = [];
  for (const group of groups) parts.push(...(await readGroup(group, shards)));
  return parts;
}

/** Reads all shards; their lengths must be exactly what the manifest says.
 * @throws PatternLensError `invalid-file` naming the shard that is missing, cut or too long. */
export async function readWeights(
  groups: readonly WeightGroup[],
  shards: ShardReader,
): Promise<Weights> {
  const stored = new Map<string, { entry: WeightEntry; parts: readonly Uint8Array[] }>();
  for (const group of groups) {
    const parts = await readGroup(group, shards);
    for (const entry of group.weights) stored.set(entry.name, { entry, parts });
  }
  const decoded = new Map<string, StoredWeight>();
  return {
    names: [...stored.keys()],
    get: (name) => {
      const known = decoded.get(name);
      const found = known ? undefined : stored.get(name);
      if (!found) return known;
      const tensor = decodeWeight(found.entry, bytesOf(found.entry, found.parts));
      const made = { tensor, dtype: found.entry.dtype };
      decoded.set(name, made);
      return made;
    },
  };
}
