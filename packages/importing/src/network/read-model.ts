import { PatternLensError, type Network } from '@patternlens/core';
import { ImportContext, type ContextParts } from './import-context.js';

/** Refusals that may be about a batch. */
const OF_BATCHES: readonly string[] = [
  'invalid-file',
  'invalid-network',
  'invalid-shape',
  'unsupported-layer',
  'unsupported-operation',
];

/** What the report says of a model that is read as one of a single sample. */
function sentenceOf({ subject: { operation, layer } }: PatternLensError): string {
  const named = [operation, layer === undefined ? undefined : `"${layer}"`];
  const where = named.filter((word) => word !== undefined).join(' ');
  return `the file fixes its batch to 1 and needs it so${where === '' ? '' : ` (${where})`}: explained sample by sample, each by itself`;
}

/** The context in which a model is read that was refused with its batch free: as one of a single sample, where the file fixes the batch to 1. */
function aloneAfter(context: ImportContext, parts: ContextParts, cause: unknown): ImportContext {
  const known = cause instanceof PatternLensError && OF_BATCHES.includes(cause.code);
  if (!known || context.fixedBatch !== 1 || context.isSettled) throw cause;
  const alone = new ImportContext({ ...parts, alone: true });
  alone.changes.push(sentenceOf(cause));
  return alone;
}

/** Reads a model with its batch free; where that is refused and the file fixes the batch to 1, as one of a single sample, which the network computes for every sample
 * by itself. */
export function readModel(parts: ContextParts, read: (context: ImportContext) => Network): Network {
  const context = new ImportContext(parts);
  try {
    return read(context);
  } catch (cause) {
    return read(aloneAfter(context, parts, cause));
  }
}

/** The same, where reading waits for parts of the file. */
export async function readModelInParts(
  parts: ContextParts,
  read: (context: ImportContext) => Promise<Network>,
): Promise<Network> {
  const context = new ImportContext(parts);
  try {
    return await read(context);
  } catch (cause) {
    return read(aloneAfter(context, parts, cause));
  }
}
