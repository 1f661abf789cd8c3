import { messageOf, PatternLensError } from '../errors.js';
import type { Layer } from '../layers/layer.js';

/** Does what concerns one layer; an error of a plug-in's part that it throws names the layer. */
export async function ofLayer<T>(layer: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    const known = cause instanceof PatternLensError;
    if (!known || cause.subject.plugin === undefined || cause.subject.layer !== undefined)
      throw cause;
    throw new PatternLensError(
      cause.code,
      cause.message.replace(/^\[core\] /, `[core] layer "${layer}": `),
      { ...cause.subject, layer },
      cause,
    );
  }
}

/** Runs a step that concerns one layer; what it throws names the layer. */
export function concerning<T>(layer: Layer, step: () => T): T {
  try {
    return step();
  } catch (cause) {
    if (cause instanceof PatternLensError && cause.subject.layer !== undefined) throw cause;
    const code = cause instanceof PatternLensError ? cause.code : 'invalid-network';
    const message = messageOf(cause).replace(/^\[core\] /, '');
    throw new PatternLensError(
      code,
      `[core] layer "${layer.name}" (${layer.kind}): ${message}`,
      { ...(cause instanceof PatternLensError ? cause.subject : {}), layer: layer.name },
      cause,
    );
  }
}
