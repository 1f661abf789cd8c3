import { messageOf, PatternLensError } from '../errors/patternlens-error.js';
import type { Layer } from '../layers/layer.js';

/** Runs a step for one layer; an error of a plug-in's part that it throws names the layer. */
export async function ofLayer<T>(layer: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    const known = cause instanceof PatternLensError;
    if (!known || cause.subject.plugin === undefined || cause.subject.layer !== undefined)
      throw cause;
    throw new PatternLensError(
      'core',
      cause.code,
      messageOf(cause),
      { ...cause.subject, about: `layer "${layer}"`, layer },
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
    throw new PatternLensError(
      'core',
      code,
      messageOf(cause),
      {
        ...(cause instanceof PatternLensError ? cause.subject : {}),
        about: `layer "${layer.name}" (${layer.kind})`,
        layer: layer.name,
      },
      cause,
    );
  }
}
