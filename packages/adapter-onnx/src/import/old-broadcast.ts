import { known, knownShape, shapeOf, type Imported } from '@patternlens/importing';
import type { OnnxNode } from './node-view.js';

/** The version that came to broadcast as everyone does: by the last axes. */
const BROADCASTS_BY_LAST = 7;

/** Before it, an operator said which axis of its first input the second begins at: axes of size 1 behind it say the same. */
export function alignedOperands(node: OnnxNode): readonly (Imported | undefined)[] {
  const [first, second, ...rest] = node.inputs;
  if (node.opset >= BROADCASTS_BY_LAST || !second) return node.inputs;
  const slopes = node.kind === 'PRelu' && shapeOf(second).length === 1;
  const axis = slopes ? 1 : node.int('axis', -1);
  if ((!slopes && node.int('broadcast', 0) !== 1) || axis < 0) return node.inputs;
  if (second.kind !== 'constant' || !first)
    return node.unsupported('it broadcasts a computed value from an axis that it names.');
  const shape = knownShape(second);
  const behind = shapeOf(first).length - axis - shape.length;
  if (behind < 0) node.invalid(`its second input does not begin at axis ${axis} of its first.`);
  const aligned = known.reshaped(second, [...shape, ...new Array<number>(behind).fill(1)]);
  return [first, aligned, ...rest];
}
