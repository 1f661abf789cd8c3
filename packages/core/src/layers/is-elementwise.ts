import { definitionOf } from './definition-of.js';
import type { Layer } from './layer.js';
import { elementwiseReach } from './reach/reach.js';

/** Whether a layer makes each element of the elements at the same place, and knows nothing of the order of axes but what broadcasting does. */
export function isElementwise(layer: Layer): boolean {
  const { reach, axisOrder } = definitionOf(layer);
  const isOne = reach === elementwiseReach && (axisOrder === 'kept' || axisOrder === 'unknown');
  return isOne && !('shape' in layer.attributes);
}
