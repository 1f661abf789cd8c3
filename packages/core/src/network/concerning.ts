import { messageOf, PatternLensError } from '../errors.js';
import type { Layer } from '../layers/layer.js';

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
      { layer: layer.name },
      cause,
    );
  }
}
