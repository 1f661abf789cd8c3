import { isAboveZero } from './depthwise.js';
import type { Emitted, EmitScope } from './emitter.js';

/** Channels of one block of the runtime's blocked layout, at the most. */
const BLOCK_CHANNELS = 16;

/** Whether a value can be kept in the blocked layout: images whose channels fill blocks. */
export function canBeBlocked({ style }: EmitScope, { shape }: Emitted): boolean {
  const channels = shape[1];
  return (
    style === 'blocked' &&
    shape.length === 4 &&
    typeof channels === 'number' &&
    channels % BLOCK_CHANNELS === 0
  );
}

/** The mask of what is above 0 as floats, by a shorter way than a comparison and a cast; undefined where there is none. */
export function openMask(scope: EmitScope, x: Emitted): (() => string) | undefined {
  if (!scope.isNotNegative(x.id)) return undefined;
  if (canBeBlocked(scope, x)) return () => isAboveZero(scope, x.floats(), x.shape[1] as number);
  return scope.style !== 'blocked' ? () => scope.graph.node('Sign', [x.floats()]) : undefined;
}
